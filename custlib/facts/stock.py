"""The age of the stock (库龄) that lies at customers, by model, in classes of days; summed exactly in the engine."""

import pandas as pd

from custlib.cleaning import Clean
from custlib.facts.trade import last_count

# Class → the most days it holds; 365 days is the last that is not over a year.
AGE_CLASSES = {"days_0_90": 90, "days_91_180": 180, "days_181_365": 365, "days_over_365": None}
SLOW = ("days_181_365", "days_over_365")  # stock of household goods that has lain this long has missed its season
_COLUMNS = ["pieces", *AGE_CLASSES, "stock_at_list", "slow_at_list", "oldest_days"]


def stock_age(clean: Clean, quarter: str) -> pd.DataFrame:
    """What lay at each customer, by model, when the customer was last counted within `quarter`; index customer_id and
    product_id, sorted; empty where nothing was counted.

    Columns: pieces; days_0_90, days_91_180, days_181_365, days_over_365 (what has lain so long, quantity × list price,
    yuan; what came in on a later day than the count is new), stock_at_list (all of them), slow_at_list (the last two),
    oldest_days. NaN in yuan where a model has no list price. Exports hold no cost of stock: list price is the one scale
    that all customers share.
    """
    lying = last_count(clean, quarter)
    if lying is None:
        index = pd.MultiIndex.from_arrays([[], []], names=["customer_id", "product_id"])
        return pd.DataFrame(columns=_COLUMNS, index=index, dtype="float64")
    lying = lying.filter(lying.quantity > 0)
    rows = lying.group_by("customer_id", "product_id").agg(
        pieces=lying.quantity.sum(), **_by_class(lying), stock_at_list=lying.at_list.sum(), oldest_days=lying.age.max()
    )
    numbers = ["pieces", *AGE_CLASSES, "stock_at_list", "oldest_days"]
    rows = rows.mutate(**{name: rows[name].cast("float64") for name in numbers})
    age = rows.order_by("customer_id", "product_id").to_pandas().set_index(["customer_id", "product_id"])
    return age.assign(slow_at_list=age[list(SLOW)].sum(axis=1, skipna=False))[_COLUMNS]


def slow_stock(age: pd.DataFrame) -> pd.DataFrame:
    """How much of each customer's stock is slow: index customer_id; stock_at_list, slow_at_list (yuan), slow_share of
    it, oldest_days, slow_models (how many models have any). age: what `stock_age` gave; models without a list price
    count for nothing."""
    priced = age.dropna(subset="stock_at_list")
    priced = priced.assign(slow_models=(priced["slow_at_list"] > 0).astype("float64"))
    rules = {"stock_at_list": "sum", "slow_at_list": "sum", "oldest_days": "max", "slow_models": "sum"}
    sums = priced.groupby(level="customer_id").agg(rules)
    return sums.assign(slow_share=sums["slow_at_list"] / sums["stock_at_list"].where(sums["stock_at_list"] > 0))


def _by_class(lying):
    """Value at list by class of age; 0 where nothing of a model with a list price is so old."""
    sums, after = {}, None
    for name, until in AGE_CLASSES.items():
        own = lying.at_list.notnull()
        own = own if until is None else own & (lying.age <= until)
        own = own if after is None else own & (lying.age > after)
        sums[name], after = lying.at_list.sum(where=own), until
    whole = lying.at_list.sum()
    return {name: whole.isnull().ifelse(None, value.coalesce(0)) for name, value in sums.items()}
