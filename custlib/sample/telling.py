"""Makes the exports one after the other, lets each go as soon as it is taken, and tells what was planted."""

import numpy as np

from custlib.refusals import Refused
from custlib.sample import consumers as consumers_of
from custlib.sample import (
    days,
    decisions,
    experts,
    factors,
    payments,
    people_exports,
    records,
    sales,
    stores,
    trade_exports,
    truth,
)
from custlib.sample import dealers as dealers_of
from custlib.sample import products as products_of

LIMITS = {"customers": (30, 250_000), "consumers": (50, 50_000_000), "quarters": (2, 40)}


def tell(take, customers, consumers, quarters, seed):
    """Make every export and hand it to `take`; returns the Truth. Raises Refused (`sample_size`)."""
    _check(customers=customers, consumers=consumers, quarters=quarters)
    faults = []

    def hand_over(*exports):
        for export in exports:
            take(export)
            faults.extend(export.faults())

    goods = products_of.make(seed)
    dealers = dealers_of.make(seed, customers, days.quarters_with_warm_up(quarters))
    hand_over(trade_exports.customers(seed, dealers), trade_exports.products(seed, goods))
    sold_fen = _sales(seed, dealers, goods, hand_over)
    paid_fen, letters = _payments(seed, dealers, sold_fen, hand_over)
    owed_fen = np.cumsum(sold_fen.reshape(customers, -1, 3).sum(axis=2), axis=1)[:, 1:] - np.cumsum(paid_fen, axis=1)
    _stores(seed, dealers, goods, np.maximum(owed_fen, 0), hand_over)
    people = _consumers(seed, dealers, goods, consumers, hand_over)
    gone = _records(seed, dealers, goods, letters, hand_over)
    hand_over(decisions.key_accounts(dealers, paid_fen, letters), decisions.overrides(dealers, paid_fen, letters))
    return truth.Truth(
        **truth.of_dealers(dealers, paid_fen, letters, gone),
        **truth.of_consumers(people, dealers.quarters),
        **truth.of_factors(),
        faults=tuple(faults),
    )


def _check(**sizes):
    for name, value in sizes.items():
        least, most = LIMITS[name]
        if not least <= value <= most:
            raise Refused("sample_size", name=name, value=value, least=least, most=most)


def _sales(seed, dealers, goods, hand_over):
    """A quarter at a time. Returns net sales in fen, dealers × months from the warm-up quarter on."""
    months = []
    for column, quarter in enumerate(dealers.quarters):
        lines = sales.of_quarter(days.stream(seed, "sales", quarter), dealers, goods, column)
        months.append(sales.by_month(lines, quarter, len(dealers.ids)))
        if column:
            hand_over(trade_exports.sales(seed, quarter, lines, dealers, goods))
    return np.concatenate(months, axis=1)


def _payments(seed, dealers, sold_fen, hand_over):
    """Returns payments in fen and letters, dealers × exported quarters."""
    first_day, last_day = (np.datetime64(day) for day in (dealers.quarters[0].first_day, dealers.quarters[-1].last_day))
    paid = payments.make(days.stream(seed, "payments"), sold_fen, first_day.astype("datetime64[M]"), last_day)
    start, count = dealers.quarters[1].first_day, len(dealers.quarters) - 1
    paid_fen = payments.by_quarter(paid, len(dealers.ids), start, count)
    letters = payments.classes(paid_fen)
    harmless = payments.harmless(paid, letters, start)
    hand_over(*trade_exports.payments(seed, paid, dealers, harmless))
    return paid_fen, letters


def _stores(seed, dealers, goods, owed_fen, hand_over):
    scores = factors.scores(days.stream(seed, "factor_scores"), *owed_fen.shape)
    stock = stores.stock(days.stream(seed, "inventory"), dealers, goods)
    cell = stock["dealer"] * owed_fen.shape[1] + stock["quarter"]
    stock_yuan = np.bincount(cell, stock["value_fen"], owed_fen.size).reshape(owed_fen.shape) / 100
    statements = stores.profit(days.stream(seed, "dealer_profit"), dealers, scores, stock_yuan, owed_fen / 100)
    hand_over(*trade_exports.dealer_profit(seed, statements, dealers))
    hand_over(trade_exports.inventory(seed, stock, dealers, goods))
    hand_over(*people_exports.factor_scores(seed, scores, dealers))


def _consumers(seed, dealers, goods, count, hand_over):
    """Returns the user files."""
    people = consumers_of.make(days.stream(seed, "consumers"), count, dealers)
    bought = consumers_of.purchases(days.stream(seed, "purchases"), people, dealers, goods)
    hand_over(people_exports.consumers(seed, people, dealers), people_exports.purchases(seed, bought, people, goods))
    return people


def _records(seed, dealers, goods, letters, hand_over):
    """Returns the dealers lost."""
    quarters, year = dealers.quarters[1:], days.LAST.year
    gone = records.lost(days.stream(seed, "lost_customers"), dealers)
    hand_over(
        people_exports.pairwise(seed, experts.judgements(days.stream(seed, "pairwise"))),
        people_exports.visits(seed, records.visits(days.stream(seed, "visits"), dealers, letters), dealers),
        people_exports.needs(seed, records.needs(days.stream(seed, "needs"), letters, quarters), dealers),
        people_exports.plans(seed, records.plans(days.stream(seed, "plans"), dealers, letters, year), dealers),
        people_exports.lost_customers(seed, gone, dealers),
        people_exports.presales_kpi(seed, records.presales(days.stream(seed, "presales_kpi"), quarters), quarters),
        people_exports.demand_plan(seed, records.demand(days.stream(seed, "demand_plan"), goods, year), goods),
    )
    return gone
