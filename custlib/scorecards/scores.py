"""From values of KPIs to a score from 0 to 100, and to a total."""

import numpy as np
import pandas as pd

from custlib import shrink

LEAST_KPIS, LEAST_CASES = 3, 5
_Z = 1.959964


def points(value, poor, good):
    """A KPI's value, or an array of values, in points: poor is 0, good is 100, cut beyond; good may be the lower one
    (a time). No steps: they reward whoever is just inside a limit."""
    return np.clip(100 * (value - poor) / (good - poor), 0, 100)


def rate(hits: pd.Series, cases: pd.Series, least: int = LEAST_CASES) -> pd.DataFrame:
    """Conversion of each person, shrunk towards that of all: DataFrame shrunk, low, high, strength; see `shrink.rates`.

    How much people differ is learnt from those with at least so many cases, where there are any: three of three says
    nothing of it.
    """
    many = cases >= least
    if not many.any():
        return shrink.rates(hits, cases)
    strength = shrink.rates(hits[many], cases[many])["strength"].iloc[0]
    return shrink.rates(hits, cases, (hits.sum() / cases.sum(), strength))


def shrunk(scores: pd.Series, errors: pd.Series) -> pd.DataFrame:
    """Scores, each shrunk towards the mean of all: DataFrame shrunk, low, high, kept; see `shrink.means`."""
    return shrink.means(scores, errors)


def total(kpis: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """The score of each person: the weighted mean of the KPIs that are known, points.

    kpis: people × KPIs, points, missing where not known; weights: by KPI, any unit. Missing below three KPIs known, or
    below all where the scorecard has fewer.
    """
    weights = weights.reindex(kpis.columns).astype("float64")
    known = kpis.notna()
    enough = known.sum(axis=1) >= min(LEAST_KPIS, len(kpis.columns))
    return (kpis.mul(weights).sum(axis=1) / known.mul(weights).sum(axis=1)).where(enough)


def is_real(change: pd.Series, error: pd.Series, error_before: pd.Series) -> pd.Series:
    """Whether a change of score is more than its two errors (standard deviations) give by chance, at 95 %; missing
    where one is not known."""
    limit = _Z * np.sqrt(error**2 + error_before**2)
    return (change.abs() > limit).astype("boolean").where(change.notna() & limit.notna())
