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
    silent is without those who fell silent in a quarter whose data are in doubt (`facts.absence`), unless reported;
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
    terms = texts(data_dir)
    names = facts.customers(clean)[["name", "account_manager"]]
    trade = customers[["name", "account_manager", "size", "size_class", "joint_class"]].sort_index()
    changed = changes.judged(facts.by_quarter(clean, "net_sales", quarter), quarter)
    sold = channels.stuffed(trade, facts.sell_out(clean, quarter), facts.stock(clean, quarter))
    silent = channels.silent(facts.order_rhythm(clean, quarter), facts.losses(clean, quarter))
    orders = actions.concerned(customers, changed, sold, silent, facts.price_levels(clean, quarter), quarter)
    if facts.absence(clean, quarter).doubtful:
        # The exports are asked about first: nobody who is absent has an order.
        orders = orders[orders["customer_id"].isin(customers.index)]
        silent = silent[~silent["new_this_quarter"] | (silent["told"] != "silent_only")]
    return Orders(
        names.join(changed, how="right"),
        sold,
        silent.join(names),
        actions.named(orders, names, terms, quarters.parse(quarter).last_day),
        _with_orders(customers, orders, terms),
    )


def texts(data_dir=None) -> pd.DataFrame:
    """`orders.csv` as text. Raises Refused (`order_missing`, `not_one_of`) unless it has a line for each action."""
    table = reference.lines(FILE, data_dir)
    if lacking := [action for action in reference.ACTIONS if action not in set(table["action"])]:
        raise Refused("order_missing", file=FILE, actions=", ".join(lacking))
    if strange := [(line, name) for line, name in table["action"].items() if name not in reference.ACTIONS]:
        facts = {"line": strange[0][0], "value": strange[0][1], "possible": ", ".join(reference.ACTIONS)}
        raise Refused("not_one_of", file=FILE, column="action", **facts)
    return table.reset_index(drop=True)


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
