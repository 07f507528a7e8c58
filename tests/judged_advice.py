"""Who a report names for what, judged by what is true of a made company."""

import pandas as pd

from custlib import actions, channels, customer_classes, facts

QUARTER = "2025Q4"
RIGHT = {
    "collapsed": "win_back",
    "collapsed_earlier": "win_back",
    "slid": "win_back",
    "left": "win_back",
    "below_cost": "stop_loss",
    "overstocked": "check_stock",
    "grew": "keep_new",
}
SMALL_SHARE = 0.6  # of the median true share of our brand in a customer's profit: there is a gap to close


def named(clean, quarter):
    """The adapter, the one place that knows the rules: a row per order, action, customer_id, name, account_manager, amount."""
    judged = customer_classes.judge(clean, quarter, resamples=20)
    trade = judged.customers[["name", "account_manager", "size", "size_class", "joint_class"]]
    sold = channels.stuffed(trade, facts.sell_out(clean, quarter), facts.stock(clean, quarter))
    return actions.concerned(judged.moves.reset_index(), judged.customers.reset_index(), sold.reset_index())


def judged(orders, truth):
    """A row per order and per customer without one: customer_id, fate, gap (whether there is one), action, right.

    orders: as `named` returns them. Who left earlier is no customer any more, unless it is named.
    """
    share = truth.shares.set_index("customer_id").brand_share
    who = truth.fates.assign(gap=(share < SMALL_SHARE * share.median()).to_numpy())
    rows = who.merge(orders[["customer_id", "action", "amount"]], on="customer_id", how="left")
    right = (rows.action == rows.fate.map(RIGHT)) | ((rows.action == "close_gap") & rows.gap)
    return rows.assign(right=right)[(rows.fate != "left_earlier") | rows.action.notna()]


def by_fate(rows):
    """Customers of each fate: how many, how many are named for anything, precision of these names and recall (NaN: no name is
    due). rows: of `judged`, with what tells companies apart in the column `company`."""
    each = rows.assign(due=rows.action == rows.fate.map(RIGHT)).groupby(["fate", "company", "customer_id"])
    customers = each.agg(named=("action", "count"), right=("right", "sum"), due=("due", "any")).groupby("fate")
    table = pd.DataFrame(
        {
            "customers": customers.size(),
            "named": customers["named"].agg(lambda counts: (counts > 0).mean()),
            "precision": customers["right"].sum() / customers["named"].sum(),
            "recall": customers["due"].mean(),
        }
    )
    return table.assign(recall=table.recall.where(table.index.isin(RIGHT))).reindex(
        [*RIGHT, *table.index.difference(RIGHT)]
    )


def by_action(rows):
    """Orders of each action: how many, precision, and recall of the customers for whom it is right."""
    orders = rows[rows.action.notna()].groupby("action")
    customers = rows.drop_duplicates(["company", "customer_id"])
    due = customers.fate.map(RIGHT).value_counts()
    due["close_gap"] = customers.gap.sum()
    table = pd.DataFrame({"orders": orders.size(), "right": orders.right.sum(), "due": due})
    return table.assign(precision=table.right / table.orders, recall=table.right / table.due)


def overall(rows):
    """Customers, the share of them with a false name, and how many have two orders."""
    each = rows.assign(false=rows.action.notna() & ~rows.right).groupby(["company", "customer_id"])
    customers = each.agg(orders=("action", "count"), false=("false", "any"))
    return {
        "customers": len(customers),
        "false_names": customers.false.mean(),
        "two_orders": int((customers.orders > 1).sum()),
    }
