"""Customers summed by company, region and account manager."""

import datetime

import pandas as pd

from custlib.profile.credit import count_back

BY = ("company", "region", "account_manager")
MONEY = ("net_sales", "payments", "gross_profit", "target", "receivables", "overdue", "stock_value", "support")
STANDING = ("net_sales", "payments", "gross_profit", "target")
_BESIDE = ("year_sales", "given")  # added up now and a year ago, for what is computed of them
DAYS = 365


def sums(
    who: pd.DataFrame, now: pd.DataFrame, before: pd.DataFrame, daily_sales: pd.DataFrame, day: datetime.date
) -> pd.DataFrame:
    """What the customers of the company, of each region and of each account manager come to; result table
    `profile_sums`.

    who: DataFrame over customers (index customer_id): region, account_manager, decided_class ("" without one), lost
    (boolean). now, before: DataFrames over customers with `MONEY` in yuan, NaN where not known, of this quarter and of
    the same of last year, both with year_sales and given; now also with attained (net sales of those with a target),
    new_sales and quarter_sales (of the models compared), paid and at_usual (`prices.usual`), asked, made. daily_sales:
    customer_id, date, net_sales on the tax of receivables; day: the
    quarter's last. dso_days: `count_back` of the sums of those customers whose receivables are known.
    Sums leave out what is not known; a sum of nothing known is NaN, and so is gross profit where that of one customer
    is not known. stock_days: stock ÷ net sales of four quarters × 365. contribution_after: gross profit − given
    (rebates and price compensation without tax, of those that stated them). Both, and dso_days, also a year ago.
    """
    rows = who.assign(company="").join(now).join(before[[*MONEY, *_BESIDE]].add_suffix("_year_ago"))
    rows = rows.assign(customers=rows["decided_class"] != "", a_customers=rows["decided_class"] == "A")
    year_ago = (pd.Period(day, "Q") - 4).end_time.date()
    parts = [
        _by(rows, by).assign(
            dso_days=_days(rows["receivables"], rows[by], daily_sales, day),
            dso_days_year_ago=_days(rows["receivables_year_ago"], rows[by], daily_sales, year_ago),
        )
        for by in BY
    ]
    return pd.concat(parts).reset_index()


def _days(receivables, group, daily_sales, day):
    """Count-back by group."""
    known = group[receivables.notna()]
    sales = daily_sales.assign(customer_id=daily_sales["customer_id"].map(known)).dropna(subset="customer_id")
    sales = sales.groupby(["customer_id", "date"], as_index=False)["net_sales"].sum()
    return count_back(receivables.groupby(group).sum(min_count=1), sales, day).days


def _by(rows, by):
    added = ["attained", "new_sales", "quarter_sales", "paid", "at_usual", "asked", "made"]
    beside = [f"{name}{end}" for end in ("", "_year_ago") for name in _BESIDE]
    money = [f"{name}{end}" for end in ("", "_year_ago") for name in MONEY]
    groups = rows.groupby(by)
    table = groups[[*money, *beside, *added]].sum(min_count=1)
    for end in ("", "_year_ago"):
        unknown = (rows[f"net_sales{end}"].notna() & rows[f"gross_profit{end}"].isna()).groupby(rows[by]).any()
        table[f"gross_profit{end}"] = table[f"gross_profit{end}"].mask(unknown)
        table[f"contribution_after{end}"] = table[f"gross_profit{end}"] - table[f"given{end}"]
        bought = table[f"year_sales{end}"].where(table[f"year_sales{end}"] > 0)
        table[f"stock_days{end}"] = DAYS * table[f"stock_value{end}"] / bought
    table = groups[["customers", "a_customers", "lost"]].sum().astype("int64").join(table)
    table = table.assign(
        attained_share=table["attained"] / table["target"],
        price_index=table["paid"] / table["at_usual"],
        new_models_share=table["new_sales"] / table["quarter_sales"].where(table["quarter_sales"] > 0),
    )
    idle = (table["customers"] == 0) & (table["lost"] == 0) & table["net_sales"].isna()
    table = table[~idle].drop(columns=[*beside, "attained", "new_sales", "quarter_sales", "paid", "at_usual"])
    return table.rename_axis("value").assign(by=by).sort_values("net_sales", ascending=False)


def who(listed: pd.DataFrame, customers: pd.DataFrame, silent: pd.DataFrame) -> pd.DataFrame:
    """Every customer with region, account_manager, decided_class ("" without one) and lost: whether it fell silent or
    was reported lost in the quarter. listed: `facts.customers`; customers, silent: result tables `abc_customers`,
    `abc_silent`."""
    letters = customers.set_index("customer_id")["decided_class"].reindex(listed.index)
    lost = listed.index.isin(silent.loc[silent["new_this_quarter"].eq(True), "customer_id"])
    return listed[["region", "account_manager"]].assign(decided_class=letters.fillna(""), lost=lost)


def measured(
    standing: pd.DataFrame, targets: pd.DataFrame, measures: dict[str, str], owed: pd.DataFrame
) -> pd.DataFrame:
    """`standing` with target and attained (net sales of those with a target) and overdue.

    standing: as `facts.standing` gives it; targets: as `facts.targets`, measures: text → key of `targets.measure`; the
    target is that of net sales. owed: index customer_id, overdue (yuan); of customers with a statement of the quarter.
    """
    aims = targets[targets["measure"].map(measures) == "net_sales"].groupby("customer_id")["amount"].sum()
    rows = standing.reindex(standing.index.union(aims.index)).rename_axis("customer_id")
    target = aims.reindex(rows.index)
    attained = rows["net_sales"].fillna(0.0).where(target.notna())
    # A statement of an earlier quarter is no part of what is owed at the end of this one.
    late = owed["overdue"].reindex(rows.index).where(rows["receivables"].notna())
    return rows.assign(target=target, attained=attained, overdue=late)


def standing(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What each customer bought, paid and earned us in the quarter beside its target and the same of last year; result
    table `profile_standing`. now, before: as `measured` gives them. Whoever has nothing of it this quarter is left out.
    """
    rows = now[[*STANDING]].dropna(how="all").join(before[[*STANDING]].add_suffix("_year_ago"))
    return rows.rename_axis("customer_id").sort_index().reset_index()


def beside(measured: pd.DataFrame, bought: pd.DataFrame, is_new: pd.Series, lines: pd.DataFrame, service: pd.DataFrame):
    """`measured` with what `sums` also adds up: quarter_sales and new_sales, paid and at_usual, asked and made.

    bought: `facts.bought`; is_new: `new_models`; lines: `usual`; service: `service`. Returns a DataFrame.
    """
    new = bought.index.get_level_values("product_id").map(is_new).fillna(False).astype(bool)
    sales = bought.assign(new_sales=bought["quarter_sales"].where(new, 0.0)).groupby(level="customer_id")
    known = lines[lines["at_usual"].notna()].groupby("customer_id")
    parts = [sales[["quarter_sales", "new_sales"]].sum(), known[["paid", "at_usual"]].sum(), service[["asked", "made"]]]
    return measured.join(parts, how="outer").rename_axis("customer_id")
