"""Which customers are key accounts (大客户), as people decided; candidates where nobody has."""

import pandas as pd


def who(decisions: pd.DataFrame, customers: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """The key accounts, the largest first; result table `account_list`.

    decisions: `reference.signed("key_accounts.csv")`; customers: result table `abc_customers`; listed: name, region and
    account_manager by customer (`facts.customers`): a decision on a customer that is not listed is left out.
    Columns: customer_id, name, region, account_manager, decided_class ("" without one), size (of the quarter, yuan; NaN
    for one that neither bought nor paid), strategic, basis: "decided", or "candidate" for the customers of class A
    where nobody has decided on any key account.
    """
    of_kind = {kind: decisions.loc[decisions["kind"] == kind, "customer_id"] for kind in ("key_account", "strategic")}
    basis, ids = "decided", of_kind["key_account"]
    if ids.empty:
        basis, ids = "candidate", customers.loc[customers["decided_class"] == "A", "customer_id"]
    rows = listed.loc[listed.index.isin(ids), ["name", "region", "account_manager"]].rename_axis("customer_id")
    rows = rows.join(customers.set_index("customer_id")[["decided_class", "size"]])
    rows = rows.assign(strategic=rows.index.isin(of_kind["strategic"]), basis=basis).fillna({"decided_class": ""})
    return rows.reset_index().sort_values(["size", "customer_id"], ascending=[False, True], ignore_index=True)
