"""What to do next quarter: the customers for each action and what is at stake, and the outcome of earlier actions."""

from typing import NamedTuple

import pandas as pd

from custlib import project, restated, results
from custlib.reference import ACTIONS

OUTCOMES = ("better", "not_better", "left_us", "not_known")
DONE = {"yes": "done", "no": "not_done", None: "not_recorded"}
EVERYBODY = "any"  # in place of a customer: all that the action named
_READ = ("abc_moves", "abc_customers", "abc_sold", "abc_totals")


def concerned(moves: pd.DataFrame, customers: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """The customers to act on, by action in the order of `ACTIONS`, the largest amount first.

    moves, customers, sold: result tables `abc_moves`, `abc_customers`, `abc_sold`.
    - win_back: was A, fell (not just at the threshold) or left, and its size shrank; amount: the loss of size;
    - check_stock: A or B by size, and stuffed; amount: its size;
    - keep_new: rose to A (not just at the threshold) or came as A; amount: its size;
    - stop_loss: costs us money; amount: that cost;
    - close_gap: A by size but C by brand share; amount: what it earns with other brands.
    Returns a DataFrame: action, customer_id, name, account_manager, amount (yuan).
    """
    real = moves[moves["move"] != "at_threshold"]
    shrunk = real["size_before"] - real["size"]
    is_large = customers["size_class"] == "A"
    rows = {
        "win_back": real.assign(amount=shrunk)[(real["from_class"] == "A") & (shrunk > 0)],
        "check_stock": sold.assign(amount=sold["size"])[sold["stuffed"] == "stuffed"],
        "keep_new": real.assign(amount=real["size"])[real["to_class"] == "A"],
        "stop_loss": customers.assign(amount=-customers["contribution"])[customers["costs_us_money"]],
        "close_gap": customers.assign(amount=_earned_elsewhere(customers))[
            is_large & (customers["brand_share_class"] == "C")
        ],
    }
    columns = ["customer_id", "name", "account_manager", "amount"]
    parts = [_largest_first(rows[action][columns]).assign(action=action) for action in ACTIONS]
    return pd.concat(parts, ignore_index=True)[["action", *columns]]


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Result table `quarter_actions` (rank, action, customers, amount), without empty actions. rows: from
    `concerned`."""
    sums = rows.groupby("action").agg(customers=("customer_id", "size"), amount=("amount", "sum"))
    sums = sums.reindex([action for action in ACTIONS if action in sums.index]).rename_axis("action").reset_index()
    return sums.assign(rank=range(1, len(sums) + 1))[["rank", "action", "customers", "amount"]]


class Earlier(NamedTuple):
    """An earlier report as a later one looks back at it: its quarter, its actions (`concerned`), and its result
    tables `abc_customers` and `abc_totals`."""

    quarter: str
    concerned: pd.DataFrame
    customers: pd.DataFrame
    totals: pd.DataFrame


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
    moves, customers, sold, totals = (results.load(name, folder) for name in _READ)
    return Earlier(quarter, concerned(moves, customers, sold), customers, totals)


def followed(
    before: Earlier | None, customers: pd.DataFrame, sold: pd.DataFrame, recorded: pd.DataFrame
) -> pd.DataFrame:
    """What became of the customers that an earlier report named: its rows of `concerned` with outcome and recorded.

    before: `Earlier` or None; customers, sold: today's result tables `abc_customers` and `abc_sold`; recorded:
    `done.csv` as `reference.signed` returns it, where a line for one customer overrides the line for `any`.
    outcome, one of `OUTCOMES`. "better" means: win_back: its size is larger than then; check_stock: it sold on;
    keep_new: it is in A; stop_loss: it no longer costs us money; close_gap: our brand's share is larger than then.
    "left_us": it is no customer of the quarter. The figures do not tell why.
    recorded: a value of `DONE`.
    """
    if before is None:
        return pd.DataFrame(
            columns=["action", "customer_id", "name", "account_manager", "amount", "outcome", "recorded"]
        )
    then, now = (table.set_index("customer_id") for table in (before.customers, customers))
    stuffed = sold.set_index("customer_id")["stuffed"]
    better = {
        "win_back": now["size"] > then["size"].reindex(now.index).fillna(0),
        "check_stock": stuffed.map({"sold": True, "stuffed": False}),
        "keep_new": now["joint_class"] == "A",
        "stop_loss": ~now["costs_us_money"].astype(bool),
        "close_gap": _larger(now["brand_share"], then["brand_share"]),
    }
    rows = before.concerned
    outcomes = [
        _outcome(better[row.action].get(row.customer_id), row.customer_id in now.index) for row in rows.itertuples()
    ]
    return rows.assign(outcome=outcomes, recorded=_recorded(rows, recorded[recorded["quarter"] == before.quarter]))


def followed_summary(rows: pd.DataFrame) -> pd.DataFrame:
    """What became of each action. rows: from `followed`.

    Columns: rank, action, customers, amount (as reported then), the number of customers by each of `OUTCOMES` and each
    value of `DONE`, and done_better and not_done_better, how many of those are better.
    """
    table = summary(rows)
    for column, possible in (("outcome", OUTCOMES), ("recorded", DONE.values())):
        counts = pd.crosstab(rows["action"], rows[column]).reindex(columns=list(possible), fill_value=0)
        table = table.merge(counts.reset_index(), on="action", how="left")
    better = rows[rows["outcome"] == "better"]
    for state in ("done", "not_done"):
        counts = better.loc[better["recorded"] == state, "action"].value_counts()
        table[f"{state}_better"] = table["action"].map(counts).fillna(0).astype("int64")
    return table


def unused(before: Earlier | None, recorded: pd.DataFrame, part: str = "") -> list[int]:
    """The lines of `done.csv`, by number, about an earlier report that match none of its actions and customers.

    before, recorded: as for `followed`; part: the part of the company shown. For a part the list is empty, because one
    `done.csv` serves all parts.
    """
    if before is None or part:
        return []
    named = {(row.action, who) for row in before.concerned.itertuples() for who in (row.customer_id, EVERYBODY)}
    lines = recorded[recorded["quarter"] == before.quarter]
    return [line for line, row in lines.iterrows() if (row["action"], row["customer_id"]) not in named]


def _recorded(rows, recorded):
    answers = recorded.set_index(["action", "customer_id"])["done"].to_dict()
    everybody = {action: answers.get((action, EVERYBODY)) for action in ACTIONS}
    return [DONE[answers.get((row.action, row.customer_id), everybody[row.action])] for row in rows.itertuples()]


def _larger(now, then):
    then = then.reindex(now.index)
    return (now > then).where(now.notna() & then.notna())


def _outcome(better, is_customer):
    if not is_customer:
        return "left_us"
    return "not_known" if better is None or pd.isna(better) else "better" if better else "not_better"


def _earned_elsewhere(customers):
    share = customers["brand_share"].where(customers["brand_share"] != 0)  # a share of 0 leaves the total unknown
    return (customers["brand_profit"] / share - customers["brand_profit"]).fillna(0).clip(lower=0)


def _largest_first(rows):
    return rows.sort_values(["amount", "customer_id"], ascending=[False, True])
