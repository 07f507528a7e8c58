"""What each customer did over a year, as far as exports tell: evidence beside what account managers score."""

import math

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.consumers import PROMOTED
from custlib.facts.sums import between, of_customers, user_files
from custlib.facts.trade import YEAR

_STATED = ("rebates", "price_compensation")


def practice(clean: Clean, quarter: str) -> pd.DataFrame:
    """One row per customer with a sale in the last four quarters up to `quarter`; index customer_id, sorted.

    Columns: net_sales (yuan, returns taken off, fees left out), models (how many it bought), order_days (how many
    different days with an order), user_files (consumers registered by the last day of `quarter`; 0 where others have
    files), purchases and promoted_purchases (of its consumers; a tenth off or more), rebates and price_compensation
    (yuan, as its own statements say; without tax where they are declared to be with it). NaN where the exports do not
    tell.
    """
    asked = quarters.parse(quarter)
    first, last = asked.previous(YEAR - 1), asked
    evidence = _sold(clean, first.first_day, last.last_day)
    for part in (_files(clean, last.last_day), _bought(clean, first.first_day, last.last_day), _paid(clean, asked)):
        if part is not None:
            evidence = evidence.join(part)
    if "user_files" in evidence:
        evidence["user_files"] = evidence["user_files"].fillna(0)
    columns = ["net_sales", "models", "order_days", "user_files", "purchases", "promoted_purchases", *_STATED]
    return evidence.reindex(columns=columns).astype("float64")


def _sold(clean, first, last):
    sales = of_customers(clean)
    sales = sales.filter((sales.date >= first) & (sales.date <= last))
    ordered = sales.net_amount > 0
    sums = sales.group_by("customer_id").agg(
        net_sales=sales.net_amount.sum(),
        models=sales.product_id.nunique(where=ordered),
        order_days=sales.date.nunique(where=ordered),
    )
    return _frame(sums)


def _files(clean, last):
    if not clean.has("consumers"):
        return None
    files = clean.table("consumers").filter(lambda t: t.registered_on <= last)
    return _frame(files.group_by("customer_id").agg(user_files=files.consumer_id.nunique()))


def _bought(clean, first, last):
    """By customer with a user file; a discount that is not told is none known: such purchases are left out."""
    if not (clean.has("consumers") and clean.has("purchases")):
        return None
    rows = between(clean.table("purchases"), first, last)
    rows = rows.filter((rows.quantity > 0) & rows.discount_amount.notnull()).join(user_files(clean), "consumer_id")
    off = (rows.discount_amount * PROMOTED >= rows.paid_amount + rows.discount_amount) & (rows.discount_amount > 0)
    counts = rows.group_by("customer_id").agg(
        purchases=rows.purchase_id.nunique(), promoted_purchases=rows.purchase_id.nunique(where=off)
    )
    return _frame(counts)


def _paid(clean, asked):
    if not clean.has("dealer_profit"):
        return None
    year = [str(asked.previous(back)) for back in range(YEAR)]
    rows = clean.table("dealer_profit").filter(lambda t: t.quarter.isin(year))
    sums = _frame(rows.group_by("customer_id").agg(**{name: rows[name].sum() for name in _STATED}))
    factor = clean.tax_factor("dealer_profit")
    return sums if math.isnan(factor) else sums / factor


def _frame(expression):
    numbers = {name: expression[name].cast("float64") for name in expression.columns if name != "customer_id"}
    return expression.mutate(**numbers).order_by("customer_id").to_pandas().set_index("customer_id")
