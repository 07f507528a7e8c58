"""ABC classes of customers: by number, by cumulative value, by computed limits, and jointly over several indicators.

Every rule first finds the *cut values* and then compares, so equal customers get one class and the order of rows plays
no part.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd
from scipy.interpolate import CubicSpline

CLASSES = pd.CategoricalDtype(["A", "B", "C"], ordered=True)

_ROUNDING = 1e-9  # a share this close to a limit counts as reaching it


@dataclass(frozen=True)
class ComputedLimits:
    """The two limits, each as (share of customers, share of value), and the classes they make."""

    a_limit: tuple
    b_limit: tuple
    classes: pd.Series


def by_count(values, ratio=(1, 2, 2)):
    """Classes by number of customers: A : B : C as in `ratio`, the largest values first.

    values: Series of finite numbers, one per customer. Returns a Series of `CLASSES` over the same index.
    A customer is A while the share of customers before it is below A's share, so A is never empty; equal values share
    the better class. The sign plays no part: in a small group a loss may be B.
    Raises ValueError on empty input, missing or infinite values, and a ratio that is not three positive numbers.
    """
    numbers = _checked(values)
    parts = _exact_parts(ratio)
    last_a = math.ceil(len(numbers) * parts[0] / sum(parts)) - 1
    last_b = math.ceil(len(numbers) * (parts[0] + parts[1]) / sum(parts)) - 1
    falling = np.partition(-numbers.to_numpy(), (last_a, last_b))
    return _letters(numbers, -falling[last_a], -falling[last_b])


def by_share(values, cuts=(0.80, 0.95)):
    """Classes by cumulative value: A up to the first cut, B up to the second, C the rest.

    values: Series of finite numbers, one per customer. Returns a Series of `CLASSES` over the same index.
    The share reached *before* a customer decides, so a giant is A; equal values share the better class. Shares are of
    the total of positive values; a negative value is always C, and so is zero, unless no value is positive (then A).
    Raises ValueError on empty input, missing or infinite values, and cuts that are not 0 < first <= second <= 1.
    """
    numbers = _checked(values)
    if not 0 < cuts[0] <= cuts[1] <= 1:
        raise ValueError(f"cuts must rise within 0 to 1, not {tuple(cuts)}")
    falling = _falling(numbers)
    reached = np.cumsum(falling)
    before = np.concatenate(([0.0], reached[:-1]))
    n_a, n_b = np.searchsorted(before, np.array(cuts) * reached[-1] * (1 - _ROUNDING))
    return _letters_above_zero(numbers, falling, n_a, n_b)


def computed_limits(values):
    """Limits that the data set themselves, from the shape of the ABC curve.

    values: Series of finite numbers, one per customer. Returns `ComputedLimits`. A lies wholly before `a_limit`, C
    wholly after `b_limit`, a customer touching a limit is B; the largest is always A, equal values share a class.
    A negative value counts as zero on the curve and is always C, and so is zero, unless no value is positive (then A).

    The curve (share of customers, share of value) is a cubic spline read on a 1 % grid. Of the point nearest (0, 1) and
    break-even (slope nearest 1) the left one is `a_limit`; `b_limit` is the point nearest (x of the other, 1), not
    break-even itself.
    Source: Ultsch & Lötsch 2015, doi:10.1371/journal.pone.0129767; slopes are taken at k/101 as their R package does.
    Raises ValueError on empty input and missing or infinite values.
    """
    numbers = _checked(values)
    falling = _falling(numbers)
    grid, curve = _abc_curve(falling)
    slope = CubicSpline(grid, curve)(np.arange(1, 102) / 101, 1)
    nearest_ideal = _first_smallest(grid**2 + (1 - curve) ** 2)
    a, other = sorted((nearest_ideal, _first_smallest(abs(slope - 1))))
    b = _first_smallest((grid - grid[other]) ** 2 + (1 - curve) ** 2)
    upto = np.arange(1, len(numbers) + 1) / len(numbers)
    n_a = np.searchsorted(upto, grid[a] - _ROUNDING)
    n_b = 1 + np.searchsorted(upto, grid[b] - _ROUNDING)
    classes = _letters_above_zero(numbers, falling, n_a, n_b)
    return ComputedLimits((float(grid[a]), float(curve[a])), (float(grid[b]), float(curve[b])), classes)


def joint(indicators, weights=None, ratio=(1, 2, 2)):
    """One class over several indicators, beside the class on each.

    indicators: DataFrame, a row per customer, a column per indicator, finite numbers; missing where unknown.
    weights: mapping indicator → weight (zero leaves it out of the joint class), by default all equal; names every one.
    Returns a DataFrame over the same index: the class on each indicator (column named as the indicator; `by_count`
    among the customers where it is known), `score`, `joint`, and `known`, the number of indicators known.
    score: weighted mean of the percent ranks over the known indicators, 0 to 1; the percent rank is the share of
    customers with a smaller value plus half the share with an equal one, itself included. joint: by_count on it.
    A customer of whom nothing with a weight is known keeps its row, with score and joint missing.
    Raises ValueError on bad weights (indicator unknown or not named, negative, all zero), if a customer stands twice,
    and if no customer can be judged.
    """
    weight = _checked_weights(indicators.columns, weights)
    numbers = indicators.apply(_numbers)
    percent_rank = (numbers.rank() - 0.5) / numbers.count()
    known_weight = numbers.notna().astype("float64") @ weight
    # rounded, so that equal customers stay equal whatever the order of summing
    score = ((percent_rank.fillna(0) @ weight) / known_weight.where(known_weight > 0)).round(12)
    if not score.notna().any():
        raise ValueError("no customer has a known indicator with a weight")
    if indicators.index.has_duplicates:
        raise ValueError(f"customer {indicators.index[indicators.index.duplicated()][0]} stands twice")
    table = numbers.apply(_known_letters, ratio=ratio)
    return table.assign(score=score, joint=_known_letters(score, ratio), known=numbers.notna().sum(axis=1))


def migration(before, after):
    """Customers by class before (rows A, B, C, new) and after (columns A, B, C, lost).

    before, after: Series of classes, customers as index. A customer without a class counts as absent in that quarter.
    Returns a DataFrame of counts. Raises ValueError if a customer stands twice or a class is not A, B or C.
    """
    pair = pd.concat({"before": _checked_classes(before), "after": _checked_classes(after)}, axis=1)
    pair = pair.fillna({"before": "new", "after": "lost"})
    counts = pd.crosstab(pair["before"], pair["after"])
    counts = counts.reindex(index=["A", "B", "C", "new"], columns=["A", "B", "C", "lost"], fill_value=0)
    return counts.rename_axis(index="before", columns="after")


def history(indicators, weights=None, ratio=(1, 2, 2)):
    """The joint class of every customer in every quarter.

    indicators: mapping quarter → DataFrame as `joint` takes it. Weights of indicators that a quarter lacks count for nothing;
    a quarter in which no indicator has a weight is left out. Returns a DataFrame of classes: a row per customer (sorted), a
    column per quarter in the order given, missing where the customer was absent.
    """
    columns = {}
    for quarter, table in indicators.items():
        known = weights and {name: weights.get(name, 0) for name in table}
        if not weights or any(known.values()):
            columns[quarter] = joint(table, known, ratio)["joint"]
    return pd.DataFrame(columns).astype(CLASSES).sort_index()


def ranked(values, classes):
    """Customers from the largest value to the smallest: rank (from 1), value, cumulative_share (of the sum), class.

    values: Series with a positive sum; classes: Series of `CLASSES`, same customers. Where one is missing the customer is left
    out. Losses at the end make the cumulative share pass 1 and come back. Equal values stand in the order of the index.
    """
    rows = pd.DataFrame({"value": values, "class": classes}).dropna().sort_index()
    rows = rows.sort_values("value", ascending=False, kind="stable")
    reached = rows["value"].cumsum() / rows["value"].sum()
    return rows.assign(rank=np.arange(1, len(rows) + 1), cumulative_share=reached)[
        ["rank", "value", "cumulative_share", "class"]
    ]


def summary(amounts, classes):
    """What each class brings, by indicator: indicator, class, customers, value (sum of the amounts), share (of all classes).

    amounts: DataFrame in yuan, a column per indicator; a missing amount adds nothing. classes: the result of `joint`; the joint
    class is summed by size.
    """
    of = {name: (amounts[name], classes[name]) for name in amounts} | {"joint": (amounts["size"], classes["joint"])}
    return pd.concat([_summary(*pair).assign(indicator=name) for name, pair in of.items()], ignore_index=True)


def _summary(values, classes):
    rows = (
        pd.DataFrame({"value": values, "class": classes})
        .dropna(subset="class")
        .groupby("class", observed=False)["value"]
    )
    found = pd.DataFrame({"customers": rows.size(), "value": rows.sum()}).rename_axis("class").reset_index()
    return found.assign(share=found["value"] / found["value"].sum())


def moves(before, after, size_before, size):
    """The customers whose class is another than before: from_class (A, B, C or new), to_class (A, B, C or lost), size_before
    and size (0 where absent), none if there was no quarter before. before, after: Series of classes; size_before, size: Series in
    yuan; customers as index."""
    if before.dropna().empty:
        after = after.iloc[:0]
    rows = pd.DataFrame({"from_class": before.astype("object"), "to_class": after.astype("object")})
    rows = rows.fillna({"from_class": "new", "to_class": "lost"})
    rows = rows.assign(size_before=size_before.reindex(rows.index), size=size.reindex(rows.index))
    moved = (rows["from_class"] != rows["to_class"]) & ~((rows["from_class"] == "new") & (rows["to_class"] == "lost"))
    return rows[moved].fillna({"size_before": 0.0, "size": 0.0}).rename_axis("customer_id").sort_index()


def gini(values):
    """Gini coefficient, uncorrected: 0 all equal, (n − 1)/n one customer has everything.

    values: numbers of zero or more. Raises ValueError if empty, missing, infinite, negative, or all zero.
    """
    numbers = np.sort(_checked(values).to_numpy())
    if numbers[0] < 0 or numbers[-1] == 0:
        raise ValueError("the Gini coefficient needs values of zero or more, and one above zero")
    n = len(numbers)
    return float((2 * np.arange(1, n + 1) - n - 1) @ numbers / (n * numbers.sum()))


def _numbers(values):
    numbers = pd.Series(values).astype("float64")
    if np.isinf(numbers).any():
        raise ValueError("classes need finite values")
    return numbers


def _checked(values):
    numbers = _numbers(values)
    if numbers.empty or numbers.isna().any():
        raise ValueError("classes need at least one value, and none missing")
    return numbers


def _exact_parts(ratio):
    # fractions, because 0.2 + 0.4 in floating point would move the cut by one customer
    if len(ratio) != 3 or not all(0 < part < math.inf for part in ratio):
        raise ValueError(f"the ratio A : B : C is three positive numbers, not {tuple(ratio)}")
    return [Fraction(float(part)).limit_denominator(1_000_000) for part in ratio]


def _checked_weights(names, weights):
    weight = pd.Series(dict.fromkeys(names, 1) if weights is None else dict(weights), dtype="float64")
    if set(weight.index) != set(names):
        raise ValueError(f"weights name {sorted(weight.index)}, the indicators are {sorted(names)}")
    if not np.isfinite(weight).all() or (weight < 0).any() or weight.sum() == 0:
        raise ValueError(f"weights are zero or more, and not all zero, not {weight.to_dict()}")
    return weight / weight.sum()


def _checked_classes(classes):
    known = classes.dropna().astype("str")
    if known.index.has_duplicates:
        raise ValueError(f"customer {known.index[known.index.duplicated()][0]} stands twice")
    if not known.isin(CLASSES.categories).all():
        raise ValueError(f"classes are A, B and C, not {sorted(set(known) - set(CLASSES.categories))}")
    return known


def _falling(numbers):
    return np.sort(np.maximum(numbers.to_numpy(), 0))[::-1]


def _letters(numbers, a_cut, b_cut):
    codes = 2 - (numbers >= a_cut).to_numpy("int8") - (numbers >= b_cut).to_numpy("int8")
    return pd.Series(pd.Categorical.from_codes(codes, dtype=CLASSES), index=numbers.index, name=numbers.name)


def _letters_above_zero(numbers, falling, n_a, n_b):
    floor = np.finfo(float).tiny if falling[0] > 0 else 0
    a_cut, b_cut = (max(falling[max(n, 1) - 1], floor) for n in (n_a, n_b))
    return _letters(numbers, a_cut, b_cut)


def _known_letters(numbers, ratio):
    known = numbers.dropna()
    letters = by_count(known, ratio) if len(known) else known.astype(CLASSES)
    return letters.reindex(numbers.index)


def _abc_curve(falling):
    n, total = len(falling), falling.sum()
    customers = np.arange(n + 1) / n
    value = np.concatenate(([0.0], np.cumsum(falling))) / total if total > 0 else customers
    grid = np.arange(101) / 100
    curve = CubicSpline(customers, value)(grid)
    return grid, np.where(np.maximum.accumulate(curve >= 1), 1.0, curve)  # the spline may overshoot


def _first_smallest(distances):
    return int(np.argmin(np.round(distances, 9)))
