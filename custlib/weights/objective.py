"""Weights of spread: how far factors tell customers apart. They measure spread, not importance."""

import numpy as np
import pandas as pd
from scipy import special
from threadpoolctl import threadpool_limits


def entropy(scores):
    """Weights by Shannon entropy: a factor whose scores differ more between customers weighs more.

    scores: DataFrame, one row per customer, one column per factor, none negative or missing.
    Returns a Series over the factors, adding up to 1; a factor with equal scores everywhere gets 0.
    Raises ValueError if a score is negative or missing, or if no factor's scores differ.
    Source: Shannon 1948; worked example Xu 2004.
    """
    if not (scores >= 0).all(axis=None):
        raise ValueError("entropy weights need scores of zero or more, none missing")
    return pd.Series(_entropy(_ordered(scores)), scores.columns)


def critic(scores, cost=()):
    """Weights by CRITIC: a factor weighs more the more its scores differ and the less they repeat the other factors'.

    scores: DataFrame, one row per customer, one column per factor, none missing; cost: factors of which less is better.
    Returns a Series over the factors, adding up to 1; a factor with equal scores everywhere gets 0. Where all others repeat each
    other wholly, they share alike. Raises ValueError if a score is missing, no factor's scores differ, or `cost` names no factor.
    Source: Diakoulaki, Mavrotas & Papayannakis 1995, with Pearson's correlation.
    """
    if unknown := set(cost) - set(scores.columns):
        raise ValueError(f"no factor is called {', '.join(map(str, sorted(unknown)))}")
    if not np.isfinite(scores.to_numpy(dtype="float64", na_value=np.nan)).all():
        raise ValueError("CRITIC weights need scores, none missing")
    turned = [-1 if factor in cost else 1 for factor in scores]
    return pd.Series(_critic(_ordered(scores) * turned), scores.columns)


def notes(scores, cost=()):
    """What `entropy` and `critic` handle in these scores: factor, note; notes are keys of the glossary.

    constant_scores: weighs 0; zero_scores: some scores are 0, counted as 0 · ln 0 = 0; less_is_better: turned round for CRITIC.
    """
    rows = []
    for factor in scores:
        found = {
            "constant_scores": scores[factor].nunique() < 2,
            "zero_scores": (scores[factor] == 0).any(),
            "less_is_better": factor in cost,
        }
        rows += [(factor, note) for note, holds in found.items() if holds]
    return pd.DataFrame(rows, columns=["factor", "note"])


def spread_intervals(scores, weigh=critic, resamples=200, seed=0):
    """The weights of spread, and how far they would move with other customers: factor, weight, low, high (95 %).

    scores: as `weigh` takes them, index customer; weigh: `entropy` or `critic`. Customers are drawn with replacement.
    """
    weight, kernel = weigh(scores), {entropy: _entropy, critic: _critic}[weigh]
    ordered, random = _ordered(scores), np.random.default_rng(seed)
    draws = [kernel(ordered[random.integers(0, len(ordered), len(ordered))]) for _ in range(resamples)]
    low, high = np.quantile(draws, (0.025, 0.975), axis=0)
    return pd.DataFrame({"factor": list(scores.columns), "weight": weight.to_numpy(), "low": low, "high": high})


def _ordered(scores):
    """Scores as an array, the rows in an order of their own: sums in another order could end in another last digit."""
    values = scores.to_numpy(dtype="float64")
    return values[np.lexsort(values.T[::-1])]


def _entropy(values):
    differs = _differs(values)
    share = values / np.where(differs, values.sum(axis=0), 1)
    spread = np.where(differs, 1 - special.entr(share).sum(axis=0) / np.log(len(values)), 0)
    return spread / spread.sum()


def _critic(values):
    differs = _differs(values)
    varied = values[:, differs]
    scaled = (varied - varied.min(axis=0)) / np.ptp(varied, axis=0)
    with threadpool_limits(1):
        correlation = np.atleast_2d(np.corrcoef(scaled.T))
    conflict = (1 - correlation).sum(axis=0).round(12)
    found = np.zeros(len(differs))
    found[differs] = scaled.std(axis=0) * conflict if conflict.any() else 1
    return found / found.sum()


def _differs(values):
    differs = np.ptp(values, axis=0) > 0
    if not differs.any():
        raise ValueError("the scores of no factor differ between customers")
    return differs
