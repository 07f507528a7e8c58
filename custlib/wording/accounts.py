"""What key accounts need and what we promised them, in notebook 50. Facts for `words/<language>/accounts.j2`."""

from collections.abc import Collection

import pandas as pd

from custlib.wording import forms

_READ = ("plans", "plan_checks", "needs", "promotions", "dealer_profit")  # tables that a key account's page reads


def accounts_missing(held: Collection[str]) -> dict | None:
    """What the exports lack of what the notebook tells; None if nothing. nothing: whether they hold nothing of it."""
    lacks = [name for name in _READ if name not in held]
    return {"lacks": lacks, "nothing": not {"plans", "needs", "promotions"} & set(held)} if lacks else None


def accounts_who(listed: pd.DataFrame, customer: str, names: pd.DataFrame) -> dict:
    """Who the key accounts are, and which customer is shown. listed: result table `account_list`; names: name and
    account_manager by customer."""
    shown = names.loc[customer] if customer in names.index else None
    return {
        "accounts": len(listed),
        "candidates": bool(listed["basis"].eq("candidate").any()),
        "name": "" if shown is None else forms.first_customers(_one(names, customer))["names"][0],
        "manager": "" if shown is None or pd.isna(shown["account_manager"]) else shown["account_manager"],
        "listed": bool(listed["customer_id"].eq(customer).any()),
    }


def _one(names, customer):
    return names.loc[[customer]].rename_axis("customer_id").reset_index()


def requests_reading(requests: pd.DataFrame, customer: str) -> dict | None:
    """What is asked of headquarters, for all and for one customer; None without a request. requests: result table
    `account_requests`."""
    if requests.empty:
        return None
    own = requests[requests["customer_id"] == customer]
    return {
        "requests": len(requests),
        "customers": int(requests["customer_id"].nunique()),
        "amount": forms.number(requests["amount"].sum(min_count=1)),
        "own": len(own),
    }
