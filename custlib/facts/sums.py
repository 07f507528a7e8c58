"""Sums over transaction rows, exact in the engine; what leaves it is small."""

from typing import TYPE_CHECKING

import pandas as pd

from custlib.cleaning import Clean

if TYPE_CHECKING:
    import ibis


def of_customers(clean: Clean) -> "ibis.Table":
    """The lines of sales (a table of the engine) that are a customer's and no fee."""
    sales = clean.table("sales")
    return sales.filter(sales.customer_id.notnull() & ~clean.is_fee(sales))


SUMS = {
    "net_sales": lambda t: t.net_amount.sum(),
    "gross_profit": lambda t: (t.net_amount - t.cost).sum(),
    "at_unknown_cost": lambda t: t.cost.isnull().sum(),
}


def summed(rows: "ibis.Table", day: str, *by, **sums) -> "ibis.Table":
    """Sums by the quarter of a day; its name is written when few rows are left."""
    by_quarter = rows.mutate(quarter=rows[day].truncate("Q")).group_by("quarter", *by).agg(**sums)
    name = by_quarter.quarter.year().cast("string") + "Q" + by_quarter.quarter.quarter().cast("string")
    return by_quarter.mutate(quarter=name)


def known_profit(rows: pd.DataFrame) -> pd.DataFrame:
    """Where one line's cost is unknown the whole profit is: a sum over the other lines would be another quantity."""
    profit = rows["gross_profit"].where(rows["at_unknown_cost"] == 0)
    return rows.drop(columns="at_unknown_cost").assign(gross_profit=profit)


def frame(expression: "ibis.Table", index: list[str]) -> pd.DataFrame:
    """Exact sums become float64 in the engine: as decimals, pandas would hold each as an object."""
    values = {name: expression[name].cast("float64") for name in expression.columns if name not in index}
    return expression.mutate(**values).order_by(index).to_pandas().set_index(index)
