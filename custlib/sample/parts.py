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
    plan, in their order. promoted: for each line of `data/promotions.csv` its dealers.
    holds_back, over_promises, honest: how managers plan; answers: answers the needs interviews for all customers;
    out_of_reach: has targets that nobody reaches.
    """

    late: int
    ahead: int
    planners: list
    promoted: tuple
    holds_back: str
    over_promises: str
    honest: str
    answers: str
    out_of_reach: str


def cast(seed: int, dealers: Dealers) -> Parts:
    """Deal the parts out; the four largest steady dealers, who are key accounts, have none."""
    rng, count = stream(seed, "parts"), len(dealers.ids)
    steady = np.flatnonzero(dealers.fate == STEADY)
    by_size = steady[np.argsort(-dealers.size[steady], kind="stable")]
    planners, group = max(8, count // 12), max(2, count // 10)
    large, middling = np.split(by_size[4 : 4 + planners + 2 + 3 * group], [planners])
    late, ahead, *others = rng.permutation(middling).tolist()
    groups = [np.sort(group) for group in np.array_split(others, 3)]
    promoted = [
        np.arange(count) if line["customers"] == "all" else groups.pop() for line in texts.lines("promotions.csv")
    ]
    names, place = np.unique(dealers.manager.astype(str), return_inverse=True)
    order = names[np.argsort(-np.bincount(place, dealers.size), kind="stable")]
    return Parts(late, ahead, rng.permutation(large).tolist(), tuple(promoted), *order[:5].tolist())
