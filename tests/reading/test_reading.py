import os
import shutil

import pytest

from custlib import reading, sources
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)"
ROW = "A{},1,2025-01-01,C1,P1,3,30"


def lines(*rows):
    return "\n".join([HEADER, *rows]) + "\n"


def kinds(found):
    return [(mark.line, mark.kind) if mark.kind != "quarantined" else (mark.line, mark.reason) for mark in found.marks]


def refused(call, *args, **options):
    with pytest.raises(Refused) as refusal:
        call(*args, **options)
    return refusal.value


def test_a_header_alone_is_a_table_of_no_rows(read, cells):
    found = read(HEADER)
    assert (found.total, kinds(found), cells(found)) == (1, [(1, "header")], [])


def test_an_empty_file_is_refused(read):
    assert refused(read, b"").code == "empty_file"


def test_a_file_without_a_header_is_refused_and_shows_its_first_line(read):
    refusal = refused(read, ROW.format(1) + "\n")
    assert (refusal.code, refusal.facts["line"]) == ("unknown_header", 1)
    assert refusal.facts["text"].startswith("A1, 1, 2025-01-01")


def test_every_line_that_is_no_data_row_is_marked_as_what_it_is(read):
    found = read(
        "导出时间：2026-01-05 08:00\n\n"
        + lines(ROW.format(1), ",,,,,,", "小计,,,,,3,30", ROW.format(2), "合计,,,,,6,60")
    )
    assert kinds(found) == [(1, "preamble"), (2, "blank"), (3, "header"), (5, "blank"), (6, "footer"), (8, "footer")]
    assert found.total == 8


def test_a_row_of_another_width_is_set_aside_and_its_text_kept(read, cells):
    shifted, short = "A2,,1,2025-01-01,C1,P1,3,", "A3,1,2025-01-01"
    found = read(lines(ROW.format(1), shifted, short, ROW.format(4)))
    assert kinds(found) == [(1, "header"), (3, "width"), (4, "width")]
    assert [mark.raw for mark in found.marks[1:]] == [shifted, short]
    assert [row[0] for row in cells(found)] == ["A1", "A4"]


def test_a_delimiter_too_many_at_the_end_of_every_row_is_accepted(read, cells):
    found = read(lines(*(ROW.format(n) + "," for n in range(3)), "合计,,,,,9,90,"))
    assert kinds(found) == [(1, "header"), (5, "footer")]
    assert cells(found)[0] == ROW.format(0).split(",")


def test_a_first_row_that_is_shifted_does_not_set_the_pattern_for_the_others(read, cells):
    found = read(lines("A0,,1,2025-01-01,C1,P1,3,", *(ROW.format(n) for n in range(3))))
    assert kinds(found) == [(1, "header"), (2, "width")]
    assert len(cells(found)) == 3


def test_one_row_alone_that_is_too_wide_is_a_faulty_one(read):
    assert kinds(read(lines("A0,,1,2025-01-01,C1,P1,3,"))) == [(1, "header"), (2, "width")]


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
def test_lines_end_as_they_may(read, cells, ends):
    found = read(lines(ROW.format(1), ROW.format(2)).replace("\n", ends))
    assert (found.total, len(cells(found))) == (3, 2)


def test_mixed_line_ends_and_those_within_quotation_marks_add_up(read, cells):
    found = read(f'{HEADER}\r{ROW.format(1)}\r\nA2,1,2025-01-01,"C\r\n1",P1,3,30\n{ROW.format(3)}')
    assert found.total == 5
    assert [row[3] for row in cells(found)] == ["C1", "C\r\n1", "C1"]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_the_delimiter_is_the_one_under_which_the_header_is_known(read, cells, delimiter):
    found = read(lines(ROW.format(1)).replace(",", delimiter))
    assert cells(found) == [ROW.format(1).split(",")]


def test_unicode_text_of_excel_is_read(read, cells):
    found = read(lines(ROW.format(1)).replace(",", "\t").encode("utf-16"), file="sales.txt")
    assert (found.encoding, cells(found)) == ("utf-16", [ROW.format(1).split(",")])


def test_a_row_with_a_broken_byte_is_set_aside_with_its_bytes(read, cells):
    found = read(lines(ROW.format(1)).encode() + b"A2,1,2025-01-01,C\xe5,P1,3,30\n")
    assert kinds(found) == [(1, "header"), (3, "broken_bytes")]
    assert found.marks[1].raw == r"A2,1,2025-01-01,C\xe5,P1,3,30"
    assert len(cells(found)) == 1


def test_an_excel_sheet_below_a_title_is_read_by_its_rows(read, cells, excel):
    rows = [
        ["华锦 2025年"],
        HEADER.split(","),
        ["A1", 1, "2025-01-01", "C1", "P1", 3, 30.5],
        ["合计", *[None] * 5, 30.5],
    ]
    found = read(excel(rows), file="sales.xlsx")
    assert kinds(found) == [(1, "preamble"), (2, "header"), (4, "footer")]
    assert (found.sheet, found.encoding, found.total) == ("Sheet", "excel", 4)
    assert cells(found) == [["A1", "1", "2025-01-01", "C1", "P1", "3", "30.5"]]


def test_what_was_seen_beside_the_cells_of_a_workbook_is_told(read, cells, excel):
    def change(book):
        book.active.merge_cells("D2:D3")
        book.active.row_dimensions[4].hidden = True
        book.create_sheet("底稿").sheet_state = "hidden"

    rows = [["A1", 1, "2025-01-01", "C1", "P1", 3, 30], ["A2", 1, "2025-01-01", None, "P1", 3, 30], ["A3"]]
    found = read(excel([HEADER.split(","), *rows], change), file="sales.xlsx", hidden_rows="exclude")
    assert [row[3] for row in cells(found)] == ["C1", "C1"]
    assert (kinds(found), found.total) == ([(1, "header"), (4, "hidden_row")], 4)
    assert (found.filled, found.date_system) == (((3, "customer_id"),), "1900")
    assert found.notes == (("hidden_rows", 1), ("merged_cells", 1))
    assert [(one["sheet"], one["visible"], one["read"]) for one in found.sheets] == [
        ("Sheet", True, True),
        ("底稿", False, False),
    ]


def test_a_unit_that_only_the_number_format_says_is_the_columns_unit(read, excel):
    def change(book):
        book.active["G2"].number_format = '0.00"万元"'

    header = HEADER.replace("(元)", "").split(",")
    made = excel([header, ["A1", 1, "2025-01-01", "C1", "P1", 3, 1.5]], change)
    assert read(made, file="sales.xlsx", tax="excluded").header.units == {"net_amount": 10_000}


def test_blank_rows_of_a_sheet_are_one_mark_and_still_add_up(read, excel):
    found = read(excel([HEADER.split(","), [], [], ["A1", 1, "2025-01-01", "C1", "P1", 3, 30]]), file="sales.xlsx")
    assert [(mark.line, mark.lines, mark.kind) for mark in found.marks] == [(1, 1, "header"), (2, 2, "blank")]
    assert found.total == 4


def test_a_text_file_has_no_sheets_and_no_calendar(read):
    found = read(lines(ROW.format(1)))
    assert (found.notes, found.sheets, found.date_system, found.filled) == ((), (), None, ())


def test_a_workbook_that_is_called_csv_is_refused(read, excel):
    assert refused(read, excel([["a"]])).code == "not_text"


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, read, monkeypatch):
    real = reading.delimited.records

    def records(*args):
        with open(tmp_path / "sales.csv", "a") as more:
            more.write("A9")
        return real(*args)

    monkeypatch.setattr(reading.delimited, "records", records)
    assert refused(read, lines(ROW.format(1))).code == "input_changed"


def test_exports_are_found_below_the_folder_and_reference_tables_are_none(tmp_path):
    for name in ("b.csv", "2025/客户 档案.XLSX", "reference/measures.csv", ".hidden.csv", "~$open.xlsx", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert reading.exports(tmp_path) == ["2025/客户 档案.XLSX", "b.csv"]


def test_a_folder_that_is_missing_or_holds_no_export_is_refused(tmp_path):
    assert refused(reading.exports, tmp_path / "none").code == "missing_folder"
    assert refused(reading.exports, tmp_path).code == "no_exports"


@pytest.mark.parametrize(
    ("make", "found"),
    [(os.mkfifo, "a_device"), (os.mkdir, "a_folder"), (lambda path: os.symlink("/dev/null", path), "a_link")],
)
def test_what_is_no_file_is_refused(tmp_path, make, found):
    make(tmp_path / "a.csv")
    refusal = refused(reading.exports, tmp_path)
    assert (refusal.code, refusal.facts["found"]) == ("not_a_file", found)


def test_the_same_file_delivered_twice_is_refused_and_both_are_named(tmp_path):
    (tmp_path / "a.csv").write_text(lines(ROW.format(1)))
    shutil.copy(tmp_path / "a.csv", tmp_path / "renamed.csv")
    refusal = refused(reading.fingerprints, tmp_path, ["a.csv", "renamed.csv"])
    assert (refusal.code, refusal.facts) == ("same_file_twice", {"file": "renamed.csv", "other": "a.csv"})


def test_the_head_of_a_file_can_be_seen_without_reading_it_all(tmp_path):
    (tmp_path / "a.csv").write_text(lines(*(ROW.format(n) for n in range(100))))
    head = reading.open_head(tmp_path / "a.csv", "a.csv", sources.Source())
    assert head[0] == (1, HEADER.split(","))
    assert len(head) < 50


def test_a_workbook_says_itself_how_it_counts_days_and_writes_numbers():
    said = sources.Source(date_system="1904", decimal=",", date_order="dmy")
    text = reading.Reading("a.csv", "", "utf-8", None, said, None, [], 1, (1, 1))
    book = reading.Reading("a.xlsx", "S", "excel", None, said, None, [], 1, (1, 1), date_system="1900")
    assert (text.forms["date_system"], text.forms["decimal"]) == ("1904", ",")
    assert (book.forms["date_system"], book.forms["decimal"], book.forms["date_order"]) == ("1900", ".", "dmy")
