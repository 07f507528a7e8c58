import csv
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.cleaning import likely_doubles
from tests import made_names

NAME = st.lists(st.sampled_from("华盛永兴贸易商贸上海北京一二店"), min_size=1, max_size=7).map("".join)


def pairs(*listed):
    """(alias_id, customer_id, likeness, differs) of customers numbered K0, K1, … in the order given."""
    found = likely_doubles.likely_doubles([(f"K{number}", name) for number, name in enumerate(listed)])
    return [(alias, customer, likeness, differs) for alias, _, customer, _, likeness, differs in found.pairs]


def test_one_name_with_two_ids_is_a_candidate_of_likeness_one():
    assert pairs("华盛贸易", "华盛贸易") == [("K1", "K0", 1.0, "")]
    assert pairs("华盛", "华盛", "华盛") == [("K1", "K0", 1.0, ""), ("K2", "K0", 1.0, "")]


@pytest.mark.parametrize(
    ("one", "other", "likeness", "differs"),
    [
        ("上海华盛贸易有限公司", "上海华盛贸易股份有限公司", 1.0, "legal_form"),
        ("上海华盛贸易有限公司", "华盛贸易有限公司", 1.0, "place"),
        ("华盛贸易有限公司", "华盛贸易有限公司（停用）", 1.0, "note"),
        ("华盛日用百货", "华盛日用品百货", 0.86, "core"),
        ("保定润源厨具经营部", "保定润园厨具经营部", 0.89, "core"),
        ("保定润源厨具经营部", "保定源润厨具经营部", 0.89, "core"),
        ("上海华盛贸易", "上悔华盛贸易", 0.83, "core place"),
        ("Manbergdel Services Partners Ltd", "Manbergdl Services Partnrs Ltd", 0.93, "core"),
    ],
)
def test_what_differs_is_named(one, other, likeness, differs):
    assert pairs(one, other) == [("K1", "K0", likeness, differs)]


@pytest.mark.parametrize(
    "two",
    [
        ("华盛贸易", "华盛商贸"),
        ("张伟", "张玮"),
        ("恒泰家居有限公司上海分公司", "恒泰家居有限公司北京分公司"),
        ("上海华盛贸易有限公司", "北京华盛贸易有限公司"),
        ("南京华盛贸易有限公司", "北京华盛贸易有限公司"),
        ("华盛超市一分店", "华盛超市二分店"),
        ("第二百一十连锁店", "第二百一十四连锁店"),
        ("华盛超市（一店）", "华盛超市（二店）"),
        ("华盛超市东门店", "华盛超市西门店"),
        ("华盛超市A店", "华盛超市B店"),
        ("广东20000自行车销售有限公司", "广东20003自行车销售有限公司"),
        ("华盛超市（张三）", "华盛超市（李四）"),
        ("上海华盛贸易有限公司", "上海永盛贸易经营部"),
    ],
)
def test_names_that_are_two_customers_are_not_even_candidates(two):
    assert pairs(*two) == []


def test_a_number_is_the_same_in_figures_and_in_chinese():
    assert pairs("华盛超市第十二分店", "华盛超市第12分店") == [("K1", "K0", 1.0, "")]


def found_of(made):
    """(recall, precision) of the pairs that are listed, all names lying in one list."""
    listed = [(f"{place:05d}{side}", pair[side]) for place, pair in enumerate(made) for side in (0, 1)]
    found = {tuple(sorted((pair[0], pair[2]))) for pair in likely_doubles.likely_doubles(listed).pairs}
    true = {(f"{place:05d}0", f"{place:05d}1") for place, (*_, slip) in enumerate(made) if slip}
    return len(found & true) / len(true), len(found & true) / len(found)


def test_of_1500_made_up_pairs_nine_in_ten_are_found_and_nine_in_ten_of_those_listed_are_true():
    recall, precision = found_of(made_names.pairs(1_500))
    assert recall >= 0.9 and precision >= 0.9


@pytest.mark.parametrize("slip", made_names.SLIPS, ids=lambda slip: slip.__name__)
def test_every_kind_of_slip_is_found(slip):
    made = [pair for pair in made_names.pairs(500) if pair[2] == slip.__name__]
    assert found_of(made)[0] >= 0.9


def test_shops_of_a_chain_and_names_in_a_row_are_no_pairs():
    shops = [(f"K{number}", f"{place}华盛超市第{number}连锁店") for number, place in enumerate(made_names.PLACES * 50)]
    assert likely_doubles.likely_doubles(shops) == ([], 0, 0)
    row = [(char, f"{char}盛贸易有限公司") for char in "华永恒兴嘉金鼎"]
    assert likely_doubles.likely_doubles(row) == ([], 0, 7)


def test_what_is_too_much_for_a_person_is_cut_and_counted(monkeypatch):
    monkeypatch.setattr(likely_doubles, "MOST", 2)
    found = likely_doubles.likely_doubles([*((f"K{number}", "华盛") for number in range(4)), ("K9", "华盛有限公司")])
    assert [pair[0] for pair in found.pairs] == ["K1", "K2"] and found.cut == 2


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(NAME, min_size=2, max_size=12), st.randoms())
def test_the_order_of_customers_does_not_matter(listed, random):
    customers = [(f"K{number}", name) for number, name in enumerate(listed)]
    shuffled = customers.copy()
    random.shuffle(shuffled)
    assert likely_doubles.likely_doubles(shuffled) == likely_doubles.likely_doubles(customers)


def test_the_list_to_sign_has_room_for_a_signature_and_no_formula(tmp_path):
    likely_doubles.write([("=1", "=华盛"), ("K2", "=华盛")], tmp_path)
    with open(tmp_path / "aliases_to_sign.csv", encoding="utf-8-sig", newline="") as file:
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
    assert json.loads((tmp_path / "aliases_not_listed.json").read_text()) == {"cut": 0, "in_rows": 0}
