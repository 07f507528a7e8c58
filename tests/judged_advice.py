"""Who a report names for what, judged by what is true of a made company."""

import pandas as pd

from custlib import customer_classes, customer_orders

QUARTER = "2025Q4"
RIGHT = {
    "collapsed": "win_back",
    "collapsed_earlier": "win_back",
    "slid": "win_back",
    "left": "win_back",
    "left_earlier": "win_back",
    "below_cost": "stop_loss",
    "overstocked": "check_stock",
    "grew": "keep_new",
}
NEWS_FROM = "2025Q1"  # a change that began before is none against last year
ALL_ALONG = ("below_cost", "overstocked")
SMALL_SHARE = 0.6  # of the median true share of our brand in a customer's profit: there is a gap to close


def named(clean, quarter):
    """The adapter, the one place that knows the rules: a row per order, action, customer_id, name, account_manager, amount."""
    judged = customer_classes.judge(clean, quarter, resamples=20)
    return customer_orders.find(clean, quarter, judged.customers).named


def judged(orders, truth):
    """A row per order and per customer without one: customer_id, fate, gap (whether there is one), action, right.

    orders: as `named` returns them. What happened a year ago or earlier is no news: no order is
    due for it, though one is not wrong.
    """
    share = truth.shares.set_index("customer_id").brand_share
    old = (truth.fates.since != "") & (truth.fates.since < NEWS_FROM)
    who = truth.fates.assign(gap=(share < SMALL_SHARE * share.median()).to_numpy())
    who = who.assign(due=who.fate.map(RIGHT).mask(old & ~who.fate.isin(ALL_ALONG)))
    rows = who.merge(orders[["customer_id", "action", "amount"]], on="customer_id", how="left")
    right = (rows.action == rows.fate.map(RIGHT)) | ((rows.action == "close_gap") & rows.gap)
    return rows.assign(right=right)


def by_fate(rows):
    """Customers of each fate: how many, how many an order is due to, how many are named for anything, precision of these names, and
    recall. rows: of `judged`, with what tells companies apart in the column `company`."""
    each = rows.assign(met=rows.action == rows.due).groupby(["fate", "company", "customer_id"])
    customers = each.agg(named=("action", "count"), right=("right", "sum"), due=("due", "count"), met=("met", "any"))
    customers = customers.assign(due=customers.due > 0, is_named=customers.named > 0).groupby("fate")
    sums = customers[["named", "right", "due", "met"]].sum()
    table = pd.DataFrame({"customers": customers.size(), "due": sums.due, "named": customers.is_named.mean()})
    table = table.assign(precision=sums.right / sums.named, recall=(sums.met / sums.due).where(sums.due > 0))
    return table.reindex([*RIGHT, *table.index.difference(RIGHT)])


def by_action(rows):
    """Orders of each action: how many, precision, and recall (of close_gap none: not every gap is worth an order)."""
    orders = rows[rows.action.notna()].groupby("action")
    customers = rows.drop_duplicates(["company", "customer_id"])
    due = customers.due.value_counts()
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
