"""What the tables know of each customer, and what its page is called."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.report.profile import found

HOSTILE = ["../../etc", "a/b", "..", "CON", "x" * 255, "😀", "<script>", "k1", "K1", "", "name.", "a\\b", "2025Q4"]


def table(**columns):
    return pd.DataFrame(columns)


def test_rows_stand_by_customer_and_what_is_unknown_is_none():
    frame = table(customer_id=["K1", "K2", "K1"], amount=[1.5, float("nan"), 2.0], name=["A", None, "B"])
    assert found.by_customer(frame) == {
        "K1": [{"amount": 1.5, "name": "A"}, {"amount": 2.0, "name": "B"}],
        "K2": [{"amount": None, "name": None}],
    }


def test_whole_numbers_are_whole_where_some_are_unknown():
    frame = table(customer_id=["K1", "K2"], more_than_days=[16.0, float("nan")], dso_days=[2.0, 2.5])
    tables = {"profile_index": table(customer_id=["K1"], file=["K1"]), "profile_credit": frame}
    row = found.find(tables.get).of("K1")["profile_credit"][0]
    assert repr(row) == "{'more_than_days': 16, 'dso_days': 2.0}"


def test_without_an_index_nobody_has_a_page():
    assert not found.find(lambda name: None).listed
    assert not found.find({"profile_index": table(customer_id=[], file=[])}.get).listed


def test_a_table_that_no_notebook_made_is_left_out():
    tables = {
        "profile_index": table(customer_id=["K1"], file=["customers/K1.html"]),
        "abc_history": table(customer_id=["K2"], quarter=["q"]),
    }
    here = found.find(tables.get)
    assert here.of("K1") == {"abc_history": []} and here.of("K2") == {"abc_history": [{"quarter": "q"}]}
    assert here.addresses(lambda name: name.replace(".html", ".zh.html")) == {"K1": "customers/K1.zh.html"}


def test_the_newest_name_counts_and_lost_customers_have_theirs():
    tables = {
        "profile_index": table(customer_id=["K1"], file=["customers/K1.html"]),
        "abc_seasons": table(customer_id=["K1", "K2"], name=["old", "Lost"]),
        "customer_changes": table(customer_id=["K1"], name=["new"]),
    }
    assert found.find(tables.get).names == {"K1": "new", "K2": "Lost"}


@pytest.mark.parametrize("given", [dict.fromkeys(HOSTILE), {name: f"customers/{name}.html" for name in HOSTILE}])
def test_files_get_names_of_our_own_whatever_customers_are_called(given):
    names = found.file_names(given)
    assert list(names) == HOSTILE and len({name.casefold() for name in names.values()}) == len(HOSTILE)
    for name in names.values():
        assert re.fullmatch(r"[\w -]*(~[0-9a-f]{8})?|~not-known~[0-9a-f]{8}", name)
        assert len(f"{name}.zh.html".encode()) <= 255 and not name.startswith((".", " "))


def test_a_mark_that_a_customer_bears_itself_is_not_taken_for_ours():
    ours = found.file_names({"a/b": None})["a/b"]
    names = found.file_names({"a/b": None, ours: None, "K1": "customers/../x.html", "k": "K1"})
    assert len({name.casefold() for name in names.values()}) == 4


@given(st.dictionaries(st.text(), st.none() | st.text(), max_size=6))
def test_no_two_customers_share_a_file(given):
    names = found.file_names(given)
    assert len({name.casefold() for name in names.values()}) == len(given)
    assert not any("/" in name or "\\" in name or name in (".", "..") for name in names.values())
