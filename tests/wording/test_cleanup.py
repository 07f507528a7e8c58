from decimal import Decimal

import pandas as pd
import pytest

from custlib import wording

ACCOUNTS = pd.DataFrame(
    {
        "table": ["sales", "sales", "payments"],
        "file": ["a.csv", "b.csv", "c.xlsx"],
        "lines": [1000, 500, 204],
        "clean": [960, 480, 100],
        "quarantined": [38, 18, 0],
    }
)
PRESENT = pd.DataFrame({"table": ["sales", "payments", "plans", "needs"], "rows": [1440, 100, 0, 0]})
REASONS = pd.DataFrame(
    [("sales", "width", 5), ("sales", "not_a_date", 9), ("payments", "not_a_date", 2), ("sales", "duplicate_of", 40)],
    columns=["table", "reason", "lines"],
)
CONTROLS = pd.DataFrame(
    [
        ("sales", "销售_1.csv", "2025-10", "net_amount", "100.00", "88.00", "12.00", "0.00"),
        ("sales", "销售_1.csv", "2025-11", "net_amount", "50.00", "50.00", "0.00", "0.00"),
        ("payments", "b.csv", "2025-10", "amount", "70.00", "70.00", "0.00", "0.00"),
    ],
    columns=["table", "file", "month", "column", "amount_in", "amount_clean", "amount_quarantined", "difference"],
)
MONEY = ["amount_in", "amount_clean", "amount_quarantined", "difference"]
CONTROLS[MONEY] = CONTROLS[MONEY].map(Decimal)


def test_what_came_adds_up_to_the_lines_of_the_files(said):
    facts = wording.what_came(ACCOUNTS, PRESENT)
    assert (facts["files"], facts["lines"], facts["clean"], facts["aside"]) == (3, 1704, 1540, 56)
    assert said("cleanup.what_came", facts) == (
        "3 files brought 1,704 lines for 2 tables: 1,540 are clean (96\N{NO-BREAK SPACE}% of the data lines), "
        "56 set aside, and 108 are headers, titles, totals or blank. "
        "Not among the exports: yearly plans, needs interviews."
    )
    assert said("cleanup.what_came", facts, "zh") == (
        "3 个文件共 1,704 行，涉及 2 张表：有效 1,540 行（占数据行的 96%），剔除待核 56 行，"
        "其余 108 行为表头、标题、合计或空行。"
        "导出文件中没有：年度计划、需求访谈。"
    )


def test_a_complete_delivery_lacks_nothing():
    assert wording.what_came(ACCOUNTS, PRESENT[:2])["absent"] == []


def test_files_that_were_not_read_are_told_and_harmless(said):
    facts = wording.what_came(ACCOUNTS, PRESENT[:2], "a_b_c.txt")
    assert r"Not read, as declared: a\_b\_c\.txt." in said("cleanup.what_came", facts)


def test_reasons_are_counted_over_all_tables_the_most_frequent_first(said):
    facts = wording.set_aside(REASONS)
    assert facts["first"] == [
        {"key": "duplicate_of", "number": 40},
        {"key": "not_a_date", "number": 11},
        {"key": "width", "number": 5},
    ]
    assert said("cleanup.set_aside", facts) == (
        "56 lines were set aside, none thrown away. "
        "Why: the same line again (40), not a date (11) and more or fewer cells than the header (5)."
    )
    assert said("cleanup.set_aside", facts, "zh") == (
        "共剔除待核 56 行，均保留备查。原因：重复行（40）、不是日期（11）和列数与表头不符（5）。"
    )


def test_only_three_of_many_reasons_are_named(said):
    more = pd.concat([REASONS, pd.DataFrame({"table": ["sales"], "reason": ["conflict"], "lines": [1]})])
    text = said("cleanup.set_aside", wording.set_aside(more))
    assert "Most often: the same line again (40), not a date (11) and more" in text and "different values" not in text


@pytest.mark.parametrize("lang, text", [("en", "1 line was set aside"), ("zh", "共剔除待核 1 行")])
def test_one_line_set_aside(said, lang, text):
    facts = wording.set_aside(pd.DataFrame({"reason": ["width"], "lines": [1]}))
    assert said("cleanup.set_aside", facts, lang).startswith(text)


def test_nothing_set_aside_and_nothing_changed_is_said(said):
    assert said("cleanup.set_aside", wording.set_aside(REASONS[:0])) == "No line was set aside."
    nothing = wording.changed(pd.DataFrame({"rule": [], "cells": []}))
    assert said("cleanup.changed", nothing, "zh") == "没有更改任何单元格。"


def test_the_largest_groups_of_lines_set_aside_stand_for_their_raw_cells(said):
    facts = wording.set_aside_groups(REASONS)
    assert (facts["total"], facts["groups"]) == (56, 4)
    assert [group["lines"] for group in facts["largest"]] == [40, 9, 5]
    assert said("cleanup.set_aside_groups", facts).startswith(
        "56 lines set aside, by table and reason in 4 groups; the largest: sales · the same line again (40), sales · not a date (9), "
    )
    nothing = wording.set_aside_groups(REASONS[:0])
    assert said("cleanup.set_aside_groups", nothing, "zh").startswith(
        "剔除待核 0 行，按表和原因分为 0 组，最大的是：–。"
    )


def test_what_was_changed_by_which_rule(said):
    facts = wording.changed(pd.DataFrame({"rule": ["wan", "date_form", "wan"], "cells": [3, 1200, 4]}))
    assert facts["total"] == 1207
    assert said("cleanup.changed", facts) == (
        "1,207 cells were rewritten, each by a rule on record. "
        "By rule: date written another way (1,200) and ten-thousands (万) turned into yuan (7)."
    )


def test_money_that_adds_up_says_so_to_the_cent(said):
    facts = wording.money_adds_up(CONTROLS)
    assert facts["aside"] == [{"column": "net_amount", "amount": 12.0}]
    assert said("cleanup.money_adds_up", facts) == (
        "The money adds up: in 2 files with amounts, what came in is what is clean plus what was set aside; "
        "the difference is 0.00. Set aside: net amount ¥12."
    )
    assert said("cleanup.money_adds_up", facts, "zh", currency="GBP") == (
        "金额核对一致：2 个含金额的文件中，原始金额都等于有效金额加剔除待核金额，差额为 0.00。剔除待核金额：无税金额 12 英镑。"
    )
    assert said("cleanup.money_adds_up", wording.money_adds_up(CONTROLS[1:])).endswith("No money was set aside.")
    nothing = wording.money_adds_up(CONTROLS[:0])
    assert said("cleanup.money_adds_up", nothing) == "No file holds an amount of money."


def test_money_that_does_not_add_up_names_the_file_even_where_months_cancel(said):
    facts = wording.money_adds_up(CONTROLS.assign(difference=[Decimal("1.00"), Decimal("-12.30"), Decimal("-0.01")]))
    assert [one["difference"] for one in facts["worst"]] == [-12.3, -0.01]
    assert said("cleanup.money_adds_up", facts) == (
        "**The money does not add up** in 2 files; the largest differences: "
        r"销售\_1\.csv (net amount, -12.30) and b\.csv (amount, -0.01). Find out why before you use these figures."
    )
    assert said("cleanup.money_adds_up", facts, "zh").startswith("**金额核对不一致**：2 个文件存在差额")


NOTES = pd.DataFrame({"file": ["a.csv", "b.csv"], "note": ["trailing_delimiter"] * 2, "count": [100, 20]})
SHEETS = pd.DataFrame({"visible": [True, False], "read": [True, False], "hidden_rows": [3, None]})


def test_notes_and_what_is_hidden_in_workbooks_are_counted(said):
    facts = wording.noted(NOTES, SHEETS)
    assert said("cleanup.noted", facts) == (
        "Noted: one delimiter too many at the end of every line (120, in 2 files). Of 2 sheets in workbooks 1 was not read and 1 is hidden; "
        "3 lines are hidden."
    )
    assert said("cleanup.noted", facts, "zh") == (
        "备注：每行末尾多一个分隔符（120 处，2 个文件）。工作簿共有 2 张工作表，其中 1 张未读取、1 张隐藏；隐藏的行共 3 行。"
    )
    assert said("cleanup.noted", wording.noted(NOTES[:0], SHEETS[:0])) == ""


def test_a_page_says_how_many_of_its_own_rows_were_set_aside(said):
    facts = wording.left_out(ACCOUNTS, ["sales", "payments"])
    assert facts == {"tables": [{"table": "sales", "aside": 56, "rows": 1496}]}
    text = said("cleanup.left_out", facts).replace("\N{NO-BREAK SPACE}", " ")
    assert text == "Set aside and not counted here: 56 of 1,496 lines of sales. The page on the data says why."
    assert said("cleanup.left_out", facts, "zh").startswith("以下行已剔除待核，未计入本页：销售明细 1,496 行中的 56 行")
    assert wording.left_out(ACCOUNTS, ["payments", "pairwise"]) is None


def test_without_invoice_numbers_it_is_said_what_a_document_is(said):
    none, some = (pd.Series({"lines": 1200, "unnumbered": count}) for count in (1200, 3))
    assert said("cleanup.documents", wording.documents(none)) == (
        "The sales have no invoice numbers. "
        "Documents are customer × day there: what one customer bought on one day counts as one."
    )
    assert said("cleanup.documents", wording.documents(some)).startswith("3 lines of the sales have no invoice number.")
    assert said("cleanup.documents", wording.documents(some), "zh").startswith("销售明细中有 3 行没有单据编号，")
    assert wording.documents(pd.Series({"lines": 5, "unnumbered": 0})) is None
