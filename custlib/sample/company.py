"""Makes the exports one after the other, lets each go as soon as it is taken, and gathers what was planted."""

from collections.abc import Callable

import numpy as np

from custlib.refusals import Refused
from custlib.sample import consumers as consumers_of
from custlib.sample import (
    days,
    decisions,
    demand,
    experts,
    factors,
    needs,
    payments,
    plans,
    presales,
    promotions,
    records,
    sales,
    stores,
    truth,
)
from custlib.sample import dealers as dealers_of
from custlib.sample import parts as parts_of
from custlib.sample import products as products_of
from custlib.sample.export_file import Export
from custlib.sample.exporting import Exporter

LIMITS = {"customers": (30, 250_000), "consumers": (50, 50_000_000), "quarters": (2, 40)}


def make(
    take: Callable[[Export], object],
    customers: int,
    consumers: int,
    quarters: int,
    seed: int,
    *,
    noise: float = sales.NOISE,
    large_fen: float = payments.LARGE_MONTH_FEN,
    fated: bool = True,
) -> truth.Truth:
    """Make every export and hand it to `take`; returns the Truth. Raises Refused (`sample_size`).

    noise: of a dealer's quarter, standard deviation of the log; large_fen: month that is paid in two parts; fated:
    whether anything happens to the dealers.
    """
    _check(customers=customers, consumers=consumers, quarters=quarters)
    faults = []

    def hand_over(exports):
        for export in exports:
            take(export)
            faults.extend(export.faults())

    goods = products_of.make(seed)
    dealers = dealers_of.make(seed, customers, days.quarters_with_warm_up(quarters), fated)
    exporter = Exporter(seed, dealers, goods)
    hand_over([exporter.customers(), exporter.products()])
    parts = parts_of.cast(seed, dealers)
    promoted = promotions.held(dealers, parts)
    effects = promotions.Effects(goods, promoted if fated else [])
    sold_fen, pieces = _sales(exporter, effects, noise, hand_over)
    odd = {parts.late: payments.LATE, parts.ahead: payments.AHEAD} if fated else {}
    paid_fen, before_fen, letters = _payments(exporter, sold_fen, large_fen, odd, hand_over)
    planned = plans.make(days.stream(seed, "plans"), dealers, letters, parts)
    sold_fen = sold_fen.reshape(customers, -1, 3).sum(axis=2)
    billed_fen = payments.WITH_TAX * sold_fen
    owed_fen = np.cumsum(billed_fen, axis=1)[:, 1:] - np.cumsum(paid_fen, axis=1) - before_fen[:, None]
    rebates_fen = planned.rates * np.maximum(billed_fen[:, 1:], 0)
    brand_share = _stores(exporter, np.maximum(owed_fen, 0), rebates_fen, hand_over)
    people = _consumers(exporter, consumers, hand_over)
    hand_over(exporter.plans(planned))
    amounts_fen = {"net_sales": sold_fen[:, 1:], "payments": paid_fen}
    goals = promotions.targets(days.stream(seed, "targets"), dealers, letters, amounts_fen, parts)
    hand_over([exporter.export("promotions", promotions.table(dealers, promoted)), exporter.export("targets", goals)])
    gone, planted = _records(exporter, letters, pieces, parts, hand_over)
    hand_over(decisions.exports(dealers, paid_fen, letters))
    return truth.Truth(
        **truth.of_dealers(dealers, paid_fen, letters, gone, brand_share),
        **truth.of_consumers(people, dealers.quarters),
        **truth.of_factors(),
        **truth.of_records(dealers, parts, promoted, planned.truth | planted),
        faults=tuple(faults),
    )


def _check(**sizes):
    for name, value in sizes.items():
        least, most = LIMITS[name]
        if not least <= value <= most:
            raise Refused("sample_size", name=name, value=value, least=least, most=most)


def _sales(exporter, effects, noise, hand_over):
    """A quarter at a time. Returns net sales in fen, dealers × months from the warm-up quarter on, and pieces, products
    × months of the exported quarters."""
    dealers, months, pieces = exporter.dealers, [], []
    for column, quarter in enumerate(dealers.quarters):
        rng = days.stream(exporter.seed, "sales", quarter)
        lines = effects.applied(sales.of_quarter(rng, dealers, exporter.goods, column, noise))
        months.append(sales.by_month(lines, quarter, "dealer", "net_fen", len(dealers.ids)))
        if column:
            pieces.append(sales.by_month(lines, quarter, "product", "quantity", len(exporter.goods.ids)))
            hand_over([exporter.sales(quarter, lines)])
    return np.concatenate(months, axis=1), np.concatenate(pieces, axis=1)


def _payments(exporter, sold_fen, large_fen, odd, hand_over):
    """Returns payments in fen, those before the export, and letters, dealers × exported quarters."""
    dealers = exporter.dealers
    first_day, last_day = (np.datetime64(day) for day in (dealers.quarters[0].first_day, dealers.quarters[-1].last_day))
    rng, first_month = days.stream(exporter.seed, "payments"), first_day.astype("datetime64[M]")
    paid, before_fen = payments.make(rng, payments.WITH_TAX * sold_fen, first_month, last_day, large_fen, odd)
    start, count = dealers.quarters[1].first_day, len(dealers.quarters) - 1
    paid_fen = payments.by_quarter(paid, len(dealers.ids), start, count)
    letters = payments.classes(paid_fen)
    hand_over(exporter.payments(paid, payments.harmless(paid, letters, start)))
    return paid_fen, before_fen, letters


def _stores(exporter, owed_fen, rebates_fen, hand_over):
    """Returns the true share of our brand in each dealer's profit."""
    seed, dealers = exporter.seed, exporter.dealers
    scores = factors.scores(days.stream(seed, "factor_scores"), *owed_fen.shape)
    stock = stores.stock(days.stream(seed, "inventory"), dealers, exporter.goods)
    cell = stock["dealer"] * owed_fen.shape[1] + stock["quarter"]
    stock_yuan = np.bincount(cell, stock["value_fen"], owed_fen.size).reshape(owed_fen.shape) / 100
    share = stores.shares(days.stream(seed, "shares"), len(dealers.ids))
    rng = days.stream(seed, "dealer_profit")
    statements = stores.profit(rng, dealers, scores, share, stock_yuan, owed_fen / 100, rebates_fen / 100)
    hand_over(exporter.dealer_profit(statements))
    hand_over([exporter.inventory(stock)])
    hand_over(exporter.factor_scores(scores))
    return share


def _consumers(exporter, count, hand_over):
    """Returns the user files."""
    seed, dealers = exporter.seed, exporter.dealers
    people = consumers_of.make(days.stream(seed, "consumers"), count, dealers)
    bought = consumers_of.purchases(days.stream(seed, "purchases"), people, dealers, exporter.goods)
    hand_over([exporter.consumers(people), exporter.purchases(bought, count)])
    return people


def _records(exporter, letters, pieces, parts, hand_over):
    """Returns the dealers reported as lost, and what was planted in the records."""
    seed, dealers = exporter.seed, exporter.dealers
    quarters = dealers.quarters[1:]
    gone = records.lost(days.stream(seed, "lost_customers"), dealers)
    complaint = records.complaint(dealers, gone)
    asked, of_needs = needs.make(days.stream(seed, "needs"), dealers, letters, parts)
    figures, of_presales = presales.make(days.stream(seed, "presales_kpi"), quarters)
    demanded, of_demand = demand.make(days.stream(seed, "demand_plan"), exporter.goods, pieces, quarters)
    exports = [
        exporter.pairwise(experts.judgements(days.stream(seed, "pairwise"))),
        exporter.visits(records.visits(days.stream(seed, "visits"), dealers, letters, complaint)),
        exporter.export("needs", asked),
        exporter.export("lost_customers", gone),
        exporter.presales_kpi(figures),
        presales.people(quarters),
        exporter.export("demand_plan", demanded),
    ]
    hand_over(exports)
    return gone, of_needs | of_presales | of_demand | {"complaint": complaint}
