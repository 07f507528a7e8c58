"""The consumers behind the dealers: their segments, their user files and what they bought."""

from typing import NamedTuple

import numpy as np

from custlib.sample import days
from custlib.sample.products import CATEGORIES

CHANGE = 4  # the new segment comes, one splits and one falls silent four quarters before the end


class Segment(NamedTuple):
    """How a segment buys.

    rate: purchases a quarter; taste: weight of each category; discount: lowest and highest share of the list price;
    festival, bargain: how much it prefers these days; novelty: how much it prefers new models.
    """

    name: str
    rate: float
    taste: tuple
    price: float  # exponent on list price: above 0 prefers dear models
    discount: tuple
    festival: float = 1.3
    bargain: float = 1.5
    quantity: int = 1
    novelty: float = 1.0
    born: tuple = (1970, 1995)
    household: tuple = (2, 5)


SEGMENTS = (
    Segment("loyal_families", 0.75, (0.3, 0.1, 0.5, 6, 6, 0.2), -0.2, (0.05, 0.11), quantity=3, household=(3, 6)),
    Segment("loyal_cooks", 0.75, (8, 6, 0.3, 0.1, 0.1, 0.3), 0.8, (0.03, 0.08), born=(1965, 1988)),
    Segment("bargain_hunters", 0.5, (0.5, 0.3, 7, 2, 2, 0.3), -0.7, (0.30, 0.42), bargain=20.0, quantity=2),
    Segment("gift_givers", 0.35, (0.5, 5, 6, 0.1, 0.1, 1), 0.9, (0.0, 0.03), festival=30.0, born=(1960, 1985)),
    Segment("quiet_leavers", 0.6, (3, 2, 3, 2, 2, 1), 0.0, (0.08, 0.18)),
    Segment(
        "young_gadget_buyers",
        0.95,
        (0.2, 0.1, 0.8, 0.2, 0.1, 10),
        0.4,
        (0.10, 0.18),
        novelty=5.0,
        born=(1996, 2004),
        household=(1, 3),
    ),
)
_NAMES = [segment.name for segment in SEGMENTS]
FAMILIES, COOKS, LEAVERS, YOUNG = (
    _NAMES.index(name) for name in ("loyal_families", "loyal_cooks", "quiet_leavers", "young_gadget_buyers")
)
_SHARES = (0.18, 0.16, 0.22, 0.16, 0.12, 0.16)


def make(rng, count, dealers):
    """User files as a dict of arrays. `segment` is where the consumer stands at the end, `before` where at first.

    Until the change the cooks are loyal families like the others; the young are not there yet.
    """
    segment = rng.choice(len(SEGMENTS), count, p=_SHARES)
    bonds = np.sqrt(dealers.size) * np.where(np.arange(len(dealers.size)) == dealers.stuffed, 0.1, 1)
    born, household = (np.array([getattr(each, name) for each in SEGMENTS])[segment] for name in ("born", "household"))
    first_day = np.datetime64(dealers.quarters[1].first_day)
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


def ids(count):
    """The consumers' ids."""
    return np.array([f"YH{number:06d}" for number in range(1, count + 1)], object)


def changed_in(quarters):
    """The quarter from which consumers stand in the segment of the end; quarters with the warm-up quarter first."""
    return quarters[max(1, len(quarters) - CHANGE)]


def purchases(rng, consumers, dealers, products):
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
    quantity = 1 + rng.integers(0, segment.quantity, len(consumer))
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
