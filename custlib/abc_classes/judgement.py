"""One class over several indicators, within a system of customers, and how far it depends on the weights."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from custlib.abc_classes.rules import CLASSES, by_count, class_codes, count_cuts, finite

_STEPS = 40  # 820 weights of three indicators, spread evenly


def within(systems: pd.Series, judge: Callable[..., Any], *tables, **options) -> Any:
    """`judge(*tables, **options)` for each system of customers; the results in the order of the first table.

    systems: Series customer → its system (the company, a region or an account manager).
    tables: Series or DataFrames over customers; each call gets the rows of one system, and may leave customers out.
    Raises KeyError for a customer without a system.
    """
    first = tables[0].index
    parts = []
    for system in sorted(systems.loc[first].unique()):
        members = systems.index[systems == system]
        # Of many texts `isin` takes sixty times as long.
        parts.append(judge(*(table[members.get_indexer(table.index) >= 0] for table in tables), **options))
    if len(parts) < 2:
        return parts[0] if parts else judge(*tables, **options)
    together = pd.concat(parts)
    return together.loc[first.intersection(together.index, sort=False)]


def joint(
    indicators: pd.DataFrame, weights: Mapping[str, float] | None = None, ratio: Sequence[float] = (1, 2, 2)
) -> pd.DataFrame:
    """One class over several indicators, beside the class on each of them.

    indicators: DataFrame, a row per customer, a column per indicator, finite numbers; missing where unknown.
    weights: mapping indicator → weight for every indicator, by default all equal; zero leaves one out of the joint
    class.
    Returns a DataFrame over the same index:
    - a column per indicator, its class: `by_count` among the customers for whom it is known;
    - score, 0 to 1: the weighted mean of the percent ranks on the known indicators. A percent rank is the share of
      customers with a smaller value plus half the share with an equal one, the customer itself included;
    - joint: `by_count` on the score, but always C if every known indicator with a weight is below zero;
    - known: the number of indicators known.
    A customer without any known indicator that has a weight keeps its row, with score and joint missing.
    Raises ValueError on bad weights (an unknown or unnamed indicator, negative, all zero), if a customer appears twice,
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


def letters(customers: pd.DataFrame) -> pd.DataFrame:
    """How many customers have which combination of letters on the single indicators.

    customers: result table `abc_customers`. Columns: size_class, contribution_class, brand_share_class ("" where
    unknown), customers.
    """
    columns = ["size_class", "contribution_class", "brand_share_class"]
    rows = customers.reindex(columns=columns).astype("object").fillna("")
    return rows.value_counts().rename("customers").reset_index()


def robustness(
    indicators: pd.DataFrame, weights: Mapping[str, float] | None = None, ratio: Sequence[float] = (1, 2, 2)
) -> pd.DataFrame:
    """How far the joint class of each customer depends on the weights. Parameters as for `joint`.

    Returns a DataFrame over the same index:
    - robust: the share of all admissible weights (zero or more, adding up to 1; an even grid, 820 points for three
      indicators) under which the joint class stays the same as under `weights`;
    - other: the class under the nearest weights that change it, and `at_<indicator>`, those weights; missing if no
      weights change it.
    All are missing if the customer cannot be judged.
    """
    weight = checked_weights(indicators.columns, weights).to_numpy()
    values = _values({name: finite(indicators[name]) for name in indicators})
    ranks = percent_ranks(values)
    base = joint_codes(scores(ranks, weight), all_below_zero(values, weight), ratio)
    points = _weights_everywhere(len(weight))
    below = all_below_zero(values, points[0])  # no point has a weight of zero
    points = points[np.argsort(((points - weight) ** 2).sum(axis=1).round(12), kind="stable")]
    holds, judged, nearest = np.zeros(len(ranks)), np.zeros(len(ranks)), np.full(len(ranks), -1)
    other = np.full(len(ranks), -1, "int8")
    for place, point in enumerate(points):
        codes = joint_codes(scores(ranks, point), below, ratio)
        holds += codes == base
        judged += codes >= 0
        changed = (codes != base) & (codes >= 0) & (nearest < 0)
        nearest[changed], other[changed] = place, codes[changed]
    is_judged = base >= 0
    at = np.where(is_judged & (nearest >= 0), points[nearest].T, np.nan)
    return pd.DataFrame(
        {
            "robust": np.where(is_judged, holds / np.maximum(judged, 1), np.nan),
            "other": pd.Categorical.from_codes(np.where(is_judged, other, -1), dtype=CLASSES),
            **{f"at_{name}": values for name, values in zip(indicators.columns, at, strict=True)},
        },
        indicators.index,
    )


def settings(
    system: str, ratio: Sequence[float], weights: Mapping[str, float] | None, indicators: Iterable[str]
) -> pd.DataFrame:
    """The settings behind the classes, to compare as a table of texts: name (system, ratio, weights), value."""
    shares = checked_weights(indicators, weights).round(6)
    values = {
        "system": system,
        "ratio": " : ".join(f"{part:g}" for part in ratio),
        "weights": ", ".join(f"{name} {share:g}" for name, share in shares.items()),
    }
    return pd.DataFrame({"name": list(values), "value": list(values.values())}, dtype="str")


def percent_ranks(values: np.ndarray) -> np.ndarray:
    """The share of customers with a smaller value plus half the share with an equal one, itself included, by column.

    values: array, customers × indicators (or customers only); a customer with NaN has no rank and is not counted.
    """
    if values.ndim == 1:
        return percent_ranks(values[:, None])[:, 0]
    ranks = np.full(values.shape, np.nan, order="F")
    for place, column in enumerate(values.T):
        _rank_into(ranks[:, place], column)
    return ranks


def scores(ranks: np.ndarray, weight: Iterable[float]) -> np.ndarray:
    """The weighted mean of the known percent ranks: 0 to 1, NaN if none with a weight is known.

    ranks: array, customers × indicators; weight: one per indicator.
    """
    total, weights = np.zeros(len(ranks)), np.zeros(len(ranks))
    for column, share in zip(ranks.T, weight, strict=True):
        is_known = ~np.isnan(column)
        total += np.where(is_known, column, 0) * share
        weights += is_known * share
    # rounded, so that equal customers stay equal whatever the order of summing
    return np.divide(total, weights, where=weights > 0, out=np.full(len(ranks), np.nan)).round(12)


def all_below_zero(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Whether every known indicator with a weight is below zero, by customer; False if none is known.

    values: array, customers × indicators, NaN where unknown; weight: array, one per indicator, not all zero.
    """
    return np.fmax.reduce(values[:, weight > 0], axis=1) < 0


def joint_codes(score: np.ndarray, below: np.ndarray, ratio: Sequence[float]) -> np.ndarray:
    """The joint class as an int8 array: 0 (A), 1 (B), 2 (C), −1 without a score.

    score: array over customers, 0 to 1 or NaN; below: as `all_below_zero` returns it. Customers below zero are C but
    keep their places, so that nobody moves up because of them. Raises ValueError on a bad ratio.
    """
    known = ~np.isnan(score)
    codes = np.full(len(score), -1, "int8")
    if known.any():
        codes[known] = class_codes(score[known], *count_cuts(score[known], ratio))
    codes[below & known] = 2
    return codes


def checked_weights(names: Iterable[str], weights: Mapping[str, float] | None) -> pd.Series:
    """Weights as a Series over the indicators, adding up to 1; None means equal. Raises ValueError as `joint` does."""
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
    values = numbers.dropna()
    letters = by_count(values, ratio) if len(values) else values.astype(CLASSES)
    return letters.reindex(numbers.index)


def _weights_everywhere(indicators):
    """An even grid of weights above zero that add up to 1: points × indicators."""
    bars = list(combinations(range(_STEPS - 1 + indicators - 1), indicators - 1))
    edges = np.column_stack(
        [np.full(len(bars), -1), np.array(bars).reshape(len(bars), -1), np.full(len(bars), _STEPS + indicators - 2)]
    )
    return (np.diff(edges, axis=1) - 1 + 1 / indicators) / _STEPS
