"""What is to be done with which customer, decided once for all notebooks: changes, stock, silence, terms, orders."""

from dataclasses import dataclass

import pandas as pd

from custlib import actions, changes, channels, facts, quarters, reference
from custlib.cleaning import Clean
from custlib.refusals import Refused

FILE = "orders.csv"


@dataclass(frozen=True)
class Orders:
    """What was found of the customers of a quarter; tables over all customers, also those of other parts.

    changes, sold, silent, named: result tables `customer_changes`, `abc_sold`, `abc_silent`, `actions_named`;
    customers: `abc_customers` with the measure of each order in place of that of the class.
    """

    changes: pd.DataFrame
    sold: pd.DataFrame
    silent: pd.DataFrame
    named: pd.DataFrame
    customers: pd.DataFrame


def find(clean: Clean, quarter: str, customers: pd.DataFrame, data_dir=None) -> Orders:
    """The orders of a quarter. customers: `customer_classes.Judgement.customers`; data_dir: the folder whose reference
    tables count. Raises Refused as they do, and if `orders.csv` lacks an action (`order_missing`)."""
    terms = reference.table(FILE, data_dir)
    if lacking := [action for action in reference.ACTIONS if action not in set(terms["action"])]:
        raise Refused("order_missing", file=FILE, actions=", ".join(lacking))
    names = facts.customers(clean)[["name", "account_manager"]]
    trade = customers[["name", "account_manager", "size", "size_class", "joint_class"]].sort_index()
    changed = changes.judged(facts.by_quarter(clean, "net_sales", quarter), quarter)
    sold = channels.stuffed(trade, facts.sell_out(clean, quarter), facts.stock(clean, quarter))
    silent = channels.silent(facts.order_rhythm(clean, quarter), facts.losses(clean, quarter))
    orders = actions.concerned(customers, changed, sold, silent, facts.price_levels(clean, quarter), quarter)
    return Orders(
        names.join(changed, how="right"),
        sold,
        silent.join(names),
        actions.named(orders, names, terms, quarters.parse(quarter).last_day),
        _with_orders(customers, orders, terms),
    )


def _with_orders(customers, orders, terms):
    """An order goes before what is done for the class: its texts replace those of the measure."""
    action = orders.set_index("customer_id")["action"].reindex(customers.index)
    rows = (
        terms.set_index("action")
        .drop(columns="days")
        .rename(columns=lambda name: name.replace("name_", "measure_name_"))
    )
    texts = rows.reindex(action).set_axis(customers.index)
    texts = texts.assign(measure=action.astype("object"))
    return customers.assign(**{name: texts[name].combine_first(customers[name]) for name in texts})
