import pandas as pd

from custlib import accounts

LISTED = pd.DataFrame(
    {"name": ["One", "Two", "Three"], "region": ["East", "East", "West"], "account_manager": ["Li", "Li", "Wu"]},
    pd.Index(["k1", "k2", "k3"], name="customer_id"),
)
CUSTOMERS = pd.DataFrame({"customer_id": ["k1", "k2"], "decided_class": ["B", "A"], "size": [5.0, 9.0]})


def decisions(*pairs):
    return pd.DataFrame(pairs, columns=["customer_id", "kind"])


def test_key_accounts_are_those_that_people_decided_largest_first_whatever_their_class():
    found = accounts.who(
        decisions(("k3", "key_account"), ("k1", "key_account"), ("k1", "strategic")), CUSTOMERS, LISTED
    )
    assert list(found["customer_id"]) == ["k1", "k3"]  # k3 neither bought nor paid
    assert found["basis"].eq("decided").all() and list(found["strategic"]) == [True, False]
    assert list(found["decided_class"]) == ["B", ""] and found["size"].isna().tolist() == [False, True]


def test_where_nobody_decided_the_customers_of_class_a_are_candidates():
    found = accounts.who(decisions(("k1", "strategic")), CUSTOMERS, LISTED)
    assert found[["customer_id", "basis"]].to_numpy().tolist() == [["k2", "candidate"]]


def test_a_decision_on_a_customer_that_is_not_listed_or_of_another_part_is_left_out():
    found = accounts.who(decisions(("k9", "key_account"), ("k3", "key_account")), CUSTOMERS, LISTED[:2])
    assert found.empty and "size" in found
