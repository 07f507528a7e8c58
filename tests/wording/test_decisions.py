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


def waiting(pairs, cut=0, in_rows=0):
    return wording.doubles({"pairs": pairs, "cut": cut, "in_rows": in_rows})


def test_doubles_wait_for_a_signature_and_are_named_nowhere(said):
    assert said("decisions.doubles", waiting(1)).startswith(
        "1 pair of customers may be one and the same. None is merged until a person signs: look at aliases\\_to\\_sign.csv"
    )
    assert "12 对客户可能是同一家" in said("decisions.doubles", waiting(12), "zh")
    assert said("decisions.doubles", waiting(0)) == "No two customers look like one."


def test_what_is_not_on_the_list_to_sign_is_said(said):
    text = said("decisions.doubles", waiting(5_000, 1, 37))
    assert "The list holds the most alike; 1 more pair is not on it. 37 names differ from many others" in text
    assert "另有 1 对未列出。有 37 个名称" in said("decisions.doubles", waiting(5_000, 1, 37), "zh")
    assert "1 name differs from" in said("decisions.doubles", waiting(1, 0, 1))


def test_restated_figures_come_by_size_with_the_files_behind_them(said):
    facts = wording.restated(FIGURES, CAUSES, "2025Q3")
    assert [figure["difference"] for figure in facts["worst"]] == [-123456.78, 20000.0, 0.0]
    assert said("decisions.restated", facts) == (
        "**Since the report of 2025Q3, 3 past figures changed:** net amount of 2025Q1 (sales) by −¥123,000, amount of 2025Q3 "
        "(payments received) by +¥20,000 and cost of 2025Q1 (sales; moved between months). "
        r"Because of a\_1\.csv (changed) and b\.csv (new)."
    )
    assert said("decisions.restated", wording.restated(FIGURES[1:2], CAUSES, "2025Q3"), "zh") == (
        "**自 2025Q3 的报告以来，有 1 个历史数字发生变化**：2025Q1 无税金额（销售明细）−12.3 万元。"
        r"原因：a\_1\.csv（有改动）和 b\.csv（新增）。"
    )


def test_many_files_are_counted_after_the_first_three(said):
    many = pd.DataFrame({"file": list("abcde"), "change": ["gone"] * 5})
    facts = wording.restated(FIGURES, many, "2025Q3")
    assert ([cause["file"] for cause in facts["files"]], facts["more_files"]) == (["a", "b", "c"], 2)
    assert said("decisions.restated", facts).endswith("b (no longer there), c (no longer there) and 2 files more.")
    assert said("decisions.restated", facts, "zh").endswith("c（已不存在）等另外 2 个文件。")


def test_nothing_changed_and_nothing_to_compare_with_are_two_sentences(said):
    assert said("decisions.restated", wording.restated(FIGURES[:0], CAUSES[:0], "2025Q3")) == (
        "Past figures stand as the report of 2025Q3 published them."
    )
    nothing = wording.restated(FIGURES[:0], CAUSES[:0], "")
    assert said("decisions.restated", nothing, "zh").startswith("没有可对照的此前报告")


def test_of_many_figures_the_largest_are_named_as_such(said):
    facts = wording.restated(pd.concat([FIGURES, FIGURES[2:]]), CAUSES, "2025Q3")
    assert "4 past figures changed:** most of all net amount" in said("decisions.restated", facts)
    assert "变化最大的是2025Q1 无税金额" in said("decisions.restated", facts, "zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_bold_is_bold_on_the_page(said, lang):
    page = MARKDOWN(said("decisions.restated", wording.restated(FIGURES, CAUSES, "2025Q3"), lang))
    assert "<strong>" in page and "**" not in page
