import pandas as pd
import pytest

from custlib import anomalies, wording
from custlib.report.pages.cells import MARKDOWN

MOVES = pd.DataFrame(
    [
        ("sales", "", "rows", 1.02, 0.6, 1.6, ""),
        ("sales", "net_amount", "sum", 3.5, 0.5, 2.0, "jump"),
        ("payments", "amount", "mean", 9800.0, 0.5, 2.0, "unit_error"),
        ("visits", "", "rows", 0.0, 0.5, 2.0, "nothing"),
        ("needs", "", "rows", None, 0.5, 2.0, ""),
    ],
    columns=["table", "column", "measure", "ratio", "low", "high", "odd"],
)
DOUBTS = pd.DataFrame({"file": ["a_1.csv", "a_1.csv"]})
FRESH = pd.DataFrame({"column": ["region", "kind"], "value": ["华 东", "<b>"], "nearest": ["华东", ""]})
NONE = pd.DataFrame({"file": []}), pd.DataFrame({"column": [], "value": [], "nearest": []})


def test_measures_out_of_their_range_are_named_with_the_reason():
    assert wording.odd(MOVES, *NONE, lang="en") == (
        "**Of 4 measures 3 moved out of their usual range:** sales: net amount, sum (3.50 times the quarter before: outside the usual "
        "range), payments received: amount, mean (9,800 times the quarter before: amounts 1000 times larger or smaller) and "
        "visits: rows (rows before but none now). No category is new."
    )
    assert "拜访记录：行数（此前有记录、本季没有）" in wording.odd(MOVES, *NONE, lang="zh")


def test_nothing_odd_and_nothing_to_compare_with_are_two_sentences():
    assert wording.odd(MOVES[:1], *NONE, lang="en").startswith("Of 1 measures none moved out of its usual range.")
    assert wording.odd(MOVES[4:], *NONE, lang="zh").startswith("没有可以对照的上一季度。")


def test_files_in_doubt_and_new_values_are_named_and_harmless():
    text = wording.odd(MOVES[:1], DOUBTS, FRESH, lang="en")
    assert r"**Amounts that look like another unit** stand in 1 file: a\_1\.csv." in text
    assert r"Never seen before: region “华 东” (near to “华东”) and kind “\<b\>”." in text
    assert "从未出现过的取值：大区“华 东”（接近“华东”）和类型" in wording.odd(MOVES[:1], DOUBTS, FRESH, lang="zh")


@pytest.mark.parametrize("lang, text", [("en", "beyond 7 times the largest"), ("zh", "最大变化的 7 倍")])
def test_the_rule_is_told_with_the_numbers_that_are_used(monkeypatch, lang, text):
    monkeypatch.setattr(anomalies, "WIDER", 7.0)
    assert text in wording.odd_rule(lang=lang)


def test_labels_and_the_text_alternative_say_what_the_figure_shows():
    assert wording.movement_labels(MOVES, lang="zh")[:3] == [
        "销售明细：行数",
        "销售明细：无税金额合计",
        "回款：金额均值",
    ]
    shown = MOVES[:2].assign(label=["a", "b"])
    assert wording.movements_alt(shown, lang="en") == (
        "This quarter as a multiple of the quarter before, each with its usual range: "
        "a 1.02 (usual 0.60 to 1.60); b 3.50 (usual 0.50 to 2.00), odd."
    )
    assert "b 3.50 倍（通常 0.50 至 2.00），异常" in wording.movements_alt(shown, lang="zh")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        wording.odd(MOVES, DOUBTS, FRESH, lang="fr")


def test_of_many_odd_measures_the_rest_is_counted():
    many = pd.concat([MOVES[1:4], MOVES[1:2]])
    assert "none now) and 1 more." not in wording.odd(MOVES, *NONE, lang="en")
    assert "none now) and 1 more." in wording.odd(many, *NONE, lang="en")
    assert "和另外 1 项。" in wording.odd(many, *NONE, lang="zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_bold_is_bold_on_the_page(lang):
    page = MARKDOWN(wording.odd(MOVES, DOUBTS, FRESH, lang=lang))
    assert page.count("<strong>") == 2 and "**" not in page
