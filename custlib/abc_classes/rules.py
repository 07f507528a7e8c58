"""ABC classes by one figure: by number of customers, by cumulative value, by computed limits.

Every rule first determines the *cut values* and then compares, so equal customers get one class, whatever the order of
rows.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd
import scipy
from numpy.typing import ArrayLike

CLASSES = pd.CategoricalDtype(["A", "B", "C"], ordered=True)

_ROUNDING = 1e-9  # a share this close to a limit counts as reaching it


@dataclass(frozen=True)
class ComputedLimits:
    """The two limits, each as (share of customers, share of value), and the classes they make."""

    a_limit: tuple
    b_limit: tuple
    classes: pd.Series


def by_count(values: pd.Series, ratio: Sequence[float] = (1, 2, 2)) -> pd.Series:
    """Classes by number of customers: A : B : C as in `ratio`, the largest values first.

    values: Series of finite numbers, one per customer. Returns a Series of `CLASSES` over the same index.
    A customer is A while the share of customers before it is below A's share, so A is not empty; equal values share the
    better class. A negative value is always C: a customer who costs us money is none of the best.
    Raises ValueError on empty input, missing or infinite values, and a ratio that is not three positive numbers.
    """
    numbers = checked(values)
    return _letters(numbers, *(max(cut, 0) for cut in count_cuts(numbers.to_numpy(), ratio)))


def compared(values: pd.Series, ratio: Sequence[float] = (1, 2, 2)) -> pd.DataFrame:
    """The three rules on one figure: rule (by_count, by_share, computed_limits), class, customers, value (sum), share.

    values: Series of finite numbers, one per customer, with a positive sum.
    """
    rules = {
        "by_count": by_count(values, ratio),
        "by_share": by_share(values),
        "computed_limits": computed_limits(values).classes,
    }
    parts = []
    for rule, classes in rules.items():
        by_class = values.groupby(classes, observed=False)
        sums = pd.DataFrame({"customers": by_class.size(), "value": by_class.sum()}).rename_axis("class").reset_index()
        parts.append(sums.assign(rule=rule, share=sums["value"] / values.sum()))
    return pd.concat(parts, ignore_index=True)[["rule", "class", "customers", "value", "share"]]


def count_cuts(values: np.ndarray, ratio: Sequence[float] = (1, 2, 2)) -> tuple:
    """The value of the last customer in A, and of the last one in B, by number of customers, largest first.

    values: array, customers first, nothing missing; for a matrix the cuts are by column. Raises ValueError on a bad
    ratio.
    """
    parts = _exact_parts(ratio)
    last_a = math.ceil(len(values) * parts[0] / sum(parts)) - 1
    last_b = math.ceil(len(values) * (parts[0] + parts[1]) / sum(parts)) - 1
    falling = np.partition(-values, (last_a, last_b), axis=0)
    return -falling[last_a], -falling[last_b]


def by_share(values: pd.Series, cuts: Sequence[float] = (0.80, 0.95)) -> pd.Series:
    """Classes by cumulative value: A up to the first cut, B up to the second, C the rest.

    values: Series of finite numbers, one per customer. Returns a Series of `CLASSES` over the same index.
    The share reached *before* a customer decides, so a giant is A; equal values share the better class. Shares are of
    the total of positive values. A negative value is always C; so is zero, unless no value is positive (then A).
    Raises ValueError on empty input, missing or infinite values, and cuts that are not 0 < first <= second <= 1.
    """
    numbers = checked(values)
    if not 0 < cuts[0] <= cuts[1] <= 1:
        raise ValueError(f"cuts must rise within 0 to 1, not {tuple(cuts)}")
    falling = _falling(numbers)
    reached = np.cumsum(falling)
    before = np.concatenate(([0.0], reached[:-1]))
    n_a, n_b = np.searchsorted(before, np.array(cuts) * reached[-1] * (1 - _ROUNDING))
    return _letters_above_zero(numbers, falling, n_a, n_b)


def computed_limits(values: pd.Series) -> ComputedLimits:
    """Limits computed from the data, by the shape of the ABC curve.

    values: Series of finite numbers, one per customer. Returns `ComputedLimits`. Customers wholly before `a_limit` are
    A, those wholly after `b_limit` C, one that touches a limit is B; the largest is always A, equal values share a
    class. A negative value counts as zero on the curve and is always C; so is zero, unless no value is positive (then
    A).
    The curve (share of customers, share of value) is a cubic spline read on a 1 % grid. `a_limit` is the left one of
    the point nearest (0, 1) and the break-even point (slope nearest 1); `b_limit` is the point nearest (x of the other,
    1).
    Source: Ultsch & Lötsch 2015, doi:10.1371/journal.pone.0129767; slopes are taken at k/101 as their R package does.
    Raises ValueError on empty input and missing or infinite values.
    """
    numbers = checked(values)
    falling = _falling(numbers)
    grid, curve = _abc_curve(falling)
    slope = scipy.interpolate.CubicSpline(grid, curve)(np.arange(1, 102) / 101, 1)
    nearest_ideal = _first_smallest(grid**2 + (1 - curve) ** 2)
    a, other = sorted((nearest_ideal, _first_smallest(abs(slope - 1))))
    b = _first_smallest((grid - grid[other]) ** 2 + (1 - curve) ** 2)
    upto = np.arange(1, len(numbers) + 1) / len(numbers)
    n_a = np.searchsorted(upto, grid[a] - _ROUNDING)
    n_b = 1 + np.searchsorted(upto, grid[b] - _ROUNDING)
    classes = _letters_above_zero(numbers, falling, n_a, n_b)
    return ComputedLimits((float(grid[a]), float(curve[a])), (float(grid[b]), float(curve[b])), classes)


def finite(values: ArrayLike) -> pd.Series:
    """Values as a Series of float64. Raises ValueError for an infinite value or a text."""
    numbers = pd.Series(values).astype("float64")
    if np.isinf(numbers).any():
        raise ValueError("classes need finite values")
    return numbers


def checked(values: ArrayLike) -> pd.Series:
    """The same, and ValueError if there is no value or one is missing."""
    numbers = finite(values)
    if numbers.empty or numbers.isna().any():
        raise ValueError("classes need at least one value, and none missing")
    return numbers


def _exact_parts(ratio):
    # fractions, because 0.2 + 0.4 in floating point would move the cut by one customer
    if len(ratio) != 3 or not all(0 < part < math.inf for part in ratio):
        raise ValueError(f"the ratio A : B : C is three positive numbers, not {tuple(ratio)}")
    return [Fraction(float(part)).limit_denominator(1_000_000) for part in ratio]


def _falling(numbers):
    return np.sort(np.maximum(numbers.to_numpy(), 0))[::-1]


def class_codes(values: np.ndarray, a_cut: float, b_cut: float) -> np.ndarray:
    """0 (A), 1 (B) or 2 (C) for each value: int8 array."""
    return 2 - (values >= a_cut).astype("int8") - (values >= b_cut)


def _letters(numbers, a_cut, b_cut):
    codes = class_codes(numbers.to_numpy(), a_cut, b_cut)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=CLASSES), index=numbers.index, name=numbers.name)


def _letters_above_zero(numbers, falling, n_a, n_b):
    floor = np.finfo(float).tiny if falling[0] > 0 else 0
    a_cut, b_cut = (max(falling[max(n, 1) - 1], floor) for n in (n_a, n_b))
    return _letters(numbers, a_cut, b_cut)


def _abc_curve(falling):
    n, total = len(falling), falling.sum()
    customers = np.arange(n + 1) / n
    value = np.concatenate(([0.0], np.cumsum(falling))) / total if total > 0 else customers
    grid = np.arange(101) / 100
    curve = scipy.interpolate.CubicSpline(customers, value)(grid)
    return grid, np.where(np.maximum.accumulate(curve >= 1), 1.0, curve)  # the spline may overshoot


def _first_smallest(distances):
    return int(np.argmin(np.round(distances, 9)))
