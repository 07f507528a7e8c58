"""Who stands before whom, and how sure that is."""

from itertools import combinations

import numpy as np
import pandas as pd
import scipy

LEAST_PEOPLE = 3
_WITHIN, _CHANCE = (0.05, 0.95), 0.05


def ranks(score: pd.Series, error: pd.Series, draws: int = 4000, seed: int = 0) -> pd.DataFrame:
    """Ranks of people, 1 the highest: DataFrame rank_low, rank_high (90 % of normal draws, and the rank of the score),
    prob_top_third (0 to 1), sure (the interval is not wider than half the team, so that a rank may be named).

    score, error: Series over people, the error as standard deviation. All missing for whoever has no score or error,
    and for fewer than three people.
    """
    known = score.notna() & error.notna()
    columns = {"rank_low": "Int64", "rank_high": "Int64", "prob_top_third": "float64", "sure": "boolean"}
    if known.sum() < LEAST_PEOPLE:
        return pd.DataFrame(index=score.index, columns=[*columns]).astype(columns)
    means, errors = (values[known].to_numpy("float64") for values in (score, error))
    drawn = np.random.default_rng(seed).normal(means, errors, (draws, len(means)))
    places = _places(drawn)
    own = _places(means[None])[0]
    low, high = np.quantile(places, _WITHIN, axis=0, method="nearest")
    low, high = np.minimum(low, own).astype(int), np.maximum(high, own).astype(int)
    top = (places <= _third(len(means))).mean(axis=0)
    found = {"rank_low": low, "rank_high": high, "prob_top_third": top, "sure": high - low <= len(means) / 2}
    return pd.DataFrame(found, score.index[known]).reindex(score.index).astype(columns)


def told_apart(score: pd.Series, error: pd.Series) -> pd.DataFrame:
    """Every two people: one (the higher), other, difference (points), limit (points; Šidák over all pairs, 95 %),
    apart. Without an error or a score nobody is compared."""
    known = score[score.notna() & error.notna()].sort_values(ascending=False, kind="stable")
    pairs = list(combinations(known.index, 2))
    z = sidak(len(known)) if pairs else np.nan
    rows = [(one, two, known[one] - known[two], z * np.hypot(error[one], error[two])) for one, two in pairs]
    table = pd.DataFrame(rows, columns=["one", "other", "difference", "limit"])
    return table.assign(apart=table["difference"] > table["limit"])


def sidak(people: int) -> float:
    """How many errors two of so many people must differ by, that at 95 % no pair at all does so by chance."""
    pairs = people * (people - 1) / 2
    return float(scipy.stats.norm.ppf(1 - (1 - (1 - _CHANCE) ** (1 / pairs)) / 2))


def robust(kpis: pd.DataFrame, weights: pd.Series, draws: int = 2000, seed: int = 0) -> pd.Series:
    """The share of weights, drawn evenly from all there could be, that leave each person in the same third as
    `weights` do. kpis: people × KPIs, complete, points."""
    values = kpis.to_numpy("float64")
    drawn = np.random.default_rng(seed).dirichlet(np.ones(values.shape[1]), draws)
    own = weights.reindex(kpis.columns).to_numpy("float64")
    thirds = [_thirds(scores @ values.T) for scores in (drawn, own[None])]
    return pd.Series((thirds[0] == thirds[1]).mean(axis=0), kpis.index)


def _thirds(scores):
    return (_places(scores) - 1) * 3 // scores.shape[1]


def _third(people):
    return -(-people // 3)


def _places(scores):
    """Ranks in each row, 1 the highest; equal scores share the better."""
    return 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
