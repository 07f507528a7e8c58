"""What account managers scored: the factors of the fishbone at each customer."""

import pandas as pd

from custlib import quarters


def factor_scores(clean, quarter):
    """The scores of a quarter, 1 to 5: a row per customer (index customer_id, sorted), a column per factor that was scored, sorted; NaN
    where a customer's factor was not. Without a declared key a score may stand twice: then their mean. Empty where nothing was scored."""
    asked = str(quarters.parse(quarter))
    if not clean.has("factor_scores"):
        return pd.DataFrame(index=pd.Index([], name="customer_id", dtype="str"))
    rows = clean.table("factor_scores").filter(lambda t: t.quarter == asked)
    found = rows.group_by("customer_id", "factor_id").agg(total=rows.score.sum(), times=rows.score.count()).to_pandas()
    found["score"] = found["total"].astype("float64") / found["times"]
    return found.pivot(index="customer_id", columns="factor_id", values="score").sort_index().rename_axis(columns=None)
