"""Sums over transaction rows, exact in the engine; what leaves it is small."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

import pandas as pd

from custlib import absent
from custlib.cleaning import Clean

if TYPE_CHECKING:
    import ibis


def once(function: Callable) -> Callable:
    """A function of clean tables that computes once for each `Clean`: a notebook asks for the same sums many times."""

    @wraps(function)
    def held(clean):
        tables = vars(clean).setdefault("held", {})
        if function.__name__ not in tables:
            tables[function.__name__] = function(clean)
        return tables[function.__name__].copy(deep=False)

    return held


def of_customers(clean: Clean) -> "ibis.Table":
    """The lines of sales (a table of the engine) that are a customer's and no fee."""
    sales = clean.table("sales")
    return sales.filter(sales.customer_id.notnull() & ~clean.is_fee(sales))


def between(rows: "ibis.Table", first, last, day: str = "date") -> "ibis.Table":
    """The rows of these days, both included."""
    return rows.filter((rows[day] >= first) & (rows[day] <= last))


def there(clean: Clean, rows: "ibis.Table") -> "ibis.Table":
    """The rows of months in which the exports hold sales, so that what stands beside sales is of the same time."""
    return rows.filter(~rows.date.cast("string").substr(0, 7).isin(absent.months(clean, ["sales"]) or [""]))


def priced(clean: Clean, rows: "ibis.Table", *of_model: str) -> "ibis.Table":
    """The rows with `at_list` (quantity × list price, null where unknown) and further columns of the product list.

    Without a product list they stay as they are.
    """
    if not clean.has("products"):
        return rows
    listed = clean.table("products")
    # Without a declared key a product may stand twice: it must not count twice.
    more = {name: listed[name].min() for name in of_model}
    models = listed.group_by("product_id").agg(list_price=listed.list_price.max(), **more)
    rows = rows.left_join(models, "product_id").drop("product_id_right")
    return rows.mutate(at_list=rows.quantity * rows.list_price)


def user_files(clean: Clean, *more: str) -> "ibis.Table":
    """One row per consumer in the user files: consumer_id, customer_id, and further columns of theirs."""
    listed = clean.table("consumers")
    # Without a declared key a consumer may stand in two files: one of them has the purchases.
    return listed.group_by("consumer_id").agg(**{name: listed[name].min() for name in ("customer_id", *more)})


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


def in_floats(rows: "ibis.Table") -> "ibis.Table":
    """Decimals become float64 in the engine: pandas would hold each as an object."""
    return rows.mutate(
        **{name: rows[name].cast("float64") for name, kind in rows.schema().items() if kind.is_decimal()}
    )


def frame(expression: "ibis.Table", index: list[str]) -> pd.DataFrame:
    """Exact sums become float64 in the engine: as decimals, pandas would hold each as an object."""
    return _sorted(expression, index).to_pandas().set_index(index)


def by_category(expression: "ibis.Table", keys: list[str]) -> pd.DataFrame:
    """As `frame`, of a million rows: the keys are columns, and each of their texts is held once (categories)."""
    return _sorted(expression, keys).to_pandas().astype(dict.fromkeys(keys, "category"))


def _sorted(expression, keys):
    values = {name: expression[name].cast("float64") for name in expression.columns if name not in keys}
    return expression.mutate(**values).order_by(keys)
