"""The dealers of the invented company: who they are, how big, and what is planned to happen to them."""

from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from custlib.sample import days
from custlib.sample import vocabulary as words

SPREAD = 1.36  # sigma of the lognormal sizes: the largest fifth brings about 70 %
MEAN_QUARTER_FEN = 31_000_000  # net sales to the mean dealer in a mean quarter
MIDDLE_OF_CLASS = {"A": 0.90, "B": 0.64, "C": 0.20}  # as quantile of the sizes
_MOVES = ("BA", "AB", "CB", "BC", "CA", "AC")
_SEASONS = np.array(
    [(0.55, 0.65, 0.80, 2.00), (0.60, 1.90, 0.90, 0.60), (1.80, 0.70, 0.80, 0.70), (0.60, 0.80, 1.85, 0.75)]
)


@dataclass(frozen=True)
class Dealers:
    """One entry per dealer in each array; matrices have a column per quarter, the first being the warm-up quarter.

    rural: whether in the country. price_rate: its price as share of the list price. size: its size, mean 1.
    season: its own index for the four quarters of a year (mean 1), on top of the calendar that all share.
    first, last: columns of the first and last quarter with sales.
    movers: dealers that change class; moves: from which to which, such as "BA"; moved_in: in which column.
    factor: dealers × quarters, what moves and stuffing do to the size.
    """

    quarters: tuple
    ids: np.ndarray
    names: np.ndarray
    region: np.ndarray
    manager: np.ndarray
    rural: np.ndarray
    format: np.ndarray
    floor_m2: np.ndarray
    opened: np.ndarray
    price_rate: np.ndarray
    size: np.ndarray
    season: np.ndarray
    first: np.ndarray
    last: np.ndarray
    seasonal: np.ndarray
    stuffed: int
    movers: np.ndarray
    moves: tuple
    moved_in: np.ndarray
    factor: np.ndarray

    @property
    def active(self):
        """Dealers × quarters: whether the dealer buys in that quarter."""
        column = np.arange(len(self.quarters))
        return (column >= self.first[:, None]) & (column <= self.last[:, None])

    @property
    def own_season(self):
        """Dealers × quarters: the dealer's own seasonal index."""
        return self.season[:, [quarter.number - 1 for quarter in self.quarters]]

    @property
    def level_fen(self):
        """Dealers × quarters: planned net sales."""
        calendar = np.array([days.sell_in(days.of_quarter(quarter)).sum() for quarter in self.quarters])
        growth = 1.012 ** np.arange(len(self.quarters))
        common = MEAN_QUARTER_FEN * growth * calendar / calendar.mean()
        return self.size[:, None] * self.own_season * self.factor * self.active * common


def make(seed, customers, quarters):
    """All dealers that were ever customers in these quarters (the first of them being the warm-up quarter)."""
    rng = days.stream(seed, "dealers")
    names, region = _names(rng, customers)
    order = rng.permutation(customers)
    quantile = (rng.permutation(customers) + 0.5) / customers
    dealers = Dealers(
        tuple(quarters),
        np.array([f"K{number:05d}" for number in range(1, customers + 1)], object),
        names,
        region,
        np.array([words.MANAGERS[place][rng.integers(2)] for place in region], object),
        *_stores(rng, customers),
        _openings(rng, customers, quarters[0]),
        np.where(rng.random(customers) < 0.03, 0.40, rng.uniform(0.56, 0.70, customers)),
        quantile,
        np.ones((customers, 4)),
        np.zeros(customers, int),
        np.full(customers, len(quarters) - 1),
        np.zeros(customers, bool),
        int(order[0]),
        np.array([], int),
        (),
        np.array([], int),
        np.ones((customers, len(quarters))),
    )
    return _sized(_with_fates(rng, dealers, order[1:]))


def _with_fates(rng, dealers, order):
    """Moves of class, own seasons, losses and gains, each for other dealers; and the one who is stuffed with stock."""
    count, columns = len(dealers.ids), len(dealers.quarters)
    shares = (max(4, count // 20), max(3, count // 15), max(2, count // 14), max(2, count // 14))
    movers, seasonal, lost, won, _ = np.split(order, np.cumsum(shares))
    size, first, last = dealers.size.copy(), dealers.first.copy(), dealers.last.copy()
    factor, season = dealers.factor.copy(), dealers.season.copy()
    size[dealers.stuffed] = 0.93
    factor[dealers.stuffed, -4:] = 1.4
    moves = tuple(_MOVES[number % len(_MOVES)] for number in range(len(movers)))
    moved_in = rng.integers(min(3, columns - 1), max(columns - 1, 4), len(movers)).clip(max=columns - 1)
    size[movers] = [MIDDLE_OF_CLASS[move[0]] for move in moves]
    for mover, move, column in zip(movers, moves, moved_in, strict=True):
        before, after = (_size_at(MIDDLE_OF_CLASS[letter]) for letter in move)
        factor[mover, column:] = after / before
    season[seasonal] = _SEASONS[rng.integers(len(_SEASONS), size=len(seasonal))]
    size[seasonal[::2]] = rng.uniform(0.62, 0.76, len(seasonal[::2]))
    last[lost] = rng.integers(min(2, columns - 2), columns - 1, len(lost))
    first[won] = rng.integers(min(2, columns - 1), columns, len(won))
    is_seasonal = np.isin(np.arange(count), seasonal)
    fates = {"movers": movers, "moves": moves, "moved_in": moved_in, "factor": factor, "season": season}
    opened = np.where(first > 0, _days_before(rng, dealers.quarters, first), dealers.opened)
    return replace(dealers, size=size, first=first, last=last, seasonal=is_seasonal, opened=opened, **fates)


def _sized(dealers):
    """From quantiles to sizes with mean 1."""
    size = np.array([_size_at(quantile) for quantile in dealers.size])
    return replace(dealers, size=size / size.mean())


def _size_at(quantile):
    return np.exp(SPREAD * NormalDist().inv_cdf(quantile))


def _days_before(rng, quarters, column):
    starts = np.array([quarter.first_day for quarter in quarters], "datetime64[D]")
    return starts[column] - rng.integers(2, 40, len(column))


def _openings(rng, count, quarter):
    return np.datetime64(quarter.first_day) - rng.integers(60, 5000, count)


def _names(rng, count):
    """Names without a double, each in a city of its region; the awkward ones come first."""
    regions = rng.choice(list(words.CITIES), count, p=words.REGION_SHARES).astype(object)
    shape = (len(words.FIRST_CHARACTERS), len(words.SECOND_CHARACTERS), len(words.COMPANY_ENDINGS), 8)
    first, second, ending, city = np.unravel_index(rng.choice(np.prod(shape), count, replace=False), shape)
    names = [
        words.CITIES[region][c] + words.FIRST_CHARACTERS[a] + words.SECOND_CHARACTERS[b] + words.COMPANY_ENDINGS[e]
        for region, a, b, e, c in zip(regions, first, second, ending, city, strict=True)
    ]
    for place, (name, region) in enumerate(words.AWKWARD_DEALERS):
        names[3 * place + 1], regions[3 * place + 1] = name, region
    return np.array(names, object), regions


def _stores(rng, count):
    """Whether in the country, store format, and floor area in m² (0: not known)."""
    rural = rng.random(count) < 0.35
    formats = np.array(list(words.FORMAT_SHARES), object)
    shares = np.array(list(words.FORMAT_SHARES.values()))
    urban_format, rural_format = (rng.choice(formats, count, p=share / share.sum()) for share in shares.T)
    store_format = np.where(rural, rural_format, urban_format)
    standard = np.array([words.FORMAT_FLOOR_M2[name] for name in store_format])
    floor = np.round(standard * np.exp(rng.normal(0, 0.3, count)) * np.where(rng.random(count) < 0.06, 0.3, 1), -1)
    return rural, store_format, np.maximum(floor, 20).astype(np.int64)
