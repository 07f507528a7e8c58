"""The whole by quarter: totals, what belongs to no customer, what changed between two quarters."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from custlib import absent, quarters
from custlib.cleaning import Clean
from custlib.facts.indicators import active, customer_quarters
from custlib.facts.sums import SUMS, frame, known_profit, summed

_FIGURES = ("net_sales", "payments", "gross_profit")
TOTALS = [
    *("net_sales", "gross_profit", "payments", "payments_without_tax"),
    *("customers", "without_customer_share", "fees"),
]


def totals(clean: Clean) -> pd.DataFrame:
    """One row per quarter with sales: net_sales, gross_profit, payments (yuan; NaN where the exports hold no such
    figure), payments_without_tax (NaN also where nobody said whether they are with tax), customers (how many bought or
    paid), without_customer_share (of net sales; NaN where returns make it no share), fees (what of net sales are fees,
    yuan)."""
    sales = clean.table("sales")
    apart = {
        "nameless": lambda t: t.net_amount.sum(where=t.customer_id.isnull()),
        "fees": lambda t: t.net_amount.sum(where=clean.is_fee(t)),
    }
    sums = summed(sales, "date", **SUMS, **apart)
    rows = known_profit(frame(sums, ["quarter"]))
    if clean.has("payments"):
        paid = summed(clean.table("payments"), "date", payments=lambda t: t.amount.sum())
        paid = frame(paid, ["quarter"])
        rows = rows.join(paid).fillna({"payments": 0.0})
    by_customer = customer_quarters(clean)
    rows["customers"] = by_customer[active(by_customer)].groupby("quarter").size().reindex(rows.index, fill_value=0)
    share = rows["nameless"].fillna(0) / rows["net_sales"]
    rows["without_customer_share"] = share.where(share.between(0, 1))
    rows["fees"] = rows["fees"].fillna(0.0)
    return shaped(clean, rows).reset_index()


def shaped(clean: Clean, rows: pd.DataFrame) -> pd.DataFrame:
    """Totals with all their columns, in order; rows: some of them."""
    rows = rows.reindex(columns=TOTALS)
    return rows.assign(payments_without_tax=rows["payments"] / clean.tax_factor("payments"))


def apart(clean: Clean) -> pd.DataFrame:
    """What belongs to no customer: part (without_customer, fees), quarter, net_sales, gross_profit (yuan; NaN where a
    cost is unknown) and payments (0.0: every payment has a customer), sorted."""
    sales = clean.table("sales")
    nameless = sales.filter(sales.customer_id.isnull() & ~clean.is_fee(sales))
    parts = {"without_customer": nameless, "fees": sales.filter(clean.is_fee(sales))}
    money = {part: known_profit(frame(summed(rows, "date", **SUMS), ["quarter"])) for part, rows in parts.items()}
    return pd.concat(money, names=["part"]).assign(payments=0.0).reset_index()


def money_lines(totals: pd.DataFrame) -> pd.DataFrame:
    """The money of `totals` over the quarters: quarter, label (net_sales, payments, gross_profit), value (yuan).

    Net sales and profit are without tax; so are payments (payments_without_tax) where it is known what they are.
    """
    told = totals["payments_without_tax"].notna().any()
    paid = "payments_without_tax" if told else "payments"
    return totals.melt("quarter", ["net_sales", paid, "gross_profit"], "label").dropna()


class Change(NamedTuple):
    """The money of two quarters, columns `<figure>_before` and `<figure>` in yuan for net_sales, payments and
    gross_profit: by customer, by what belongs to no customer (`apart`), and as a whole, summed over all rows by
    itself."""

    customers: pd.DataFrame
    apart: pd.DataFrame
    totals: pd.Series


def change(clean: Clean, before: str, quarter: str) -> Change:
    """What changed from quarter `before` to `quarter`; see `Change`. A figure that the exports do not hold is NaN, and
    so is everything before where a month of that quarter is absent."""
    parts = _two(apart(clean), before, quarter, "part").reindex(["without_customer", "fees"], fill_value=0.0)
    customers = _two(customer_quarters(clean), before, quarter, "customer_id")
    everyone = _two(totals(clean).assign(everyone=""), before, quarter, "everyone")
    if any(str(quarters.of_month(month)) == before for month in absent.months(clean)):
        customers, parts, everyone = (_nothing_before(money) for money in (customers, parts, everyone))
    return Change(customers, parts, everyone.iloc[0])


def by_quarter(clean: Clean, figure: str, quarter: str) -> pd.DataFrame:
    """A figure of `customer_quarters` as customers × quarters (text, oldest first) up to `quarter`; NaN where a
    customer has no row. Quarters that are not `whole` in its table are left out, but for `quarter` itself."""
    rows = customer_quarters(clean)
    there = absent.whole(clean, rows["quarter"].unique(), ["payments" if figure == "payments" else "sales"])
    held = [name for name in rows["quarter"].unique() if name == quarter or name < quarter and name in there]
    rows = rows[rows["quarter"].isin(held)]
    return rows.pivot(index="customer_id", columns="quarter", values=figure).reindex(columns=held)


def _nothing_before(money):
    return money.assign(**{name: np.nan for name in money if name.endswith("_before")})


def _two(rows, before, quarter, by):
    """The money of two quarters side by side; 0 where one of them has no row."""
    then, now = (rows[rows["quarter"] == name].set_index(by)[list(_FIGURES)] for name in (before, quarter))
    everyone = then.index.union(now.index)
    then, now = (money.reindex(everyone, fill_value=0.0) for money in (then, now))
    return pd.concat([then.add_suffix("_before"), now], axis=1)
