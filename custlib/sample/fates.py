"""What is planned for the dealers: their sizes, and for each exactly one fate; `data/fates.csv` says how many."""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from custlib.sample import days, texts

SPREAD = 1.36  # sigma of the lognormal sizes: the largest fifth brings about 70 %
STEADY = "steady"
_MIDDLE_OF_CLASS = {"A": 0.93, "B": 0.64, "C": 0.20}  # as quantile of the sizes
_MOVES = ("BA", "AB", "CB", "BC", "CA", "AC")
_SEASONS = np.array(
    [(0.55, 0.65, 0.80, 2.00), (0.60, 1.90, 0.90, 0.60), (1.80, 0.70, 0.80, 0.70), (0.60, 0.80, 1.85, 0.75)]
)
# What the size is multiplied by from the quarter on in which the fate shows: lowest and highest.
_FACTORS = {
    "collapsed": (0.15, 0.35),
    "collapsed_earlier": (0.15, 0.35),
    "slid": (0.37, 0.43),
    "overstocked": (1.4, 1.4),
    "grew": (2.5, 6),
}


class Fate(NamedTuple):
    """A line of `data/fates.csv`: so many of 240 dealers, at least so many, where so many quarters are exported.

    least_ago, most_ago: quarters before the last one in which it shows first; quantiles: of the sizes, dealer by
    dealer; without any, the size is left to chance.
    """

    name: str
    of_240: int
    at_least: int
    quarters: int
    least_ago: int | None
    most_ago: int | None
    quantiles: list

    @classmethod
    def read(cls, line):
        """From the cells of a line."""
        name, *numbers, quantiles = line.values()
        return cls(
            name, *(int(each) if each else None for each in numbers), [float(each) for each in quantiles.split()]
        )


FATES = tuple(map(Fate.read, texts.lines("fates.csv")))


def plan(seed: int, count: int, columns: int, fated: bool = True) -> dict:
    """The fields of Dealers from `size` to `factor`; without fates all are steady.

    columns: quarters, the warm-up quarter first. Each fate has random numbers of its own.
    """
    fates = [each for each in FATES if fated and columns > each.quarters]
    ends = np.cumsum([max(each.at_least, count * each.of_240 // 240) for each in fates], dtype=int)
    groups = np.split(days.stream(seed, "fates").permutation(count), ends)
    fate, since = np.full(count, STEADY, object), np.full(count, -1)
    season, factor, wish = np.ones((count, 4)), np.ones((count, columns)), np.full(count, np.nan)
    moves = np.full(count, "", object)
    for each, dealers in zip(fates, groups, strict=False):
        rng = days.stream(seed, "fates", each.name)
        fate[dealers] = each.name
        wish[dealers] = np.resize(each.quantiles or [np.nan], len(dealers))
        if each.least_ago is not None:
            ago = rng.integers(each.least_ago, each.most_ago + 1, len(dealers))
            since[dealers] = np.maximum(columns - 1 - ago, 2)
        if each.name in _FACTORS:
            factor[dealers] = _changed(since[dealers], columns, rng.uniform(*_FACTORS[each.name], len(dealers)))
        if each.name == "slid":
            factor[dealers] **= np.clip(1 - (columns - 1 - np.arange(columns)) / 3, 0, 1)
        if each.name == "seasonal":
            season[dealers] = _SEASONS[rng.integers(len(_SEASONS), size=len(dealers))]
            # Every other one is a B that its season lifts to A.
            wish[dealers[::2]] = rng.uniform(0.62, 0.76, len(dealers[::2]))
        if each.name == "moved_earlier":
            moves[dealers] = np.resize(_MOVES, len(dealers))
            before, after = (np.array([_MIDDLE_OF_CLASS[move[at]] for move in moves[dealers]]) for at in (0, 1))
            wish[dealers], factor[dealers] = before, _changed(since[dealers], columns, _size(after) / _size(before))
        if each.name == "below_cost":
            since[dealers[::2]] = 0  # all along
    gone, size = np.isin(fate, ["left", "left_earlier"]), _size(_quantiles(days.stream(seed, "sizes"), wish))
    return {
        "size": size / size.mean(),
        "season": season,
        "first": np.where(fate == "won", since, 0),
        "last": np.where(gone, since - 1, columns - 1),
        "fate": fate,
        "since": since,
        "moves": moves,
        "factor": factor,
    }


def _changed(since, columns, factor):
    """1 before the quarter and the factor from it on."""
    return np.where(np.arange(columns) >= since[:, None], factor[:, None], 1.0)


def _quantiles(rng, wish):
    """Each of (place + ½) ÷ count once: near what is wished, the rest left to chance."""
    count = len(wish)
    wished = np.flatnonzero(~np.isnan(wish))
    near = wish[wished] + rng.uniform(-0.02, 0.02, len(wished))
    order, up = np.argsort(near, kind="stable"), np.arange(len(wished))
    place = np.maximum.accumulate((near[order] * count).astype(int) - up) + up
    place = np.minimum(place, count - len(wished) + up)
    others = np.setdiff1d(np.arange(count), place)
    places = np.empty(count, int)
    places[wished[order]] = place
    places[np.isnan(wish)] = rng.permutation(others)
    return (places + 0.5) / count


def _size(quantile):
    return np.exp(SPREAD * np.array([NormalDist().inv_cdf(each) for each in quantile]))
