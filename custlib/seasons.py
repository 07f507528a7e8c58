"""Seasons of many, each shrunk towards that of all: customers' (`abc_classes`) and segments' (`segments`)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from custlib.quarters import Quarter


@dataclass(frozen=True)
class Shrunk:
    """index: array rows × 4, the shrunk index of quarters 1 to 4, 1 being the mean quarter of a row's own year.

    pooled: array of 4, what it is shrunk towards; deviation: array years × rows × 4, of each whole year from `pooled`,
    missing for others; count: whole years of each row; kept: Series over years, the share (0 to 1) of a row's own
    deviation that is kept.
    """

    index: np.ndarray
    pooled: np.ndarray
    deviation: np.ndarray
    count: np.ndarray
    kept: pd.Series


def shrunk(amounts: pd.DataFrame, asked: Quarter, pooled: np.ndarray | None = None) -> Shrunk:
    """The seasonal index of each row, from its own amounts.

    amounts: DataFrame in yuan, rows × consecutive quarters (text) up to `asked`; missing counts as 0. pooled: what to
    shrink towards, the index of quarters 1 to 4; default: the mean over rows. A year counts if all of its quarters are
    above zero, and if all later years count.
    Two years are too few for an index of one's own, so a deviation is kept by the share τ² ÷ (τ² + σ² ÷ years) only
    (empirical Bayes, James & Stein 1961), and none of it where no row has two. σ² is the variance of one row's
    deviation between years, as a median over rows, so that a few who change level do not count; τ² is the variance of
    mean deviations between rows beyond that.
    """
    years = _years(amounts.fillna(0.0), asked)
    ratios = np.stack(years) if years else np.full((1, len(amounts), 4), np.nan)
    whole = ~np.isnan(ratios).any(axis=2)
    whole &= np.logical_and.accumulate(whole, axis=0)  # a year counts if all later ones do
    ratios = np.where(whole[:, :, None], ratios, np.nan)
    count = whole.sum(axis=0)
    if pooled is None:
        pooled = np.nanmean(ratios, axis=(0, 1)) if count.any() else np.ones(4)
    deviation = ratios - pooled
    mean = np.nansum(deviation, axis=0) / np.maximum(count, 1)[:, None]
    kept = pd.Series(_kept(deviation, mean, count), range(len(ratios) + 1)).rename_axis("years")
    return Shrunk(pooled + mean * kept.to_numpy()[count][:, None], pooled, deviation, count, kept)


def _years(amounts, asked):
    """For each year, counted back from the quarter `asked`: customers × q1 to q4 in units of the year's mean; NaN
    for a year with a quarter that is not above zero."""
    years = []
    while True:
        year = [asked.previous(4 * len(years) + back) for back in range(4)]
        year = [str(quarter) for quarter in sorted(year, key=lambda quarter: quarter.number)]
        if not set(year) <= set(amounts.columns):
            return years
        values = amounts[year].to_numpy("float64")
        values = np.where((values > 0).all(axis=1, keepdims=True), values, np.nan)
        years.append(values / values.mean(axis=1, keepdims=True))


def _kept(deviation, mean, count):
    """The share of a deviation that is kept after 0, 1, 2 … years."""
    years = len(deviation)
    often = count > 1
    if not often.any():
        return np.zeros(years + 1)
    n = int(count.max())
    spread = np.nanvar(deviation[:, often], axis=0, ddof=1)
    noise = np.median(spread) / (scipy.stats.chi2.median(n - 1) / (n - 1))
    signal = max(0.0, float((mean[often] ** 2 - noise / count[often][:, None]).mean()))
    return np.array([0.0] + [signal / (signal + noise / k) if signal > 0 else 0.0 for k in range(1, years + 1)])
