"""Judgements as tables bring them: checked line by line, then matrices."""

import numpy as np
import pandas as pd

from custlib.refusals import Refused
from custlib.weights.completion import parts
from custlib.weights.judgements import ahp, matrix

GOAL = "customer_profit"  # the parent of the bones
_SAME = 0.01  # two ratios this near in logarithms are one, rounded twice


def of_indicators(comparisons, indicators):
    """Priorities from `comparisons.csv` as `reference.signed` gives it; None where it holds no line.

    Raises Refused (`comparison_strange`) for a name that is no indicator, a ratio out of 1/9 to 9, and a pair that stands twice or not
    at all.
    """
    if comparisons.empty:
        return None
    known, pairs, numbers = ", ".join(indicators), set(), []
    for line, row in comparisons.iterrows():
        pair = frozenset((row["factor_a"], row["factor_b"]))
        ratio = pd.to_numeric(row["ratio"], errors="coerce")
        problem = told(row) if strange(row, ratio, indicators) or pair in pairs else ""
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


def from_table(pairwise, tree):
    """(expert, parent) → the matrix of that expert's judgements under that parent, sorted by expert, parents in the tree's order.

    pairwise: the clean table (expert, parent_id, factor_a, factor_b, ratio; file and line for refusals). tree: factor and bone, a
    row for each factor and for each bone, whose own bone is blank; the bones' parent is `GOAL`. A factor that no expert compares
    stands in no matrix, an expert who compares nothing under a parent has none there.
    Raises Refused: `judgement_strange` for a name that is not under that parent, a ratio out of 1/9 to 9 and a pair with two different
    values; `judgements_apart` where an expert's judgements do not connect the factors.
    """
    children, found = children_of(tree), {}
    rows = pairwise.assign(ratio=pairwise["ratio"].astype("float64")).sort_values(["expert", "file", "line"])
    for _, row in rows.iterrows():
        own = children.get(row["parent_id"], [])
        if strange(row, row["ratio"], own):
            raise _refused("judgement_strange", row, known=", ".join(own or children))
    for parent, own in children.items():
        under = rows[rows["parent_id"] == parent]
        judged = [factor for factor in own if factor in {*under["factor_a"], *under["factor_b"]}]
        for expert, given in under.groupby("expert"):
            found[expert, parent] = _matrix(given, judged)
    return {key: found[key] for key in sorted(found, key=lambda key: key[0])}


def children_of(tree):
    """Parent → its factors in the tree's order: the bones under `GOAL`, then each bone's factors."""
    bone = tree["bone"].fillna("")
    bones = tree.loc[bone == "", "factor"].tolist()
    return {GOAL: bones} | {name: tree.loc[bone == name, "factor"].tolist() for name in bones}


def strange(row, ratio, known):
    """Whether a line compares anything but two of those known, or by a ratio out of 1/9 to 9."""
    pair = {row["factor_a"], row["factor_b"]}
    return len(pair) < 2 or not pair <= set(known) or not 1 / 9.1 <= ratio <= 9.001


def told(row):
    """A line in short."""
    return f"{row['factor_a']} ~ {row['factor_b']}: {row['ratio']}"


def _matrix(given, judged):
    pairs = {}
    for _, row in given.iterrows():
        ratio = row["ratio"] if judged.index(row["factor_a"]) < judged.index(row["factor_b"]) else 1 / row["ratio"]
        pair = frozenset((row["factor_a"], row["factor_b"]))
        if abs(np.log(ratio / pairs.setdefault(pair, ratio))) > _SAME:
            raise _refused("judgement_strange", row, known=", ".join(judged))
    table = matrix(given.drop_duplicates(["factor_a", "factor_b"]), judged)
    apart = parts(table.to_numpy())
    if apart.any():
        groups = [", ".join(table.index[apart == part]) for part in range(apart.max() + 1)]
        raise _refused("judgements_apart", given.iloc[0], groups=" | ".join(groups))
    return table


def _refused(code, row, **facts):
    place = {name: row[name] for name in ("file", "line", "expert")}
    return Refused(code, **place, parent=row["parent_id"], problem=told(row), **facts)
