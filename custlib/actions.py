"""What to do next quarter: the customers that each kind of action concerns, and what is at stake with them."""

import pandas as pd

ACTIONS = ("win_back", "check_stock", "keep_new", "stop_loss", "close_gap")


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


def _earned_elsewhere(customers):
    share = customers["brand_share"].where(customers["brand_share"] != 0)  # from a share of 0 no total can be told
    return (customers["brand_profit"] / share - customers["brand_profit"]).fillna(0).clip(lower=0)


def _largest_first(rows):
    return rows.sort_values(["amount", "customer_id"], ascending=[False, True])
