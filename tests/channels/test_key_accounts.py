import pandas as pd

from custlib import channels

CLASSES = pd.Series({"K1": "A", "K2": "A", "K3": "B", "K4": "C", "K5": None})


def decisions(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "kind", "who", "on", "why"])


def told(*rows):
    return channels.key_accounts(CLASSES, decisions(*rows))


def test_class_and_decisions_stand_side_by_side_with_their_difference():
    found = told(
        ("K1", "key_account", "Li", "2025-03-01", None),
        ("K3", "key_account", "Li", "2025-03-01", "opens stores"),
        ("K4", "strategic", "Wu", "2025-04-01", "first in its town"),
        ("K5", "key_account", "Wu", "2025-04-01", None),
    )
    assert found[["class", "key_account", "strategic", "decision_difference"]].fillna("").to_dict("index") == {
        "K1": {"class": "A", "key_account": True, "strategic": False, "decision_difference": ""},
        "K3": {"class": "B", "key_account": True, "strategic": False, "decision_difference": "key_account_but_not_a"},
        "K4": {"class": "C", "key_account": False, "strategic": True, "decision_difference": ""},
        "K5": {
            "class": "",
            "key_account": True,
            "strategic": False,
            "decision_difference": "key_account_without_class",
        },
        "K2": {"class": "A", "key_account": False, "strategic": False, "decision_difference": "a_but_no_key_account"},
    }


def test_both_decisions_on_a_customer_are_one_row_signed_twice():
    found = told(("K1", "strategic", "Wu", "2025-04-01", "plan"), ("K1", "key_account", "Li", "2025-03-01", "plan"))
    assert found.loc["K1", ["key_account", "strategic", "who", "on", "why"]].tolist() == [
        True,
        True,
        "Wu / Li",
        "2025-04-01 / 2025-03-01",
        "plan",
    ]


def test_an_a_that_is_only_strategic_is_still_asked_about():
    assert told(("K1", "strategic", "Wu", "2025-04-01", None)).at["K1", "decision_difference"] == "a_but_no_key_account"


def test_where_nobody_decided_each_a_stands_alone():
    found = told()
    assert list(found.index) == ["K1", "K2"] and (found["decision_difference"] == "a_but_no_key_account").all()
    assert (found["who"] == "").all()
