"""The three kinds of weight, each with what it cannot say: facts for `words/<language>/factors.j2`."""

import pandas as pd

from custlib.weights import CHANCE, Concordance, Outcome, Spread, ahp, consistent

_FIRST = 5  # factors that a sentence names
_APART = 3  # factors named where the kinds differ
_OFTEN, _NEARLY_ALWAYS = 0.5, 0.95  # among the first five


def tree_reading(causes: pd.DataFrame) -> dict:
    """How many factors are on how many bones, and how many are ours to change. causes: as `fishbone.causes` returns
    them."""
    zones = causes["zone"].value_counts()
    counts = {"ours": int(zones.get("A", 0)), "theirs": int(zones.get("B", 0))}
    return {"factors": len(causes), "bones": causes["bone"].nunique(), **counts}


def experts_reading(
    weights: pd.DataFrame, consistency: pd.DataFrame, consensus: pd.DataFrame, agree: Concordance
) -> dict:
    """The heaviest bones and factors by the experts, how far they agree, and which judgement to discuss.

    weights: as `weights.of_tree` returns it; consistency, consensus: result tables `expert_consistency`,
    `expert_consensus`; agree: as `weights.experts_agree` returns it.
    """
    if weights["weight"].isna().all() or consensus.empty:
        return {"experts": 0}
    least = consensus.loc[consensus["consensus"].idxmin()]
    odd = consistency[consistency["to_discuss"].astype("bool")]
    return {
        "experts": int(consensus["experts"].max()),
        "bones": _heaviest(weights.drop_duplicates("bone").set_index("bone")["bone_weight"], len(weights)),
        "factors": _heaviest(weights.set_index("factor")["weight"]),
        "least": {"parent": least["parent"], "consensus": float(least["consensus"])},
        "agree": _agreement(agree),
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
        "limit": consistent(len(matrix)),
        "live": pair is not None,
    }


def spread_reading(spread: Spread | None) -> dict:
    """The factors in which customers differ most, and whether that order is more than chance. spread: as
    `weights.of_spread` returns it."""
    if spread is None:
        return {"factors": []}
    return {
        "factors": _heaviest(spread.weights.set_index("factor")["weight"]),
        "chance": float(spread.chance),
        "counts": bool(spread.counts),
    }


def outcome_reading(outcome: Outcome | None, profit: str) -> dict:
    """How much of the following change of profit goes with the factors, and with which.

    outcome: as `weights.of_outcome` returns it; profit: "total" or "brand", the profit that is meant.
    """
    facts = {"rows": 0, "profit": f"{profit}_profit"}
    if outcome is None:
        return facts
    importance, table = outcome.importance, outcome.importance.table
    often = table[table["first_five"] >= _OFTEN].set_index("factor")["share"]
    return facts | {
        "rows": int(importance.rows),
        "counts": bool(outcome.counts),
        "explained": float(importance.adjusted),
        "factors": _heaviest(often / importance.r2) if importance.r2 > 0 else [],
    }


def outcome_method(outcome: Outcome | None) -> dict | None:
    """How far the share that goes with the factors can be trusted, and what limits the finding; None without any."""
    if outcome is None:
        return None
    importance, table = outcome.importance, outcome.importance.table
    return {
        **{name: int(getattr(importance, name)) for name in ("rows", "customers")},
        **{name: float(getattr(importance, name)) for name in ("adjusted", "low", "high")},
        "unseen": float(outcome.unseen),
        "collinear": list(table.loc[table["collinear"].astype("bool"), "factor"]),
        "suppressor": list(table.loc[table["suppressor"].astype("bool"), "factor"]),
        "left_out": outcome.following.left_out.query("rows > 0").to_dict("records"),
    }


def together_reading(table: pd.DataFrame, kinds: pd.DataFrame, experts: Concordance) -> dict:
    """The first five factors by the mix, which kinds of weight count and which do not, and how certain the first are.

    table: result table `factor_weights`; kinds: `weight_kinds`; experts: as `weights.experts_agree` returns it.
    """
    rows, counts = table.dropna(subset="mixed").set_index("factor"), kinds[kinds["counts"] > 0]
    out = kinds[~kinds["reason"].isin(["counts", "not_asked"])]
    return {
        "first": _heaviest(rows["mixed"]),
        "counted": list(counts["kind"]),
        "mix": list(counts["counts"] / counts["counts"].min()),
        "left_out": out[["kind", "reason"]].to_dict("records"),
        "sure": list(rows.index[rows["first_five"] >= _NEARLY_ALWAYS]) if len(counts) > 1 else [],
        "experts_doubt": "experts" in set(counts["kind"]) and experts.p > CHANCE,
    }


def kinds_method(table: pd.DataFrame, agree: Concordance) -> dict | None:
    """How far the kinds that count agree on the order, and about which factors least; None for fewer than two kinds.

    table: result table `factor_weights`; agree: as `weights.kinds_agree` returns it.
    """
    rows = table.dropna(subset="mixed").set_index("factor")
    apart = rows["disagreement"].dropna().sort_values(ascending=False, kind="stable")
    told = _agreement(agree)
    return told and {"agree": told, "apart": list(apart[apart > 0].index[:_APART])}


def _agreement(agree):
    """Kendall's W beside chance; None if nobody could agree."""
    if not agree.judges:
        return None
    return {"w": agree.w, "by_chance": agree.by_chance, "p": agree.p, "more": agree.p <= CHANCE}


def _heaviest(weights, most=_FIRST):
    first = weights.dropna().sort_values(ascending=False, kind="stable").head(most)
    return [{"factor": factor, "weight": float(weight)} for factor, weight in first.items()]
