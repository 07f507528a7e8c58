"""How much of the differences in an outcome goes with each factor, with intervals.

This is association, not cause: scores carry a halo effect, and may follow profit.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from custlib.weights.lmg import shares
from custlib.weights.resampling import arranged, correlations, resampled_correlations

INFLATED = 10  # usual limit of the variance inflation factor, Marquardt 1970
_SURE = 0.95
_CELLS_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class Importance:
    """Relative importance with its intervals.

    table: a row per factor, in the order given: factor; share of the outcome's variance (the shares add up to r2); low,
    high (95 %, around the share); first_five (share of resamples in which it is among the five largest); correlation
    and coefficient (standardised, all factors together), whose signs give the direction; suppressor (in 95 % of
    resamples they differ in sign, or the factor adds more beside the others than alone, Velicer 1978); vif (variance
    inflation); collinear (vif above 10).
    draws: resamples × factors, the shares. r2: of all factors together, within these rows, which any noise raises.
    adjusted, low, high: the same less what that many factors of noise would reach (Ezekiel 1930), 0 or more, and its
    interval. rows, customers: their numbers.
    """

    table: pd.DataFrame
    draws: pd.DataFrame
    r2: float
    adjusted: float
    low: float
    high: float
    rows: int
    customers: int


def relative_importance(
    factors: pd.DataFrame,
    outcome: ArrayLike,
    sample_weight: ArrayLike | None = None,
    groups: Mapping | pd.Series | None = None,
) -> pd.Series:
    """The share of the outcome's variance that goes with each factor: exact LMG (Lindeman, Merenda & Gold 1980).

    factors: DataFrame of numbers, a row per customer and quarter; outcome: a number per row; sample_weight: a weight
    per row.
    groups: factor → bone, for Owen values: only orders in which the factors of a bone come together, so that 26 factors
    on six bones are exact in a moment.
    Returns a Series over the factors, none negative, adding up to R²; a constant factor gets 0, identical factors
    share. Raises ValueError for missing values, a constant outcome and a factor without a group.
    """
    values, weight, _ = arranged(factors, outcome, sample_weight)
    parts = shares(correlations(values, weight)[:, :, None], _bones(factors.columns, groups))
    return pd.Series(parts[:, 0], factors.columns)


def importance_intervals(
    factors: pd.DataFrame,
    outcome: ArrayLike,
    sample_weight: ArrayLike | None = None,
    groups: Mapping | pd.Series | None = None,
    customers: ArrayLike | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Importance:
    """`relative_importance` with intervals over resamples: `Importance`.

    customers: the customer of each row; its rows are resampled together, because they are not independent. Resamples
    fit their own repeated rows too well; intervals are therefore moved to lie around what was found (see `around`).
    """
    names, bones = factors.columns, _bones(factors.columns, groups)
    values, weight, starts = arranged(factors, outcome, sample_weight, customers)
    observed = correlations(values, weight)[:, :, None]
    drawn = resampled_correlations(values, weight, starts, resamples, seed)
    share, draws = shares(observed, bones)[:, 0], _in_blocks(drawn, bones)
    low, high = around(draws, share)
    place = np.argsort(np.argsort(-draws, axis=0, kind="stable"), axis=0)
    table = pd.DataFrame({"factor": list(names), "share": share, "low": low, "high": high})
    table = table.assign(first_five=(place < 5).mean(axis=1), **_direction(observed, drawn))
    r2, counts = share.sum(), {"rows": len(values), "customers": len(starts)}
    adjusted = adjusted_r2(r2, len(values), len(names))
    low, high = around(draws.sum(axis=0)[None], np.array([adjusted]))[:, 0]
    return Importance(table, pd.DataFrame(draws.T, columns=names), r2, max(adjusted, 0.0), low, high, **counts)


def adjusted_r2(r2: float, rows: int, factors: int) -> float:
    """R² less what as many factors of noise would reach: 1 − (1 − R²)(n − 1) ÷ (n − p − 1), below 0 if R² is less than
    that; −inf if there are no more rows than factors."""
    left = rows - factors - 1
    return 1 - (1 - r2) * (rows - 1) / left if left > 0 else -np.inf


def around(draws: np.ndarray, found: np.ndarray) -> np.ndarray:
    """The 95 % interval of resamples, moved by their bias: low and high, each a number per row, 0 or more.

    draws: rows × resamples; found: what the rows themselves say, a number per row. A mean of resamples above what was
    found is noise that they fit, by which both limits are lowered.
    """
    moved = np.quantile(draws, (0.025, 0.975), axis=1) + found - draws.mean(axis=1)
    return np.maximum(moved, 0)


def out_of_sample_r2(
    factors: pd.DataFrame, outcome: ArrayLike, customers: ArrayLike | None = None, folds: int = 10, seed: int = 0
) -> float:
    """R² on rows that the fit has not seen: folds of customers, each predicted by least squares on the others.

    At most R²; below 0 if the mean of the others would predict better.
    """
    values, _, starts = arranged(factors, outcome, None, customers)
    owner = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(values))))
    fold = (np.random.default_rng(seed).permutation(len(starts)) % folds)[owner]
    missed = total = 0.0
    for part in range(min(folds, len(starts))):
        training, test = values[fold != part], values[fold == part]
        design, unseen = (np.column_stack([np.ones(len(rows)), rows[:, :-1]]) for rows in (training, test))
        fitted = unseen @ np.linalg.lstsq(design, training[:, -1], rcond=None)[0]
        missed += ((test[:, -1] - fitted) ** 2).sum()
        total += ((test[:, -1] - training[:, -1].mean()) ** 2).sum()
    return float(1 - missed / total)


def _bones(names, groups):
    """A list of places (of factors) for each bone; None without groups."""
    if groups is None:
        return None
    bone = pd.Series(list(names)).map(dict(groups))
    if bone.isna().any():
        raise ValueError(f"{names[bone.isna().to_numpy().argmax()]} has no group")
    return [list(places) for places in bone.groupby(bone, sort=False).groups.values()]


def _in_blocks(drawn, bones):
    """The shares in all resamples, computed in blocks that fit the processor's cache."""
    sizes = [len(drawn) - 1] if bones is None else [len(bone) + len(bones) - 1 for bone in bones]
    step = max(1, _CELLS_AT_ONCE >> max(sizes))
    blocks = [drawn[:, :, start : start + step] for start in range(0, drawn.shape[2], step)]
    return np.concatenate([shares(np.ascontiguousarray(block), bones) for block in blocks], axis=1)


def _direction(observed, drawn):
    correlation, coefficient, vif, _ = _together(observed)
    suppressor = _together(drawn)[3].mean(axis=0) >= _SURE
    return {
        "correlation": correlation[0],
        "coefficient": coefficient[0],
        "suppressor": suppressor,
        "vif": vif[0],
        "collinear": vif[0] > INFLATED,
    }


def _together(correlation):
    """Correlation, coefficient, variance inflation, whether a suppressor: each draws × factors."""
    table = np.moveaxis(correlation, 2, 0)
    alone, among = table[:, :-1, -1], table[:, :-1, :-1]
    inverse = np.linalg.inv(among + 1e-10 * np.eye(len(correlation) - 1))  # two equal factors have an inverse too
    coefficient = np.einsum("dij,dj->di", inverse, alone)
    vif = np.einsum("dii->di", inverse)
    useful = coefficient**2 / vif
    return alone, coefficient, vif, (coefficient * alone < 0) | (useful > alone**2)
