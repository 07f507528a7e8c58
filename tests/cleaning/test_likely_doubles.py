import csv
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from custlib.cleaning import likely_doubles

NAME = st.lists(st.sampled_from("华盛永兴贸易商贸上海北京"), min_size=1, max_size=7).map("".join)


@pytest.mark.parametrize(
    ("name", "core", "place", "legal_form"),
    [
        ("上海华盛（集团）有限公司", "华盛", ("上海",), ("有限公司", "集团")),
        ("(上海)华盛贸易股份有限公司", "华盛贸易", ("上海",), ("有限公司", "股份")),
        ("华盛贸易有限公司上海分公司", "华盛贸易", ("上海", "分公司"), ("有限公司",)),
        ("ＡＢＣ Co., Ltd.", "abc", (), ("co", "ltd")),
        ("Abc Holdings Limited", "abc", (), ("holdings", "limited")),
        ("上海有限公司", "上海有限公司", ("上海",), ("有限公司",)),
        ("张伟", "张伟", (), ()),
    ],
)
def test_a_name_is_taken_apart_into_core_place_and_legal_form(name, core, place, legal_form):
    assert likely_doubles.parts(name) == (core, place, legal_form)


def pairs(*listed):
    """(alias_id, customer_id, likeness, differs) of customers numbered K0, K1, … in the order given."""
    found = likely_doubles.likely_doubles([(f"K{number}", name) for number, name in enumerate(listed)])
    return [(alias, customer, likeness, differs) for alias, _, customer, _, likeness, differs in found]


def test_one_name_with_two_ids_is_a_candidate_of_likeness_one():
    assert pairs("华盛贸易", "华盛贸易") == [("K1", "K0", 1.0, "")]
    assert pairs("华盛", "华盛", "华盛") == [("K1", "K0", 1.0, ""), ("K2", "K0", 1.0, "")]


def test_what_differs_is_named():
    assert pairs("上海华盛贸易有限公司", "上海华盛贸易股份有限公司") == [("K1", "K0", 1.0, "legal_form")]
    assert pairs("上海华盛贸易有限公司", "华盛贸易有限公司") == [("K1", "K0", 1.0, "place")]
    assert pairs("华盛日用百货商行", "华盛日用品百货商行") == [("K1", "K0", 0.94, "core")]


@pytest.mark.parametrize(
    "two",
    [
        ("华盛贸易", "华盛商贸"),
        ("张伟", "张玮"),
        ("恒泰家居有限公司上海分公司", "恒泰家居有限公司北京分公司"),
        ("上海华盛贸易有限公司", "北京华盛贸易有限公司"),
    ],
)
def test_names_that_are_two_customers_are_not_even_candidates(two):
    assert pairs(*two) == []


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(NAME, min_size=2, max_size=25), st.integers(1, 4))
def test_block_by_block_gives_the_pairs_that_comparing_all_with_all_gives(listed, block):
    cores = sorted({likely_doubles.parts(name).core for name in listed}, key=lambda core: (len(core), core))
    whole, likely_doubles._BLOCK = likely_doubles._BLOCK, block
    try:
        found = {(one, other) for one, other, _ in likely_doubles._alike(cores)}
    finally:
        likely_doubles._BLOCK = whole
    alike = itertools.combinations_with_replacement(cores, 2)
    assert found == {(one, other) for one, other in alike if fuzz.ratio(one, other) >= 80}


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(NAME, min_size=2, max_size=12), st.randoms())
def test_the_order_of_customers_does_not_matter(listed, random):
    customers = [(f"K{number}", name) for number, name in enumerate(listed)]
    shuffled = customers.copy()
    random.shuffle(shuffled)
    assert likely_doubles.likely_doubles(shuffled) == likely_doubles.likely_doubles(customers)


def test_the_list_to_sign_has_room_for_a_signature_and_no_formula(tmp_path):
    likely_doubles.write([("=1", "=华盛"), ("K2", "=华盛")], tmp_path / "sign.csv")
    with open(tmp_path / "sign.csv", encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row == {
        "alias_id": "K2",
        "customer_id": "'=1",
        "who": "",
        "on": "",
        "why": "",
        "alias_name": "'=华盛",
        "customer_name": "'=华盛",
        "likeness": "1.00",
        "differs": "",
    }
