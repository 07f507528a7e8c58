import datetime
import zipfile

import pytest

from custlib.reading import workbook
from custlib.refusals import Refused


@pytest.fixture
def rows(tmp_path, excel):
    """The text of the rows that were written into a workbook."""

    def go(written, change=lambda book: None, sheet=None):
        path = tmp_path / "book.xlsx"
        path.write_bytes(excel(written, change))
        return workbook.rows(path, "book.xlsx", sheet)

    return go


def refused(path):
    with pytest.raises(Refused) as refusal:
        workbook.rows(path, path.name)
    return refusal.value


def test_cells_are_text_as_in_the_formula_bar(rows):
    day = datetime.datetime(2025, 3, 1)
    written = ["客户", 12, 12.5, -0.00001, True, day, day.replace(hour=8), None]
    assert rows([written])[1] == [["客户", "12", "12.5", "-0.00001", "TRUE", "2025-03-01", "2025-03-01 08:00:00"]]


def test_a_number_too_long_for_excel_shows_that_its_digits_are_gone(rows):
    assert rows([[12345678901234567890, 123456789012345]])[1] == [["1.234567890123457e+19", "123456789012345"]]


def test_an_error_is_kept_as_its_text(rows):
    assert rows([["a", "b"], ["#DIV/0!", 1], [2, "#REF!"]])[1] == [["a", "b"], ["#DIV/0!", "1"], ["2", "#REF!"]]


def test_blank_rows_and_columns_before_the_table_keep_their_numbers(rows):
    assert rows([[], [None, "a"]])[1] == [["", ""], ["", "a"]]


def test_the_first_visible_sheet_is_read_unless_one_is_named(rows):
    def change(book):
        book.active.sheet_state = "hidden"
        book.create_sheet("二").append(["x"])

    assert rows([["a"]], change) == ("二", [["x"]])
    assert rows([["a"]], change, "Sheet") == ("Sheet", [["a"]])
    with pytest.raises(Refused, match="no sheet “三”. It has: Sheet, 二"):
        rows([["a"]], change, "三")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        ("单据编号,日期\n".encode(), "text"),
        (b"PK\x03\x04 and no more", "damaged or cut short"),
    ],
)
def test_what_is_no_workbook_is_refused_and_named(tmp_path, content, found):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    refusal = refused(path)
    assert refusal.code == "not_an_xlsx"
    assert found in refusal.facts["found"]


def test_a_workbook_cut_short_is_refused(tmp_path, excel):
    path = tmp_path / "a.xlsx"
    whole = excel([["a"] * 20] * 200)
    for length in (len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:length])
        assert refused(path).code == "not_an_xlsx"


def test_a_damaged_sheet_in_a_whole_zip_is_refused(tmp_path, excel):
    (tmp_path / "a.xlsx").write_bytes(excel([["a"]]))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as damaged:
        for name in whole.namelist():
            damaged.writestr(name, whole.read(name)[:200] if "sheet1" in name else whole.read(name))
    assert refused(tmp_path / "b.xlsx").code == "not_an_xlsx"


def test_two_sheets_with_rows_are_refused_until_one_is_named(rows):
    def second(book):
        book.create_sheet("华南").append(["x"])

    with pytest.raises(Refused, match="several sheets with rows: Sheet, 华南"):
        rows([["a"]], second)
    assert rows([["a"]], second, sheet="华南") == ("华南", [["x"]])
