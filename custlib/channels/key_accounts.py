"""Key accounts (大客户) and strategic customers (战略客户): people's decisions, beside the class and never derived from it."""

import numpy as np
import pandas as pd

DIFFERENCES = ("a_but_no_key_account", "key_account_but_not_a", "key_account_without_class")
KINDS = ("key_account", "strategic")


def key_accounts(classes: pd.Series, decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions on customers, and the customers of class A without one; decided ones first.

    classes: Series customer → class this quarter, missing without one; decisions:
    `reference.signed("key_accounts.csv")`.
    Returns a DataFrame (index customer_id): class, key_account and strategic (True or False), decision_difference, who,
    on, why (joined if a customer has two decisions). decision_difference: "a_but_no_key_account",
    "key_account_but_not_a", "key_account_without_class" (it neither bought nor paid this quarter), or "". A strategic
    customer may have any class: it is chosen for what it should become.
    """
    decided = decisions.groupby("customer_id", sort=True)
    signatures = decided[["who", "on", "why"]].agg(lambda texts: " / ".join(dict.fromkeys(texts.dropna())))
    of_kind = {kind: decisions.loc[decisions["kind"] == kind, "customer_id"] for kind in KINDS}
    letters = classes.dropna().astype("object")
    undecided = letters.index[letters == "A"].difference(signatures.index, sort=False)
    rows = pd.DataFrame(index=signatures.index.append(undecided).rename("customer_id"))
    rows["class"] = letters.reindex(rows.index)
    for kind, members in of_kind.items():
        rows[kind] = rows.index.isin(members)
    rows["decision_difference"] = _difference(rows)
    return rows.join(signatures).fillna({"who": "", "on": "", "why": ""})


def _difference(rows):
    is_a, has_class, key_account = rows["class"] == "A", rows["class"].notna(), rows["key_account"]
    cases = {
        "a_but_no_key_account": is_a & ~key_account,
        "key_account_without_class": key_account & ~has_class,
        "key_account_but_not_a": key_account & ~is_a,
    }
    return np.select(list(cases.values()), list(cases), "")
