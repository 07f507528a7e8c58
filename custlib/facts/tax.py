"""With or without tax: which of the two the amounts of payments and of receivables fit, beside net sales without it."""

import numpy as np
import pandas as pd

from custlib import absent, quarters
from custlib.cleaning import Clean
from custlib.facts.sums import frame, summed

FEWEST = 6  # customers; of fewer the 95 % interval of a median is all their range
BASIS = ["table", "declared", "fits", "ratio", "customers"]


def tax_basis(clean: Clean, quarter: str) -> pd.DataFrame:
    """Whether payments and receivables are with tax, as declared and as the figures have it. Columns: BASIS.

    What a customer bought is what it paid and what it owes more than before; here from the end of the first to that of
    the last quarter, up to `quarter`, in which it states its receivables and whose time the data cover.
    - payments: (payments + change in receivables) ÷ net sales is 1 where payments are without tax, 1 + rate where with.
    - dealer_profit: (net sales on the basis that payments fit − payments) ÷ change in receivables is 1 where these are
      on the same basis, and else as far from it as the tax.
    ratio: the median over customers; customers: how many there are; declared: "included", "excluded", or "".
    fits: "included" or "excluded" if the 95 % interval of the median is nearer to that than half the way between the
    two, on both sides; else "cannot_tell". No row without sales or payments.
    """
    if not (clean.has("payments") and clean.has("sales")):
        return pd.DataFrame(columns=BASIS)
    flows, rate = _flows(clean, quarter), 1 + clean.tax_rate
    all_bought = (flows["paid"] + flows["owed_more"]) / flows["sold"]
    payments = _row(clean, "payments", all_bought, {"excluded": 1, "included": rate})
    basis = {"excluded": 1, "included": rate}.get(payments["fits"], np.nan)
    unpaid = (basis * flows["sold"] - flows["paid"]) / flows["owed_more"]
    owed = _row(clean, "dealer_profit", unpaid, {"excluded": basis, "included": basis / rate})
    return pd.DataFrame([payments, owed] if clean.has("dealer_profit") else [payments], columns=BASIS)


def _row(clean, table, ratios, expected):
    ratios = ratios.replace([np.inf, -np.inf], np.nan).dropna()
    near = [name for name, value in expected.items() if _is_near(ratios, value, (1 + clean.tax_rate) ** 0.5)]
    return {
        "table": table,
        "declared": clean.taxes.get(table, ""),
        "fits": near[0] if near else "cannot_tell",
        "ratio": ratios.median(),
        "customers": len(ratios),
    }


def _is_near(ratios, value, half):
    """Whether the 95 % interval of the median (by ranks) lies within half the tax of the value, as factors."""
    if len(ratios) < FEWEST:
        return False
    ranks = np.clip(0.5 + np.array([-1, 1]) * 0.98 / len(ratios) ** 0.5, 0, 1)
    low, high = ratios.quantile(ranks)
    return value / half < low and high < value * half


def _flows(clean, quarter):
    """Customer → sold, paid and owed_more (yuan) between its first and its last statement of receivables."""
    owed = _receivables(clean, quarter)
    by_customer = owed.groupby("customer_id")
    span = by_customer["quarter"].agg(first="first", last="last")
    span["owed_more"] = by_customer["owed"].last() - by_customer["owed"].first()
    sales = clean.table("sales")
    sales = sales.filter(sales.customer_id.notnull())
    sold = frame(summed(sales, "date", "customer_id", sold=lambda t: t.net_amount.sum()), ["quarter", "customer_id"])
    paid = summed(clean.table("payments"), "date", "customer_id", paid=lambda t: t.amount.sum())
    rows = sold.join(frame(paid, ["quarter", "customer_id"]), how="outer").fillna(0.0).reset_index()
    rows = rows.merge(span.reset_index(), on="customer_id", validate="many_to_one")
    rows = rows[(rows["first"] < rows["quarter"]) & (rows["quarter"] <= rows["last"])]
    return rows.groupby("customer_id").agg({"sold": "sum", "paid": "sum", "owed_more": "first"})


def _receivables(clean, quarter):
    """The stated receivables at the end of each quarter since the data begin or a month was absent, oldest first."""
    asked = quarters.parse(quarter)
    if not clean.has("dealer_profit"):
        return pd.DataFrame(columns=["quarter", "customer_id", "owed"])
    lacking = [month for month in absent.months(clean) if quarters.of_month(month) <= asked]
    begin, rows = str(quarters.of_month([str(clean.period[0])[:7], *lacking][-1])), clean.table("dealer_profit")
    rows = rows.filter(rows.receivables.notnull() & (rows.quarter >= begin) & (rows.quarter <= quarter))
    owed = rows.group_by("quarter", "customer_id").agg(owed=rows.receivables.max().cast("float64"))
    return owed.order_by("quarter", "customer_id").to_pandas()
