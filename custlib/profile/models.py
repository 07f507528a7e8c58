"""Which models a customer carries, and how many of the new ones."""

import datetime

import pandas as pd

from custlib import shrink

NEW_MONTHS = 12  # a model is new for so long after its launch


def new_models(launched: pd.Series, day: datetime.date) -> pd.Series:
    """Model → whether it was launched within twelve months before a day; one without a launch day never was.

    launched: Series of days by product_id, as `facts.launched` gives it.
    """
    day = pd.Timestamp(day)
    return (launched > day - pd.DateOffset(months=NEW_MONTHS)) & (launched <= day)


def penetration(bought: pd.DataFrame, launched: pd.Series, day: datetime.date) -> pd.DataFrame:
    """How many of the new models each customer carries; index customer_id, result table `profile_new_models`.

    bought: as `facts.bought` gives it; launched: as `facts.launched`. Columns: carried (new models with more than 0
    pieces net in four quarters), offered (all new models), penetration (carried ÷ offered), low, high (95 %, Wilson;
    NaN without a new model), share_of_sales (of new models in the quarter's net sales; NaN where those are not above
    0).
    """
    new = new_models(launched, day)
    offered = int(new.sum())
    is_new = _by_model(bought, new).fillna(False).astype(bool)
    by_customer = {"level": "customer_id"}
    carried = (is_new & (bought["pieces"] > 0)).groupby(**by_customer).sum()
    sales = bought["quarter_sales"].groupby(**by_customer).sum()
    new_sales = bought["quarter_sales"].where(is_new, 0.0).groupby(**by_customer).sum()
    rows = pd.DataFrame({"carried": carried, "offered": offered})
    share = rows["carried"] / rows["offered"].where(rows["offered"] > 0)
    limits = shrink.wilson(rows["carried"], rows["offered"])
    return rows.assign(penetration=share, **limits, share_of_sales=new_sales / sales.where(sales > 0))


def models(bought: pd.DataFrame, launched: pd.Series, day: datetime.date, data_from: datetime.date) -> pd.DataFrame:
    """Every model that a customer bought in four quarters, the most sold first; result table `profile_models`.

    bought, launched: as for `penetration`; data_from: where the sales begin. Columns: customer_id, product_id,
    first_bought, launched_on, days_to_first (from its launch to the first purchase; NaN of models launched before the
    sales begin: an earlier purchase would not be seen), is_new, pieces, share (of the customer's net sales in four
    quarters; NaN where those are not above 0).
    """
    on = pd.to_datetime(_by_model(bought, launched))
    total = bought.groupby(level="customer_id")["net_sales"].transform("sum")
    rows = bought.assign(
        launched_on=on,
        days_to_first=(bought["first_bought"] - on).dt.days.where(on >= pd.Timestamp(data_from)).clip(lower=0),
        is_new=_by_model(bought, new_models(launched, day)).fillna(False).astype(bool),
        share=bought["net_sales"] / total.where(total > 0),
    ).reset_index()
    rows = rows.sort_values(["customer_id", "net_sales", "product_id"], ascending=[True, False, True])
    columns = ["first_bought", "launched_on", "days_to_first", "is_new", "pieces", "share"]
    return rows[["customer_id", "product_id", *columns]].reset_index(drop=True)


def _by_model(bought, values):
    return values.reindex(bought.index.get_level_values("product_id")).set_axis(bought.index)
