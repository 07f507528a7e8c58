"""One class over several indicators, within a system of customers; how far it hangs on the weights; what people decided."""

from itertools import combinations

import numpy as np
import pandas as pd

from custlib.abc_classes.rules import CLASSES, by_count, class_codes, count_cuts, finite

_STEPS = 40  # 820 weights of three indicators, spread evenly


def within(systems, judge, *tables, **options):
    """`judge(*tables, **options)` within each system of customers, together again in the order of the first table's index.

    systems: Series customer → its system (the company, a region or an account manager); tables: Series or DataFrames over customers,
    of which a judge sees the rows of one system. A judge may leave customers out. Raises KeyError for a customer without a system.
    """
    first = tables[0].index
    of, parts = systems.loc[first], []
    for system in sorted(of.unique()):
        members = systems.index[systems == system]
        parts.append(judge(*(table[table.index.isin(members)] for table in tables), **options))
    if len(parts) < 2:
        return parts[0] if parts else judge(*tables, **options)
    together = pd.concat(parts)
    return together.loc[first.intersection(together.index, sort=False)]


def joint(indicators, weights=None, ratio=(1, 2, 2)):
    """One class over several indicators, beside the class on each.

    indicators: DataFrame, a row per customer, a column per indicator, finite numbers; missing where unknown.
    weights: mapping indicator → weight (zero leaves it out of the joint class), by default all equal; names every one.
    Returns a DataFrame over the same index: the class on each indicator (column named as the indicator; `by_count`
    among the customers where it is known), `score`, `joint`, and `known`, the number of indicators known.
    score: weighted mean of the percent ranks over the known indicators, 0 to 1; the percent rank is the share of
    customers with a smaller value plus half the share with an equal one, itself included. joint: by_count on it, but
    always C where every known indicator with a weight is below zero, as `by_count` has it on one indicator.
    A customer of whom nothing with a weight is known keeps its row, with score and joint missing.
    Raises ValueError on bad weights (indicator unknown or not named, negative, all zero), if a customer stands twice,
    and if no customer can be judged.
    """
    weight = checked_weights(indicators.columns, weights)
    columns = {name: finite(indicators[name]) for name in indicators}
    values = _values(columns)
    score = pd.Series(scores(percent_ranks(values), weight.to_numpy()), indicators.index)
    if not score.notna().any():
        raise ValueError("no customer has a known indicator with a weight")
    if indicators.index.has_duplicates:
        raise ValueError(f"customer {indicators.index[indicators.index.duplicated()][0]} stands twice")
    table = {name: _known_letters(values, ratio) for name, values in columns.items()}
    codes = joint_codes(score.to_numpy(), all_below_zero(values, weight.to_numpy()), ratio)
    letters = pd.Categorical.from_codes(codes, dtype=CLASSES)
    known = (~np.isnan(values)).sum(axis=1)
    return pd.DataFrame({**table, "score": score, "joint": letters, "known": known}, indicators.index)


def letters(customers):
    """How many customers have which letters on the single indicators: size_class, contribution_class, brand_share_class ("" where not
    known), customers. customers: result table `abc_customers`."""
    columns = ["size_class", "contribution_class", "brand_share_class"]
    rows = customers.reindex(columns=columns).astype("object").fillna("")
    return rows.value_counts().rename("customers").reset_index()


def robustness(indicators, weights=None, ratio=(1, 2, 2)):
    """How far the joint class of each customer hangs on the weights.

    Takes what `joint` takes. Returns a DataFrame over the same index: `robust`, the share of all admissible weights (zero or
    more, adding up to 1; 820 of three indicators, spread evenly) under which the joint class is the one under `weights`;
    `other`, the class under the nearest weights that change it, and these, a column `at_<indicator>` each. The last are missing
    where no weights change it, all where the customer cannot be judged.
    """
    weight = checked_weights(indicators.columns, weights).to_numpy()
    values = _values({name: finite(indicators[name]) for name in indicators})
    ranks = percent_ranks(values)
    own = joint_codes(scores(ranks, weight), all_below_zero(values, weight), ratio)
    points = _weights_everywhere(len(weight))
    below = all_below_zero(values, points[0])  # no point has a weight of zero
    points = points[np.argsort(((points - weight) ** 2).sum(axis=1).round(12), kind="stable")]
    holds, judged, nearest = np.zeros(len(ranks)), np.zeros(len(ranks)), np.full(len(ranks), -1)
    other = np.full(len(ranks), -1, "int8")
    for place, point in enumerate(points):
        codes = joint_codes(scores(ranks, point), below, ratio)
        holds += codes == own
        judged += codes >= 0
        changed = (codes != own) & (codes >= 0) & (nearest < 0)
        nearest[changed], other[changed] = place, codes[changed]
    known = own >= 0
    at = np.where(known & (nearest >= 0), points[nearest].T, np.nan)
    return pd.DataFrame(
        {
            "robust": np.where(known, holds / np.maximum(judged, 1), np.nan),
            "other": pd.Categorical.from_codes(np.where(known, other, -1), dtype=CLASSES),
            **{f"at_{name}": values for name, values in zip(indicators.columns, at, strict=True)},
        },
        indicators.index,
    )


def settings(system, ratio, weights, indicators):
    """What the classes hang on, as a table of texts: name (system, ratio, weights), value. Equal settings give equal tables."""
    shares = checked_weights(indicators, weights).round(6)
    told = [
        system,
        " : ".join(f"{part:g}" for part in ratio),
        ", ".join(f"{name} {share:g}" for name, share in shares.items()),
    ]
    return pd.DataFrame({"name": ["system", "ratio", "weights"], "value": told}, dtype="str")


def percent_ranks(values):
    """The share of customers with a smaller value plus half the share with an equal one, itself included, column by column.

    values: array, customers × indicators (or customers only), NaN where unknown: such a customer has no rank and counts for nobody.
    """
    if values.ndim == 1:
        return percent_ranks(values[:, None])[:, 0]
    ranks = np.full(values.shape, np.nan, order="F")
    for place, column in enumerate(values.T):
        _rank_into(ranks[:, place], column)
    return ranks


def scores(ranks, weight):
    """The weighted mean of the percent ranks that are known: 0 to 1, NaN where none with a weight is.

    ranks: customers × indicators; weight: one per indicator.
    """
    total, known = np.zeros(len(ranks)), np.zeros(len(ranks))
    for column, share in zip(ranks.T, weight, strict=True):
        there = ~np.isnan(column)
        total += np.where(there, column, 0) * share
        known += there * share
    # rounded, so that equal customers stay equal whatever the order of summing
    return np.divide(total, known, where=known > 0, out=np.full(len(ranks), np.nan)).round(12)


def all_below_zero(values, weight):
    """Whether every known indicator with a weight is below zero, by customer; False where none is known.

    values: array, customers × indicators, NaN where unknown; weight: array, one per indicator, not all zero.
    """
    return np.fmax.reduce(values[:, weight > 0], axis=1) < 0


def joint_codes(score, below, ratio):
    """The joint class as 0 (A), 1 (B) or 2 (C), and -1 where there is no score: array of int8.

    score: array over customers, 0 to 1, NaN where there is none; below: `all_below_zero` of the same customers, who are
    C but keep their places, so that nobody moves up into them. Raises ValueError on a bad ratio.
    """
    known = ~np.isnan(score)
    codes = np.full(len(score), -1, "int8")
    if known.any():
        codes[known] = class_codes(score[known], *count_cuts(score[known], ratio))
    codes[below & known] = 2
    return codes


def checked_weights(names, weights):
    """Weights as a Series over the indicators that adds up to 1; None: all equal. Raises ValueError as `joint` says."""
    weight = pd.Series(dict.fromkeys(names, 1) if weights is None else dict(weights), dtype="float64")
    if set(weight.index) != set(names):
        raise ValueError(f"weights name {sorted(weight.index)}, the indicators are {sorted(names)}")
    if not np.isfinite(weight).all() or (weight < 0).any() or weight.sum() == 0:
        raise ValueError(f"weights are zero or more, and not all zero, not {weight.to_dict()}")
    return weight[list(names)] / weight.sum()


def _values(columns):
    return np.column_stack([values.to_numpy() for values in columns.values()])


def _rank_into(ranks, values):
    order = np.argsort(values)  # what is unknown stands last
    known = len(values) - int(np.isnan(values).sum())
    order, rising = order[:known], values[order[:known]]
    starts = np.flatnonzero(np.concatenate(([True], rising[1:] != rising[:-1]))[:known])
    sizes = np.diff(starts, append=known)
    ranks[order] = np.repeat((2 * starts + sizes) / (2 * max(known, 1)), sizes)


def _known_letters(numbers, ratio):
    if numbers.notna().all() and len(numbers):
        return by_count(numbers, ratio)
    known = numbers.dropna()
    letters = by_count(known, ratio) if len(known) else known.astype(CLASSES)
    return letters.reindex(numbers.index)


def _weights_everywhere(indicators):
    """Weights spread evenly over all that are zero or more and add up to 1, none of them zero: points × indicators."""
    bars = list(combinations(range(_STEPS - 1 + indicators - 1), indicators - 1))
    edges = np.column_stack(
        [np.full(len(bars), -1), np.array(bars).reshape(len(bars), -1), np.full(len(bars), _STEPS + indicators - 2)]
    )
    return (np.diff(edges, axis=1) - 1 + 1 / indicators) / _STEPS
