"""Shares and means of few cases, said with how sure they are: intervals, and estimates shrunk towards all others."""

import numpy as np
import pandas as pd
import scipy

_Z = 1.959964  # 95 % of a normal distribution lie within
_INTERVAL = (0.025, 0.975)
_WEAKEST = 1e-3  # prior strength, in cases, where rates differ more than shares of any kind could
FEWEST = 4  # means; of fewer nothing can be learnt of how much they differ


def wilson(found: pd.Series, of: pd.Series) -> pd.DataFrame:
    """The 95 % interval of a share (Wilson 1927): DataFrame low, high; missing where `of` is 0.

    found, of: Series of whole numbers over the same index. Unlike share ± error the interval never leaves 0 to 1, and
    it holds for small numbers.
    """
    of = of.where(of > 0).astype("float64")
    share, spread = found / of, _Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * np.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    # rounded, so that none of twenty begins at 0 exactly
    return pd.DataFrame({"low": (middle - half).round(12) + 0.0, "high": (middle + half).round(12)})


def rates(hits: pd.Series, cases: pd.Series, prior: tuple[float, float] | None = None) -> pd.DataFrame:
    """Shares of many, each shrunk towards that of all together: DataFrame shrunk, low, high (95 %), strength.

    hits, cases: Series of whole numbers over the same index. prior: mean (0 to 1) and strength (in cases); default: by
    moments of the beta-binomial from those with a case, mean p = all hits ÷ all cases and strength p(1 − p) ÷ τ² − 1,
    τ² being the variance of the rates less what chance alone gives, the mean of p(1 − p) ÷ cases. Where chance gives
    it all (τ² ≤ 0) everybody has p, with the interval of p, and the strength is infinite. Missing without any case.
    """
    mean, strength = prior or _prior(hits, cases)
    if np.isnan(mean) or np.isinf(strength):
        of_all = wilson(pd.Series([hits.sum()]), pd.Series([cases.sum()])).iloc[0]
        return pd.DataFrame({"shrunk": mean, **of_all, "strength": strength}, hits.index, dtype="float64")
    for_it, against = hits + mean * strength, cases - hits + (1 - mean) * strength
    low, high = (scipy.stats.beta.ppf(part, for_it, against) for part in _INTERVAL)
    shrunk = for_it / (for_it + against)
    return pd.DataFrame({"shrunk": shrunk, "low": low, "high": high, "strength": strength}, hits.index)


def _prior(hits, cases):
    known = cases > 0
    if not known.any():
        return np.nan, np.nan
    mean = hits[known].sum() / cases[known].sum()
    apart = (hits[known] / cases[known]).var() - (mean * (1 - mean) / cases[known]).mean()
    # one rate alone has no variance
    strength = max(mean * (1 - mean) / apart - 1, _WEAKEST) if apart > 0 else np.inf
    return mean, strength


def means(values: pd.Series, errors: pd.Series) -> pd.DataFrame:
    """Values with known errors, each shrunk towards the mean of all: DataFrame shrunk, low, high (95 %), kept.

    values, errors: Series over the same index, errors as standard deviations. The mean is weighted by 1 ÷ (σᵢ² + τ²),
    τ² being the variance of the values less that of their errors, none below 0; of a value's own deviation from it the
    part kept = 1 − (k − 3)/(k − 1) · σᵢ² ÷ (σᵢ² + τ²) stays (Morris 1983, parametric empirical Bayes). Fewer than
    four values are not shrunk: kept is 1.
    """
    shrunk, half, kept = columns(*(part.to_numpy("float64")[:, None] for part in (values, errors)))
    found = {"shrunk": shrunk, "low": shrunk - half, "high": shrunk + half, "kept": kept}
    return pd.DataFrame({name: part[:, 0] for name, part in found.items()}, values.index)


def columns(values: np.ndarray, errors: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`means` of each column of two arrays by itself, all at once: shrunk, half of the interval, kept."""
    variance, count = errors**2, len(values)
    kept, mean = np.ones(values.shape), _mean(values)
    if count >= FEWEST:
        free = np.isfinite(values).sum(axis=0) - 1
        spread = np.nansum((values - mean) ** 2, axis=0) / np.where(free > 0, free, np.nan)
        weight = 1 / (variance + np.fmax(0.0, spread - _mean(variance)))
        mean = np.nansum(values * weight, axis=0) / np.nansum(weight, axis=0)
        kept = 1 - (count - 3) / (count - 1) * variance * weight
    return mean + (values - mean) * kept, _Z * errors * np.sqrt(kept), kept


def _mean(values):
    """By column, of what is known."""
    known = np.isfinite(values).sum(axis=0)
    return np.nansum(values, axis=0) / np.where(known, known, np.nan)
