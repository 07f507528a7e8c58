"""What each customer bought, paid and earned in a quarter, and the three indicators; summed exactly in the engine, then pandas."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from custlib import quarters
from custlib.refusals import Refused

INDICATORS = ("size", "contribution", "brand_share")
_FIGURES = ("net_sales", "payments", "gross_profit")
_MONEY = ("net_sales", "gross_profit", "payments", "brand_profit", "total_profit")


@dataclass(frozen=True)
class Indicators:
    """The three indicators of one quarter's customers.

    table: one row per customer that bought or paid (index customer_id, sorted); columns size and contribution (yuan),
    brand_share (our brand's share of the customer's own profit; NaN where that profit is zero or less, or not stated), as far as
    the data allow. amounts: the same rows and columns in yuan; behind brand_share stands what the customer earned with our brand.
    size_is: "payments" or "net_sales". missing: indicators that cannot be computed.
    """

    table: pd.DataFrame
    amounts: pd.DataFrame
    size_is: str
    missing: tuple


def check_quarter(clean, quarter, unfinished=False):
    """Refuse a quarter outside the data (`quarter_outside_data`), or not filled by them (`quarter_unfinished`, `quarter_has_gaps`)
    unless allowed."""
    asked, first, last = quarters.parse(quarter), clean.data_from, clean.data_until
    if "sales" not in clean.names:
        raise Refused("missing_table", table="sales", needed_by="the report")
    if not clean.has("sales"):
        raise Refused("no_rows", table="sales", where=clean.folder / "quarantine.parquet")
    if asked.last_day < first or asked.first_day > last:
        raise Refused("quarter_outside_data", quarter=asked, first=first, last=last)
    if not unfinished and not _fills(clean, quarter):
        raise Refused("quarter_unfinished", quarter=asked, first=first, last=last)
    if not unfinished and (lacking := gaps(clean, quarter)):
        raise Refused("quarter_has_gaps", quarter=asked, gaps=", ".join(lacking))


def gaps(clean, quarter):
    """Months of a quarter in which sales, or payments where the exports hold them, have no row: `["sales 2025-11"]`.

    Months after the data end are no gaps.
    """
    asked = quarters.parse(quarter)
    months = [f"{asked.year}-{month:02d}" for month in range(asked.first_day.month, asked.last_day.month + 1)]
    months = [month for month in months if month <= str(clean.data_until)[:7]]
    found = []
    for name in ("sales", "payments"):
        if clean.has(name):
            held = clean.table(name).date.cast("string").substr(0, 7)
            there = set(clean.connection.to_pyarrow(held.name("month").as_table().distinct())["month"].to_pylist())
            found += [f"{name} {month}" for month in months if month not in there]
    return found


def customer_quarters(clean):
    """One row per quarter and customer that bought, paid or stated a profit, sorted by both.

    Columns in yuan: net_sales, gross_profit, payments (0 where nothing happened; NaN where the exports do not hold the figure: of
    gross profit, where they hold no cost), brand_profit, total_profit (NaN where not stated). Lines without a customer are left out,
    and so are fees (`fees.csv`): nobody is a large customer by its postage.
    """
    parts = [_sales(clean)]
    if clean.has("payments"):
        parts.append(_payments(clean))
    if clean.has("dealer_profit"):
        parts.append(_statements(clean))
    together = pd.concat(parts, axis=1).reset_index().sort_values(["quarter", "customer_id"], ignore_index=True)
    idle = together["net_sales"].isna()
    for column in ("net_sales", *(["payments"] if clean.has("payments") else [])):
        together[column] = together[column].fillna(0.0)
    # Whoever bought at an unknown cost brought an unknown profit, not none.
    if together["gross_profit"].notna().any():
        together.loc[idle, "gross_profit"] = 0.0
    return together.reindex(columns=["quarter", "customer_id", *_MONEY])


def indicators(clean, quarter):
    """The three indicators of the customers that bought or paid in one quarter; see `Indicators`."""
    return _indicators(clean, _of(customer_quarters(clean), quarter))


def indicator_history(clean, quarter):
    """Quarter → `Indicators`, for each quarter that the data fill up to `quarter`, oldest first, and for that one itself."""
    rows, asked = customer_quarters(clean), quarters.parse(quarter)
    held = [
        name
        for name in rows.loc[active(rows), "quarter"].unique()
        if _fills(clean, name) and quarters.parse(name) < asked
    ]
    return {name: _indicators(clean, _of(rows, name)) for name in [*held, quarter]}


def year_together(clean, quarter):
    """The indicators over the last four quarters together, of the customers active in `quarter`: size and contribution summed, brand
    share of the summed profits. Returns a DataFrame as `Indicators.table`, or None where the data do not fill all four quarters."""
    four = [str(one) for one in quarters.span(quarters.parse(quarter), 4)]
    if not all(_fills(clean, name) for name in four):
        return None
    rows = customer_quarters(clean)
    here = rows.loc[active(rows) & (rows["quarter"] == quarter), "customer_id"]
    rows = rows[rows["quarter"].isin(four) & rows["customer_id"].isin(here)]
    stated = rows[["brand_profit", "total_profit"]].where(rows[["brand_profit", "total_profit"]].notna().all(axis=1))
    by_customer = rows.assign(**stated).groupby("customer_id")
    sums = by_customer[["net_sales", "payments", "brand_profit", "total_profit"]].sum(min_count=1)
    profit = by_customer["gross_profit"].agg(lambda known: known.sum(skipna=False))
    return _indicators(clean, sums.assign(gross_profit=profit)).table


def apart(clean):
    """What belongs to no customer: part (without_customer, fees), quarter, net_sales, gross_profit (yuan; NaN where a cost is unknown)
    and payments (0.0: every payment has a customer), sorted."""
    sales = clean.table("sales")
    nameless = sales.filter(sales.customer_id.isnull() & ~clean.is_fee(sales))
    parts = {"without_customer": nameless, "fees": sales.filter(clean.is_fee(sales))}
    found = {
        part: _known_profit(_frame(_by_quarter(rows, "date", **_SUMS), ["quarter"])) for part, rows in parts.items()
    }
    return pd.concat(found, names=["part"]).assign(payments=0.0).reset_index()


class Change(NamedTuple):
    """The money of two quarters, columns `<figure>_before` and `<figure>` in yuan for net_sales, payments and gross_profit: by customer,
    by what belongs to no customer (`apart`), and as a whole, summed over all rows by itself."""

    customers: pd.DataFrame
    apart: pd.DataFrame
    totals: pd.Series


def change(clean, before, quarter):
    """What changed from quarter `before` to `quarter`; see `Change`. A figure that the exports do not hold is NaN."""
    whole = totals(clean).assign(everyone="")
    parts = _two(apart(clean), before, quarter, "part")
    return Change(
        _two(customer_quarters(clean), before, quarter, "customer_id"),
        parts.reindex(["without_customer", "fees"], fill_value=0.0),
        _two(whole, before, quarter, "everyone").iloc[0],
    )


def by_quarter(clean, figure, quarter):
    """A figure of `customer_quarters` as customers × quarters (text, oldest first) that the data fill, up to `quarter`; NaN where a
    customer has no row."""
    rows = customer_quarters(clean)
    held = [name for name in rows["quarter"].unique() if name <= quarter and (_fills(clean, name) or name == quarter)]
    rows = rows[rows["quarter"].isin(held)]
    return rows.pivot(index="customer_id", columns="quarter", values=figure).reindex(columns=held)


def systems(who, system):
    """Customer → the system of customers within which it is judged: Series of names, "" where it is not known.

    who: as `customers` gives it; system: "company" (all are one), "region" or "account_manager". Raises ValueError for another.
    """
    if system == "company":
        return pd.Series("", who.index)
    if system not in ("region", "account_manager"):
        raise ValueError(
            f"customers are judged within the company, a region or an account_manager, not within “{system}”"
        )
    return who[system]


def known_weights(table, weights):
    """The weights of those indicators that a table holds, None (all equal) where none is given.

    Raises ValueError for a name that is no indicator.
    """
    if strange := sorted(set(weights) - set(INDICATORS)):
        raise ValueError(f"no indicator is called {', '.join(strange)}; there are {', '.join(INDICATORS)}")
    return {name: weights.get(name, 0) for name in table} if weights else None


def missing_indicators(found):
    """What an `Indicators` could not compute as meant: indicator, stands_for ("" if nothing does), reason (what is lacking)."""
    lacks = {"contribution": "cost", "brand_share": "dealer_profit"}
    rows = [(name, "", lacks[name]) for name in found.missing]
    if found.size_is != "payments":
        rows.insert(0, ("size", found.size_is, "payments"))
    return pd.DataFrame(rows, columns=["indicator", "stands_for", "reason"])


def _indicators(clean, rows):
    size_is = "payments" if clean.has("payments") else "net_sales"
    columns = {"size": rows[size_is], "contribution": rows["gross_profit"], "brand_share": brand_share(rows)}
    missing = tuple(name for name in INDICATORS if columns[name].isna().all())
    table = pd.DataFrame(columns).drop(columns=list(missing))
    amounts = pd.DataFrame(columns | {"brand_share": rows["brand_profit"]})[table.columns]
    return Indicators(table, amounts, size_is, missing)


def _two(rows, before, quarter, by):
    """The money of two quarters side by side; 0 where one has no row."""
    then, now = (rows[rows["quarter"] == one].set_index(by)[list(_FIGURES)] for one in (before, quarter))
    everyone = then.index.union(now.index)
    then, now = (one.reindex(everyone, fill_value=0.0) for one in (then, now))
    return pd.concat([then.add_suffix("_before"), now], axis=1)


def _of(rows, quarter):
    return rows[(rows["quarter"] == quarter) & active(rows)].set_index("customer_id")


def _fills(clean, quarter):
    asked = quarters.parse(quarter)
    return clean.data_from <= asked.first_day and asked.last_day <= clean.data_until


def active(rows):
    """Which rows of `customer_quarters` show a purchase or a payment (boolean Series)."""
    return rows[["net_sales", "payments"]].fillna(0).ne(0).any(axis=1)


def brand_share(rows):
    """Our brand's share of each customer's own profit; NaN where the customer earned nothing, for then it has no share."""
    earned = rows["total_profit"].where(rows["total_profit"] > 0)
    return rows["brand_profit"] / earned


def totals(clean):
    """One row per quarter with sales: net_sales, gross_profit, payments (yuan; NaN where the exports hold no such figure),
    customers (how many bought or paid), without_customer_share (of net sales; NaN where returns make it no share), fees (what
    of net sales are fees, yuan)."""
    sales = clean.table("sales")
    apart = {
        "nameless": lambda t: t.net_amount.sum(where=t.customer_id.isnull()),
        "fees": lambda t: t.net_amount.sum(where=clean.is_fee(t)),
    }
    sums = _by_quarter(sales, "date", **_SUMS, **apart)
    rows = _known_profit(_frame(sums, ["quarter"]))
    if clean.has("payments"):
        paid = _by_quarter(clean.table("payments"), "date", payments=lambda t: t.amount.sum())
        paid = _frame(paid, ["quarter"])
        rows = rows.join(paid).fillna({"payments": 0.0})
    known = customer_quarters(clean)
    rows["customers"] = known[active(known)].groupby("quarter").size().reindex(rows.index, fill_value=0)
    share = rows["nameless"].fillna(0) / rows["net_sales"]
    rows["without_customer_share"] = share.where(share.between(0, 1))
    rows["fees"] = rows["fees"].fillna(0.0)
    columns = ["net_sales", "gross_profit", "payments", "customers", "without_customer_share", "fees"]
    return rows.reindex(columns=columns).reset_index()


def customers(clean):
    """Who the customers are: index customer_id, columns name, region, store_format, area_type, account_manager (text, "" where
    unknown). A customer that bought or paid but is not in the list goes by its id; of one listed twice the first line counts."""
    columns = ["name", "region", "store_format", "area_type", "account_manager"]
    known = pd.DataFrame(columns=columns, dtype="str")
    if clean.has("customers"):
        listed = clean.table("customers").order_by("file", "sheet", "line").select("customer_id", *columns)
        # Without a declared key an id may stand twice (contract `key_repeated`): the first line speaks for it.
        known = listed.to_pandas().drop_duplicates("customer_id").set_index("customer_id")
    seen = customer_quarters(clean)["customer_id"].unique()
    rows = known.reindex(known.index.union(seen)).rename_axis("customer_id").fillna("").sort_index()
    return rows.assign(name=rows["name"].where(rows["name"] != "", rows.index))


def _sales(clean):
    sales = clean.table("sales")
    of_customers = sales.filter(sales.customer_id.notnull() & ~clean.is_fee(sales))
    sums = _by_quarter(of_customers, "date", "customer_id", **_SUMS)
    return _known_profit(_frame(sums, ["quarter", "customer_id"]))


_SUMS = {
    "net_sales": lambda t: t.net_amount.sum(),
    "gross_profit": lambda t: (t.net_amount - t.cost).sum(),
    "at_unknown_cost": lambda t: t.cost.isnull().sum(),
}


def _known_profit(rows):
    """Where one line's cost is unknown the whole profit is: a sum over the other lines would be another quantity."""
    profit = rows["gross_profit"].where(rows["at_unknown_cost"] == 0)
    return rows.drop(columns="at_unknown_cost").assign(gross_profit=profit)


def _payments(clean):
    paid = _by_quarter(clean.table("payments"), "date", "customer_id", payments=lambda t: t.amount.sum())
    return _frame(paid, ["quarter", "customer_id"])


def _statements(clean):
    # Two customers that were merged stated a profit each.
    by_customer = clean.table("dealer_profit").group_by("quarter", "customer_id")
    profits = {name: lambda t, name=name: t[name].sum() for name in ("brand_profit", "total_profit")}
    return _frame(by_customer.agg(**profits), ["quarter", "customer_id"])


def _by_quarter(rows, day, *by, **sums):
    """Sums by the quarter of a day; its name is written when few rows are left."""
    found = rows.mutate(quarter=rows[day].truncate("Q")).group_by("quarter", *by).agg(**sums)
    name = found.quarter.year().cast("string") + "Q" + found.quarter.quarter().cast("string")
    return found.mutate(quarter=name)


def _frame(expression, index):
    """Exact sums become float64 in the engine: as decimals, pandas would hold each as an object."""
    values = {name: expression[name].cast("float64") for name in expression.columns if name not in index}
    return expression.mutate(**values).order_by(index).to_pandas().set_index(index)
