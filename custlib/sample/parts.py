"""Who plays a part in the records: dealers whose story is steady, and account managers; each part on another one."""

from typing import NamedTuple

import numpy as np

from custlib.sample import texts
from custlib.sample.days import stream
from custlib.sample.dealers import Dealers
from custlib.sample.fates import STEADY


class Parts(NamedTuple):
    """Places of dealers, and names of account managers.

    late, ahead: pays two months late; pays at once, and more than it owes. planners: dealers for the parts that need a
    plan, in their order. promoted: for each line of `data/promotions.csv` its dealers; where it names no ranks (0 to 3,
    by size, over and over), all.
    holds_back, over_promises, honest: how managers plan; out_of_reach: has targets that nobody reaches.
    """

    late: int
    ahead: int
    planners: list
    promoted: tuple
    holds_back: str
    over_promises: str
    honest: str
    out_of_reach: str


def cast(seed: int, dealers: Dealers) -> Parts:
    """Deal the parts out; the four largest steady dealers, who are key accounts, have none."""
    rng, count = stream(seed, "parts"), len(dealers.ids)
    steady = np.flatnonzero(dealers.fate == STEADY)
    upper = steady[np.argsort(-dealers.size[steady], kind="stable")][4 : 4 + max(10, count // 2)]
    planners, others = np.split(upper, [max(8, count // 12)])
    late, ahead = rng.permutation(others)[:2].tolist()
    ranks = [line["ranks"].split() for line in texts.lines("promotions.csv")]
    place = (np.arange(len(upper)) % 4).astype(str)
    promoted = tuple(upper[np.isin(place, own)] if own else np.arange(count) for own in ranks)
    names, manager = np.unique(dealers.manager.astype(str), return_inverse=True)
    order = names[np.argsort(-np.bincount(manager, dealers.size), kind="stable")]
    return Parts(late, ahead, rng.permutation(planners).tolist(), promoted, *order[:4].tolist())
