"""What was sold of each model by month, day by day in money, what lay in stores, and what was planned."""

import numpy as np
import pandas as pd

from custlib import absent, quarters
from custlib.cleaning import Clean
from custlib.facts.sums import between, frame, of_customers

_PLANS = ["plan_kind", "period", "product_id", "quantity", "status", "issued_on", "owner", "reason", "file", "line"]


def whole_months(clean: Clean, quarter: str | None = None) -> list[str]:
    """The months that the data fill from their first to their last day, up to the end of a quarter."""
    first, last = pd.Timestamp(clean.period[0]), pd.Timestamp(clean.period[1])
    last = min(last, pd.Timestamp(quarters.parse(quarter).last_day)) if quarter else last
    spanned = pd.period_range(first, last, freq="M")
    return [str(month) for month in spanned if month.start_time >= first and month.end_time.normalize() <= last]


def product_months(clean: Clean, quarter: str | None = None) -> pd.DataFrame:
    """Pieces sold in of each model, returns taken off and fees left out: models × `whole_months`; 0 where nothing was
    sold, missing in a month that the exports lack."""
    months = whole_months(clean, quarter)
    sales = of_customers(clean)
    sales = sales.filter(sales.product_id.notnull()).mutate(month=sales.date.cast("string").substr(0, 7))
    sums = frame(sales.group_by("product_id", "month").agg(pieces=sales.quantity.sum()), ["product_id", "month"])
    wide = sums["pieces"].unstack("month").reindex(columns=months).fillna(0.0).rename_axis(columns=None)
    wide[[month for month in absent.months(clean, ["sales"]) if month in wide]] = np.nan
    return wide


def daily_amounts(clean: Clean, quarter: str, table: str = "sales") -> pd.Series:
    """Net sales, or payments, of the company by day, every day of `whole_months`, but of months that the exports lack;
    fees left out."""
    lacking = absent.months(clean, [table])
    months = [month for month in whole_months(clean, quarter) if month not in lacking]
    rows = of_customers(clean) if table == "sales" else clean.table(table)
    amount = rows.net_amount if table == "sales" else rows.amount
    sums = frame(rows.group_by("date").agg(amount=amount.sum()), ["date"])["amount"]
    sums.index = pd.to_datetime(sums.index)
    days = [pd.date_range(f"{month}-01", pd.Period(month, "M").end_time.normalize()) for month in months]
    every = days[0].append(days[1:]) if days else pd.DatetimeIndex([])
    return sums.reindex(every, fill_value=0.0)


def region_payments(clean: Clean, quarter: str) -> pd.DataFrame:
    """Payments of each region by `whole_months`: regions × months; those of unknown customers, and all without a
    customer list, are a row of their own."""
    rows = clean.table("payments").mutate(month=lambda t: t.date.cast("string").substr(0, 7))
    if clean.has("customers"):
        listed = clean.table("customers")
        regions = listed.group_by("customer_id").agg(region=listed.region.max().coalesce(""))
        rows = rows.left_join(regions, "customer_id")
        sums = frame(rows.group_by("region", "month").agg(amount=rows.amount.sum()), ["region", "month"])["amount"]
        wide = sums.groupby(level=["region", "month"], dropna=False).sum().unstack("month")
    else:
        sums = frame(rows.group_by("month").agg(amount=rows.amount.sum()), ["month"])
        wide = sums.T.set_axis([""])
    wide = wide.reindex(columns=whole_months(clean, quarter)).fillna(0.0)
    wide[[month for month in absent.months(clean, ["payments"]) if month in wide]] = np.nan
    return wide.rename_axis(columns=None)


def region_lines(clean: Clean, quarter: str) -> pd.DataFrame:
    """Lines and pieces of each model that customers of each region bought in the four quarters up to one, returns left
    out: index (product_id, region), columns lines, pieces; empty where the exports name no regions."""
    nothing = pd.DataFrame(
        {"lines": [], "pieces": []}, pd.MultiIndex.from_arrays([[], []], names=["product_id", "region"])
    )
    if not clean.has("customers") or "region" not in clean.table("customers").columns:
        return nothing
    last, listed = quarters.parse(quarter), clean.table("customers")
    regions = listed.group_by("customer_id").agg(region=listed.region.max())
    rows = between(of_customers(clean), last.previous(3).first_day, last.last_day)
    rows = rows.filter(rows.quantity > 0).inner_join(regions, "customer_id")
    rows = rows.filter(rows.region.notnull() & rows.product_id.notnull())
    sums = rows.group_by("product_id", "region").agg(lines=rows.count(), pieces=rows.quantity.sum())
    return frame(sums, ["product_id", "region"])


def categories(clean: Clean) -> pd.Series:
    """The category of each listed model; empty without a product list."""
    if not clean.has("products"):
        return pd.Series(dtype="object", name="category").rename_axis("product_id")
    listed = clean.table("products")
    rows = listed.group_by("product_id").agg(category=listed.category.max()).order_by("product_id").to_pandas()
    return rows.set_index("product_id")["category"]


def net_prices(clean: Clean, quarter: str) -> pd.Series:
    """Mean net price of a piece of each model in the twelve months up to the end of a quarter; missing where none was
    sold."""
    last = quarters.parse(quarter)
    rows = between(of_customers(clean), last.previous(3).first_day, last.last_day)
    sums = frame(rows.group_by("product_id").agg(net=rows.net_amount.sum(), pieces=rows.quantity.sum()), ["product_id"])
    return sums["net"] / sums["pieces"].where(sums["pieces"] > 0)


def demand_plans(clean: Clean) -> pd.DataFrame:
    """The lines of the demand plans as they came: plan_kind, period, product_id, quantity, status, issued_on (missing
    where it does not say), owner, reason (missing likewise), file, line; empty without plans."""
    if not clean.has("demand_plan"):
        return pd.DataFrame(columns=_PLANS).astype({"quantity": "float64", "issued_on": "datetime64[s]"})
    rows = clean.table("demand_plan")
    rows = rows.mutate(quantity=rows.quantity.cast("float64")).order_by("file", "line")
    frame = rows.select(*(name for name in _PLANS if name in rows.columns)).to_pandas().reindex(columns=_PLANS)
    texts = {name: frame[name].astype("object") for name in ("owner", "reason")}
    return frame.assign(issued_on=pd.to_datetime(frame["issued_on"]), **texts)


def product_flow(clean: Clean, quarter: str) -> pd.DataFrame:
    """What stores held of each model at a count and sold through since the one before: product_id, from, to (days of
    the counts), opening, sold_in, sold_through, closing (pieces), sorted; up to the end of a quarter.

    Of customers that counted on both days: opening + sold in − closing; below 0 a count or a delivery is in doubt.
    Empty unless stock was counted twice.
    """
    columns = ["product_id", "from", "to", "opening", "sold_in", "sold_through", "closing"]
    if not clean.has("inventory"):
        return pd.DataFrame(columns=columns)
    rows = clean.table("inventory")
    rows = rows.filter(rows.snapshot_date <= quarters.parse(quarter).last_day)
    sums = rows.group_by("snapshot_date", "customer_id", "product_id").agg(pieces=rows.quantity.sum())
    counted = frame(sums, ["snapshot_date", "customer_id", "product_id"])["pieces"]
    days = sorted(counted.index.unique("snapshot_date"))
    parts = [_between_counts(clean, counted, *pair) for pair in zip(days, days[1:], strict=False)]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _between_counts(clean, counted, opens, closes):
    both = set(counted[opens].index.unique("customer_id")) & set(counted[closes].index.unique("customer_id"))
    sales = of_customers(clean)
    sales = sales.filter((sales.date > opens) & (sales.date <= closes))
    came = frame(
        sales.group_by("customer_id", "product_id").agg(pieces=sales.quantity.sum()), ["customer_id", "product_id"]
    )
    parts = {"opening": counted[opens], "sold_in": came["pieces"], "closing": counted[closes]}
    sums = {
        name: own[own.index.get_level_values("customer_id").isin(both)].groupby("product_id").sum()
        for name, own in parts.items()
    }
    table = pd.DataFrame(sums).fillna(0.0).rename_axis("product_id").reset_index()
    return table.assign(
        **{"from": opens, "to": closes}, sold_through=table["opening"] + table["sold_in"] - table["closing"]
    )
