"""The result tables of money and goods of the customer profile, one row per customer and what the table is about."""

import math
from collections.abc import Collection

import pandas as pd

from custlib import absent, facts, quarters
from custlib.cleaning import Clean
from custlib.profile.credit import count_back, overdue, reconcile
from custlib.profile.flow import flow
from custlib.profile.rebates import rebates
from custlib.profile.support import next_change, support_return
from custlib.profile.terms import in_force

SPAN = 9  # quarters that a profile looks back: two years, and the same quarter before them
YEAR = 4


def profile_months(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each customer bought and paid in each month of nine quarters up to `quarter` with any of it: customer_id,
    month, net_sales, payments (yuan, as they stand), sold_in_pieces, returned_pieces. Missing in a month that the
    exports lack."""
    first = str(quarters.parse(quarter).previous(SPAN - 1).first_day)[:7]
    months = facts.customer_months(clean, quarter).set_index(["customer_id", "month"])[["net_sales", "payments"]]
    rows = months.join(facts.monthly_pieces(clean, quarter)).fillna({"sold_in_pieces": 0.0, "returned_pieces": 0.0})
    rows = rows.reset_index()
    rows = rows[rows["month"] >= first].reset_index(drop=True)
    of_table = {"sales": ["net_sales", "sold_in_pieces", "returned_pieces"], "payments": ["payments"]}
    for table, columns in of_table.items():
        rows.loc[rows["month"].isin(absent.months(clean, [table])), columns] = math.nan
    return rows


def profile_flow(clean: Clean, quarter: str) -> pd.DataFrame:
    """What each customer was sold, sold on and held between its counts up to `quarter`; see `flow`. Where a month of
    sales is absent between two counts nothing is known of what was sold in and on."""
    rows = flow(facts.counts(clean, quarter), facts.daily_pieces(clean, quarter), quarter)
    for month in map(pd.Period, absent.months(clean, ["sales"])):
        within = (rows["from"] < month.end_time.date()) & (rows["to"] >= month.start_time.date())
        rows.loc[within, ["sold_in", "sold_through", "cover_days", "doubt"]] = None
    return rows


def profile_credit(clean: Clean, quarter: str, classes: pd.Series, data_dir=None) -> pd.DataFrame:
    """What each customer owes by its last statement up to `quarter`: customer_id, receivables (yuan, as they stand),
    as_of (quarter of the statement), dso_days, more_than_days, dso_best (of what is not overdue), overdue,
    overdue_share, terms_days, limit, limit_used_share, tax, reconciles, difference; sorted by customer_id.

    classes: customer → class that counts (`abc_customers`.decided_class), for terms of a class; data_dir: whose
    `credit_terms.csv` counts. Net sales are brought to the tax of the receivables where that is declared: tax is
    "included" or "excluded", else "not_declared", and they stand beside one another as they are. Raises Refused as
    `credit_terms` does.
    """
    last = facts.receivables(clean, quarter).drop_duplicates("customer_id", keep="last").set_index("customer_id")
    owed = last["owed"].sort_index()
    rows = pd.DataFrame({"receivables": owed, "as_of": last["quarter"]}).rename_axis("customer_id").sort_index()
    day = rows["as_of"].map({name: quarters.parse(name).last_day for name in rows["as_of"].unique()})
    sales = owing_sales(clean, quarter)
    rows = rows.join(in_force(day, classes, data_dir))
    covered = (pd.to_datetime(day) - pd.Timestamp(facts.known_since(clean, quarter))).dt.days + 1
    late = overdue(owed, sales, rows["terms_days"].where(rows["terms_days"] <= covered), day)
    counted, best = count_back(owed, sales, day), count_back(owed - late, sales, day)
    rows = rows.assign(dso_days=counted.days, more_than_days=counted.more_than, dso_best=best.days, overdue=late)
    owing = owed.where(owed > 0)
    rows["overdue_share"] = late / owing
    rows["limit_used_share"] = owed.clip(lower=0) / rows["limit"].where(rows["limit"] > 0)
    rows["tax"] = clean.taxes.get("dealer_profit") or "not_declared"
    return rows.join(_reconciled(clean, quarter)).reset_index()


def dso_days(clean: Clean, quarter: str, of: Collection[str]) -> pd.Series:
    """Customer → the dso_days of `profile_credit`, of those that stated what they owe at the end of a quarter.

    of: the customers asked about.
    """
    rows = facts.receivables(clean, quarter)
    owed = rows[(rows["quarter"] == quarter) & rows["customer_id"].isin(of)].set_index("customer_id")["owed"]
    return count_back(owed, owing_sales(clean, quarter, of), quarters.parse(quarter).last_day).days


def owing_sales(clean: Clean, quarter: str, of: Collection[str] | None = None) -> pd.DataFrame:
    """`facts.daily_sales` brought to the tax of the receivables, where that is declared."""
    sales = facts.daily_sales(clean, quarter, of)
    return sales.assign(net_sales=sales["net_sales"] * _factor(clean))


def profile_rebates(clean: Clean, quarter: str, data_dir=None) -> pd.DataFrame:
    """The rebates that the plans of the year agree on, for the year up to `quarter`, beside those booked: customer_id,
    year, metric, agreed_share, base, due, booked, open (yuan, on the basis of tax of the statements); see `rebates`.
    booked and open are missing where a quarter's statement is. data_dir: whose `plan_metrics.csv` counts."""
    asked = quarters.parse(quarter)
    names = [str(each) for each in quarters.span(asked, asked.number)]
    sold = facts.customer_quarters(clean)
    sold = sold[sold["quarter"].isin(names)].set_index(["quarter", "customer_id"])["net_sales"]
    stated = facts.support(clean, quarter)["rebates"].reindex(sold.index)
    booked = stated.where(sold != 0, stated.fillna(0.0)).groupby("customer_id").sum(skipna=False)
    agreed = facts.agreed_rebates(clean, quarter, data_dir)
    rows = rebates(agreed, sold.groupby("customer_id").sum() * _factor(clean), booked)
    return rows.assign(year=asked.year)


def profile_support(clean: Clean, quarter: str, alike: pd.DataFrame) -> pd.DataFrame:
    """What we gave each customer in each of nine quarters up to `quarter` with a statement, and what followed:
    customer_id, quarter, rebates, price_compensation (yuan, without tax where that is declared), support_share (of
    gross profit), contribution_after (gross profit − both), sold_through_change, brand_profit_change (to the next
    quarter), peers_low, peers_high (of sold_through_change, see `support_return`); sorted.

    alike: `facts.look_alikes`.
    """
    first = str(quarters.parse(quarter).previous(SPAN - 1))
    stated = facts.support(clean, quarter)
    rows = stated[["rebates", "price_compensation"]] / _factor(clean)
    profit = facts.customer_quarters(clean).set_index(["quarter", "customer_id"])["gross_profit"].reindex(rows.index)
    given = rows["rebates"] + rows["price_compensation"]
    rows["support_share"] = given / profit.where(profit > 0)
    rows["contribution_after"] = profit - given
    rows["sold_through_change"] = next_change(_sold_through(clean, quarter)).reindex(rows.index)
    rows["brand_profit_change"] = next_change(stated["brand_profit"])
    rows[["peers_low", "peers_high"]] = support_return(rows["sold_through_change"], alike)
    rows = rows.reset_index()
    return rows[rows["quarter"] >= first].sort_values(["customer_id", "quarter"], ignore_index=True)


def alike(clean: Clean, quarter: str) -> pd.DataFrame:
    """`facts.look_alikes` by the customers' list and net sales of four quarters up to `quarter`."""
    four = [str(each) for each in quarters.span(quarters.parse(quarter), YEAR)]
    sold = facts.customer_quarters(clean)
    sold = sold[sold["quarter"].isin(four)].groupby("customer_id")["net_sales"].sum()
    return facts.look_alikes(facts.customers(clean)[["area_type", "store_format"]].assign(net_sales=sold))


def _factor(clean):
    """What amounts without tax are multiplied by to meet those of the statements; 1 where nobody declared their tax."""
    factor = clean.tax_factor("dealer_profit")
    return 1.0 if math.isnan(factor) else factor


def _reconciled(clean, quarter):
    """Whether each customer's sales, payments and receivables fit one another: reconciles, difference (yuan)."""
    if not clean.has("payments"):
        return pd.DataFrame(columns=["reconciles", "difference"], dtype="object")
    flows = facts.money_flows(clean, quarter)
    factors = clean.tax_factor("payments"), clean.tax_factor("dealer_profit")
    told = not any(map(math.isnan, factors))
    paid, owed = factors if told else (1.0, 1.0)
    found = reconcile(flows["sold"], flows["paid"] / paid, flows["owed_more"] / owed, 0 if told else clean.tax_rate)
    return pd.DataFrame({"reconciles": found.factor.notna(), "difference": found.difference})


def _sold_through(clean, quarter):
    """(quarter, customer_id) → pieces sold on."""
    rows = profile_flow(clean, quarter)
    quarter_of = pd.PeriodIndex(pd.to_datetime(rows["to"]), freq="Q").astype("str")
    index = pd.MultiIndex.from_arrays([quarter_of, rows["customer_id"]], names=["quarter", "customer_id"])
    return pd.Series(rows["sold_through"].to_numpy("float64"), index)
