"""The three kinds of weight, each with what it cannot say: facts for `words/<language>/factors.j2`."""

import pandas as pd

from custlib.weights import Outcome, ahp
from custlib.wording.forms import number

_FIRST = 5  # factors that a sentence names
_APART = 3  # factors named where the kinds differ
_OFTEN, _NEARLY_ALWAYS = 0.5, 0.95  # among the first five


def tree_reading(causes: pd.DataFrame) -> dict:
    """How many factors are on how many bones, and how many are ours to change. causes: as `fishbone.causes` returns
    them."""
    zones = causes["zone"].value_counts()
    counts = {"ours": int(zones.get("A", 0)), "theirs": int(zones.get("B", 0))}
    return {"factors": len(causes), "bones": causes["bone"].nunique(), **counts}


def experts_reading(weights: pd.DataFrame, consistency: pd.DataFrame, consensus: pd.DataFrame) -> dict:
    """The heaviest bones and factors by the experts, how far they agree, and which judgement to discuss.

    weights: as `weights.of_tree` returns it; consistency, consensus: result tables `expert_consistency`,
    `expert_consensus`.
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
    """Factors that the two ways of combining experts rank differently, and the expert who moves the weights most.

    differ, without: as `weights.rules_differ` and `weights.without_experts` return them. None if there is no expert.
    """
    if without.empty:
        return None
    most = without.loc[without["change"].abs().idxmax(), ["expert", "factor", "change"]]
    return {"differ": list(differ["factor"]), **most.to_dict()}


def judged(matrix: pd.DataFrame, pair: tuple | None = None) -> dict:
    """One comparison of two bones, and the weights of the bones that follow from all comparisons.

    matrix: as `weights.of_bones` returns it; pair: the two bones chosen in JupyterLab, None for the first two (a
    report).
    """
    (a, b), priorities = pair or matrix.index[:2], ahp(matrix)
    ratio = priorities.consistency_ratio
    return {
        "a": a,
        "b": b,
        "ratio": float(matrix.loc[a, b]),
        "bones": [{"factor": bone, "weight": float(weight)} for bone, weight in priorities.weights.items()],
        "consistency": None if ratio is None else max(float(ratio), 0.0),
        "live": pair is not None,
    }


def spread_reading(spread: pd.DataFrame | None) -> dict:
    """The factors in which customers differ most. spread: as `weights.of_spread` returns it."""
    return {"factors": [] if spread is None else _heaviest(spread.set_index("factor")["weight"])}


def outcome_reading(outcome: Outcome | None) -> dict:
    """Factors that went with the following change of profit, how much of it they explain, and what limits the finding.

    outcome: as `weights.of_outcome` returns it.
    """
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
    """The first five factors by the mix, how certain they are, and where the three kinds disagree.

    table: result table `factor_weights`; agreement: as `weights.kendall_w` returns it; mix: the notebook's parameter.
    """
    rows = table.dropna(subset="mixed").set_index("factor")
    apart = rows["disagreement"].dropna().sort_values(ascending=False, kind="stable")
    return {
        "mix": list(map(float, mix)),
        "first": _heaviest(rows["mixed"]),
        "sure": list(rows.index[rows["first_five"] >= _NEARLY_ALWAYS]),
        "agreement": number(agreement),
        "apart": list(apart.index[:_APART]),
    }


def _heaviest(weights, most=_FIRST):
    first = weights.dropna().sort_values(ascending=False, kind="stable").head(most)
    return [{"factor": factor, "weight": float(weight)} for factor, weight in first.items()]
