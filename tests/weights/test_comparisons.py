import pandas as pd
import pytest

from custlib import reference, weights
from custlib.refusals import Refused
from custlib.sample.experts import EXPERTS

INDICATORS = ("size", "contribution", "brand_share")


def comparisons(*rows):
    return pd.DataFrame(rows, columns=["factor_a", "factor_b", "ratio"], index=range(2, 2 + len(rows)))


def test_comparisons_of_the_indicators_become_weights():
    table = comparisons(
        ("size", "contribution", "2"), ("brand_share", "size", "1/2"), ("contribution", "brand_share", "1")
    )
    assert weights.of_indicators(table, INDICATORS).weights.tolist() == pytest.approx([0.5, 0.25, 0.25])
    assert weights.of_indicators(comparisons(), INDICATORS) is None


def test_the_project_comes_without_comparisons():
    assert weights.of_indicators(reference.signed("comparisons.csv"), INDICATORS) is None


@pytest.mark.parametrize(
    "rows, line",
    [
        ([("size", "charm", "2")], 2),
        ([("size", "contribution", "12")], 2),
        ([("size", "contribution", "much")], 2),
        ([("size", "contribution", "1/0")], 2),
        ([("size", "size", "1")], 2),
        ([("size", "contribution", "2"), ("contribution", "size", "2")], 3),
        ([("size", "contribution", "2"), ("size", "brand_share", "2")], 3),
    ],
    ids=["unknown", "beyond 9", "text", "by nothing", "itself", "twice", "a pair without"],
)
def test_strange_comparisons_are_refused_with_their_line(rows, line):
    with pytest.raises(Refused) as caught:
        weights.of_indicators(comparisons(*rows), INDICATORS)
    assert caught.value.code == "comparison_strange" and caught.value.facts["line"] == line


TREE = pd.DataFrame(
    [
        ("goods", None),
        ("people", None),
        ("price", "goods"),
        ("range", "goods"),
        ("stock", "goods"),
        ("skill", "people"),
    ],
    columns=["factor", "bone"],
)


def judged(*rows):
    table = pd.DataFrame(rows, columns=["expert", "parent_id", "factor_a", "factor_b", "ratio"])
    return table.assign(file="两两比较.xlsx", line=range(3, 3 + len(table)))


def test_judgements_become_a_matrix_for_each_expert_and_parent():
    rows = judged(
        ("Fang", "customer_profit", "people", "goods", 0.5),
        ("Fang", "goods", "price", "range", 2),
        ("Fang", "goods", "stock", "range", 0.25),
        ("Deng", "customer_profit", "goods", "people", 3),
    )
    found = weights.from_table(rows, TREE)
    assert list(found) == [("Deng", "customer_profit"), ("Fang", "customer_profit"), ("Fang", "goods")]
    assert found["Fang", "customer_profit"].loc["goods", "people"] == 2
    table = found["Fang", "goods"]
    assert (
        table.loc["price", "range"] == 2 and table.loc["range", "stock"] == 4 and pd.isna(table.loc["price", "stock"])
    )


def test_a_factor_that_nobody_compares_yet_stands_in_no_matrix():
    found = weights.from_table(judged(("Fang", "goods", "price", "range", 2)), TREE)
    assert list(found["Fang", "goods"].index) == ["price", "range"]


@pytest.mark.parametrize(
    "rows, code, line, said",
    [
        ([("Fang", "goods", "price", "skill", 2)], "judgement_strange", 3, "price ~ skill"),
        ([("Fang", "colour", "price", "range", 2)], "judgement_strange", 3, "price ~ range"),
        ([("Fang", "goods", "price", "price", 1)], "judgement_strange", 3, "price ~ price"),
        ([("Fang", "goods", "price", "range", 9.5)], "judgement_strange", 3, "9.5"),
        (
            [("Fang", "goods", "price", "range", 2), ("Fang", "goods", "range", "price", 2)],
            "judgements_contradict",
            4,
            "range ~ price",
        ),
        (
            [
                ("Deng", "goods", "price", "range", 2),
                ("Deng", "goods", "range", "stock", 2),
                ("Fang", "goods", "price", "range", 2),
            ],
            "judgements_apart",
            5,
            "price, range | stock",
        ),
    ],
    ids=["another bone", "no bone", "itself", "beyond 9", "twice", "apart"],
)
def test_strange_judgements_are_refused_with_expert_and_line(rows, code, line, said):
    with pytest.raises(Refused, match=said.replace("|", r"\|")) as caught:
        weights.from_table(judged(*rows), TREE)
    assert (caught.value.code, caught.value.facts["line"]) == (code, line)
    assert caught.value.facts["expert"] == "Fang" and "Fang" in caught.value.line("zh")


def test_the_same_judgement_twice_or_reversed_counts_once():
    rows = judged(("Fang", "goods", "price", "range", 3), ("Fang", "goods", "range", "price", 0.333333))
    assert weights.from_table(rows, TREE)["Fang", "goods"].loc["price", "range"] == pytest.approx(3, abs=1e-4)


def test_order_of_lines_does_not_matter(pairwise, tree):
    found, other = weights.from_table(pairwise, tree), weights.from_table(pairwise[::-1], tree)
    assert list(found) == list(other) and len(found) == 7 * len(EXPERTS)
    assert all(found[key].equals(other[key]) for key in found)


def test_of_two_different_values_the_later_line_is_named_in_whatever_order_they_come():
    rows = judged(("Fang", "goods", "price", "range", 2), ("Fang", "goods", "price", "range", 5))
    with pytest.raises(Refused) as caught:
        weights.from_table(rows[::-1], TREE)
    assert caught.value.facts["line"] == 4


def test_a_reverse_that_is_right_to_its_own_decimals_is_the_same_judgement():
    rows = judged(
        ("Fang", "goods", "range", "price", 0.33),
        ("Fang", "goods", "price", "range", 3),
        ("Fang", "goods", "price", "stock", 7),
        ("Fang", "goods", "stock", "price", 0.14),
    )
    found = weights.from_table(rows, TREE)["Fang", "goods"]
    assert (found.loc["price", "range"], found.loc["price", "stock"]) == (3, 7)


@pytest.mark.parametrize("reverse", [0.32, 0.25, 0.333, 0.5])
def test_a_reverse_that_is_not_names_both_lines(reverse):
    rows = judged(
        ("Fang", "goods", "price", "range", 4 if reverse == 0.333 else 3), ("Fang", "goods", "range", "price", reverse)
    )
    with pytest.raises(Refused) as caught:
        weights.from_table(rows, TREE)
    assert caught.value.code == "judgements_contradict"
    assert (caught.value.facts["line"], caught.value.facts["other_line"]) == (4, 3)
