"""Key accounts (大客户) and strategic customers (战略客户): decisions of people, beside the class and never made from it."""

import numpy as np
import pandas as pd

DIFFERENCES = ("a_but_no_key_account", "key_account_but_not_a", "key_account_without_class")
KINDS = ("key_account", "strategic")


def key_accounts(classes, decisions):
    """What people decided of each customer in class A, and of each other one they decided on.

    classes: Series customer → class this quarter, missing where it has none. decisions: `reference.signed("key_accounts.csv")`.
    Returns a DataFrame, index customer_id, decided ones first: class, key_account and strategic (True or False), decision_difference,
    who, on, why (of both decisions where a customer has two). decision_difference: "a_but_no_key_account", "key_account_but_not_a",
    "key_account_without_class" (it neither bought nor paid this quarter), or "". A strategic customer may be of any class: it is
    chosen for what it shall become.
    """
    decided = decisions.groupby("customer_id", sort=True)
    said = decided[["who", "on", "why"]].agg(lambda texts: " / ".join(dict.fromkeys(texts.dropna())))
    of_kind = {kind: decisions.loc[decisions["kind"] == kind, "customer_id"] for kind in KINDS}
    known = classes.dropna().astype("object")
    ours = known.index[known == "A"].difference(said.index, sort=False)
    rows = pd.DataFrame(index=said.index.append(ours).rename("customer_id"))
    rows["class"] = known.reindex(rows.index)
    for kind, members in of_kind.items():
        rows[kind] = rows.index.isin(members)
    rows["decision_difference"] = _difference(rows)
    return rows.join(said).fillna({"who": "", "on": "", "why": ""})


def _difference(rows):
    is_a, has_class, key_account = rows["class"] == "A", rows["class"].notna(), rows["key_account"]
    cases = {
        "a_but_no_key_account": is_a & ~key_account,
        "key_account_without_class": key_account & ~has_class,
        "key_account_but_not_a": key_account & ~is_a,
    }
    return np.select(list(cases.values()), list(cases), "")
