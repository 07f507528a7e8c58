from custlib.reading.record import Record
from custlib.reading.rows import surplus

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
