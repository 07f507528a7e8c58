"""Overstocked or sold (压货): whether what a customer paid for has reached consumers or is still in its store."""

import numpy as np
import pandas as pd

MUCH_COVER = 1.0  # quarters of sell-in in stock; 30 to 60 days are usual in household goods
OLD_SHARE = 0.5  # of the stock's value is older than 180 days: most of it has missed its season
SLOW = 0.5  # of the median sell-through: few user files seldom explain so little by chance
_ENOUGH = 5  # customers with a known sell-through, for a class to have its own median


def stuffed(customers: pd.DataFrame, sell_out: pd.DataFrame, stock: pd.DataFrame) -> pd.DataFrame:
    """The customers of class A or B by size, with their sell-out and the age of their stock; the questions first.

    customers: index customer_id, with size_class and any columns to keep; sell_out, stock: `facts.sell_out` and
    `facts.stock` of the same quarter. Adds:
    - cover: stock ÷ sell-in of a mean quarter, at list price (of the last four quarters, from the first order on);
    - sell_through: sell-out ÷ sell-in at list price, as a multiple of the median of the customers in the same size
      class (of all customers if fewer than five of the class are known): user files hold only part of the sell-out, and
      a smaller part for large customers;
    - age_days (whole days), old_share: as in `stock`;
    - stuffed: "stuffed" if at least two of three signs are present: much stock (cover of a quarter or more), old stock
      (half of its value or more older than 180 days), slow sell-through (below half the median); "sold" if two are
      impossible whatever the unknown values are; else "not_known".
    A stuffed customer has paid, so its class stands; the word is a question and no verdict.
    """
    traded = sell_out.reindex(customers.index)
    own_stock = stock.reindex(customers.index)
    sell_in = traded["sell_in_at_list"].where(traded["sell_in_at_list"] > 0)
    through = traded["sell_out_at_list"] / sell_in
    figures = pd.DataFrame(
        {
            "cover": own_stock["stock_at_list"] / (sell_in / traded["quarters"]),
            "sell_through": through / _usual(through, customers["size_class"]),
            "age_days": own_stock["age_days"].round(),
            "old_share": own_stock["old_share"],
        }
    )
    rows = customers.join(figures.assign(stuffed=_judged(figures)))
    rows = rows[rows["size_class"].isin(["A", "B"])]
    first = rows["stuffed"].map({"stuffed": 0, "not_known": 1, "sold": 2})
    return rows.loc[first.sort_values(kind="stable").index]


def _usual(through, classes):
    """The median that each customer's sell-through is compared with; NaN where it is zero."""
    of_class = through.groupby(classes.astype("object")).transform("median")
    counts = through.notna().groupby(classes.astype("object")).transform("sum")
    usual = of_class.where(counts >= _ENOUGH, through.median())
    return usual.where(usual > 0)


def _judged(figures):
    limits = {"cover": MUCH_COVER, "old_share": OLD_SHARE}
    signs = {name: (figures[name] >= limit).where(figures[name].notna()) for name, limit in limits.items()}
    signs["sell_through"] = (figures["sell_through"] < SLOW).where(figures["sell_through"].notna())
    signs = pd.DataFrame(signs).astype("float64")
    surely, perhaps = signs.fillna(0).sum(axis=1) >= 2, signs.fillna(1).sum(axis=1) >= 2
    return np.select([surely, ~perhaps], ["stuffed", "sold"], "not_known")
