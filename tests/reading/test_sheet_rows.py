import datetime
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles.numbers import is_date_format

from custlib.reading import sheet_rows
from custlib.refusals import Refused

DAY = datetime.datetime(2025, 3, 1)


@pytest.fixture
def rows(tmp_path, excel, tell):
    """The name of a sheet and the text of the rows that were written into it."""

    def go(written, change=lambda book: None, name=None):
        excel(written, change)
        facts, found = tell(tmp_path / "made.xlsx", name)
        return facts["name"], found

    return go


def refused(tell, path, name=None):
    with pytest.raises(Refused) as refusal:
        tell(path, name)
    return refusal.value


def test_cells_are_text_as_in_the_formula_bar(rows):
    written = ["客户", 12, 12.5, -0.00001, True, DAY, DAY.replace(hour=8), None]
    assert rows([written])[1] == [["客户", "12", "12.5", "-0.00001", "TRUE", "2025-03-01", "2025-03-01 08:00:00"]]


def test_texts_that_look_like_something_else_stay_texts(rows):
    names = ["NA", "NULL", "None", "TRUE", "1月", "MARCH1", "00123", "1E5", "=SUM"]

    def as_text(book):
        for cell, name in zip(book.active[1], names, strict=True):
            cell.value, cell.data_type = name, "s"

    assert rows([["x"] * len(names)], as_text)[1] == [names]


@pytest.mark.parametrize("number", [12345678901234567890, 123456789012345678901234567890])
def test_a_number_too_long_for_excel_shows_that_its_digits_are_gone(rows, number):
    assert rows([[number, 123456789012345]])[1] == [[f"{float(number):.15e}", "123456789012345"]]


@pytest.mark.parametrize("cells_at_once", [1, 5, 50_000])
def test_an_error_is_kept_as_its_text(rows, monkeypatch, cells_at_once):
    monkeypatch.setattr(sheet_rows, "CELLS_AT_ONCE", cells_at_once)
    written = [["a", "b"], ["#DIV/0!", 1], [2, "#REF!"], [None, "#VALUE!"]]
    assert rows(written)[1] == [["a", "b"], ["#DIV/0!", "1"], ["2", "#REF!"], ["", "#VALUE!"]]


def test_blank_rows_and_columns_before_the_table_keep_their_numbers(rows):
    assert rows([[], [None, "a"]])[1] == [[], ["", "a"]]


def test_a_row_of_zeros_is_not_blank(rows):
    assert rows([["a", "b"], [0, 0], [False, None]])[1] == [["a", "b"], ["0", "0"], ["FALSE", ""]]


def test_zeros_that_a_number_format_puts_in_front_are_kept(by_hand, tell, styled):
    cells = '<c r="A1" s="1"><v>123</v></c><c r="B1" s="1" t="inlineStr"><is><t>x</t></is></c><c r="C1" s="1"><v>1.5</v></c>'
    facts, rows = tell(by_hand(f'<row r="1">{cells}</row>', styles=styled("00000")))
    assert rows == [["00123", "x", "1.5"]]
    assert facts["notes"] == {"leading_zeros": 2}


@pytest.mark.parametrize(("said", "day"), [("0", "2025-03-01"), ("1", "2029-03-02")])
def test_a_date_is_counted_from_the_workbooks_own_calendar(by_hand, tell, styled, said, day):
    path = by_hand(
        '<row><c s="1"><v>45717</v></c></row>', styles=styled("yyyy/m/d"), book=f'<workbookPr date1904="{said}"/>'
    )
    facts, rows = tell(path)
    assert (facts["date_system"], rows) == ({"0": "1900", "1": "1904"}[said], [[day]])


def test_a_formula_without_a_value_is_refused_with_its_cell(rows):
    with pytest.raises(
        Refused, match="sheet Sheet, cell B2: a formula.*Open the workbook in Excel and save"
    ) as refusal:
        rows([["a", "b"], [1, "=A2*2"]])
    assert refusal.value.code == "formula_without_value"


def test_a_formula_without_a_value_in_a_sheet_that_is_not_read_hinders_nothing(rows):
    assert rows([["a"]], lambda book: book.create_sheet("算").append(["=1"]), "Sheet") == ("Sheet", [["a"]])


def test_the_first_visible_sheet_is_read_unless_one_is_named(rows):
    def change(book):
        book.active.sheet_state = "hidden"
        book.create_sheet("二").append(["x"])

    assert rows([["a"]], change) == ("二", [["x"]])
    assert rows([["a"]], change, "Sheet") == ("Sheet", [["a"]])
    with pytest.raises(Refused, match="no sheet “三”. It has: Sheet, 二"):
        rows([["a"]], change, "三")


def test_two_sheets_with_rows_are_refused_until_one_is_named(rows):
    def second(book):
        book.create_sheet("华南").append(["x"])

    with pytest.raises(Refused, match="several sheets with rows: Sheet, 华南"):
        rows([["a"]], second)
    assert rows([["a"]], second, "华南") == ("华南", [["x"]])


def test_every_sheet_is_listed_with_its_rows_and_none_is_read_by_the_way(tmp_path, excel, tell):
    def change(book):
        book.active.row_dimensions[2].hidden = True
        hidden = book.create_sheet("底稿")
        hidden.append(["x"])
        hidden.append(["y"])
        hidden.row_dimensions[1].hidden = True
        hidden.sheet_state = "veryHidden"
        book.create_chartsheet("图")
        book.create_sheet("空")

    excel([["a"], ["b"], ["c"]], change)
    facts, rows = tell(tmp_path / "made.xlsx")
    listed = [tuple(one.values()) for one in facts["sheets"]]
    assert listed == [
        ("Sheet", "worksheet", True, 3, 1, True),
        ("底稿", "worksheet", False, 2, 1, False),
        ("图", "chart", True, 0, 0, False),
        ("空", "worksheet", True, 0, 0, False),
    ]
    assert (facts["name"], rows, facts["hidden"]) == ("Sheet", [["a"], ["b"], ["c"]], [1])


def test_a_filter_that_is_on_is_told(tmp_path, excel, tell):
    def change(book):
        book.active.auto_filter.ref = "A1:A3"
        book.active.auto_filter.add_filter_column(0, ["b"])

    excel([["a"], ["b"]], change)
    assert tell(tmp_path / "made.xlsx")[0]["notes"] == {"active_filter": 1}


def test_a_workbook_cut_short_is_refused(tmp_path, excel, tell):
    path = tmp_path / "a.xlsx"
    whole = excel([["a"] * 20] * 200)
    for length in (len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:length])
        assert refused(tell, path).code == "not_an_xlsx"


def test_a_damaged_sheet_in_a_whole_zip_is_refused(tmp_path, excel, tell):
    (tmp_path / "a.xlsx").write_bytes(excel([["a"]]))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as damaged:
        for name in whole.namelist():
            damaged.writestr(name, whole.read(name)[:200] if "sheet1" in name else whole.read(name))
    assert refused(tell, tmp_path / "b.xlsx").code == "not_an_xlsx"


def test_a_workbook_with_a_document_type_is_refused(by_hand, tell):
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>'
    refusal = refused(tell, by_hand('<row><c t="str"><v>&b;</v></c></row>', start=bomb))
    assert refusal.code == "not_an_xlsx"
    assert "it holds a document type" in str(refusal)


def test_a_zip_that_promises_more_than_any_table_holds_is_refused_unopened(by_hand, tell, monkeypatch):
    monkeypatch.setattr(sheet_rows, "UNPACKED", 2_000_000)
    refusal = refused(tell, by_hand(" " * 2_000_000))
    assert refusal.code == "too_large_workbook"


TEXT = st.text("客户aZ0 <&\"'=#", min_size=1, max_size=8).filter(
    lambda text: text.strip() and not text.startswith(("=", "#"))
)
VALUE = st.one_of(
    st.none(),
    TEXT,
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 4)),
    st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2099, 1, 1)).map(
        lambda day: day.replace(microsecond=0)
    ),
    st.sampled_from(["#DIV/0!", "#REF!", "#VALUE!", "#N/A", "#NAME?", "#NUM!", "#NULL!"]),
)
TABLE = st.lists(st.lists(VALUE, min_size=3, max_size=3), min_size=1, max_size=8)


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLE, st.sets(st.integers(1, 8)), st.sets(st.integers(0, 3), max_size=2), st.booleans())
def test_openpyxl_reads_the_same(tmp_path, tell, table, hidden, merged, calendar_1904):
    """The second opinion: another reader of the same file sees the same values, hidden rows and merged ranges."""
    book = openpyxl.Workbook()
    if calendar_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in table:
        book.active.append(row)
    for row in hidden:
        book.active.row_dimensions[row].hidden = True
    for place in merged:
        book.active.merge_cells(start_row=place * 2 + 1, end_row=place * 2 + 2, start_column=1, end_column=1)
    book.save(tmp_path / "made.xlsx")
    facts, rows = tell(tmp_path / "made.xlsx")
    other = openpyxl.load_workbook(tmp_path / "made.xlsx").active
    seen = [[second_opinion(cell) for cell in row] for row in other.iter_rows()]
    width = max(map(len, seen), default=0)
    mine = [row + [""] * (width - len(row)) for row in rows]
    mine += [[""] * width] * (len(seen) - len(mine))
    assert mine == seen
    assert [row + 1 for row in facts["hidden"]] == sorted(n for n, row in other.row_dimensions.items() if row.hidden)
    ranges = sorted((one.min_row - 1, one.min_col - 1, one.max_row - 1) for one in other.merged_cells.ranges)
    assert sorted(facts["merged"]) == ranges
    assert facts["date_system"] == ("1904" if calendar_1904 else "1900")


def second_opinion(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime) and is_date_format(cell.number_format):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
