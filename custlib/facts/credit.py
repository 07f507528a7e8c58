"""What customers owe, and what we give them, beside what they bought and paid; summed exactly in the engine."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from custlib import absent, quarters
from custlib.cleaning import Clean
from custlib.facts.sums import frame, summed

_OWED = ["quarter", "customer_id", "owed"]
_SUPPORT = ["rebates", "price_compensation", "brand_profit"]


def known_since(clean: Clean, quarter: str) -> date:
    """The first day since which no month up to `quarter` is absent: before it nothing can be counted back."""
    asked = quarters.parse(quarter)
    lacking = [month for month in absent.months(clean, ["sales"]) if quarters.of_month(month) <= asked]
    return (pd.Period(lacking[-1]) + 1).start_time.date() if lacking else clean.period[0]


def daily_sales(clean: Clean, quarter: str, of: Collection[str] | None = None) -> pd.DataFrame:
    """What each customer bought on each day with a line of sales, from `known_since` to the last day of `quarter`:
    customer_id (categories), date, net_sales (yuan without tax, returns taken off, fees included: they are owed as
    well), sorted. of: whose sales are asked for (None: everybody's)."""
    sales = clean.table("sales")
    first, last = known_since(clean, quarter), quarters.parse(quarter).last_day
    sales = sales.filter(sales.customer_id.notnull() & (sales.date >= first) & (sales.date <= last))
    sales = sales if of is None else sales.filter(sales.customer_id.isin(of))
    sums = sales.group_by("customer_id", "date").agg(net_sales=sales.net_amount.sum().cast("float64"))
    return sums.order_by("customer_id", "date").to_pandas().astype({"customer_id": "category"})


def receivables(clean: Clean, quarter: str) -> pd.DataFrame:
    """What customers stated that they owe at the end of each quarter up to `quarter`: quarter, customer_id, owed (yuan,
    with tax or without as it stands), sorted; empty where nobody did. Customers that were merged stated one each."""
    if not clean.has("dealer_profit"):
        return pd.DataFrame(columns=_OWED).astype({"owed": "float64"})
    rows = clean.table("dealer_profit")
    rows = rows.filter(rows.receivables.notnull() & (rows.quarter <= str(quarters.parse(quarter))))
    owed = rows.group_by("quarter", "customer_id").agg(owed=rows.receivables.sum().cast("float64"))
    return owed.order_by("quarter", "customer_id").to_pandas()


def money_flows(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each customer bought, paid and owed more between its first and its last statement of receivables up to
    `quarter`, since the data begin or a month was absent: index customer_id; sold (without tax), paid, owed_more
    (yuan, as they stand). Customers with one statement only are left out."""
    lacking = [month for month in absent.months(clean) if quarters.of_month(month) <= quarters.parse(quarter)]
    begin = str(quarters.of_month([str(clean.period[0])[:7], *lacking][-1]))
    owed = receivables(clean, quarter)
    by_customer = owed[owed["quarter"] >= begin].groupby("customer_id")
    span = by_customer["quarter"].agg(first="first", last="last")
    span["owed_more"] = by_customer["owed"].last() - by_customer["owed"].first()
    sales = clean.table("sales")
    sales = sales.filter(sales.customer_id.notnull())
    sold = frame(summed(sales, "date", "customer_id", sold=lambda t: t.net_amount.sum()), ["quarter", "customer_id"])
    if clean.has("payments"):
        paid = summed(clean.table("payments"), "date", "customer_id", paid=lambda t: t.amount.sum())
        sold = sold.join(frame(paid, ["quarter", "customer_id"]), how="outer")
    rows = sold.reindex(columns=["sold", "paid"]).fillna(0.0).reset_index()
    rows = rows.merge(span.reset_index(), on="customer_id", validate="many_to_one")
    rows = rows[(rows["first"] < rows["quarter"]) & (rows["quarter"] <= rows["last"])]
    return rows.groupby("customer_id").agg({"sold": "sum", "paid": "sum", "owed_more": "first"})


def support(clean: Clean, quarter: str) -> pd.DataFrame:
    """What we gave each customer, as its statements up to `quarter` say: index quarter and customer_id, sorted;
    rebates, price_compensation, brand_profit (yuan, as they stand; NaN where not stated); empty without
    statements."""
    if not clean.has("dealer_profit"):
        index = pd.MultiIndex.from_arrays([[], []], names=["quarter", "customer_id"])
        return pd.DataFrame(columns=_SUPPORT, index=index, dtype="float64")
    rows = clean.table("dealer_profit")
    rows = rows.filter(rows.quarter <= str(quarters.parse(quarter)))
    sums = {name: rows[name].sum() for name in _SUPPORT}
    return frame(rows.group_by("quarter", "customer_id").agg(**sums), ["quarter", "customer_id"])
