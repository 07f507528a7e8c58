"""The consumers behind the dealers: their segments, their user files and what they bought."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import days, texts
from custlib.sample.dealers import Dealers
from custlib.sample.products import CATEGORIES, Products

CHANGE = 4  # the new segment comes, one splits and one falls silent four quarters before the end


class Segment(NamedTuple):
    """How a segment buys, a line of `data/segments.csv`.

    share: of all consumers; rate: purchases a quarter; taste: weight of each category; price: exponent on list price,
    above 0 prefers dear models; discount: lowest and highest share of the list price; festival, bargain: how much it
    prefers these days; novelty: how much it prefers new models; born, household: lowest and highest year and number of
    people.
    """

    name: str
    share: float
    rate: float
    taste: list
    price: float
    discount: list
    festival: float
    bargain: float
    quantity: float
    novelty: float
    born: list
    household: list


def _segments():
    for line in texts.lines("segments.csv"):
        name, *figures = line.values()
        numbers = [[float(number) for number in cell.split()] for cell in figures]
        yield Segment(name, *(pair if len(pair) > 1 else pair[0] for pair in numbers))


SEGMENTS = tuple(_segments())
_NAMES = [segment.name for segment in SEGMENTS]
FAMILIES, COOKS, LEAVERS, YOUNG = (
    _NAMES.index(name) for name in ("loyal_families", "loyal_cooks", "quiet_leavers", "young_gadget_buyers")
)


def make(rng: np.random.Generator, count: int, dealers: Dealers) -> dict[str, np.ndarray]:
    """User files as a dict of arrays. `segment` is where the consumer stands at the end, `before` where at first.

    Until the change the cooks are loyal families like the others; the young are not there yet.
    """
    segment = rng.choice(len(SEGMENTS), count, p=[each.share for each in SEGMENTS])
    bonds = np.sqrt(dealers.size * dealers.factor[:, -4:].mean(axis=1))
    bonds[dealers.of("overstocked")] *= 0.1
    born, household = (
        np.array([getattr(each, name) for each in SEGMENTS], int)[segment] for name in ("born", "household")
    )
    first_day = np.full(count, dealers.quarters[1].first_day, "datetime64[D]")
    change_day = np.datetime64(changed_in(dealers.quarters).first_day)
    registered = first_day - rng.integers(-200, 1200, count)
    young = segment == YOUNG
    registered[young] = change_day + rng.integers(0, 150, young.sum())
    return {
        "segment": segment,
        "before": np.where(segment == COOKS, FAMILIES, segment),
        "dealer": rng.choice(len(bonds), count, p=bonds / bonds.sum()),
        "birth_year": rng.integers(born[:, 0], born[:, 1] + 1),
        "household_size": rng.integers(household[:, 0], household[:, 1] + 1),
        "registered": np.minimum(registered, np.datetime64(dealers.quarters[-1].last_day) - 30),
    }


def ids(count: int) -> np.ndarray:
    """The consumers' ids."""
    return np.array([f"YH{number:06d}" for number in range(1, count + 1)], object)


def changed_in(quarters: Sequence[Quarter]) -> Quarter:
    """The quarter from which consumers stand in the segment of the end; quarters with the warm-up quarter first."""
    return quarters[max(1, len(quarters) - CHANGE)]


def purchases(rng: np.random.Generator, consumers: dict, dealers: Dealers, products: Products) -> dict[str, np.ndarray]:
    """Purchases of registered consumers at dealers still trading, by date, as a dict of arrays; amounts in fen."""
    parts = []
    for column, quarter in enumerate(dealers.quarters[1:], 1):
        late = quarter >= changed_in(dealers.quarters)
        standing = consumers["segment" if late else "before"]
        absent = LEAVERS if late else YOUNG
        for number, segment in enumerate(SEGMENTS):
            members = np.flatnonzero(
                (standing == number) & (number != absent) & dealers.active[consumers["dealer"], column]
            )
            parts.append(_bought(rng, members, segment, quarter, products))
    bought = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((bought["consumer"], bought["date"]))
    order = order[(bought["date"] >= consumers["registered"][bought["consumer"]])[order]]
    return {name: values[order] for name, values in bought.items()}


def _bought(rng, members, segment, quarter, products):
    calendar = days.of_quarter(quarter)
    weight = days.sell_out(calendar, segment.festival, segment.bargain)
    # A segment that buys for the festivals buys more in their quarter, and less in the others.
    usual = (
        days.sell_out(
            np.arange("2024-01-01", "2025-01-01", dtype="datetime64[D]"), segment.festival, segment.bargain
        ).sum()
        / 4
    )
    consumer = np.repeat(members, rng.poisson(segment.rate * weight.sum() / usual, len(members)))
    product = rng.choice(len(products.ids), len(consumer), p=_liking(segment, products, calendar[0]))
    quantity = 1 + rng.integers(0, int(segment.quantity), len(consumer))
    full = products.list_fen[product] * quantity
    off = np.round(full * rng.uniform(*segment.discount, len(consumer)) / 10).astype(np.int64) * 10
    date = days.drawn(rng, calendar, weight, len(consumer))
    return {
        "consumer": consumer,
        "date": date,
        "product": product,
        "quantity": quantity,
        "paid_fen": full - off,
        "off_fen": off,
    }


def _liking(segment, products, day):
    taste = (
        np.array(segment.taste)[products.category]
        / np.bincount(products.category, minlength=len(CATEGORIES))[products.category]
    )
    new = np.where((day - products.launched).astype(int) < 500, segment.novelty, 1.0)
    liking = taste * products.list_fen**segment.price * new * (products.launched <= day)
    return liking / liking.sum()
