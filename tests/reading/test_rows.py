import pytest

from custlib.reading.record import Record
from custlib.reading.rows import surplus
from custlib.refusals import Refused

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)"
ROW = "A{},1,2025-01-01,C1,P1,3,30"


def kinds(found):
    return [(mark.line, mark.reason or mark.kind) for mark in found.marks]


def test_one_delimiter_too_many_in_every_row_is_accepted_and_noted(read, cells):
    found = read("\n".join([SALES, ROW.format(1) + ",", ROW.format(2) + ",", "合计,,,,,6,60,"]))
    assert found.notes == (("trailing_delimiter", 2),)
    assert kinds(found) == [(1, "header"), (4, "footer")]
    assert len(cells(found)) == 2


def test_one_row_alone_with_a_delimiter_too_many_is_a_faulty_one(read):
    found = read("\n".join([SALES, ROW.format(1) + ","]))
    assert (found.notes, kinds(found)) == ((), [(1, "header"), (2, "width")])


def test_a_surplus_is_seen_in_rows_of_data_only(read):
    header = read(f"{SALES}\n").header
    row = Record(2, 1, [*ROW.format(1).split(","), ""], None, "")
    total = Record(3, 1, ["合计", *[""] * 6], None, "")
    assert surplus([row, total, row], header) == 1
    assert surplus([row, total, total], header) == 0


def test_a_cell_behind_the_last_named_column_belongs_to_none(read, cells):
    found = read("\n".join([SALES + ",,", ROW.format(1) + ",,", ROW.format(2) + ",,x"]))
    assert kinds(found) == [(1, "header"), (3, "width")]
    assert len(cells(found)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        [SALES + ",'品名'", ROW.format(1) + ",钢"],
        [
            SALES + ",品名",
            ROW.format(1) + ",'钢'",
            ROW.format(2) + ",",
            ROW.format(3) + ",'铁'",
            ROW.format(4) + ",'锅,大'",
        ],
    ],
)
def test_texts_in_single_quotation_marks_are_refused(read, lines):
    with pytest.raises(Refused, match="line 1, column '?品名'?: texts stand in single quotation marks"):
        read("\n".join(lines))


def test_a_text_with_single_quotation_marks_of_its_own_stays(read, cells):
    found = read("\n".join([SALES + ",品名", ROW.format(1) + ",'钢'", ROW.format(2) + ",men's"]))
    assert (len(cells(found)), kinds(found)) == (2, [(1, "header")])


def test_a_table_that_stands_in_its_file_twice_is_refused(read):
    table = [SALES, ROW.format(1), ROW.format(2), ROW.format(3)]
    with pytest.raises(Refused, match="line 7: the rows of the table that begins here stand in that of line 3"):
        read("\n".join(["销售明细", "", *table, *table[:-1], ROW.format(3) + ",astray"]))


def test_pages_of_one_table_with_a_header_each_are_read(read, cells):
    found = read("\n".join([SALES, ROW.format(1), ROW.format(2), SALES, ROW.format(2), SALES, ROW.format(2)]))
    assert (len(cells(found)), kinds(found)) == (4, [(1, "header"), (4, "header"), (6, "header")])
