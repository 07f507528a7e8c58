"""The Word file of a draft contract: what stands in it, fonts for Chinese, and the same bytes each time."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from custlib.report.forms import books, contract
from custlib.wording.sentences import Context

CLAUSES = [("付款", "60 天内付款。"), ("<b>", "{{7*7}} & =1+1\x07")]


@pytest.fixture
def written(published):
    """The bytes of the contract that a report of a quarter gives."""
    lines = published.tables["plan_lines"].query("customer_id == 'K00001'")
    return lambda quarter="2025Q3", lang="zh", rows=lines: contract.write(
        CLAUSES, rows, books.About("K00001", "店&<店>", quarter), lang, Context()
    )


def table(document):
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_clauses_are_numbered_and_texts_do_not_act(written):
    texts = [paragraph.text for paragraph in Document(io.BytesIO(written())).paragraphs]
    assert texts[:3] == ["2025 年度合作合同", "甲方（供应商）：________________________", "乙方（客户）：店&<店>"]
    assert texts[3:7] == ["第 1 条　付款", "60 天内付款。", "第 2 条　<b>", "{{7*7}} & =1+1[U+0007]"]


def test_the_annex_holds_the_plan_of_the_year_of_the_coming_quarter(written):
    rows = table(Document(io.BytesIO(written())))
    assert rows[0] == ["计划项目", "衡量指标", "计量单位", "现行目标", "完成日期", "责任人"]
    assert rows[1] == ["消费者促销", "主题活动场次", "场", "3", "2025-12-31", "许静"] and len(rows) == 4


def test_targets_of_a_year_without_a_plan_are_left_to_be_settled(written):
    """None is carried over: what was reached stands beside a blank."""
    document = Document(io.BytesIO(written("2025Q4", "en")))
    rows = table(document)
    assert document.paragraphs[0].text.endswith("2026")
    assert dict(zip(rows[0], rows[1], strict=True)) == {
        **{"Item": "消费者促销", "Metric": "主题活动场次", "Unit": "场", "Target now": "3", "Reached so far": "1"},
        **{"New target": "", "Due on": "", "Owner": "许静"},
    }


def test_a_customer_without_a_plan_gets_a_contract_with_an_empty_annex(written, published):
    lines = published.tables["plan_lines"].iloc[:0]
    assert len(table(Document(io.BytesIO(written(rows=lines))))) == 1


def test_tables_do_not_touch_and_the_last_is_where_both_sign(written):
    document = Document(io.BytesIO(written()))
    kinds = [element.tag.rpartition("}")[2] for element in document.element.body]
    assert "tbl tbl" not in " ".join(kinds) and kinds[-2:] == ["p", "sectPr"]
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == [
        f"{party}（盖章）：\n代表签字：\n日期：" for party in ("甲方", "乙方")
    ]


def test_columns_are_as_wide_in_every_program_and_the_head_stands_on_each_page(written):
    rows = Document(io.BytesIO(written())).tables[0].rows
    widths = [[cell.width for cell in row.cells] for row in rows]
    assert all(each == widths[0] for each in widths) and len(set(widths[0])) > 1
    assert widths[0] == [column.width for column in Document(io.BytesIO(written())).tables[0].columns]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False, False]


def test_every_style_that_is_used_has_a_font_for_chinese(written):
    document = Document(io.BytesIO(written()))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert used == {"Title", "Heading 1", "Normal"}
    for name in used:
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "宋体" and not any("Theme" in name for name in fonts.attrib)


def test_the_same_contract_has_the_same_bytes_and_tells_no_author_and_no_day(written):
    assert written() == written()
    told = Document(io.BytesIO(written())).core_properties
    assert (told.author, told.last_modified_by, told.comments, told.created.year) == ("", "", "", 2000)
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("quarter", "year"), [("2025Q3", 2025), ("2025Q4", 2026), ("2026Q1", 2026)])
def test_a_contract_is_for_the_year_of_the_coming_quarter(quarter, year):
    assert contract.year(quarter) == year
