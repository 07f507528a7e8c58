"""What to do next quarter: the customers that each kind of action concerns, and what is at stake with them; what became of it since."""

from typing import NamedTuple

import pandas as pd

from custlib import project, restated, results
from custlib.reference import ACTIONS

OUTCOMES = ("better", "not_better", "left_us", "not_known")
DONE = {"yes": "done", "no": "not_done", None: "not_recorded"}
EVERYBODY = "any"  # in the place of a customer: all whom the action named
_READ = ("abc_moves", "abc_customers", "abc_sold", "abc_totals")


def concerned(moves, customers, sold):
    """The customers to act on, by action in the order of `ACTIONS`, the largest amount first.

    moves, customers, sold: result tables `abc_moves`, `abc_customers` and `abc_sold`.
    win_back: was A, fell (not just at the threshold) or left, and its size shrank; amount = what it lost. check_stock: A or B by size
    and stuffed; amount = its size. keep_new: rose to A (not just at the threshold) or came as A; amount = its size. stop_loss: costs us
    money; amount = what it cost. close_gap: A by size but C by brand share; amount = what it earns with other brands.
    Returns a DataFrame: action, customer_id, name, account_manager, amount (yuan).
    """
    real = moves[moves["move"] != "at_threshold"]
    shrunk = real["size_before"] - real["size"]
    size = customers["size_class"] == "A"
    found = {
        "win_back": real.assign(amount=shrunk)[(real["from_class"] == "A") & (shrunk > 0)],
        "check_stock": sold.assign(amount=sold["size"])[sold["stuffed"] == "stuffed"],
        "keep_new": real.assign(amount=real["size"])[real["to_class"] == "A"],
        "stop_loss": customers.assign(amount=-customers["contribution"])[customers["costs_us_money"]],
        "close_gap": customers.assign(amount=_earned_elsewhere(customers))[
            size & (customers["brand_share_class"] == "C")
        ],
    }
    columns = ["customer_id", "name", "account_manager", "amount"]
    parts = [_largest_first(found[action][columns]).assign(action=action) for action in ACTIONS]
    return pd.concat(parts, ignore_index=True)[["action", *columns]]


def summary(rows):
    """The result table `quarter_actions` (rank, action, customers, amount) from `concerned`, without empty actions."""
    sums = rows.groupby("action").agg(customers=("customer_id", "size"), amount=("amount", "sum"))
    sums = sums.reindex([action for action in ACTIONS if action in sums.index]).rename_axis("action").reset_index()
    return sums.assign(rank=range(1, len(sums) + 1))[["rank", "action", "customers", "amount"]]


class Earlier(NamedTuple):
    """An earlier report, as far as a later one looks back at it: its quarter, what it named to do (`concerned`), its result tables
    `abc_customers` and `abc_totals`."""

    quarter: str
    concerned: pd.DataFrame
    customers: pd.DataFrame
    totals: pd.DataFrame


def earlier(folder, company, currency):
    """The report in `folder` (as `restated.published`) as an `Earlier`.

    None where `folder` is empty text, the report is another company's or in another currency, or is so old that it lacks a table.
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


def followed(before, customers, sold, recorded):
    """What became of the customers that an earlier report named: its rows of `concerned`, with an `outcome` of `OUTCOMES` and what
    `recorded` says of each, a value of `DONE`.

    before: `Earlier` or None; customers, sold: result tables `abc_customers` and `abc_sold` of now; recorded: `done.csv` as
    `reference.signed` gives it. A line of its own for a customer goes before the one for `any`.
    better: win_back: its size is larger than then; check_stock: it sold on; keep_new: it is in A; stop_loss: it costs us no money;
    close_gap: our brand's share is larger than then. left_us: it is no customer of the quarter. The figures do not say why.
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
    told = [
        _outcome(better[row.action].get(row.customer_id), row.customer_id in now.index) for row in rows.itertuples()
    ]
    return rows.assign(outcome=told, recorded=_recorded(rows, recorded[recorded["quarter"] == before.quarter]))


def followed_summary(rows):
    """What became of each action, from `followed`: rank, action, customers, amount (as the earlier report said), how many customers had
    each of the `OUTCOMES`, for how many it is recorded as each value of `DONE`, and how many of those done and not done are better."""
    table = summary(rows)
    for column, possible in (("outcome", OUTCOMES), ("recorded", DONE.values())):
        counts = pd.crosstab(rows["action"], rows[column]).reindex(columns=list(possible), fill_value=0)
        table = table.merge(counts.reset_index(), on="action", how="left")
    better = rows[rows["outcome"] == "better"]
    for told in ("done", "not_done"):
        counts = better.loc[better["recorded"] == told, "action"].value_counts()
        table[f"{told}_better"] = table["action"].map(counts).fillna(0).astype("int64")
    return table


def unused(before, recorded, part="") -> list:
    """The lines of `done.csv` about an earlier report that name nobody whom it named, as numbers.

    before, recorded: as in `followed`; part: whose customers the reports show: of a part nothing is told, as one file serves all parts.
    """
    if before is None or part:
        return []
    named = {(row.action, who) for row in before.concerned.itertuples() for who in (row.customer_id, EVERYBODY)}
    own = recorded[recorded["quarter"] == before.quarter]
    return [line for line, row in own.iterrows() if (row["action"], row["customer_id"]) not in named]


def _recorded(rows, recorded):
    told = recorded.set_index(["action", "customer_id"])["done"].to_dict()
    everybody = {action: told.get((action, EVERYBODY)) for action in ACTIONS}
    return [DONE[told.get((row.action, row.customer_id), everybody[row.action])] for row in rows.itertuples()]


def _larger(now, then):
    then = then.reindex(now.index)
    return (now > then).where(now.notna() & then.notna())


def _outcome(better, is_customer):
    if not is_customer:
        return "left_us"
    return "not_known" if better is None or pd.isna(better) else "better" if better else "not_better"


def _earned_elsewhere(customers):
    share = customers["brand_share"].where(customers["brand_share"] != 0)  # from a share of 0 no total can be told
    return (customers["brand_profit"] / share - customers["brand_profit"]).fillna(0).clip(lower=0)


def _largest_first(rows):
    return rows.sort_values(["amount", "customer_id"], ascending=[False, True])
