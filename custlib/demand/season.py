"""The season of the months, learnt from many models together, and the level that is left."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib import shrink

ALPHAS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
YEAR = 12
_FIRST = 3  # months whose mean a level begins with
_LEAST_ERROR = 1e-9
_ENOUGH = 10  # known months of twelve


@dataclass(frozen=True)
class Season:
    """index, low, high: groups × months 1 to 12, 1 being the mean month; low and high are the 95 % interval, missing
    where it cannot be told. Of less than twelve months every index is 1."""

    index: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame

    def of(self, groups, months) -> np.ndarray:
        """The index of each of these groups in each month ("2026-01")."""
        return self.index.reindex(groups)[[int(month[5:]) for month in months]].fillna(1.0).to_numpy()


@dataclass(frozen=True)
class Smoothed:
    """level: array over series, after the last month; alpha: the one of all."""

    level: np.ndarray
    alpha: float


def season(months: pd.DataFrame, groups: pd.Series, weights: np.ndarray) -> Season:
    """The seasonal index of each group of models, each shrunk towards that of all groups (`shrink.means`).

    months: pieces, models × consecutive months ("2025-11"), missing where unknown; groups: the category of each model;
    weights: what the calendar makes of each month. Months ÷ weight ÷ the level of the twelve months around each, pooled
    over models by their mean quantity.
    """
    numbers = range(1, YEAR + 1)
    names = sorted(groups.dropna().unique())
    even = pd.DataFrame(1.0, names, numbers)
    unknown = even * np.nan
    if months.shape[1] < YEAR or not names:
        return Season(even, unknown, unknown)
    adjusted = months.to_numpy("float64") / weights
    ratio, size = _ratios(adjusted), np.nan_to_num(np.nanmean(_or_zero(adjusted), axis=1)).clip(min=0)
    of_month = np.array([int(month[5:]) for month in months.columns])
    own = [_pooled(ratio[(groups == name).to_numpy()], size[(groups == name).to_numpy()], of_month) for name in names]
    index, error = (np.array([each[at] for each in own]) for at in (0, 1))
    shrunk, half, _ = shrink.columns(index, np.nan_to_num(error).clip(min=_LEAST_ERROR))
    half = np.where(np.isnan(error), np.nan, half)
    shrunk = shrunk.clip(min=0) * _repeated(ratio, size, of_month)
    mean = shrunk.mean(axis=1, keepdims=True)
    parts = (shrunk, shrunk - half, shrunk + half)
    return Season(*(pd.DataFrame(part / mean, names, numbers) for part in parts))


def smooth(adjusted: np.ndarray) -> Smoothed:
    """Exponential smoothing of series without season, from the mean of their first three months, with the one of
    `ALPHAS` for all whose one-step errors are the smallest together.

    adjusted: series × months, missing before a series begins and where a month is unknown. A series without a month
    has the level 0.
    """
    begins = np.isfinite(adjusted).cumsum(axis=1)
    start = np.where((begins <= _FIRST) & np.isfinite(adjusted), adjusted, np.nan)
    level = np.nan_to_num(np.nanmean(_or_zero(start), axis=1))
    levels = np.repeat(level[None], len(ALPHAS), axis=0)
    errors, alphas = np.zeros(len(ALPHAS)), np.array(ALPHAS)[:, None]
    for at in range(adjusted.shape[1]):
        now = np.nan_to_num(adjusted[:, at] - levels)
        counts = begins[:, at] > _FIRST
        errors += np.abs(np.where(counts, now, 0)).sum(axis=1)
        levels = levels + np.where(counts, alphas * now, 0)
    best = int(errors.argmin())
    return Smoothed(levels[best], ALPHAS[best])


def _ratios(adjusted):
    """Each month ÷ the mean of the known ones of twelve around it; at the ends of the first or last twelve."""
    count = adjusted.shape[1]
    spans = np.lib.stride_tricks.sliding_window_view(adjusted, YEAR, axis=1)
    known = np.isfinite(spans)
    level = np.where(known, spans, 0).sum(axis=2) / known.sum(axis=2).clip(min=_ENOUGH)
    level = np.where(known.sum(axis=2) >= _ENOUGH, level, np.nan)
    level = level[:, np.clip(np.arange(count) - YEAR // 2, 0, count - YEAR)]
    return np.divide(adjusted, level, out=np.full(adjusted.shape, np.nan), where=level > 0)


def _pooled(ratio, size, of_month):
    """(index, its error) of months 1 to 12 over the models of a group."""
    known = np.isfinite(ratio)
    weight = np.where(known, size[:, None], 0)
    index, error = np.ones(YEAR), np.full(YEAR, np.nan)
    for month in range(YEAR):
        at = of_month == month + 1
        own, of = ratio[:, at][known[:, at]], weight[:, at][known[:, at]]
        if of.sum() > 0:
            index[month] = (own * of).sum() / of.sum()
            spread = (of * (own - index[month]) ** 2).sum() / of.sum()
            effective = of.sum() ** 2 / (of**2).sum()
            error[month] = np.sqrt(spread / (effective - 1)) if effective > 1.5 else np.nan
    return index / index.mean(), error


def _repeated(ratio, size, of_month):
    """What to multiply each month's index by, so that of the season of all models together only so much stays as the
    years agree on: a good October of one year hits all models at once, and however many they are says nothing of it.
    1 where no month came twice."""
    known = np.isfinite(ratio) & (size[:, None] > 0)
    weight = np.where(known, size[:, None], 0)
    total = weight.sum(axis=0)
    of_all = np.where(known, ratio, 0) * weight
    of_all = of_all.sum(axis=0)[total > 0] / total[total > 0]
    at = of_month[total > 0] - 1
    count = np.bincount(at, minlength=YEAR)
    free = (count - 1).clip(min=0).sum()
    if not free or not count.all():
        return np.ones(YEAR)
    mean = np.bincount(at, of_all, YEAR) / count
    spread = np.sqrt(((of_all - mean[at]) ** 2).sum() / free)
    error = np.maximum(spread / np.sqrt(count), _LEAST_ERROR)
    shrunk = shrink.columns(mean[:, None], error[:, None])[0][:, 0]
    return np.divide(shrunk, mean, out=np.ones(YEAR), where=mean > 0)


def _or_zero(values):
    """A row without a number as zeros, so that its mean is no warning."""
    return np.where(np.isfinite(values).any(axis=1, keepdims=True), values, 0.0)
