"""How far several judges agree on the order of things, beside what chance gives."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd


class Concordance(NamedTuple):
    """w: Kendall's W, 1 the same order, 0 none; by_chance: its mean if each judge's ranks are dealt anew; p: how often
    such a dealing reaches w; judges: the most that judged one group. NaN and 0 judges where nobody can agree."""

    w: float
    by_chance: float
    p: float
    judges: int


def concordance(groups: Sequence[pd.DataFrame], draws: int = 2000, seed: int = 0) -> Concordance:
    """Kendall's W (ties corrected) of judges who each order the things of one or more groups.

    groups: a table per group, a row per thing, a column per judge, larger is heavier, none missing. Only orders within
    a group are compared; groups of one thing or one judge say nothing. p comes from `draws` dealings of each judge's
    ranks within a group, and is 1 ÷ (draws + 1) or more. Source: Kendall & Babington Smith 1939.
    """
    random, reached, most, dealt, judges = np.random.default_rng(seed), 0.0, 0.0, np.zeros(draws), 0
    for table in groups:
        ranks = table.rank().to_numpy("float64").T
        if min(ranks.shape) < 2:
            continue
        judges = max(judges, len(ranks))
        reached += _spread(ranks)
        most += len(ranks) * sum(((own - own.mean()) ** 2).sum() for own in ranks)
        dealt += _spread(random.permuted(np.broadcast_to(ranks, (draws, *ranks.shape)), axis=2))
    if not most:
        return Concordance(np.nan, np.nan, np.nan, 0)
    p = (1 + (dealt >= reached - 1e-9).sum()) / (draws + 1)
    return Concordance(float(reached / most), float(dealt.mean() / most), float(p), judges)


def _spread(ranks):
    """The sum of squares of the rank sums about their mean; ranks: … × judges × things."""
    sums = ranks.sum(axis=-2)
    return ((sums - sums.mean(axis=-1, keepdims=True)) ** 2).sum(axis=-1)
