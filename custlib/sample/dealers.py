"""The dealers of the invented company: who they are, how big, and what is planned to happen to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import days, texts
from custlib.sample.fates import plan

MEAN_QUARTER_FEN = 31_000_000  # net sales to the mean dealer in a mean quarter


@dataclass(frozen=True)
class Dealers:
    """One entry per dealer in each array; matrices have a column per quarter, the first being the warm-up quarter.

    rural: whether in the country. price_rate: dealers × quarters, its price as share of the list price.
    size: its size, mean 1.
    season: its own index for the four quarters of a year (mean 1), on top of the calendar that all share.
    first, last: columns of the first and last quarter with sales.
    fate: what happens to it, of `fates.FATES`, else steady; since: the column in which this first shows, 0 if it was so
    before the export begins, -1 where it happens at no time.
    moves: from which class to which, such as "BA", of who moved earlier, else "".
    factor: dealers × quarters, what its fate does to the size.
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
    fate: np.ndarray
    since: np.ndarray
    moves: np.ndarray
    factor: np.ndarray

    def of(self, *fates: str) -> np.ndarray:
        """The places of the dealers with one of these fates."""
        return np.flatnonzero(np.isin(self.fate, fates))

    @property
    def reported(self):
        """The places of the lost dealers that somebody has reported: of those just gone, every other one."""
        return np.union1d(self.of("left_earlier"), self.of("left")[::2])

    @property
    def seasonal(self):
        """Whether the dealer has a season of its own."""
        return (self.season != 1).any(axis=1)

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


def make(seed: int, customers: int, quarters: Sequence[Quarter], fated: bool = True) -> Dealers:
    """All dealers that were ever customers in these quarters (the first of them being the warm-up quarter)."""
    rng = days.stream(seed, "dealers")
    names, region = _names(rng, customers)
    rural, store_format, floor_m2 = _stores(rng, customers)
    managers = {line["region"]: line["managers"].split() for line in texts.lines("regions.csv")}
    fates = plan(seed, customers, len(quarters), fated)
    return Dealers(
        quarters=tuple(quarters),
        ids=np.array([f"K{number:05d}" for number in range(1, customers + 1)], object),
        names=names,
        region=region,
        manager=np.array([managers[place][rng.integers(2)] for place in region], object),
        rural=rural,
        format=store_format,
        floor_m2=floor_m2,
        opened=_openings(rng, quarters, fates["first"]),
        price_rate=_prices(seed, rng.uniform(0.56, 0.70, (customers, 1)), fates),
        **fates,
    )


def _prices(seed, usual, fates):
    """Below the cost of every model from the quarter on in which that fate shows."""
    low = days.stream(seed, "below_cost").uniform(0.34, 0.375, usual.shape)
    column = np.arange(fates["factor"].shape[1])
    below = (fates["fate"] == "below_cost")[:, None] & (column >= fates["since"][:, None])
    return np.where(below, low, usual)


def _openings(rng, quarters, first):
    """Long ago, or some weeks before the first quarter of those won within these quarters."""
    starts = np.array([quarter.first_day for quarter in quarters], "datetime64[D]")
    weeks, years = rng.integers(2, 40, len(first)), rng.integers(60, 5000, len(first))
    return starts[first] - np.where(first > 0, weeks, years)


def _names(rng, count):
    """Names without a double, each in a city of its region; the awkward ones stand near the start."""
    words, cities = (
        texts.company()["dealers"],
        {line["region"]: line["cities"].split() for line in texts.lines("regions.csv")},
    )
    shares = [float(line["share"]) for line in texts.lines("regions.csv")]
    regions = rng.choice(list(cities), count, p=shares).astype(object)
    syllables = [words[part] for part in ("first_characters", "second_characters", "endings")]
    shape = (*map(len, syllables), 8)
    *places, city = np.unravel_index(rng.choice(np.prod(shape), count, replace=False), shape)
    names = [
        cities[region][c] + "".join(part[at] for part, at in zip(syllables, own, strict=True))
        for region, c, *own in zip(regions, city, *places, strict=True)
    ]
    for place, (name, region) in enumerate(words["awkward"]):
        names[3 * place + 1], regions[3 * place + 1] = name, region
    return np.array(names, object), regions


def _stores(rng, count):
    """Whether in the country, store format, and floor area in m²."""
    rural = rng.random(count) < 0.35
    lines = texts.lines("formats.csv")
    formats = np.array([line["store_format"] for line in lines], object)
    shares = np.array([(line["town_percent"], line["country_percent"]) for line in lines], float)
    urban_format, rural_format = (rng.choice(formats, count, p=share / share.sum()) for share in shares.T)
    store_format = np.where(rural, rural_format, urban_format)
    floors = {line["store_format"]: int(line["floor_m2"]) for line in lines}
    standard = np.array([floors[name] for name in store_format])
    floor = np.round(standard * np.exp(rng.normal(0, 0.3, count)) * np.where(rng.random(count) < 0.06, 0.3, 1), -1)
    return rural, store_format, np.maximum(floor, 20).astype(np.int64)
