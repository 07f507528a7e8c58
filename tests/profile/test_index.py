import pandas as pd
import pytest

from custlib import profile
from custlib.refusals import Refused

CUSTOMERS = pd.DataFrame(
    [("k1", "B", 50.0, False), ("k2", "A", 10.0, False), ("k3", "A", 90.0, True), ("k4", "C", 99.0, False)],
    columns=["customer_id", "decided_class", "size", "key_account"],
)
BEST = pd.Series({"k1": 1.0, "k2": 2.0, "k3": 3.0, "k4": 4.0, "gone": 5.0, "key": 6.0})


def test_orders_first_then_the_decided_then_a_and_b_by_size():
    rows = profile.index(CUSTOMERS, ["gone"], ["key", "gone", "nobody"], BEST)
    assert rows["customer_id"].tolist() == ["gone", "key", "k3", "k2", "k1"]
    assert rows["best_year"].tolist() == [5, 6, 3, 2, 1] and set(rows["reason"]) == {"named"}
    assert rows["file"].iloc[0] == "customers/gone.html"


def test_all_adds_everybody_else_and_none_nobody():
    rows = profile.index(CUSTOMERS, ["k4"], [], BEST, "all")
    assert rows.set_index("customer_id")["reason"].to_dict() == {
        **dict.fromkeys(["k4", "k3", "k2", "k1"], "named"),
        **dict.fromkeys(["gone", "key"], "all"),
    }
    assert profile.index(CUSTOMERS, ["k4"], [], BEST, "none").empty


def test_at_most_500_are_named():
    many = pd.DataFrame({"customer_id": [f"k{n}" for n in range(600)], "decided_class": "A", "size": 1.0})
    assert len(profile.index(many, [], [], pd.Series(dtype="float64"))) == 500


def test_an_id_that_is_no_file_name_gets_one_of_ours():
    ids = ["K1", "k1", "a/b", "..", "con"]
    files = profile.index(CUSTOMERS[:0], [], [], pd.Series(1.0, ids), "all").set_index("customer_id")["file"]
    assert files[".."].startswith("customers/~") and files["a/b"].startswith("customers/a b~")
    assert files.str.casefold().nunique() == 5 and files.str.fullmatch(r"customers/[^/]+\.html").all()


def shown(customer, customers=CUSTOMERS, own=BEST.index):
    return profile.shown(customer, customers, BEST.index, own)


def test_the_customer_shown_is_the_one_asked_for_else_the_first_key_account_else_the_largest():
    assert (shown("k1"), shown("gone"), shown("")) == ("k1", "gone", "k3")
    assert shown("", CUSTOMERS.assign(key_account=False)) == "k4"
    assert shown("", CUSTOMERS[:0]) == ""


def test_a_customer_of_another_part_is_not_shown():
    assert shown("k1", CUSTOMERS[1:], ["k2", "k3", "k4"]) == "k3"


def test_an_id_that_is_none_is_refused_with_the_nearest():
    with pytest.raises(Refused, match="Did you mean “gone”") as caught:
        shown("gome")
    assert caught.value.code == "unknown_customer"
