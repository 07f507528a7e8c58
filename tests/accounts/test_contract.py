"""Clauses of the draft contract: which apply, what is filled in, and what is refused, all of it at once."""

import pytest

from custlib import accounts
from custlib.accounts import contract
from custlib.refusals import Refused

HEADER = "clause,order,class,kind,en,zh,text_en,text_zh\n"
VALUES = {
    "customer": "{limit}店",
    "customer_id": "K1",
    "year": "2026",
    "terms_days": "60",
    "limit": None,
    "currency": "yuan",
}


def terms(folder, lines):
    (folder / "reference").mkdir(exist_ok=True)
    (folder / "reference" / contract.FILE).write_text(HEADER + lines, encoding="utf-8")
    return accounts.contract_terms(folder)


def test_clauses_come_in_their_order_and_those_of_another_class_or_kind_are_left_out(tmp_path):
    lines = "last,9,any,any,L,末,l,末\njoint,3,any,strategic,J,联,j,联\nfirst,2,A B,key_account,F,首,f,首\n"
    told = terms(tmp_path, lines)
    headings = lambda letter, kinds: [heading for heading, _ in accounts.clauses(told, letter, kinds, "zh", VALUES)]  # noqa: E731
    assert headings("A", {"key_account", "strategic"}) == ["首", "联", "末"]
    assert headings("C", {"key_account"}) == ["末"] and headings("B", set()) == ["末"]
    assert headings("", {"key_account"}) == ["末"]


def test_places_are_filled_in_once_and_what_is_not_known_is_left_to_be_written(tmp_path):
    told = terms(tmp_path, "a,1,any,any,H,题,{customer} pays in {terms_days} days up to {limit},{customer}\n")
    (clause,) = accounts.clauses(told, "", set(), "en", VALUES)
    assert clause == ("H", "{limit}店 pays in 60 days up to ________")


def test_all_that_is_wrong_is_refused_at_once_with_line_and_what_there_is(tmp_path):
    lines = "a,1,any,any,H,题,{custmer} {year.__class__},{limit:>99}\nb,1,D,vip,H,题,one { brace,ok\n"
    with pytest.raises(Refused) as caught:
        terms(tmp_path, lines)
    told = [(each.code, each.facts["line"], each.facts.get("value")) for each in caught.value.refusals]
    assert told == [
        *(("contract_place", 2, place) for place in ("{custmer}", "{year.__class__}", "{limit:>99}")),
        *(("not_one_of", 3, value) for value in ("D", "vip")),
        ("contract_place", 3, "{"),
        ("order_twice", 3, None),
    ]
    assert "{customer}" in str(caught.value) and caught.value.exit_code == 3


@pytest.mark.parametrize("line", ["a,1,,any,H,题,t,t\n", "a,1,any,any,H,题,t,\n", "a,one,any,any,H,题,t,t\n", ""])
def test_a_blank_cell_an_order_that_is_none_and_a_file_without_a_clause_are_refused(tmp_path, line):
    with pytest.raises(Refused):
        terms(tmp_path, line)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_projects_clauses_say_the_same_in_both_languages(lang):
    """The same places, and all of them known."""
    rows = accounts.contract_terms()
    places = {name: rows[f"text_{name}"].str.findall(r"\{(\w+)\}").map(sorted).tolist() for name in ("en", "zh")}
    assert places["en"] == places["zh"]
    whole = accounts.clauses(rows, "A", {"key_account", "strategic"}, lang, dict.fromkeys(contract.PLACES, "¤"))
    assert len(whole) == len(rows) and "{" not in "".join(text for _, text in whole)
