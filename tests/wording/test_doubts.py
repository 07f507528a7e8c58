import pandas as pd
import pytest

from custlib import anomalies, wording
from custlib.report.pages.cells import MARKDOWN

P = "\N{NO-BREAK SPACE}%"
MOVES = pd.DataFrame(
    [
        ("sales", "", "rows", "year_before", 1.02, 0.6, 1.6, ""),
        ("sales", "net_amount", "sum", "year_before", 3.5, 0.5, 2.0, "jump"),
        ("payments", "amount", "mean", "year_before", 9800.0, 0.5, 2.0, "unit_error"),
        ("visits", "", "rows", "before", 0.0, 0.5, 2.0, "nothing"),
        ("needs", "", "rows", "before", None, 0.5, 2.0, ""),
    ],
    columns=["table", "column", "measure", "against", "ratio", "low", "high", "odd"],
)
DOUBTS = pd.DataFrame({"file": ["a_1.csv", "a_1.csv"]})
FRESH = pd.DataFrame({"column": ["region", "kind"], "value": ["华 东", "<b>"], "nearest": ["华东", ""]})
NONE = pd.DataFrame({"file": []}), pd.DataFrame({"column": [], "value": [], "nearest": []})


def test_measures_out_of_their_range_are_named_with_the_reason(said):
    facts = wording.odd(MOVES, *NONE)
    assert (facts["judged"], facts["strange"], facts["more"]) == (4, 3, 0)
    assert said("doubts.odd", facts) == (
        "**3 of 4 measures left their usual range:** sales: net amount, sum (× 3.50, usual 0.50 to 2.00), payments "
        "received: amount, mean (× 9,800: amounts 1000 times larger or smaller) and visits: rows (on the quarter before) "
        "(rows in other quarters but none now). Odd is a question, not an error. Largest changes in amounts on a year ago: "
        f"sales, net amount +250{P}. No category is new."
    )
    chinese = said("doubts.odd", facts, "zh")
    assert "拜访记录：行数（环比）（以往有记录、本季没有）" in chinese
    assert "同比变化最大的金额：销售明细的无税金额 +250%。" in chinese


def test_the_largest_changes_on_a_year_ago_are_named_by_how_far_they_went_up_or_down(said):
    sums = [("a", 1.2), ("b", 0.5), ("c", 1.9), ("d", 1.1), ("e", -2.0)]
    rows = [("sales", "net_amount", "sum", "year_before", ratio, 0.1, 3.0, "") for _, ratio in sums]
    facts = wording.odd(pd.DataFrame(rows, columns=MOVES.columns), *NONE)
    assert [one["ratio"] for one in facts["widest"]] == [0.5, 1.9, 1.2]
    assert f"net amount −50{P}, sales, net amount +90{P} and" in said("doubts.odd", facts)


def test_nothing_odd_and_nothing_to_compare_with_are_two_sentences(said):
    usual, first = wording.odd(MOVES[:1], *NONE), wording.odd(MOVES[4:], *NONE)
    assert said("doubts.odd", usual).startswith("None of 1 measures left its usual range.")
    assert said("doubts.odd", first, "zh").startswith("没有可以对照的以往季度。")


def test_files_in_doubt_and_new_values_are_named_and_harmless(said):
    facts = wording.odd(MOVES[:1], DOUBTS, FRESH)
    text = said("doubts.odd", facts)
    assert r"**Amounts that look like another unit** stand in 1 file: a\_1\.csv." in text
    assert r"Never seen before: region “华 东” (near to “华东”) and kind “\<b\>”." in text
    assert "从未出现过的取值：大区“华 东”（接近“华东”）和类型" in said("doubts.odd", facts, "zh")


def test_of_many_odd_measures_files_and_values_the_rest_is_counted(said):
    many = pd.concat([MOVES[1:4], MOVES[1:2]])
    facts = wording.odd(many, pd.DataFrame({"file": list("abcd")}), pd.concat([FRESH, FRESH]))
    text = said("doubts.odd", facts)
    assert "none now) and 1 more." in text and "in 4 files: a, b and c and others." in text and ", and more." in text
    chinese = said("doubts.odd", facts, "zh")
    assert "和另外 1 项。" in chinese and "a、b 和 c等。" in chinese and "等。" in chinese


@pytest.mark.parametrize("lang, text", [("en", "beyond 7 times or below 1/7"), ("zh", "以 7 倍和 1/7 为界")])
def test_the_rule_is_told_with_the_numbers_that_are_used(said, monkeypatch, lang, text):
    monkeypatch.setattr(anomalies, "PLAIN", 7.0)
    assert text in said("doubts.odd_rule", wording.odd_rule(), lang)


def test_labels_and_the_text_alternative_say_what_the_figure_shows(said):
    labels = wording.movement_labels(MOVES[:3])
    assert [said("doubts.movement_labels", label, "zh", markdown=False) for label in labels] == [
        "销售明细：行数",
        "销售明细：无税金额合计",
        "回款：金额均值",
    ]
    facts = wording.movements_alt(MOVES[:2])
    assert said("doubts.movements_alt", facts, markdown=False) == (
        "This quarter as a multiple of the same quarter a year ago, each with its usual range: "
        "sales: rows 1.02 (usual 0.60 to 1.60); sales: net amount, sum 3.50 (usual 0.50 to 2.00), odd."
    )
    assert "行数 1.02 倍（通常 0.60 至 1.60）；" in said("doubts.movements_alt", facts, "zh", markdown=False)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_bold_is_bold_on_the_page(said, lang):
    page = MARKDOWN(said("doubts.odd", wording.odd(MOVES, DOUBTS, FRESH), lang))
    assert page.count("<strong>") == 2 and "**" not in page
