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
    made = {
        "fate": np.full(count, STEADY, object),
        "since": np.full(count, -1),
        "moves": np.full(count, "", object),
        "season": np.ones((count, 4)),
        "factor": np.ones((count, columns)),
        "quantile": np.full(count, np.nan),
    }
    for each, dealers in zip(fates, groups, strict=False):
        rng = days.stream(seed, "fates", each.name)
        made["fate"][dealers] = each.name
        made["since"][dealers] = _since(rng, each, len(dealers), columns)
        made["quantile"][dealers] = np.resize(each.quantiles or [np.nan], len(dealers))
        if each.name in _EFFECTS:
            _EFFECTS[each.name](rng, made, dealers)
    size = _size(_quantiles(days.stream(seed, "sizes"), made.pop("quantile")))
    gone = np.isin(made["fate"], ["left", "left_earlier"])
    return made | {
        "size": size / size.mean(),
        "first": np.where(made["fate"] == "won", made["since"], 0),
        "last": np.where(gone, made["since"] - 1, columns - 1),
    }


def _since(rng, fate, count, columns):
    """The column in which it shows first; at least one exported quarter lies before it."""
    if fate.least_ago is None:
        return -1
    return np.maximum(columns - 1 - rng.integers(fate.least_ago, fate.most_ago + 1, count), 2)


def _scaled(least, most):
    """The size is multiplied by a factor between these."""

    def effect(rng, made, dealers):
        _step(made, dealers, rng.uniform(least, most, len(dealers)))

    return effect


def _step(made, dealers, factor):
    columns = np.arange(made["factor"].shape[1])
    made["factor"][dealers] = np.where(columns >= made["since"][dealers, None], factor[:, None], 1.0)


def _slid(rng, made, dealers):
    """In three equal steps."""
    _scaled(0.37, 0.43)(rng, made, dealers)
    steps = np.arange(made["factor"].shape[1])[::-1]
    made["factor"][dealers] **= np.clip(1 - steps / 3, 0, 1)


def _seasonal(rng, made, dealers):
    """Every other one is a B that its season lifts to A."""
    made["season"][dealers] = _SEASONS[rng.integers(len(_SEASONS), size=len(dealers))]
    made["quantile"][dealers[::2]] = rng.uniform(0.62, 0.76, len(dealers[::2]))


def _moved(rng, made, dealers):
    made["moves"][dealers] = np.resize(_MOVES, len(dealers))
    before, after = (np.array([_MIDDLE_OF_CLASS[move[at]] for move in made["moves"][dealers]]) for at in (0, 1))
    made["quantile"][dealers] = before
    _step(made, dealers, _size(after) / _size(before))


def _below_cost(rng, made, dealers):
    """Every other one all along."""
    made["since"][dealers[::2]] = 0


_EFFECTS = {
    "collapsed": _scaled(0.15, 0.35),
    "collapsed_earlier": _scaled(0.15, 0.35),
    "slid": _slid,
    "below_cost": _below_cost,
    "overstocked": _scaled(1.4, 1.4),
    "seasonal": _seasonal,
    "grew": _scaled(2.5, 6),
    "moved_earlier": _moved,
}


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
