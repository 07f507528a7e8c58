"""Parts of the company, such as one region: whose customers they are, and what they bring."""

import pandas as pd

from custlib.cleaning import Clean
from custlib.facts.indicators import active, customer_quarters, customers, indicators
from custlib.facts.totals import Change, shaped, totals
from custlib.refusals import Refused

PARTED_BY = ("region", "store_format", "account_manager")


def parts(clean: Clean, quarter: str, by: str) -> pd.DataFrame:
    """The parts with sales or payments in the quarter, the largest first: part, customers, size (yuan), share (of all).

    by: one of `PARTED_BY`; the part of customers of whom it is not known is "". Raises Refused (`wrong_part`) for
    another.
    """
    _check(by)
    size = indicators(clean, quarter).table["size"]
    of = customers(clean)[by].reindex(size.index).rename("part")
    sums = size.groupby(of).agg(customers="size", size="sum").reset_index()
    sums["share"] = sums["size"] / sums["size"].sum()
    return sums.sort_values(["size", "part"], ascending=[False, True], ignore_index=True)


def in_part(who: pd.DataFrame, part: str) -> pd.Series:
    """Customer → whether it belongs to a part (boolean Series over the rows of `who`, from `customers`).

    part: "" for the whole company, or as in "region=华东". Raises Refused (`wrong_part`).
    """
    if not part:
        return pd.Series(True, who.index)
    by, _, value = part.partition("=")
    _check(by)
    return who[by] == value


def totals_within(clean: Clean, mine: pd.Series | None) -> pd.DataFrame:
    """As `totals`, of the customers of a part alone: what belongs to no customer and fees are none of its.

    mine: as `in_part` gives it; None for the whole company.
    """
    if mine is None:
        return totals(clean)
    rows = customer_quarters(clean)
    rows = rows[rows["customer_id"].map(mine)]
    by_quarter = rows.groupby("quarter")
    sums = by_quarter[["net_sales", "payments"]].sum(min_count=1)
    sums["gross_profit"] = by_quarter["gross_profit"].sum(skipna=False)
    sums["customers"] = rows[active(rows)].groupby("quarter").size().reindex(sums.index, fill_value=0)
    return shaped(clean, sums).fillna({"fees": 0.0}).reset_index()


def change_within(change: Change, mine: pd.Series | None) -> Change:
    """A `Change` of a part's customers; its whole is their sum, nothing lies apart. mine: None for all customers."""
    if mine is None:
        return change
    customers = change.customers[change.customers.index.map(mine).astype(bool)]
    return Change(customers, change.apart * 0, customers.sum(min_count=1))


def _check(by):
    if by not in PARTED_BY:
        raise Refused("wrong_part", by=by, known=", ".join(PARTED_BY))
