"""What the company invoices to its dealers, a quarter at a time."""

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import days
from custlib.sample.dealers import Dealers
from custlib.sample.products import Products

NOISE = 0.06  # of a dealer's quarter: standard deviation of the log


def of_quarter(
    rng: np.random.Generator, dealers: Dealers, products: Products, column: int, noise: float = NOISE
) -> dict[str, np.ndarray]:
    """The invoice lines of one quarter by date and invoice, as a dict of arrays; amounts in fen, returns negative.

    column: the quarter's place in `dealers.quarters`. `dealer` and `product` are places in Dealers and Products.
    """
    dealer, invoice, amount = _wanted(rng, dealers, column, noise)
    calendar = days.of_quarter(dealers.quarters[column])
    buyer = dealer[np.flatnonzero(np.diff(invoice, prepend=-1))]
    date = days.spread(rng, calendar, days.sell_in(calendar), buyer)[invoice]
    product = rng.choice(len(products.ids), len(dealer), p=products.popular(calendar[0]))
    price_fen = np.round(products.list_fen[product] * dealers.price_rate[dealer, column]).astype(np.int64)
    quantity = np.maximum(1, np.round(amount / price_fen)).astype(np.int64)
    lines = {
        "dealer": dealer,
        "invoice": invoice,
        "date": date,
        "product": product,
        "price_fen": price_fen,
        "quantity": quantity,
    }
    lines = _with_returns(rng, lines, calendar[-1])
    return _numbered(lines, dealers.quarters[column], products)


def _wanted(rng, dealers, column, noise):
    """Dealer, invoice and wanted amount of each line; a dealer ten times as big orders about three times as often.

    A dealer's invoices are about equally large, so that its months are steady.
    """
    level = dealers.level_fen[:, column] * np.exp(rng.normal(0, noise, len(dealers.ids)))
    buying = np.flatnonzero(level)
    count = 3 + rng.poisson(14 * (level[buying] / level[buying].mean()) ** 0.45)
    dealer = np.repeat(buying, count)
    starts = rng.random(len(dealer)) < 0.45
    starts[np.cumsum(count) - count] = True
    invoice = np.cumsum(starts) - 1
    weight = rng.gamma(4, size=len(dealer)) / np.bincount(invoice)[invoice] ** 0.8
    return dealer, invoice, level[dealer] * weight / np.bincount(dealer, weight)[dealer]


def _with_returns(rng, lines, last_day):
    """Adds a return for one line in seventy, some days later, each on an invoice of its own."""
    chosen = np.flatnonzero(rng.random(len(lines["dealer"])) < 0.014)
    back = {name: values[chosen] for name, values in lines.items()}
    back["quantity"] = -np.ceil(back["quantity"] * rng.uniform(0.2, 1, len(chosen))).astype(np.int64)
    back["date"] = np.minimum(back["date"] + rng.integers(3, 25, len(chosen)), last_day)
    back["invoice"] = lines["invoice"][-1] + 1 + np.arange(len(chosen))
    return {name: np.concatenate([lines[name], back[name]]) for name in lines}


def _numbered(lines, quarter, products):
    """Sorted by date, invoices numbered through the quarter, lines within the invoice; amount and cost computed."""
    order = np.lexsort((lines["invoice"], lines["date"]))
    lines = {name: values[order] for name, values in lines.items()}
    new = np.concatenate([[True], lines["invoice"][1:] != lines["invoice"][:-1]])
    position = np.arange(len(new))
    return {
        "invoice_id": (quarter.year * 10 + quarter.number) * 10_000_000 + np.cumsum(new),
        "line_no": position - np.maximum.accumulate(np.where(new, position, 0)) + 1,
        "date": lines["date"],
        "dealer": lines["dealer"],
        "product": lines["product"],
        "quantity": lines["quantity"],
        "net_fen": lines["quantity"] * lines["price_fen"],
        "cost_fen": lines["quantity"] * products.cost_fen[lines["product"]],
    }


def by_month(lines: dict, quarter: Quarter, by: str, what: str, count: int) -> np.ndarray:
    """What (`net_fen` or `quantity`) was sold, `count` dealers or products × the three months of the quarter."""
    month = (lines["date"].astype("datetime64[M]") - np.datetime64(quarter.first_day, "M")).astype(int)
    return np.bincount(lines[by] * 3 + month, lines[what], 3 * count).reshape(-1, 3)
