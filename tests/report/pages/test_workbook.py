"""The Excel workbook: what it holds, that nothing in it acts, that the same tables are the same file."""

import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import codebook, glossary
from custlib.report.pages import workbook
from custlib.wording.sentences import Context

TOTALS = pd.DataFrame(
    {
        "quarter": ["2025Q3", "2025Q4"],
        "net_sales": [1200.5, 1500.25],
        "payments": [1000.0, None],
        "payments_without_tax": [885.0, None],
        "gross_profit": [300.0, 400.0],
        "customers": [2, 3],
        "without_customer_share": [0.0, 0.125],
        "fees": [0.0, 0.0],
    }
)
ACTIONS = pd.DataFrame({"rank": [1], "action": ["win_back"], "customers": [1], "amount": [151000.0]})
ABOUT = [("run", "abc"), ("input sales.csv, SHA-256", "0" * 64)]


def made(tables, lang="en", **changes):
    told = {"title": "华锦 · 2025Q4", "period": "to 2025-12-31", "context": Context(), "about": ABOUT} | changes
    return workbook.render({name: table.shape for name, table in tables.items()}, tables.get, lang=lang, **told)


def opened(tables, lang="en"):
    return openpyxl.load_workbook(io.BytesIO(made(tables, lang)))


def test_a_table_has_a_sheet_with_names_units_and_values():
    sheet = opened({"abc_totals": TOTALS})["1 Totals by quarter"]
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows[0] == ["", "CNY", "CNY", "CNY", "CNY", "customers", "%", "CNY"]
    assert rows[1][0] == glossary.term("quarter", "en")
    assert rows[3] == ["2025Q4", 1500.25, None, None, 400, 3, 0.125, 0]
    assert (sheet["G5"].number_format, sheet["B5"].number_format) == ("0.0%", "#,##0.00")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B4", "A3:H5")


def test_words_are_in_the_language_of_the_report_and_keys_are_words():
    english, chinese = (opened({"quarter_actions": ACTIONS}, lang) for lang in ("en", "zh"))
    assert [cell.value for cell in english.worksheets[1][4]][1] == glossary.term("win_back", "en")
    assert [cell.value for cell in chinese.worksheets[1][4]][1] == glossary.term("win_back", "zh")
    assert chinese.sheetnames == ["目录", "1 先做什么", "各列说明", "关于本报告"]


def test_the_cover_names_company_quarter_and_leads_to_every_sheet_within_the_book():
    book = opened({"abc_totals": TOTALS, "quarter_actions": ACTIONS})
    cover = book.worksheets[0]
    assert (cover["A1"].value, cover["A2"].value) == ("华锦 · 2025Q4", "to 2025-12-31")
    links = [cell.hyperlink for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert [link.location for link in links] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert not any(link.target for link in links)


def test_the_cover_has_whole_titles_where_a_sheets_name_is_cut_between_words():
    title = glossary.term("actions_followed", "en")
    book = opened({"actions_followed": pd.DataFrame(columns=_columns("actions_followed"))})
    assert book.worksheets[0]["A5"].value == f"1 {title}"
    assert len(book.sheetnames[1]) <= 31 and f"1 {title}".startswith(book.sheetnames[1] + " ")


def test_on_paper_a_sheet_is_as_wide_as_the_page_with_its_head_on_each():
    sheet = opened({"abc_totals": TOTALS}).worksheets[1]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        "landscape",
        0,
        "$1:$3",
    )


def test_the_last_sheet_tells_what_the_run_was_made_of():
    book = opened({"quarter_actions": ACTIONS})
    lines = [tuple(cell.value for cell in row) for row in book["About"].iter_rows(min_row=3)]
    assert lines == ABOUT


def test_provenance_names_run_parameters_inputs_and_versions():
    parameters = {"run": {"quarter": "2025Q4"}, "notebooks": {"20_abc": {"ratio": [1, 2, 2]}}}
    made_of = {"parameters": parameters, "inputs": {"a.csv": "12"}, "code": "34", "versions": {"pandas": "2"}}
    assert workbook.provenance("abc", made_of, "en") == [
        ("run", "abc"),
        ("quarter", "2025Q4"),
        ("20_abc ratio", "[1, 2, 2]"),
        ("input a.csv, SHA-256", "12"),
        ("custlib, SHA-256", "34"),
        ("version of pandas", "2"),
    ]


NASTY = [
    '=HYPERLINK("http://x","y")',
    "+1",
    "@SUM(A1)",
    "http://x",
    "<script>",
    "A$\\frac$B",
    "张\u202e三",
    "1234",
    "\x00",
]


def test_a_name_is_text_whatever_it_looks_like():
    silent = pd.DataFrame({"name": NASTY}).reindex(columns=_columns("abc_silent"))
    book = opened({"abc_silent": silent})
    sheet = book.worksheets[1]
    shown = [sheet.cell(4 + place, 2) for place in range(len(NASTY))]
    assert [cell.data_type for cell in shown] == ["s"] * len(NASTY)
    assert [cell.value for cell in shown][:6] == NASTY[:6]
    assert [cell.value for cell in shown][6:] == ["张[U+202E]三", "1234", "[U+0000]"]
    assert not any(cell.hyperlink for cell in shown)


def _columns(table):
    return list(codebook.stored(table))


def test_no_part_of_the_file_holds_a_formula_or_an_outside_address():
    silent = pd.DataFrame({"name": NASTY}).reindex(columns=_columns("abc_silent"))
    with zipfile.ZipFile(io.BytesIO(made({"abc_silent": silent}))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet or "<f " in sheet or "r:id" in sheet for sheet in sheets)


def test_days_and_truths_are_what_they_are():
    table = pd.DataFrame({"last_order": [datetime.date(2025, 3, 1)]}).reindex(columns=_columns("abc_silent"))
    sheet = opened({"abc_silent": table}).worksheets[1]
    day = sheet.cell(4, _columns("abc_silent").index("last_order") + 1)
    assert (day.value.date(), day.number_format) == (datetime.date(2025, 3, 1), "yyyy-mm-dd")
    reasons = pd.DataFrame({"reference_fits": [True, False, None]}).reindex(columns=_columns("abc_loss_reasons"))
    sheet = opened({"abc_loss_reasons": reasons}, "zh").worksheets[1]
    at = _columns("abc_loss_reasons").index("reference_fits") + 1
    assert [sheet.cell(line, at).value for line in (4, 5, 6)] == ["是", "否", None]


def test_a_chinese_character_is_as_wide_as_two_digits_and_a_little():
    assert workbook.width("客户ABC") == pytest.approx(2 * 2.1 + 3)
    sheet = opened({"quarter_actions": ACTIONS}, "zh").worksheets[1]
    assert sheet.column_dimensions["B"].width >= workbook.width(glossary.term("win_back", "zh"))


def test_an_exact_amount_is_as_wide_as_the_places_that_are_shown():
    amounts = pd.DataFrame({"rounding": [Decimal("1000").quantize(Decimal("1e-18"))]})
    sheet = opened({"control_totals": amounts.reindex(columns=_columns("control_totals"))}).worksheets[1]
    at = sheet.cell(4, _columns("control_totals").index("rounding") + 1)
    assert at.value == 1000 and sheet.column_dimensions[at.column_letter].width < len("1,000.0000000000") + 4


def test_a_table_longer_than_its_part_of_the_book_says_where_the_rest_is(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 12)  # a row of eight columns, and the one of four
    sheets = opened({"abc_totals": TOTALS, "quarter_actions": ACTIONS}).worksheets
    told = sheets[1]["B1"].value
    assert sheets[1].max_row == 4 and "first 1 of 2 rows" in told and "tables/abc_totals.csv" in told
    assert sheets[2].max_row == 4 and sheets[2]["B1"].value is None
    assert sheets[0]["B5"].value == 2  # the cover says how many there are


@given(st.lists(st.tuples(st.integers(0, 2_000_000), st.integers(1, 60)), max_size=60))
def test_a_book_holds_so_many_cells_and_of_no_table_less_than_of_a_longer_one(shapes):
    most = workbook.most_rows(shapes)
    cells = [sum(min(rows, limit) * columns for rows, columns in shapes) for limit in (most, most + 1)]
    assert cells[0] <= workbook.MOST_CELLS and most <= workbook.MOST_ROWS
    assert cells[1] > workbook.MOST_CELLS or most == workbook.MOST_ROWS


def test_the_same_tables_are_the_same_file_on_any_day():
    assert opened({"abc_totals": TOTALS}).properties.created == datetime.datetime(2000, 1, 1)
    assert made({"abc_totals": TOTALS}) == made({"abc_totals": TOTALS})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_table_of_the_codebook_makes_a_sheet(lang):
    names = list(dict.fromkeys(line["table"] for line in codebook.lines() if line["made_by"]))
    empty = {name: pd.DataFrame(columns=_columns(name)) for name in names}
    book = opened(empty, lang)
    assert len(book.sheetnames) == len(names) + 3 and max(map(len, book.sheetnames)) <= 31


def _columns(table):
    return list(codebook.stored(table))
