"""Correlations of the rows, and of many resamples of them at once."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from threadpoolctl import threadpool_limits

_UNITS_AT_ONCE = 4096


def arranged(
    factors: pd.DataFrame,
    outcome: ArrayLike,
    sample_weight: ArrayLike | None = None,
    customers: ArrayLike | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Standardised rows in a fixed order: (rows × factors, the outcome last; weights; the first row of each customer).

    factors: DataFrame; outcome: one number per row; sample_weight: the weight of each row (None: equal); customers: the
    customer of each row (None: all different). Raises ValueError for a missing or infinite value, a weight that is not
    above 0, fewer than two rows, and a constant outcome.
    """
    values = np.column_stack([factors.to_numpy(dtype="float64", na_value=np.nan), np.asarray(outcome, dtype="float64")])
    weight = np.ones(len(values)) if sample_weight is None else np.asarray(sample_weight, dtype="float64")
    if not np.isfinite(values).all():
        raise ValueError("a score or an outcome is missing or infinite")
    if not (np.isfinite(weight) & (weight > 0)).all():
        raise ValueError("each row needs a weight above 0")
    if len(values) < 2 or not np.ptp(values[:, -1]) > 0:
        raise ValueError("the outcome does not differ between rows")
    who = np.zeros(len(values)) if customers is None else pd.factorize(np.asarray(customers), sort=True)[0]
    order = np.lexsort([weight, *values.T[::-1], who])
    values, weight, who = values[order], weight[order], who[order]
    values = values - np.average(values, axis=0, weights=weight)
    deviation = np.sqrt(np.average(values**2, axis=0, weights=weight))
    values = values / np.where(deviation > 1e-12 * np.abs(values).max(initial=1), deviation, np.inf)
    starts = np.arange(len(values)) if customers is None else np.flatnonzero(np.diff(who, prepend=-1))
    return values, weight, starts


def correlations(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The correlations of standardised rows, a square array; 0 between a constant column and others."""
    with threadpool_limits(1):  # sums in another order could end in another last digit
        matrix = (values * weight[:, None]).T @ values / weight.sum()
    np.fill_diagonal(matrix, 1)
    return matrix


def resampled_correlations(
    values: np.ndarray, weight: np.ndarray, starts: np.ndarray, resamples: int, seed: int
) -> np.ndarray:
    """The correlations in resamples of customers drawn with replacement: m × m × resamples.

    How often each customer is drawn is multinomial; the sums of products of all resamples are one matrix product, in
    blocks of customers.
    """
    random, count = np.random.default_rng(seed), len(starts)
    first, second = np.triu_indices(values.shape[1])
    blocks = [(low, min(low + _UNITS_AT_ONCE, count)) for low in range(0, count, _UNITS_AT_ONCE)]
    sizes = np.array([high - low for low, high in blocks])
    drawn = random.multinomial(count, sizes / count, resamples)
    ends = np.append(starts, len(values))
    sums = 0
    for (low, high), totals in zip(blocks, drawn.T, strict=True):
        rows, row_weight = values[ends[low] : ends[high]], weight[ends[low] : ends[high], None]
        products = np.hstack([rows[:, first] * rows[:, second], rows, np.ones_like(row_weight)]) * row_weight
        products = np.add.reduceat(products, starts[low:high] - ends[low])
        with threadpool_limits(1):
            sums = sums + _counts(random, high - low, totals) @ products
    return _as_correlations(sums, first, second, values.shape[1])


def _counts(random, units, totals):
    """How often each unit is drawn in each resample, with `totals` draws: resamples × units."""
    places = np.repeat(np.arange(len(totals)) * units, totals) + random.integers(0, units, totals.sum())
    return np.bincount(places, minlength=len(totals) * units).reshape(len(totals), units).astype("float64")


def _as_correlations(sums, first, second, count):
    means = sums[:, len(first) : -1] / sums[:, -1:]
    covariance = sums[:, : len(first)] / sums[:, -1:] - means[:, first] * means[:, second]
    deviation = np.sqrt(np.maximum(covariance[:, first == second], 0))
    scale = np.where(deviation > 1e-9, deviation, np.inf)
    matrices = np.empty((count, count, len(sums)))
    matrices[first, second] = matrices[second, first] = (covariance / scale[:, first] / scale[:, second]).T
    matrices[np.arange(count), np.arange(count)] = 1
    return matrices
