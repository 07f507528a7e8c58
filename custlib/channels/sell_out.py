"""Stuffed or sold (压货): whether what a customer pays for has gone on to consumers or lies in its store."""

import numpy as np
import pandas as pd

MUCH_COVER = 1.0  # quarters of sell-in that lie in stock; 30 to 60 days are usual in household goods
OLD_SHARE = 0.5  # of the stock's value older than 180 days: the larger part has missed its season
SLOW = 0.5  # sell-through beside the median: so little that chance among few user files seldom explains it
_ENOUGH = 5  # customers whose sell-through is known, for a class to have a median of its own


def stuffed(customers, sell_out, stock):
    """Each customer of class A or B by size, beside what it sold on and the age of its stock.

    customers: index customer_id, with size_class and whatever else shall stay beside it; sell_out, stock: `facts.sell_out` and
    `facts.stock` of the same quarter. Returns these customers, the question first, then as given, with
    - cover: stock at list price ÷ sell-in at list price in a mean quarter (of the last four, from the first order on),
    - sell_through: sell-out ÷ sell-in at list price, as a multiple of the median of the customers in the same size class (of all
      where that class knows fewer than five): user files hold only part of the sell-out, of large customers a smaller part,
    - age_days (whole days), old_share: as in `stock`,
    - stuffed: "stuffed" where at least two of three signs are seen: much stock (cover of a quarter or more), old stock (half of its
      value or more older than 180 days), slow sell-through (below half of the median); "sold" where they cannot be, whatever is
      not known; "not_known" else.
    A customer who is stuffed has paid, so its class stands; the word asks a question and is no verdict.
    """
    traded = sell_out.reindex(customers.index)
    lying = stock.reindex(customers.index)
    sell_in = traded["sell_in_at_list"].where(traded["sell_in_at_list"] > 0)
    through = traded["sell_out_at_list"] / sell_in
    found = pd.DataFrame(
        {
            "cover": lying["stock_at_list"] / (sell_in / traded["quarters"]),
            "sell_through": through / _usual(through, customers["size_class"]),
            "age_days": lying["age_days"].round(),
            "old_share": lying["old_share"],
        }
    )
    rows = customers.join(found.assign(stuffed=_judged(found)))
    rows = rows[rows["size_class"].isin(["A", "B"])]
    first = rows["stuffed"].map({"stuffed": 0, "not_known": 1, "sold": 2})
    return rows.loc[first.sort_values(kind="stable").index]


def _usual(through, classes):
    """The median that each customer's sell-through stands beside; NaN where it is nothing."""
    of_class = through.groupby(classes.astype("object")).transform("median")
    known = through.notna().groupby(classes.astype("object")).transform("sum")
    usual = of_class.where(known >= _ENOUGH, through.median())
    return usual.where(usual > 0)


def _judged(found):
    limits = {"cover": MUCH_COVER, "old_share": OLD_SHARE}
    signs = {name: (found[name] >= limit).where(found[name].notna()) for name, limit in limits.items()}
    signs["sell_through"] = (found["sell_through"] < SLOW).where(found["sell_through"].notna())
    signs = pd.DataFrame(signs).astype("float64")
    surely, perhaps = signs.fillna(0).sum(axis=1) >= 2, signs.fillna(1).sum(axis=1) >= 2
    return np.select([surely, ~perhaps], ["stuffed", "sold"], "not_known")
