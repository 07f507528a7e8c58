"""What a customer pays for a model beside what others pay, and what we earn on what it bought; summed in the engine."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import between, frame, of_customers

FEWEST_BUYERS = 3  # of a model in the quarter, for a median price


def price_levels(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each customer bought in a quarter, returns and fees left out; index customer_id, sorted.

    Columns: price_level (what it paid ÷ what it would have paid at the median price of each model, the median taken
    over the customers that bought it; models with fewer than three buyers are left out; NaN without another), profit
    (net sales less cost, yuan; NaN where a cost is unknown). Returns do not count: goods that come back say nothing
    about terms.
    """
    asked = quarters.parse(quarter)
    lines = between(of_customers(clean), asked.first_day, asked.last_day)
    lines = lines.filter((lines.quantity > 0) & lines.net_amount.notnull())
    bought = _by_model(lines)
    bought = bought.mutate(price=bought.paid / bought.pieces)
    models = (
        bought.filter(bought.price > 0)
        .group_by("product_id")
        .agg(usual=lambda t: t.price.median(), buyers=lambda t: t.count())
    )
    usual = models.filter(models.buyers >= FEWEST_BUYERS)
    bought = bought.left_join(usual, "product_id").drop("product_id_right")
    compared = bought.usual.notnull()
    sums = bought.group_by("customer_id").agg(
        paid=bought.paid.sum(),
        cost=bought.cost.sum(),
        at_unknown_cost=bought.at_unknown_cost.sum(),
        compared=bought.paid.sum(where=compared),
        at_usual=(bought.pieces * bought.usual).sum(where=compared),
    )
    rows = frame(sums, ["customer_id"])
    profit = (rows["paid"] - rows["cost"].fillna(0)).where(rows["at_unknown_cost"] == 0)
    return pd.DataFrame({"price_level": rows["compared"] / rows["at_usual"], "profit": profit})


def price_lines(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each customer paid for each model in a quarter, lines above 0 only, fees left out; sorted by both.

    Columns: customer_id, product_id, pieces, paid (yuan), cost (yuan; NaN where that of one line is unknown).
    """
    asked = quarters.parse(quarter)
    lines = between(of_customers(clean), asked.first_day, asked.last_day)
    rows = _by_model(lines.filter((lines.quantity > 0) & (lines.net_amount > 0)))
    rows = frame(rows, ["customer_id", "product_id"]).reset_index()
    return rows.assign(cost=rows["cost"].where(rows["at_unknown_cost"] == 0)).drop(columns="at_unknown_cost")


def _by_model(lines):
    return lines.group_by("customer_id", "product_id").agg(
        pieces=lines.quantity.cast("float64").sum(),
        paid=lines.net_amount.sum().cast("float64"),
        cost=lines.cost.sum().cast("float64"),
        at_unknown_cost=lines.cost.isnull().sum(),
    )
