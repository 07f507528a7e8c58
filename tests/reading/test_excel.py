from pathlib import Path

import pytest

from custlib import sources
from custlib.reading import excel as reader
from custlib.reading import headers
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)".split(",")
OLD = Path(__file__).parents[1] / "data" / "old.xls"


pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def book(tmp_path, excel):
    """A sheet with these rows below a header of sales, opened; `change` does something to the openpyxl excel."""

    def make(*rows, change=lambda book: None):
        excel([HEADER, *rows], change)
        return reader.open_sheet(tmp_path / "made.xlsx", "made.xlsx")

    return make


def records(opened, hidden=None):
    """(first line, lines, cells) of each record below the header."""
    source = sources.Source(tax="excluded")
    header = headers.find(list(enumerate(opened.head[:3], 1)), source, "made.xlsx")
    return [
        (one.line, one.lines, one.cells or one.reason) for one in reader.records(opened, header, hidden, "made.xlsx")
    ]


def row(number, customer="C1", amount=10):
    return [f"A{number}", 1, "2025-01-01", customer, "P1", 2, amount]


def merged(*ranges):
    return lambda book: [book.active.merge_cells(one) for one in ranges]


def hide(*rows):
    def change(book):
        for number in rows:
            book.active.row_dimensions[number].hidden = True

    return change


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
    with pytest.raises(Refused) as refusal:
        reader.open_sheet(path, path.name)
    assert refusal.value.code == "not_an_xlsx"
    assert found in str(refusal.value)


def test_neighbouring_blank_rows_are_one_record(book):
    opened = book(row(1), [], [" "], row(2))
    assert [(line, lines) for line, lines, _ in records(opened)] == [(2, 1), (3, 2), (5, 1)]
    assert opened.total == 5


def test_a_merged_range_is_filled_within_and_nowhere_else(book):
    opened = book(row(1), row(2, None), row(3, None), row(4, None), change=merged("D2:D4"))
    assert [cells[3] for _, _, cells in records(opened)] == ["C1", "C1", "C1", ""]
    assert opened.findings()["filled"] == ((3, "customer_id"), (4, "customer_id"))
    assert opened.findings()["notes"] == (("merged_cells", 2),)


def test_two_merged_ranges_one_below_the_other_each_fill_their_own(book):
    opened = book(row(1), row(2, None), row(3, "C2"), row(4, None), change=merged("D2:D3", "D4:D5"))
    assert [cells[3] for _, _, cells in records(opened)] == ["C1", "C1", "C2", "C2"]


def test_a_merged_amount_is_one_amount(book):
    opened = book(row(1, amount=90), row(2, amount=None), change=merged("G2:G3"))
    assert [cells[6] for _, _, cells in records(opened)] == ["90", ""]
    assert opened.findings()["filled"] == ()


def test_a_merged_range_over_two_columns_speaks_for_the_first(book):
    rows = [row(1), [*row(2)[:3], None, None, 2, 10]]
    opened = book(*rows, change=merged("D2:E3"))
    assert [cells[3:5] for _, _, cells in records(opened)] == [["C1", ""], ["C1", ""]]


def test_a_merged_range_that_begins_in_the_header_fills_nothing_below(book):
    opened = book(row(1, None), row(2, "C2"), row(3, None), change=merged("D1:D2", "D3:D4"))
    assert [cells[3] for _, _, cells in records(opened)] == ["", "C2", "C2"]


def test_a_merged_range_without_anything_in_it_fills_nothing(book):
    opened = book(row(1), [], row(3, None), change=merged("D3:D4"))
    assert [cells and cells[3] for _, _, cells in records(opened)] == ["C1", None, ""]


def test_totals_and_blank_rows_within_a_merged_range_stay_what_they_are(book):
    opened = book(row(1), ["小计", *[None] * 5, 10], [], row(4, None), change=merged("D2:D5"))
    assert [cells and cells[3] for _, _, cells in records(opened)] == ["C1", "", None, "C1"]


def test_hidden_rows_are_refused_until_it_is_said_whether_they_count(book):
    with pytest.raises(Refused, match="sheet Sheet: 2 rows are hidden, line 3 the first") as refusal:
        records(book(row(1), row(2), row(3), change=hide(3, 4)))
    assert refusal.value.code == "hidden_rows"


def test_hidden_rows_count_or_are_set_aside_as_declared(book):
    rows, change = (row(1), row(2), row(3)), hide(3)
    opened = book(*rows, change=change)
    assert [cells[0] for _, _, cells in records(opened, "include")] == ["A1", "A2", "A3"]
    assert opened.findings()["notes"] == (("hidden_rows", 1),)
    opened = book(*rows, change=change)
    assert [cells for _, _, cells in records(opened, "exclude")][1] == "hidden_row"
    assert opened.findings()["notes"] == (("hidden_rows", 1),)


def test_hidden_rows_above_the_header_or_without_anything_in_them_are_no_matter(book):
    assert len(records(book(row(1), [], row(3), change=hide(1, 3, 9)))) == 3


def test_units_are_those_below_the_header(book):
    def change(book):
        book.active["G1"] = 2025
        book.active["G1"].number_format = book.active["G3"].number_format = '0.00"万元"'

    opened = book(row(1), row(2), change=change)
    assert opened.formats(1)["units"][6] == {None: 2, "万元": 3}
    assert opened.formats(2)["units"][6] == {"万元": 3}
    assert opened.formats(3)["units"] == {}


def test_an_old_xls_is_read_and_what_is_not_seen_in_it_is_said():
    opened = reader.open_sheet(OLD, "old.xls")
    rows = records(opened)
    assert [cells[2:4] + cells[6:] for _, _, cells in rows] == [
        ["2025-03-01", "C1", "10.5"],
        ["2025-03-02", "C1", "21"],
        ["2025-03-03", "C2", "31.5"],
    ]
    told = opened.findings()
    assert (told["notes"], told["date_system"]) == ((("merged_cells", 1), ("old_xls", 1)), None)
    assert [(one["sheet"], one["visible"], one["rows"]) for one in told["sheets"]] == [
        ("销售", True, 4),
        ("底稿", False, 1),
    ]
