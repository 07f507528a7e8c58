"""The climb: factors to raise next, requests to headquarters, scores beside the planned path. Facts for
`words/<language>/climb.j2`."""

import pandas as pd

from custlib.wording.forms import number

_REQUESTS = 3
_STATES = ("on_path", "ahead", "behind", "not_scored")


def climb_reading(plan: pd.DataFrame) -> dict:
    """Which factors to raise first, from and to which score, and what to ask headquarters for. plan: result table
    `climb_plan`."""
    first = plan.drop_duplicates("factor")
    kinds = {kind: list(rows["factor"]) for kind, rows in first.groupby("kind")}
    requests = kinds.get("request", [])
    begins = first[(first["kind"] == "climb") & (first["stage"] == 1)]
    last = plan.dropna(subset="due").groupby("factor")["due"].max()
    return {
        "any": set(kinds) != {"unknown"},
        "quarter": begins["begins"].iloc[0] if len(begins) else None,
        "begins": [
            {"factor": row.factor, "present": row.present_score, "goal": row.goal, "due": last[row.factor]}
            for row in begins.itertuples(index=False)
        ],
        "under_way": kinds.get("under_way", []),
        "requests": requests[:_REQUESTS],
        "in_all": len(requests),
        "unknown": kinds.get("unknown", []),
    }


def progress_reading(progress: pd.DataFrame) -> dict:
    """Where each factor is beside the path planned a quarter ago. progress: result table `climb_progress`."""
    states = progress["state"].value_counts()
    return {
        "factors": len(progress),
        "states": [{"state": state, "factors": int(states[state])} for state in _STATES if state in states],
        "beside": [
            {
                "factor": row.factor,
                "state": row.state,
                "because": row.because,
                "actual": number(row.actual_score),
                "target": number(row.target_score),
                "present": number(row.present_score),
            }
            for row in progress.itertuples(index=False)
        ],
    }
