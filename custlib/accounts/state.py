"""Where the business with each customer stands: a line for each measure, now, a quarter and a year ago."""

import pandas as pd

from custlib import facts
from custlib.cleaning import Clean

# Measure → unit, and whether the customer is given it: its own business, and what we agreed on with it.
_MEASURES = {
    **dict.fromkeys(("net_sales", "payments"), ("amount", "customer")),
    "target": ("amount", "internal"),
    "sold_through": ("pieces", "customer"),
    "stock_at_list": ("amount", "customer"),
    "slow_share": ("share", "internal"),
    **dict.fromkeys(("brand_profit", "total_profit", "rebates", "price_compensation"), ("amount", "customer")),
    "dso_days": ("days", "internal"),
}
COLUMNS = ["customer_id", "name", "measure", "unit", "now", "before", "year_ago", "change_share", "edition"]


def measures(
    clean: Clean, quarter: str, flow: pd.DataFrame, dso_days: pd.Series, words: dict[str, str]
) -> pd.DataFrame:
    """What is known of each customer in a quarter; index customer_id, a column per measure (yuan as it stands, pieces,
    a share, days), NaN where the exports do not tell.

    flow: result table `profile_flow`; dso_days: `profile.dso_days` of that quarter; words: text → key of
    `targets.measure`.
    """
    stood = facts.standing(clean, quarter)
    aims = facts.targets(clean, quarter)
    in_quarter = pd.PeriodIndex(pd.to_datetime(flow["to"]), freq="Q") == pd.Period(quarter)
    given = facts.support(clean, quarter)[["rebates", "price_compensation"]]
    parts = [
        stood[["net_sales", "payments", "brand_profit", "total_profit"]],
        aims[aims["measure"].map(words) == "net_sales"].groupby("customer_id")["amount"].sum().rename("target"),
        flow[in_quarter].groupby("customer_id")["sold_through"].sum(min_count=1),
        facts.slow_stock(facts.stock_age(clean, quarter))[["stock_at_list", "slow_share"]],
        given[given.index.get_level_values("quarter") == quarter].droplevel("quarter"),
        dso_days.rename("dso_days"),
    ]
    return pd.concat(parts, axis=1).rename_axis("customer_id")[list(_MEASURES)].astype("float64")


def account_state(names: pd.Series, now: pd.DataFrame, before: pd.DataFrame, year_ago: pd.DataFrame) -> pd.DataFrame:
    """The measures of the customers of `names` in three quarters, a row each; result table `account_state`, without
    rows of which nothing is known.

    names: customer → name; now, before, year_ago: as `measures`. unit: `amount`, `pieces`, `share`, `days`;
    change_share: now ÷ year_ago − 1, of a share the difference; edition: whether the customer is given the row.
    """
    parts = {"now": now, "before": before, "year_ago": year_ago}
    index = pd.MultiIndex.from_product([names.index, _MEASURES], names=["customer_id", "measure"])
    rows = pd.DataFrame({name: table.stack().reindex(index) for name, table in parts.items()})
    rows = rows.dropna(how="all").reset_index()
    told = pd.DataFrame(_MEASURES, ["unit", "edition"]).T
    rows = rows.assign(name=rows["customer_id"].map(names)).join(told, on="measure")
    change = rows["now"] / rows["year_ago"].where(rows["year_ago"] > 0) - 1
    return rows.assign(change_share=change.mask(rows["unit"] == "share", rows["now"] - rows["year_ago"]))[COLUMNS]
