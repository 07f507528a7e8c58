"""Which customers get a page of their own, in which file, and which of them a notebook shows."""

import difflib
from collections.abc import Iterable

import pandas as pd

from custlib import safe_names
from custlib.refusals import Refused

PROFILES = ("named", "all", "none")
MOST = 500  # pages of customers that are named


def index(
    customers: pd.DataFrame, ordered: Iterable, decided: Iterable, best_year: pd.Series, profiles: str = "named"
) -> pd.DataFrame:
    """Which customers get a page, the first named first; result table `profile_index`.

    customers: result table `abc_customers`; ordered, decided: ids of customers with an order, and of key accounts and
    strategic customers; best_year: the most that each customer bought in four quarters (Series over all that ever
    bought, yuan). profiles: "named" (those with an order, the decided, then A and B by size, at most 500), "all" or
    "none". Columns: customer_id, file (below the report's folder), reason (named; or all), best_year.
    """
    large = customers[customers["decided_class"].isin(["A", "B"])].sort_values(
        ["decided_class", "size", "customer_id"], ascending=[True, False, True]
    )
    known = best_year.index.union(customers["customer_id"])
    named = pd.Index([*ordered, *decided, *large["customer_id"]], dtype="object").drop_duplicates()
    named = named[named.isin(known)][:MOST]
    others = known.difference(named) if profiles == "all" else known[:0]
    chosen = [*named, *others] if profiles != "none" else []
    reasons = ["named"] * len(named) + ["all"] * len(others)
    rows = pd.DataFrame({"customer_id": pd.Series(chosen, dtype="str"), "reason": reasons[: len(chosen)]})
    files = safe_names.of(chosen)
    return rows.assign(
        file=[f"customers/{files[each]}.html" for each in rows["customer_id"]],
        best_year=rows["customer_id"].map(best_year).astype("float64"),
    )


def shown(customer: str, customers: pd.DataFrame, known: Iterable, own: Iterable) -> str:
    """The customer that a notebook shows: the one asked for, else the first key account by size, else the largest; ""
    without any.

    customers: result table `abc_customers`; known: every id of the company; own: those of the part that is shown, where
    one of another part is not. Raises Refused (`unknown_customer`) for an id that is none, naming the nearest.
    """
    known = set(known)
    if customer and customer not in known:
        nearest = next(iter(difflib.get_close_matches(customer, sorted(known), n=1, cutoff=0)), "-")
        raise Refused("unknown_customer", customer=customer, nearest=nearest)
    if customer in set(own):
        return customer
    first = customers.sort_values(["key_account", "size", "customer_id"], ascending=[False, False, True])
    return next(iter(first["customer_id"]), "")
