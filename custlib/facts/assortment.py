"""Which models each customer buys, and when it began to; summed in the engine."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import between, frame, of_customers
from custlib.facts.trade import YEAR


def bought(clean: Clean, quarter: str) -> pd.DataFrame:
    """Which models each customer bought in the four quarters up to `quarter`; index customer_id and product_id, sorted.

    Columns: first_bought (first day on which it bought the model, as far back as the exports go), pieces and net_sales
    (yuan; of the four quarters, returns taken off), quarter_sales (net sales of `quarter` alone). Fees are left out.
    """
    asked = quarters.parse(quarter)
    rows = of_customers(clean)
    rows = rows.filter(rows.date <= asked.last_day)
    began = (
        rows.filter(rows.quantity > 0).group_by("customer_id", "product_id").agg(first_bought=lambda t: t.date.min())
    )
    year = between(rows, asked.previous(YEAR - 1).first_day, asked.last_day)
    now = year.date >= asked.first_day
    sums = year.group_by("customer_id", "product_id").agg(
        pieces=year.quantity.sum(),
        net_sales=year.net_amount.sum(),
        quarter_sales=year.net_amount.sum(where=now).coalesce(0),
    )
    keys = ["customer_id", "product_id"]
    first = began.order_by(keys).to_pandas().set_index(keys)["first_bought"]
    models = frame(sums, keys)
    return models.assign(first_bought=pd.to_datetime(first.reindex(models.index)))


def launched(clean: Clean) -> pd.Series:
    """Model → the day it was launched (Series of days, missing where the product list does not tell)."""
    if not clean.has("products") or "launched_on" not in clean.table("products").columns:
        return pd.Series(pd.DatetimeIndex([]), pd.Index([], name="product_id", dtype="str"), name="launched_on")
    listed = clean.table("products").group_by("product_id").agg(launched_on=lambda t: t.launched_on.min())
    return pd.to_datetime(listed.order_by("product_id").to_pandas().set_index("product_id")["launched_on"])
