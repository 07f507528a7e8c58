"""Pairwise comparisons as tables hold them: checked line by line, then made into matrices."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from custlib.refusals import Refused
from custlib.weights.completion import parts
from custlib.weights.judgements import Priorities, ahp, is_reverse, matrix

GOAL = "customer_profit"  # the parent of the bones
_SAME = 0.01  # ratios this close in logarithms are the same


def of_indicators(comparisons: pd.DataFrame, indicators: Sequence[str]) -> Priorities | None:
    """Priorities from `comparisons.csv` as `reference.signed` returns it; None if it has no line.

    Raises Refused (`comparison_strange`) for a name that is no indicator, a ratio outside 1/9 to 9, and a pair that
    occurs twice or not at all.
    """
    if comparisons.empty:
        return None
    known, pairs, numbers = ", ".join(indicators), set(), []
    for line, row in comparisons.iterrows():
        pair = frozenset((row["factor_a"], row["factor_b"]))
        above, _, below = str(row["ratio"]).partition("/")  # 1/3 is a ratio
        ratio = pd.to_numeric(above, errors="coerce") / (pd.to_numeric(below or "1", errors="coerce") or np.nan)
        problem = in_short(row) if strange(row, ratio, indicators) or pair in pairs else ""
        if problem:
            raise Refused("comparison_strange", file="comparisons.csv", line=line, problem=problem, known=known)
        pairs.add(pair)
        numbers.append(ratio)
    table = matrix(comparisons.assign(ratio=numbers), indicators)
    if table.isna().to_numpy().any():
        row, column = np.argwhere(table.isna().to_numpy())[0]
        problem = f"{table.index[row]} ~ {table.index[column]}: –"
        raise Refused("comparison_strange", file="comparisons.csv", line=line, problem=problem, known=known)
    return ahp(table)


def from_table(pairwise: pd.DataFrame, tree: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """(expert, parent) → the matrix of that expert's judgements under that parent; sorted by expert, then as in the
    tree.

    pairwise: the clean table (expert, parent_id, factor_a, factor_b, ratio; file and line for refusals).
    tree: factor and bone, a row for each factor and for each bone (whose own bone is blank); the bones' parent is
    `GOAL`.
    A factor that no expert compares is in no matrix; an expert who compares nothing under a parent has no matrix there.
    Raises Refused: `judgement_strange` for a name that is not under that parent, a ratio outside 1/9 to 9;
    `judgements_contradict` for a pair with two different values; `judgements_apart` if an expert's judgements
    do not connect the factors.
    """
    children, matrices = children_of(tree), {}
    rows = pairwise.assign(ratio=pairwise["ratio"].astype("float64")).sort_values(["expert", "file", "line"])
    for row in rows.to_dict("records"):
        factors = children.get(row["parent_id"], [])
        if strange(row, row["ratio"], factors):
            raise _refused("judgement_strange", row, known=", ".join(factors or children))
    for parent, factors in children.items():
        under = rows[rows["parent_id"] == parent]
        judged = [factor for factor in factors if factor in {*under["factor_a"], *under["factor_b"]}]
        for expert, answers in under.groupby("expert"):
            matrices[expert, parent] = _matrix(answers, judged)
    return {key: matrices[key] for key in sorted(matrices, key=lambda key: key[0])}


def children_of(tree: pd.DataFrame) -> dict[str, list[str]]:
    """Parent → its factors in the tree's order: the bones under `GOAL`, then each bone's factors."""
    bone = tree["bone"].fillna("")
    bones = tree.loc[bone == "", "factor"].tolist()
    return {GOAL: bones} | {name: tree.loc[bone == name, "factor"].tolist() for name in bones}


def strange(row: Mapping | pd.Series, ratio: float, known: Collection[str]) -> bool:
    """Whether a line compares anything but two different names of `known`, or has a ratio outside 1/9 to 9."""
    pair = {row["factor_a"], row["factor_b"]}
    return len(pair) < 2 or not pair <= set(known) or not 1 / 9.1 <= ratio <= 9.001


def in_short(row: Mapping | pd.Series) -> str:
    """A line in short, for a refusal."""
    return f"{row['factor_a']} ~ {row['factor_b']}: {row['ratio']}"


def _matrix(rows, judged):
    pairs: dict = {}
    for row in rows.to_dict("records"):
        pair = frozenset((row["factor_a"], row["factor_b"]))
        first = pairs.setdefault(pair, row)
        same = row["factor_a"] == first["factor_a"]
        one, other = first["ratio"], row["ratio"] if same else 1 / row["ratio"]
        if abs(np.log(one / other)) > _SAME and not (not same and is_reverse(first["ratio"], row["ratio"])):
            raise _refused("judgements_contradict", row, other=in_short(first), other_line=first["line"])
        # Of a judgement and its reverse the one above 1 is what the expert said, the other one is rounded.
        pairs[pair] = max(first, row, key=lambda said: said["ratio"]) if not same else first
    table = matrix(pd.DataFrame(pairs.values()), judged)
    apart = parts(table.to_numpy())
    if apart.any():
        groups = [", ".join(table.index[apart == part]) for part in range(apart.max() + 1)]
        raise _refused("judgements_apart", rows.iloc[0], groups=" | ".join(groups))
    return table


def _refused(code, row, **facts):
    place = {name: row[name] for name in ("file", "line", "expert")}
    return Refused(code, **place, parent=row["parent_id"], problem=in_short(row), **facts)
