"""What is planned for the dealers: their sizes, moves of class, own seasons, losses, gains, and the stuffed one."""

from statistics import NormalDist

import numpy as np

SPREAD = 1.36  # sigma of the lognormal sizes: the largest fifth brings about 70 %
MIDDLE_OF_CLASS = {"A": 0.93, "B": 0.64, "C": 0.20}  # as quantile of the sizes
_MOVES = ("BA", "AB", "CB", "BC", "CA", "AC")
_SEASONS = np.array(
    [(0.55, 0.65, 0.80, 2.00), (0.60, 1.90, 0.90, 0.60), (1.80, 0.70, 0.80, 0.70), (0.60, 0.80, 1.85, 0.75)]
)
_STUFFED_QUARTERS = 4


def plan(rng: np.random.Generator, count: int, columns: int) -> dict:
    """The fields of Dealers from `size` to `factor`; each fate falls on other dealers.

    columns: quarters, the warm-up quarter first.
    """
    order = rng.permutation(count)
    least_and_share = ((4, 20), (3, 15), (2, 14), (2, 14))
    ends = 1 + np.cumsum([max(least, count // share) for least, share in least_and_share])
    stuffed, movers, seasonal, lost, won, _ = np.split(order, [1, *ends])
    moves = tuple(_MOVES[number % len(_MOVES)] for number in range(len(movers)))
    moved_in = rng.integers(min(3, columns - 1), max(columns - 1, 4), len(movers)).clip(max=columns - 1)
    quantile = (rng.permutation(count) + 0.5) / count
    quantile[stuffed] = 0.93
    quantile[movers] = [MIDDLE_OF_CLASS[move[0]] for move in moves]
    # Every other one is a B that its season lifts to A.
    quantile[seasonal[::2]] = rng.uniform(0.62, 0.76, len(seasonal[::2]))
    season, first, last = np.ones((count, 4)), np.zeros(count, int), np.full(count, columns - 1)
    season[seasonal] = _SEASONS[rng.integers(len(_SEASONS), size=len(seasonal))]
    last[lost] = rng.integers(min(2, columns - 2), columns - 1, len(lost))
    first[won] = rng.integers(min(2, columns - 1), columns, len(won))
    size = np.array([_size(each) for each in quantile])
    factor = _moved(count, columns, movers, moves, moved_in)
    factor[stuffed, -_STUFFED_QUARTERS:] = 1.4
    whole = {"size": size / size.mean(), "season": season, "first": first, "last": last, "stuffed": int(stuffed[0])}
    return whole | {"movers": movers, "moves": moves, "moved_in": moved_in, "factor": factor}


def _moved(count, columns, movers, moves, moved_in):
    factor = np.ones((count, columns))
    for mover, (before, after), column in zip(movers, moves, moved_in, strict=True):
        factor[mover, column:] = _size(MIDDLE_OF_CLASS[after]) / _size(MIDDLE_OF_CLASS[before])
    return factor


def _size(quantile):
    return np.exp(SPREAD * NormalDist().inv_cdf(quantile))
