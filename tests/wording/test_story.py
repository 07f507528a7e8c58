import pytest

from custlib import wording
from custlib.explain import Cell, Story

TOLD = dict(
    file="销售.csv",
    line=4,
    of_lines=3104,
    sheet="",
    table="sales",
    kind="clean",
    first=4,
    last=4,
    text=("A,3.5万",),
    reason=None,
    column=None,
    first_place=None,
    columns=("invoice_id", "net_amount"),
    cells=(
        Cell("invoice_id", "单据编号", "A", "A", None),
        Cell("net_amount", "金额(元)", "3.5万", "35000.00", "wan"),
        Cell("备注", "备注", "=cmd\n\x1b[2J", "=cmd\n\x1b[2J", None),
        Cell("cost", "", None, "4.50", None),
    ),
    flags=("repeated",),
    aliases=({"alias_id": "C0", "customer_id": "C", "who": "Li", "on": "2025-02-01"},),
)
ASIDE = TOLD | dict(
    kind="quarantined",
    reason="duplicate_of",
    first_place="a.csv:2",
    cells=(Cell("invoice_id", "单据编号", "A", None, None),),
    flags=(),
    aliases=(),
)


def test_a_clean_line_tells_each_cell_from_raw_to_clean():
    assert wording.story(Story(**TOLD), lang="en").splitlines() == [
        "销售.csv, line 4 of 3,104: clean (sales)",
        "As it stands:",
        "  A,3.5万",
        "Cells:",
        "  invoice number  单据编号  A",
        "  net amount      金额(元)  3.5万               → 35000.00  (ten-thousands (万) turned into yuan)",
        "  备注            备注      =cmd ⏎ [U+001B][2J",
        "  cost                      (no cell)           → 4.50",
        "Flags: an identical line stands earlier.",
        "Customer id C0 was signed to be C by Li on 2025-02-01.",
        "It is in the clean table; cells without an arrow are as in the file.",
    ]


def test_a_duplicate_names_the_first_in_the_reader_s_language():
    assert wording.story(Story(**ASIDE), lang="zh").splitlines() == [
        "销售.csv，第 4 行（共 3,104 行）：剔除待核（销售明细）",
        "原因：重复行；首次出现在 a.csv:2。",
        "原文：",
        "  A,3.5万",
        "单元格：",
        "  单据编号  单据编号  A",
        "该行不计入报告的任何数字。请在源系统中改正后重新导出。",
    ]


def test_the_cell_at_fault_is_pointed_at():
    fault = ASIDE | dict(reason="not_an_amount", column="net_amount", first_place=None, cells=TOLD["cells"][1:2])
    told = Story(**fault | {"cells": (Cell("net_amount", "金额", "约3万", None, None),)})
    text = wording.story(told, lang="en")
    assert "Why: not an amount of money, in column “net amount”." in text
    assert "  net amount  金额      约3万     ← not an amount of money" in text


def test_a_line_within_a_record_of_several_says_which_it_is():
    told = Story(**TOLD | {"first": 3, "last": 5})
    assert "physical line 2 of 3 of one record, lines 3 to 5" in wording.story(told, lang="en")
    assert "占第 3 至 5 行，本行是其中第 2 行（共 3 行）" in wording.story(told, lang="zh")


def test_a_line_that_cannot_be_taken_apart_is_told_what_the_header_names():
    told = Story(**ASIDE | {"reason": "width", "first_place": None, "cells": ()})
    assert "The header names 2 columns: invoice number, net amount." in wording.story(told, lang="en")
    assert "表头共 2 列：单据编号、无税金额。" in wording.story(told, lang="zh")


@pytest.mark.parametrize("kind", ["header", "preamble", "footer", "blank"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_line_that_is_no_data_has_a_last_sentence_of_its_own(kind, lang):
    told = Story(**TOLD | {"kind": kind, "text": (), "cells": (), "flags": (), "aliases": ()})
    assert len(wording.story(told, lang=lang).splitlines()) == 2


def test_an_excel_sheet_is_named_and_nothing_in_a_name_acts():
    text = wording.story(Story(**TOLD | {"sheet": "回款\u202e", "text": ()}), lang="en")
    assert text.startswith("销售.csv, sheet 回款[U+202E], line 4") and "As it stands" not in text


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        wording.story(Story(**TOLD), lang="fr")
