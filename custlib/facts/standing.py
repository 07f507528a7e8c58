"""How each customer stands in a quarter: money, what it owes and holds; summed exactly in the engine."""

import math

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.indicators import customer_quarters
from custlib.facts.sums import frame
from custlib.facts.trade import YEAR

_STATED = ("receivables", "stock_value", "rebates", "price_compensation")


def standing(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each customer bought, paid, earned us, owed, held and got in a quarter; index customer_id, sorted.

    Columns in yuan: net_sales, gross_profit, payments, brand_profit, total_profit as in `customer_quarters`; year_sales
    (net sales of four quarters, with tax where statements are declared to be with it, to be held beside stock_value);
    receivables, stock_value (at the quarter's end), support (rebates and price
    compensation) as the customer's statement of the quarter says, with tax or without as it stands; given (support
    without tax where that is declared, to be held beside gross_profit). NaN where the exports do not tell.
    """
    rows = customer_quarters(clean)
    asked = quarters.parse(quarter)
    four = [str(each) for each in quarters.span(asked, YEAR)]
    year = rows[rows["quarter"].isin(four)].groupby("customer_id")["net_sales"].sum().rename("year_sales")
    factor = clean.tax_factor("dealer_profit")
    factor = 1.0 if math.isnan(factor) else factor
    now = rows[rows["quarter"] == str(asked)].set_index("customer_id").drop(columns="quarter")
    rows = now.join(_stated(clean, str(asked)), how="outer").join(year * factor, how="outer").sort_index()
    return rows.assign(given=rows["support"] / factor)


def _stated(clean, quarter):
    columns = ["receivables", "stock_value", "support"]
    if not clean.has("dealer_profit"):
        return pd.DataFrame(columns=columns, index=pd.Index([], name="customer_id", dtype="str"), dtype="float64")
    rows = clean.table("dealer_profit").filter(lambda t: t.quarter == quarter)
    stated = frame(rows.group_by("customer_id").agg(**{name: rows[name].sum() for name in _STATED}), ["customer_id"])
    return stated.assign(support=stated[["rebates", "price_compensation"]].sum(axis=1, min_count=1))[columns]
