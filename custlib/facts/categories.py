"""What each customer bought of each category, month by month; summed exactly in the engine."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import between, frame, of_customers, priced

_KEYS = ["customer_id", "category", "month"]


def category_months(clean: Clean, quarter: str, span: int = 4) -> pd.DataFrame:
    """What each customer bought of each category in each month of `span` quarters up to `quarter`, sorted.

    Columns: customer_id, category ("" where the product list does not tell), month ("2025-11"), pieces and net_sales
    (returns taken off), cost (yuan; missing where that of one line is). Months without a line have no row; fees are
    left out.
    """
    asked = quarters.parse(quarter)
    rows = between(of_customers(clean), asked.previous(span - 1).first_day, asked.last_day)
    if clean.has("products"):
        rows = priced(clean, rows, "category").mutate(category=lambda t: t.category.coalesce(""))
    else:
        rows = rows.mutate(category=rows.date.cast("string").substr(0, 0))
    rows = rows.mutate(month=rows.date.cast("string").substr(0, 7))
    sums = rows.group_by(_KEYS).agg(
        pieces=rows.quantity.sum(),
        net_sales=rows.net_amount.sum(),
        cost=rows.cost.sum(),
        at_unknown_cost=rows.cost.isnull().sum(),
    )
    found = frame(sums, _KEYS).reset_index()
    return found.assign(cost=found["cost"].where(found["at_unknown_cost"] == 0)).drop(columns="at_unknown_cost")
