"""The climb: factors to raise next, requests to headquarters, scores beside the planned path. Facts for
`words/<language>/climb.j2`."""

import pandas as pd

from custlib.wording.forms import number

_REQUESTS, _HELD = 3, 3  # factors named
_STATES = ("on_path", "ahead", "behind", "not_scored")


def climb_reading(plan: pd.DataFrame, goal: float) -> dict:
    """Which factors to raise first, from and to which score, whether the goal was ever reached, and what to ask
    headquarters for.

    plan: result table `climb_plan`; goal: the mean score asked for.
    """
    first = plan.drop_duplicates("factor")
    kinds = {kind: list(rows["factor"]) for kind, rows in first.groupby("kind")}
    requests = kinds.get("request", [])
    held = list(first[first["kind"] == "at_best"].sort_values("weight", ascending=False, kind="stable")["factor"])
    begins = first[(first["kind"] == "climb") & (first["stage"] == 1)]
    last = plan.dropna(subset="due").groupby("factor")["due"].max()
    return {
        "any": set(kinds) != {"unknown"},
        "quarter": begins["begins"].iloc[0] if len(begins) else None,
        "begins": [
            {"factor": row.factor, "present": row.present_score, "goal": row.goal, "due": last[row.factor]}
            | {"doubtful": row.checked == "agree_by_chance"}
            for row in begins.itertuples(index=False)
        ],
        "goal": float(goal),
        "short": list(begins.loc[begins["goal"] < goal, "factor"]),
        "reach_known": bool(begins["best_score"].notna().any()),
        "held": held[:_HELD],
        "held_in_all": len(held),
        "under_way": kinds.get("under_way", []),
        "requests": requests[:_REQUESTS],
        "in_all": len(requests),
        "unknown": kinds.get("unknown", []),
    }


def progress_reading(progress: pd.DataFrame) -> dict | None:
    """Where each factor is beside the path planned a quarter ago; None without such a plan. progress: result table
    `climb_progress`."""
    if progress.empty:
        return None
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
