"""What the tables know of each customer, and what its page is called."""

import pandas as pd

from custlib import profile
from custlib.report.profile import found


def table(**columns):
    return pd.DataFrame(columns)


def whole(load):
    return found.with_rows(found.find(load), load)


def test_rows_stand_by_customer_and_what_is_unknown_is_none():
    frame = table(customer_id=["K1", "K2", "K1"], amount=[1.5, float("nan"), 2.0], name=["A", None, "B"])
    assert found.by_customer(frame) == {
        "K1": [{"amount": 1.5, "name": "A"}, {"amount": 2.0, "name": "B"}],
        "K2": [{"amount": None, "name": None}],
    }


def test_whole_numbers_are_whole_where_some_are_unknown():
    frame = table(customer_id=["K1", "K2"], more_than_days=[16.0, float("nan")], dso_days=[2.0, 2.5])
    tables = {"profile_index": table(customer_id=["K1"], file=["K1"]), "profile_credit": frame}
    row = whole(tables.get).of("K1")["profile_credit"][0]
    assert repr(row) == "{'more_than_days': 16, 'dso_days': 2.0}"


def test_without_an_index_nobody_has_a_page():
    assert not whole(lambda name: None).listed
    assert not found.find({"profile_index": table(customer_id=[], file=[])}.get).listed


def test_a_table_that_no_notebook_made_is_left_out():
    tables = {
        "profile_index": table(customer_id=["K1"], file=["customers/K1.html"]),
        "abc_history": table(customer_id=["K2"], quarter=["q"]),
    }
    here = whole(tables.get)
    assert here.of("K1") == {"abc_history": []}
    assert here.addresses(lambda name: name.replace(".html", ".zh.html")) == {"K1": "customers/K1.zh.html"}


def test_the_newest_name_counts_and_lost_customers_have_theirs():
    tables = {
        "profile_index": table(customer_id=["K1"], file=["customers/K1.html"]),
        "abc_seasons": table(customer_id=["K1", "K2"], name=["old", "Lost"]),
        "customer_changes": table(customer_id=["K1"], name=["new"]),
    }
    assert found.find(tables.get).names == {"K1": "new", "K2": "Lost"}


def test_a_customer_without_a_name_has_an_empty_one():
    tables = {
        "profile_index": table(customer_id=["K1"], file=["customers/K1.html"]),
        "customer_changes": table(customer_id=["K1", "K2"], name=pd.Series(["A", None], dtype="str")),
    }
    assert found.find(tables.get).names == {"K1": "A", "K2": ""}


def test_rows_are_held_only_where_they_are_asked_for_and_managers_are_known_before():
    customers = table(
        customer_id=["K1", "K2", "K3", "K4"], name="A", account_manager=pd.Series(["Wu", "Li", None, ""], dtype="str")
    )
    here = found.find({"profile_index": table(customer_id=["K1"], file=["K1.html"]), "abc_customers": customers}.get)
    assert here.managers == ("Li", "Wu") and here.of("K1") == {}


def test_of_customers_without_a_page_only_what_their_manager_is_told_is_kept():
    lines = table(customer_id=["K1", "K2"], state="missed", metric="racks", owner="Li")
    history = table(customer_id=["K1", "K2"], quarter="q")
    index = table(customer_id=["K1"], file=["customers/K1.html"])
    here = whole({"profile_index": index, "plan_lines": lines, "abc_history": history}.get)
    assert here.of("K1")["plan_lines"] == [{"state": "missed", "metric": "racks", "owner": "Li"}]
    assert here.of("K2") == {"plan_lines": [{"state": "missed", "metric": "racks"}], "abc_history": []}


def test_files_are_called_as_the_index_says_whatever_it_holds():
    ids = ["K1", "k1", "../x", "CON"]
    index = profile.index(table(customer_id=[], decided_class=[], size=[]), [], [], pd.Series(1.0, ids), "all")
    told = dict(zip(index["customer_id"], index["file"], strict=True))
    here = found.find({"profile_index": index}.get)
    assert {customer: f"customers/{name}.html" for customer, name in here.files.items()} == told
    wrong = found.find({"profile_index": index.assign(file="../../x.html")}.get)
    assert wrong.files == here.files
