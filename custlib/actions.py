"""What to do next quarter: one order for a customer, only where something is to be done; and what became of earlier
orders."""

import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from custlib import project, reference, restated, results
from custlib.reference import ACTIONS

OUTCOMES = ("more", "as_expected", "less", "off", "still", "left_us", "not_known")
TESTED = ("win_back", "keep_new")  # by what the customer bought
DONE = {"yes": "done", "no": "not_done", None: "not_recorded"}
EVERYBODY = "any"  # in place of a customer: all that the action named
MONTHS = 15  # silent for longer is no news: already missing in the same quarter of last year
LOW_SHARE = 0.5  # of the median share of our brand in a customer's profit: below it there is room to grow
_FINDINGS = ["customer_id", "action", "amount", "why", "since", "before", "now", "share"]
_NAMED = ["action", "customer_id", "name", "account_manager", "amount"]
_READ = ("actions_named", "abc_totals")


def concerned(
    customers: pd.DataFrame,
    changes: pd.DataFrame,
    sold: pd.DataFrame,
    silent: pd.DataFrame,
    prices: pd.DataFrame,
    quarter: str,
) -> pd.DataFrame:
    """The customers to act on: one order for each, the first that applies in the order of `ACTIONS`.

    All are DataFrames over customers (index customer_id). customers: as in `abc_customers`; changes: `changes.judged`;
    sold: `channels.stuffed`; silent: `channels.silent`; prices: `facts.price_levels`; quarter: "2025Q4".
    - check_stock: overstocked; amount: its size this quarter; now: quarters of cover; share: of old stock;
    - win_back: left (fell silent this quarter) or gone (since the same quarter of last year); amount: what it bought in
      its best four quarters; since: the quarter of its last order. Or fell; amount: net sales lost a year; before, now:
      the same quarter of last year and this;
    - stop_loss: buys below our cost; amount: that loss this quarter; share: its price level;
    - close_gap: A by size, and our brand brings less than half of the share of its profit that is usual among the A;
      amount: what it earns with other brands; share: our brand's. Not for a customer that people hold in class C;
    - keep_new: grew and stays, so rose in an earlier quarter; amount: net sales gained a year; before, now as for fell.
    Returns a DataFrame: customer_id, action, amount (yuan), why (overstocked, left, gone, fell, below_cost, low_share,
    grew), since (quarter or ""), before, now, share (missing where they mean nothing); the largest amount of an action
    first.
    """
    rose = changes[(changes["change"] == "rose") & (changes["since"] < quarter)]
    quiet = silent[(silent["told"] != "reported_only") & (silent["months_silent"] <= MONTHS)]
    lost = [_left(why, quiet[quiet["new_this_quarter"] == new]) for why, new in (("left", True), ("gone", False))]
    parts = [
        _overstocked(sold[sold["stuffed"] == "stuffed"]),
        *lost,
        _changed("win_back", changes[changes["change"] == "fell"]),
        _order("stop_loss", "below_cost", -prices["profit"], share=prices["price_level"])[prices["profit"] < 0],
        _low_share(customers),
        _changed("keep_new", rose),
    ]
    rows = pd.concat(parts).rename_axis("customer_id").reset_index().drop_duplicates("customer_id")
    rank = rows["action"].map(ACTIONS.index)
    rows = rows.assign(rank=rank).sort_values(["rank", "amount", "customer_id"], ascending=[True, False, True])
    return rows[_FINDINGS].reset_index(drop=True)


def named(orders: pd.DataFrame, who: pd.DataFrame, terms: pd.DataFrame, last_day: datetime.date) -> pd.DataFrame:
    """Result table `actions_named`: what `concerned` found, with name and account_manager, what to do (what_en,
    what_zh) and by_when.

    who: DataFrame over customers; terms: `orders.csv`; last_day: of the quarter.
    """
    texts = terms.set_index("action")
    rows = orders.join(who[["name", "account_manager"]], on="customer_id")
    rows = rows.join(
        texts.filter(like="next_step_").rename(columns=lambda name: name.replace("next_step", "what")), on="action"
    )
    days = rows["action"].map(reference.numbers(terms, "days", "orders.csv"))
    rows["by_when"] = [last_day + datetime.timedelta(days=int(count)) for count in days]
    return rows[[*_NAMED, "by_when", *(name for name in rows if name.startswith("what_")), *_FINDINGS[3:]]]


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Result table `quarter_actions` (rank, action, customers, amount), without empty actions.

    rows: `actions_named`.
    """
    sums = rows.groupby("action").agg(customers=("customer_id", "size"), amount=("amount", "sum"))
    sums = sums.reindex([action for action in ACTIONS if action in sums.index]).rename_axis("action").reset_index()
    return sums.assign(rank=range(1, len(sums) + 1))[["rank", "action", "customers", "amount"]]


class Earlier(NamedTuple):
    """An earlier report as a later one looks back at it: its quarter and its result tables `actions_named`,
    `abc_totals` and `abc_customers`."""

    quarter: str
    named: pd.DataFrame
    totals: pd.DataFrame
    customers: pd.DataFrame | None = None


def earlier(folder: str, company: str, currency: str) -> Earlier | None:
    """The report in `folder` (as for `restated.published`) as an `Earlier`.

    None if `folder` is empty text, the report is of another company or currency, or it is so old that it lacks a table.
    Raises Refused (`no_basis`, `missing_result`).
    """
    if not folder:
        return None
    quarter, facts = restated.quarter_of(folder), results.load("data_facts", folder).iloc[0]
    whole = all((project.resolve(folder) / "tables" / f"{name}.parquet").is_file() for name in _READ)
    if not whole or (facts["company"], facts["currency"]) != (company, currency):
        return None
    listed = (project.resolve(folder) / "tables" / "abc_customers.parquet").is_file()
    customers = results.load("abc_customers", folder) if listed else None
    named, totals = (results.load(name, folder) for name in _READ)
    return Earlier(quarter, named, totals, customers)


def followed(
    before: Earlier | None, customers: pd.DataFrame, today: pd.DataFrame, changes: pd.DataFrame, recorded: pd.DataFrame
) -> pd.DataFrame:
    """What became of the customers that an earlier report named: its rows of `actions_named` with outcome and recorded.

    before: `Earlier` or None; customers, today, changes: today's result tables `abc_customers`, `actions_named` and
    `customer_changes`; recorded: `done.csv` as `reference.signed` returns it, where a line for one customer overrides
    the line for `any`.
    outcome, one of `OUTCOMES`. Of win_back and keep_new: "more", "as_expected" or "less", this quarter's net sales
    against what was expected of the customer when it was named, its change included (95 % interval; "not_known" unless
    that report is of the quarter before). Of the others: "still" if the same is found today, else "off". "left_us": it
    is no customer of the quarter. recorded: a value of `DONE`.
    """
    if before is None:
        return pd.DataFrame(columns=[*_NAMED, "outcome", "recorded"])
    rows = before.named.reindex(columns=_NAMED)
    now = changes.set_index("customer_id").reindex(rows["customer_id"]).reset_index()
    beyond = np.log1p(now["against_then"]).abs() > scipy.stats.norm.ppf(0.975) * now["then_error"]
    tested = np.select(
        [now["against_then"].isna(), ~beyond, now["against_then"] > 0], ["not_known", "as_expected", "more"], "less"
    )
    listed = set(zip(today["action"], today["customer_id"], strict=True))
    still = [key in listed for key in zip(rows["action"], rows["customer_id"], strict=True)]
    outcome = np.where(rows["action"].isin(TESTED), tested, np.where(still, "still", "off"))
    gone = ~rows["customer_id"].isin(customers["customer_id"])
    return rows.assign(
        outcome=np.where(gone, "left_us", outcome),
        recorded=_recorded(rows, recorded[recorded["quarter"] == before.quarter]),
    )


def effect(rows: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Whether the customers named bought more than those not named, each against its own expectation at that time.

    rows: from `followed`; changes: today's result table `customer_changes`.
    Returns result table `actions_effect`, a row per action of `TESTED` with three customers or more: action, customers,
    others (how many), difference, low, high (shares: 0.1 = a tenth more than the others, with the 95 % interval of
    Welch 1947 for the logs). An interval around 0 is no effect that could be told from chance.
    """
    logs = np.log1p(changes.set_index("customer_id")["against_then"]).dropna()
    others = logs[~logs.index.isin(rows["customer_id"])]
    lines = []
    for action in TESTED:
        own = logs[logs.index.isin(rows.loc[rows["action"] == action, "customer_id"])]
        if len(own) >= 3 and len(others) >= 3:
            interval = scipy.stats.ttest_ind(own, others, equal_var=False).confidence_interval()
            shares = np.expm1([own.mean() - others.mean(), interval.low, interval.high])
            lines.append((action, len(own), len(others), *shares))
    return pd.DataFrame(lines, columns=["action", "customers", "others", "difference", "low", "high"])


def followed_summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Result table `actions_followed`: what became of each action. rows: from `followed`.

    Columns: rank, action, customers, amount (as reported then), the number of customers by each of `OUTCOMES` and each
    value of `DONE`.
    """
    table = summary(rows)
    for column, possible in (("outcome", OUTCOMES), ("recorded", DONE.values())):
        counts = pd.crosstab(rows["action"], rows[column]).reindex(columns=list(possible), fill_value=0)
        table = table.merge(counts.reset_index(), on="action", how="left")
    return table


def unused(before: Earlier | None, recorded: pd.DataFrame, part: str = "") -> list[int]:
    """The lines of `done.csv`, by number, about an earlier report that match none of its actions and customers.

    before, recorded: as for `followed`; part: the part of the company shown. For a part the list is empty, because one
    `done.csv` serves all parts.
    """
    if before is None or part:
        return []
    keys = {(row.action, who) for row in before.named.itertuples() for who in (row.customer_id, EVERYBODY)}
    lines = recorded[recorded["quarter"] == before.quarter]
    return [line for line, row in lines.iterrows() if (row["action"], row["customer_id"]) not in keys]


def _order(action, why, amount, since="", before=np.nan, now=np.nan, share=np.nan):
    facts = {"action": action, "amount": amount, "why": why, "since": since}
    return pd.DataFrame(facts | {"before": before, "now": now, "share": share}, index=amount.index)


def _overstocked(rows):
    return _order("check_stock", "overstocked", rows["size"], now=rows["cover"], share=rows["old_share"])


def _left(why, rows):
    last = pd.PeriodIndex(pd.to_datetime(rows["last_order"]), freq="Q").astype("str")
    return _order("win_back", why, rows["best_year"], pd.Series(last, rows.index, dtype="str"))


def _changed(action, rows):
    why = {"win_back": "fell", "keep_new": "grew"}[action]
    return _order(action, why, rows["a_year"].abs(), rows["since"], rows["year_ago"], rows["net_sales"])


def _low_share(customers):
    """The A by size with far less than the usual share, and what they earn with other brands."""
    share = customers.get("brand_share", pd.Series(np.nan, customers.index))
    large = customers["size_class"] == "A"
    low = (share > 0) & (share < LOW_SHARE * share[large].median())
    rows = customers[large & low & (customers["decided_class"] != "C") & customers["brand_profit"].notna()]
    elsewhere = rows["brand_profit"] / share[rows.index] - rows["brand_profit"]
    return _order("close_gap", "low_share", elsewhere, share=share[rows.index])


def _recorded(rows, recorded):
    answers = recorded.set_index(["action", "customer_id"])["done"].to_dict()
    everybody = {action: answers.get((action, EVERYBODY)) for action in ACTIONS}
    return [DONE[answers.get((row.action, row.customer_id), everybody[row.action])] for row in rows.itertuples()]
