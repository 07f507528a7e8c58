"""What a customer trades on: its own sell-out and stock beside what we sold it, its rhythm of ordering, its store."""

from typing import TYPE_CHECKING

import pandas as pd

from custlib import absent, quarters
from custlib.cleaning import Clean
from custlib.facts.sums import between, of_customers, priced, there, user_files

if TYPE_CHECKING:
    import ibis

YEAR = 4  # quarters over which sell-in and sell-out are compared: a season weighs on both alike
OLD_DAYS = 180  # stock of household goods that has lain this long has missed its season

_SELL_OUT = ["sell_out", "sell_out_at_list", "sell_in_at_list", "quarters"]
_STOCK = ["snapshot_date", "stock_at_list", "age_days", "old_share"]
_RHYTHM = ["first_order", "last_order", "order_days", "silence_days", "silence_before", "best_year"]
_STORES = ["name", "account_manager", "store_format", "area_type", "floor_area_m2"]


def sell_out(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each customer bought and sold on, over the last four quarters up to `quarter`; index customer_id, sorted.

    Columns: sell_out (yuan that consumers paid, tax included as it stands), sell_out_at_list and sell_in_at_list
    (quantity × list price, so that both are on one scale; fees and models without a list price are left out), quarters
    (from the customer's first order among them to `quarter`, 1 to 4). A purchase is the customer's in whose user files
    the consumer stands. NaN where it is not known: a customer without a user file has no known sell-out, and without a
    product list there is no value at list price.
    """
    asked = quarters.parse(quarter)
    first, last = asked.previous(YEAR - 1).first_day, asked.last_day
    sums = _sell_in(clean, first, last)
    if clean.has("consumers") and clean.has("purchases"):
        sums = sums.join(_sell_out(clean, first, last), how="outer")
    number = 4 * asked.year + asked.number
    return sums.assign(quarters=number - sums["started"]).reindex(columns=_SELL_OUT).sort_index()


def stock(clean: Clean, quarter: str) -> pd.DataFrame:
    """What lay at each customer at the last count within `quarter`; index customer_id, sorted; empty without counts.

    Columns: snapshot_date, stock_at_list (quantity × list price), age_days (mean age that day, weighted by that value),
    old_share (share of the value that is older than 180 days). Models without a list price count for nothing.
    """
    lying = last_count(clean, quarter)
    if lying is None:
        return pd.DataFrame(columns=_STOCK, index=_index(), dtype="float64")
    lying = lying.filter(lying.at_list > 0)
    sums = lying.group_by("customer_id").agg(
        snapshot_date=lying.snapshot_date.max(),
        stock_at_list=lying.at_list.sum(),
        aged=(lying.at_list * lying.age).sum(),
        old=lying.at_list.sum(where=lying.age > OLD_DAYS).coalesce(0),
    )
    rows = _frame(sums, ["stock_at_list", "aged", "old"])
    rows = rows.assign(age_days=rows["aged"] / rows["stock_at_list"], old_share=rows["old"] / rows["stock_at_list"])
    return rows[_STOCK]


def last_count(clean: Clean, quarter: str) -> "ibis.Table | None":
    """The lines of stock (a table of the engine) of each customer's last count within `quarter`, with at_list (quantity
    × list price, null without one) and age (days); None where the exports hold no stock or no product list."""
    if not (clean.has("inventory") and clean.has("products")):
        return None
    asked = quarters.parse(quarter)
    lying = between(clean.table("inventory"), asked.first_day, asked.last_day, "snapshot_date")
    last = lying.group_by("customer_id").agg(snapshot_date=lying.snapshot_date.max())
    lying = priced(clean, lying.semi_join(last, ["customer_id", "snapshot_date"]))
    return lying.mutate(age=_days(lying.snapshot_date) - _days(lying.received_on))


def order_rhythm(clean: Clean, quarter: str) -> pd.DataFrame:
    """When each customer ordered, up to the last day of `quarter`; index customer_id, sorted.

    Columns: first_order, last_order (days of sales with a positive amount, fees left out), order_days (how many
    different days), silence_days (from the last order to that day, or to where the data end before it), silence_before
    (the same to the end of the quarter before; below 0 if it ordered since; days of months that are absent are no
    silence), best_year (the most it bought in four
    quarters on end, net sales in yuan; of a customer of under four quarters all it bought).
    """
    asked = quarters.parse(quarter)
    end, before = min(asked.last_day, clean.period[1]), asked.previous().last_day
    sales = of_customers(clean)
    sales = sales.filter(sales.date <= end)
    orders = sales.filter(sales.net_amount > 0)
    rows = _frame(
        orders.group_by("customer_id").agg(
            first_order=orders.date.min(), last_order=orders.date.max(), order_days=orders.date.nunique()
        )
    )
    last = pd.to_datetime(rows["last_order"])
    days = {"silence_days": end, "silence_before": before}
    silences = {name: (pd.Timestamp(day) - last).dt.days - _of_absent(clean, last, day) for name, day in days.items()}
    return rows.assign(**silences, best_year=_best_year(sales))[_RHYTHM]


def _of_absent(clean, last, day):
    """How many days after each last order, up to a day, lie in months without sales of anybody."""
    months = [pd.Period(month) for month in absent.months(clean, ["sales"]) if month <= str(day)[:7]]
    after = [(last < month.start_time) * month.days_in_month for month in months]
    return sum(after, start=last.map(lambda _: 0))


def _best_year(sales):
    """Customer → its largest sum of four quarters on end."""
    number = 4 * sales.date.year() + sales.date.quarter()
    sums = sales.group_by("customer_id", number=number).agg(net_sales=sales.net_amount.sum().cast("float64"))
    by_quarter = sums.to_pandas().pivot(index="number", columns="customer_id", values="net_sales")
    spanned = range(by_quarter.index.min(), by_quarter.index.max() + 1) if len(by_quarter) else []
    return by_quarter.reindex(spanned, fill_value=0.0).fillna(0.0).rolling(YEAR, min_periods=1).sum().max()


def stores(clean: Clean) -> pd.DataFrame:
    """The list of customers as stores: index customer_id, sorted; name, account_manager, store_format, area_type (as
    exported, "" where not stated), floor_area_m2 (NaN where not stated). Of a customer listed twice the first line
    counts; no list, or one that says nothing of stores, no rows."""
    if not clean.has("customers"):
        return pd.DataFrame(columns=_STORES, index=_index())
    listed = clean.table("customers").order_by("file", "sheet", "line").select("customer_id", *_STORES)
    listed = listed.mutate(floor_area_m2=listed.floor_area_m2.cast("float64")).to_pandas()
    if listed[_STORES[2:]].isna().all(axis=None):
        return pd.DataFrame(columns=_STORES, index=_index())
    rows = listed.drop_duplicates("customer_id").set_index("customer_id").sort_index()
    return rows.fillna(dict.fromkeys(_STORES[:-1], ""))


def losses(clean: Clean, quarter: str) -> pd.DataFrame:
    """The customers that people reported as lost up to the last day of `quarter`, as `lost_customers` has them: index
    customer_id, sorted; lost_on, reason. Of a customer reported twice the last day counts."""
    if not clean.has("lost_customers"):
        return pd.DataFrame(columns=["lost_on", "reason"], index=_index())
    lost = clean.table("lost_customers")
    lost = lost.filter(lost.lost_on <= quarters.parse(quarter).last_day).order_by("lost_on", "file", "line")
    rows = lost.select("customer_id", "lost_on", "reason").to_pandas()
    return rows.drop_duplicates("customer_id", keep="last").set_index("customer_id").sort_index()


def _sell_in(clean, first, last):
    sales = between(of_customers(clean), first, last)
    first_quarter = {"started": lambda t: (4 * t.date.year() + t.date.quarter() - 1).min()}
    return _sums(priced(clean, sales), "sell_in_at_list", **first_quarter)


def _sell_out(clean, first, last):
    """By customer with a user file; of files without a purchase the sell-out is known to be nothing."""
    files = user_files(clean)
    bought = there(clean, between(clean.table("purchases"), first, last)).join(files, "consumer_id")
    sums = _sums(priced(clean, bought), "sell_out_at_list", sell_out=lambda t: t.paid_amount.sum())
    with_files = _frame(files.select("customer_id").distinct()).index
    return sums.reindex(with_files.union(sums.index), fill_value=0.0)


def _sums(rows, name, **sums):
    """Sums by customer, that of `at_list` under a name, as float64."""
    at_list = {name: rows.at_list.sum()} if "at_list" in rows.columns else {}
    return _frame(rows.group_by("customer_id").agg(**sums, **at_list), [*sums, *at_list])


def _days(day):
    """A day's number: engines differ in how they take one date from another."""
    return day.cast("timestamp").epoch_seconds() // 86_400


def _index():
    """Of no customer."""
    return pd.Index([], name="customer_id", dtype="str")


def _frame(expression, numbers=()):
    """Few rows by customer, as pandas: exact sums become float64 in the engine."""
    expression = expression.mutate(**{name: expression[name].cast("float64") for name in numbers})
    return expression.order_by("customer_id").to_pandas().set_index("customer_id")
