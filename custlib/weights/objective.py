"""Weights of spread: how far factors tell customers apart. They measure spread, not importance."""

import numpy as np
import pandas as pd
from scipy import special


def entropy(scores):
    """Weights by Shannon entropy: a factor whose scores differ more between customers weighs more.

    scores: DataFrame, one row per customer, one column per factor, none negative or missing.
    Returns a Series over the factors, adding up to 1; a factor with equal scores everywhere gets 0.
    Raises ValueError if a score is negative or missing, or if no factor's scores differ.
    Source: Shannon 1948; worked example Xu 2004.
    """
    if not (scores >= 0).all(axis=None):
        raise ValueError("entropy weights need scores of zero or more, none missing")
    differs, scores = _differs(scores), _ordered(scores)
    share = scores / scores.sum().where(differs, 1)
    spread = 1 - special.entr(share).sum() / np.log(len(scores))
    spread = spread.where(differs, 0.0)
    return spread / spread.sum()


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
    varied = _ordered(scores).loc[:, _differs(scores)]
    scaled = (varied - varied.min()) / (varied.max() - varied.min())
    scaled = scaled * [-1 if factor in cost else 1 for factor in scaled]
    conflict = (1 - np.corrcoef(scaled.to_numpy().T).reshape(len(scaled.T), -1)).sum(axis=0).round(12)
    told = scaled.std() * (conflict if conflict.any() else 1 / scaled.std())
    return (told / told.sum()).reindex(scores.columns, fill_value=0.0)


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
    ordered = _ordered(scores)
    random = np.random.default_rng(seed)
    draws = [weigh(ordered.iloc[random.integers(0, len(ordered), len(ordered))]) for _ in range(resamples)]
    low, high = np.quantile(np.array([draw.to_numpy() for draw in draws]), (0.025, 0.975), axis=0)
    weight = weigh(scores)
    return pd.DataFrame({"factor": list(weight.index), "weight": weight.to_numpy(), "low": low, "high": high})


def _differs(scores):
    differs = scores.nunique() > 1
    if not differs.any():
        raise ValueError("the scores of no factor differ between customers")
    return differs


def _ordered(scores):
    """As numbers, the rows in an order of their own: sums in another order could end in another last digit."""
    return scores.astype("float64").sort_values(list(scores.columns))
