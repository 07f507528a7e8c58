"""What came to each customer in pieces, and what lay there when it was counted; summed exactly in the engine."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import frame, of_customers

_COUNTS = ["customer_id", "quarter", "counted_on", "pieces"]


def counts(clean: Clean, quarter: str) -> pd.DataFrame:
    """What lay at each customer at its last count within each quarter up to `quarter`: customer_id, quarter,
    counted_on, pieces (all models together), sorted; empty without counts."""
    if not clean.has("inventory"):
        return pd.DataFrame(columns=_COUNTS).astype({"pieces": "float64"})
    rows = clean.table("inventory")
    rows = rows.filter(rows.snapshot_date <= quarters.parse(quarter).last_day)
    sums = rows.group_by("customer_id", "snapshot_date").agg(pieces=rows.quantity.sum().cast("float64"))
    counted = sums.order_by("customer_id", "snapshot_date").to_pandas()
    counted = counted.rename(columns={"snapshot_date": "counted_on"})
    counted["quarter"] = pd.PeriodIndex(pd.to_datetime(counted["counted_on"]), freq="Q").astype("str")
    return counted.drop_duplicates(["customer_id", "quarter"], keep="last")[_COUNTS].reset_index(drop=True)


def daily_pieces(clean: Clean, quarter: str) -> pd.DataFrame:
    """What came to each customer on each day up to `quarter`: customer_id, date, pieces (returns taken off, fees left
    out), sorted."""
    sales = of_customers(clean)
    sales = sales.filter(sales.date <= quarters.parse(quarter).last_day)
    sums = sales.group_by("customer_id", "date").agg(pieces=sales.quantity.sum().cast("float64"))
    return sums.order_by("customer_id", "date").to_pandas().astype({"customer_id": "category"})


def monthly_pieces(clean: Clean, quarter: str) -> pd.DataFrame:
    """The same by month: index customer_id and month ("2025-11"), sorted; sold_in_pieces, returned_pieces, both 0 or
    more."""
    sales = of_customers(clean)
    sales = sales.filter(sales.date <= quarters.parse(quarter).last_day)
    sales = sales.mutate(month=sales.date.cast("string").substr(0, 7))
    sums = sales.group_by("customer_id", "month").agg(
        sold_in_pieces=sales.quantity.sum(where=sales.quantity > 0).coalesce(0),
        returned_pieces=(-sales.quantity).sum(where=sales.quantity < 0).coalesce(0),
    )
    return frame(sums, ["customer_id", "month"])
