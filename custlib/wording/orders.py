"""What to do first, with whom, by when and why: the front page's orders. Facts for `words/<language>/orders.j2`."""

import pandas as pd

from custlib.facts.absence import stated

FEW = 5  # orders on the front page
_URGENT = ("check_stock", "win_back", "stop_loss")  # where money is being lost
_QUIET = ("left", "fell", "below_cost", "overstocked")  # whose absence is news

_ABSENT = ("left", "fell")


def first_orders(named: pd.DataFrame) -> list:
    """The orders with most money at stake, those where money is being lost first. named: result table
    `actions_named`."""
    ranked = named.assign(later=~named["action"].isin(_URGENT)).sort_values(
        ["later", "amount"], ascending=[True, False], kind="stable"
    )
    return _facts(ranked.head(FEW))


def all_orders(
    named: pd.DataFrame,
    data: pd.Series | None = None,
    missing: pd.DataFrame | None = None,
    sold: pd.DataFrame | None = None,
) -> dict:
    """How many orders there are, by action, and what was looked for and not found.

    named: as for `first_orders`; data: the one row of result table `data_facts`. Where so many customers are absent
    that the data are in doubt, it is not said that nobody left or fell. missing, sold: result tables `abc_missing` and
    `abc_sold`; what the exports cannot tell was not looked for.
    """
    hidden = list(_ABSENT) if data is not None and stated(data).doubtful else []
    hidden += ["below_cost"] if missing is not None and "contribution" in set(missing["indicator"]) else []
    hidden += ["overstocked"] if sold is not None and not (sold["stuffed"] != "not_known").any() else []
    counts = named["action"].value_counts().reindex(named["action"].unique())
    by_action = [{"action": action, "customers": int(number)} for action, number in counts.items()]
    quiet = [why for why in _QUIET if why not in {*named["why"], *hidden}]
    return {"orders": len(named), "shown": min(len(named), FEW), "by_action": by_action, "quiet": quiet}


def order_reason(named: pd.DataFrame) -> list:
    """Why each order, a line each. named: as for `first_orders`."""
    return _facts(named)


def statements_asked(customers: pd.DataFrame, quarter: str) -> dict | None:
    """Who is asked for the profit statement of the quarter, a request and no order; None if nobody is.

    customers: result table `abc_customers`; brand_share_of says of which quarter each share is.
    """
    if "brand_share_of" not in customers:
        return None
    lacking = customers[~customers["brand_share_of"].isin(["", quarter]) & customers["brand_share_of"].notna()]
    if lacking.empty:
        return None
    return {"quarter": quarter, "customers": len(lacking)}


def _facts(rows):
    return rows.astype("object").where(rows.notna(), None).to_dict("records")
