"""What happens at the dealers: the stock that lies there, and their own profit statements."""

import numpy as np

from custlib.sample.dealers import Dealers
from custlib.sample.factors import growth
from custlib.sample.products import Products


def stock(rng: np.random.Generator, dealers: Dealers, products: Products) -> dict[str, np.ndarray]:
    """Stock at the end of each exported quarter, as a dict of arrays; `quarter` counts from 0.

    About six models per dealer. The overstocked hold three times as much, and old.
    """
    level = dealers.level_fen[:, 1:]
    dealer, quarter = np.nonzero(level)
    count = rng.integers(3, 8, len(dealer))
    dealer, quarter = np.repeat(dealer, count), np.repeat(quarter, count)
    stuffed = (dealers.fate[dealer] == "overstocked") & (quarter + 1 >= dealers.since[dealer])
    share = rng.uniform(0.25, 0.6, len(dealer)) / np.repeat(count, count) * np.where(stuffed, 4.5, 1)
    age = np.where(stuffed, rng.integers(180, 420, len(dealer)), rng.gamma(2, 24, len(dealer)).astype(int) % 240)
    ends = np.array([each.last_day for each in dealers.quarters[1:]], "datetime64[D]")
    product = rng.choice(len(products.ids), len(dealer), p=products.popularity / products.popularity.sum())
    received = np.maximum(ends[quarter] - age, products.launched[product])
    price = products.list_fen[product] * dealers.price_rate[dealer, quarter + 1]
    quantity = np.maximum(1, np.round(level[dealer, quarter] * share / price)).astype(np.int64)
    lines = {"quarter": quarter, "dealer": dealer, "product": product, "received": received, "quantity": quantity}
    lines["value_fen"] = np.round(quantity * price).astype(np.int64)
    return _once(lines, received <= ends[quarter])


def _once(lines, kept):
    """One line for each quarter, dealer, model and day, of those to be kept, in that order."""
    names = ("received", "product", "dealer", "quarter")
    order = np.lexsort([lines[name] for name in names])
    keys = [lines[name][order] for name in names]
    new = np.any([np.concatenate([[True], key[1:] != key[:-1]]) for key in keys], axis=0)
    order = order[new & kept[order]]
    return {name: values[order] for name, values in lines.items()}


def shares(rng: np.random.Generator, dealers: int) -> np.ndarray:
    """The true share of our brand in each dealer's profit; NaN for one in 25, who makes no profit or a loss."""
    share = np.clip(rng.beta(3, 5, dealers), 0.05, 0.95)
    return np.where(rng.random(dealers) < 0.04, np.nan, share)


def profit(
    rng: np.random.Generator,
    dealers: Dealers,
    scores: np.ndarray,
    brand_share: np.ndarray,
    stock_yuan: np.ndarray,
    owed_yuan: np.ndarray,
    rebates_yuan: np.ndarray,
) -> dict[str, np.ndarray]:
    """Profit statements as a dict of arrays in yuan, one per active dealer and exported quarter.

    brand_profit follows the scores of the quarter before (`factors.growth`); own season and moves are damped in it.
    brand_share: as `shares` gives it. Rebates and receivables are with tax, as all money that is paid.
    """
    level = dealers.level_fen[:, 1:] / 100
    own = (dealers.own_season * dealers.factor)[:, 1:]
    steady = np.divide(level, own, where=own > 0, out=np.zeros_like(level)) * own**0.25
    margin = rng.uniform(0.07, 0.15, (len(level), 1))
    brand = steady * margin * np.exp(growth(rng, scores))
    total = brand / np.minimum(brand_share[:, None] * np.exp(rng.normal(0, 0.08, level.shape)), 0.98)
    poor = np.isnan(brand_share)
    total[poor] = -brand[poor] * rng.uniform(0, 1.5, (poor.sum(), level.shape[1]))
    dealer, quarter = np.nonzero((level > 0) & ~_missing(rng, dealers))
    cell = (dealer, quarter)
    compensation = steady * rng.uniform(0.002, 0.012, level.shape) * (rng.random(level.shape) < 0.3)
    statement = {
        "brand_profit": brand,
        "total_profit": total,
        "rebates": rebates_yuan,
        "price_compensation": compensation,
        "expenses": level * rng.uniform(0.04, 0.09, level.shape),
        "stock_value": stock_yuan,
        "receivables": owed_yuan,
    }
    order = np.lexsort((dealer, quarter))
    columns = {name: np.round(values[cell]).astype(np.int64)[order] for name, values in statement.items()}
    return {"quarter": quarter[order], "dealer": dealer[order], **columns}


def _missing(rng, dealers):
    """Dealers × exported quarters: one statement in fifty long ago, and those that are missing by fate."""
    column = np.arange(1, len(dealers.quarters))
    fated = (dealers.fate == "statement_missing")[:, None]
    once = (rng.random((len(dealers.ids), len(column))) < 0.02) & (column < len(column) - 1)
    return np.where(fated, column == dealers.since[:, None], once)
