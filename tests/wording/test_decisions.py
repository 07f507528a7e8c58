from decimal import Decimal

import pandas as pd
import pytest

from custlib import wording
from custlib.report.pages.cells import MARKDOWN

FIGURES = pd.DataFrame(
    [
        ("sales", "cost", "2025Q1", Decimal(0)),
        ("sales", "net_amount", "2025Q1", Decimal("-123456.78")),
        ("payments", "amount", "2025Q3", Decimal("20000")),
    ],
    columns=["table", "column", "quarter", "difference"],
)
CAUSES = pd.DataFrame({"file": ["a_1.csv", "b.csv", "a_1.csv"], "change": ["changed", "new", "changed"]})


def test_doubles_wait_for_a_signature_and_are_named_nowhere():
    assert wording.doubles(1, lang="en").startswith("1 pair of customers may be one and the same. None is merged")
    assert "aliases\\_to\\_sign.csv" in wording.doubles(12, lang="zh")
    assert wording.doubles(0, lang="en") == "No two customers look like one."


def test_restated_figures_come_by_size_with_the_files_behind_them():
    assert wording.restated(FIGURES, CAUSES, "2025Q3", lang="en") == (
        "**Since the report of 2025Q3, 3 past figures changed:** net amount of 2025Q1 (sales) by −¥123 thousand, amount of 2025Q3 "
        "(payments received) by +¥20 thousand and cost of 2025Q1 (sales; moved between months). "
        r"Because of a\_1\.csv (changed) and b\.csv (new)."
    )
    assert wording.restated(FIGURES[1:2], CAUSES, "2025Q3", lang="zh") == (
        "**自 2025Q3 的报告以来，有 1 个历史数字发生变化**：2025Q1 无税金额（销售明细）−12.3 万元。"
        r"原因：a\_1\.csv（有改动）和b\.csv（新增）。"
    )


def test_many_files_are_counted_after_the_first_three():
    many = pd.DataFrame({"file": list("abcde"), "change": ["gone"] * 5})
    text = wording.restated(FIGURES, many, "2025Q3", lang="en")
    assert text.endswith("Because of a (no longer there), b (no longer there), c (no longer there) and 2 files more.")
    assert wording.restated(FIGURES, many, "2025Q3", lang="zh").endswith("c（已不存在）等另外 2 个文件。")


def test_nothing_changed_and_nothing_to_compare_with_are_two_sentences():
    assert wording.restated(FIGURES[:0], CAUSES[:0], "2025Q3", lang="en") == (
        "Past figures stand as the report of 2025Q3 published them."
    )
    assert wording.restated(FIGURES[:0], CAUSES[:0], "", lang="zh").startswith("没有可对照的此前报告")


@pytest.mark.parametrize(
    "call",
    [
        lambda: wording.doubles(0, lang="fr"),
        lambda: wording.restated(FIGURES, CAUSES, "2025Q3", lang="fr"),
    ],
)
def test_another_language_is_refused(call):
    with pytest.raises(ValueError, match="fr"):
        call()


def test_of_many_figures_the_largest_are_named_as_such():
    four = pd.concat([FIGURES, FIGURES[2:]])
    assert "4 past figures changed:** most of all net amount" in wording.restated(four, CAUSES, "2025Q3", lang="en")
    assert "变化最大的是2025Q1 无税金额" in wording.restated(four, CAUSES, "2025Q3", lang="zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_bold_is_bold_on_the_page(lang):
    page = MARKDOWN(wording.restated(FIGURES, CAUSES, "2025Q3", lang=lang))
    assert "<strong>" in page and "**" not in page
