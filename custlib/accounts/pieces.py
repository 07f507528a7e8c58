"""What customers bought or sold on of each category, month by month, as promotions are measured by it."""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd


class Sold(NamedTuple):
    """What was sold, in pieces of the mean list price of their category, so that a pan is not a spoon.

    lines: `facts.category_months`, pieces so. bought, through (sell-in; sold through, known where the stock was counted
    at both ends of a month): category → customers × months. size: customers × months, all categories at list price.
    """

    lines: pd.DataFrame
    bought: dict
    through: dict
    size: pd.DataFrame


def sold(lines: pd.DataFrame, counted: pd.DataFrame, months: list[str], lacking: Collection[str]) -> Sold:
    """See `Sold`. lines: `facts.category_months`; counted: `facts.counted_months`; months: those of the data, one after
    the other; lacking: those that the exports should hold but lack. Months before a customer's first are not known."""
    lines = lines[lines["category"] != ""]
    sums = lines.groupby("category")[["at_list", "pieces"]].sum()
    mean = sums["at_list"] / sums["pieces"]
    size = _wide(lines, months)
    known = size.ne(0).cummax(axis=1) & ~size.columns.isin(list(lacking))
    lines = lines.assign(pieces=lines["at_list"] / lines["category"].map(mean).astype("float64"))
    bought, through = {}, {}
    was = counted.assign(at_list=1.0).pipe(_wide, months).reindex(size.index, fill_value=0.0) > 0
    for category, own in lines.groupby("category"):
        bought[category] = (_wide(own, months).reindex(size.index, fill_value=0.0) / mean[category]).where(known)
        stock = _wide(counted[counted["category"] == category], months).reindex(size.index, fill_value=0.0).where(was)
        through[category] = bought[category] - stock.diff(axis=1) / mean[category]
    return Sold(lines, bought, through, size)


def _wide(rows, months):
    """At list price, customers × months."""
    wide = rows.pivot_table("at_list", "customer_id", "month", "sum")
    return wide.rename_axis(columns=None).set_axis(wide.index.astype("str")).reindex(columns=months).fillna(0.0)
