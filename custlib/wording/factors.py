"""What the three kinds of weight say; what each of them can not say stands beside it: facts for `words/<language>/factors.j2`."""

import pandas as pd

from custlib.weights import ahp
from custlib.wording.segments import known

_FIRST = 5  # factors that a sentence names
_APART = 3  # factors named where the kinds differ
_OFTEN, _NEARLY_ALWAYS = 0.5, 0.95  # among the first five


def tree_reading(causes: pd.DataFrame) -> dict:
    """How many factors hang on how many bones, and whose they are. causes: `fishbone.causes`."""
    zones = causes["zone"].value_counts()
    counts = {"ours": int(zones.get("A", 0)), "theirs": int(zones.get("B", 0))}
    return {"factors": len(causes), "bones": causes["bone"].nunique(), **counts}


def experts_reading(weights: pd.DataFrame, consistency: pd.DataFrame, consensus: pd.DataFrame) -> dict:
    """The heaviest bones and factors by the experts, how far they agree, and which judgement to discuss.

    weights: `weights.of_tree`; consistency, consensus: result tables `expert_consistency`, `expert_consensus`.
    """
    if weights["weight"].isna().all():
        return {"experts": 0}
    least = consensus.loc[consensus["consensus"].idxmin()]
    odd = consistency[consistency["to_discuss"].astype("bool")]
    return {
        "experts": int(consensus["experts"].max()),
        "bones": _heaviest(weights.drop_duplicates("bone").set_index("bone")["bone_weight"], len(weights)),
        "factors": _heaviest(weights.set_index("factor")["weight"]),
        "least": {"parent": least["parent"], "consensus": float(least["consensus"])},
        "to_discuss": odd.drop(columns=["approximate", "to_discuss"], errors="ignore").to_dict("records"),
    }


def group_reading(differ: pd.DataFrame, without: pd.DataFrame) -> dict | None:
    """Where the two ways of combining the experts rank differently, and whose judgements move the weights most; None for no expert.

    differ: `weights.rules_differ`; without: `weights.without_experts`.
    """
    if without.empty:
        return None
    most = without.loc[without["change"].abs().idxmax(), ["expert", "factor", "change"]]
    return {"differ": list(differ["factor"]), **most.to_dict()}


def judged(matrix: pd.DataFrame, pair: tuple | None = None) -> dict:
    """One judgement of two bones, and the weights of the bones by all judgements of a matrix, as `weights.of_bones` gives it.

    pair: the two bones that a person looks at in JupyterLab; None: the first two, for a report.
    """
    (a, b), found = pair or matrix.index[:2], ahp(matrix)
    ratio = found.consistency_ratio
    return {
        "a": a,
        "b": b,
        "ratio": float(matrix.loc[a, b]),
        "bones": [{"factor": bone, "weight": float(weight)} for bone, weight in found.weights.items()],
        "consistency": None if ratio is None else max(float(ratio), 0.0),
        "live": pair is not None,
    }


def spread_reading(spread: pd.DataFrame | None) -> dict:
    """By which factors customers differ most. spread: `weights.of_spread`, or None."""
    return {"factors": [] if spread is None else _heaviest(spread.set_index("factor")["weight"])}


def outcome_reading(outcome) -> dict:
    """What went with the following change of profit, how much of it, and what blurs it. outcome: `weights.of_outcome`, or None."""
    if outcome is None:
        return {"rows": 0}
    importance, table = outcome.importance, outcome.importance.table
    often = table[table["first_five"] >= _OFTEN].set_index("factor")["share"] / importance.r2
    return {
        "rows": int(importance.rows),
        "customers": int(importance.customers),
        **{name: float(getattr(importance, name)) for name in ("r2", "r2_low", "r2_high")},
        "unseen": float(outcome.unseen),
        "factors": _heaviest(often),
        "collinear": list(table.loc[table["collinear"], "factor"]),
        "suppressor": list(table.loc[table["suppressor"], "factor"]),
        "left_out": int(outcome.following.left_out["rows"].sum()),
    }


def together_reading(table: pd.DataFrame, agreement: float, mix: list) -> dict:
    """The first five by the mix, how sure that is, and where the kinds disagree.

    table: result table `factor_weights`; agreement: `weights.kendall_w`; mix: as the parameter of the notebook.
    """
    rows = table.dropna(subset="mixed").set_index("factor")
    apart = rows["disagreement"].dropna().sort_values(ascending=False, kind="stable")
    return {
        "mix": list(map(float, mix)),
        "first": _heaviest(rows["mixed"]),
        "sure": list(rows.index[rows["first_five"] >= _NEARLY_ALWAYS]),
        "agreement": known(agreement),
        "apart": list(apart.index[:_APART]),
    }


def _heaviest(weights, most=_FIRST):
    first = weights.dropna().sort_values(ascending=False, kind="stable").head(most)
    return [{"factor": factor, "weight": float(weight)} for factor, weight in first.items()]
