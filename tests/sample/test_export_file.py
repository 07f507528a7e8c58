import csv
from decimal import Decimal

import numpy as np
import openpyxl

from custlib.sample.columns import Money
from custlib.sample.dirt import Spot
from custlib.sample.export_file import Export, save

COLUMNS = {"id": np.array(["a", "b", "c", "d"], object), "amount": Money(np.array([100, 200, 300, 400]))}
SPOTS = (
    Spot(1, "duplicate_of", "quarantined", again=True),
    Spot(2, "currency_sign", "changed", "amount", "￥3.00", "3.00"),
    Spot(3, "conflict", "quarantined"),
    Spot(3, "conflict", "quarantined", "amount", "104.00", again=True),
)


def export(file, **more):
    headers = {"id": "编号", "amount": "金额"}
    return Export(file, "sales", COLUMNS, headers, SPOTS, before=("标题", ""), summed=("amount",), **more)


def test_csv_lines_stand_where_the_faults_say(tmp_path):
    made = export("x.csv", encoding="gb18030", subtotal=1)
    save(made, tmp_path)
    lines = (tmp_path / "x.csv").read_bytes().decode("gb18030").split("\r\n")
    assert lines == [
        "标题",
        "",
        "编号,金额",
        "a,1.00",
        "b,2.00",
        "b,2.00",
        "小计,5.00",
        "c,￥3.00",
        "d,4.00",
        "d,104.00",
        "合计,116.00",
        "",
    ]
    assert [(fault.line, fault.kind, fault.value) for fault in made.faults()] == [
        (1, "preamble", ""),
        (2, "blank", ""),
        (6, "duplicate_of", "5"),
        (7, "subtotal", ""),
        (8, "currency_sign", "3.00"),
        (9, "conflict", ""),
        (10, "conflict", ""),
        (11, "total", ""),
    ]


def test_pieces_do_not_show_in_the_file(tmp_path, monkeypatch):
    save(export("whole.csv"), tmp_path)
    monkeypatch.setattr("custlib.sample.export_file.ROWS_AT_ONCE", 3)
    save(export("pieces.csv"), tmp_path)
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "pieces.csv").read_bytes()


def test_a_separator_in_an_edited_cell_is_quoted(tmp_path):
    spot = Spot(0, "thousands", "changed", "amount", "1,234.50", "1234.50")
    save(Export("x.csv", "sales", COLUMNS, {"id": "编号", "amount": "金额"}, (spot,)), tmp_path)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == ["a", "1,234.50"]


def test_a_workbook_has_a_title_a_merged_header_and_real_numbers(tmp_path):
    headers = {"id": "编号", "amount": "回款/金额(万元)"}
    columns = COLUMNS | {"amount": Money(np.array([1, 20000, 300, 400]), 4, 10_000)}
    save(
        Export("回款_2024.xlsx", "payments", columns, headers, before=("标题",), header_rows=2, summed=("amount",)),
        tmp_path,
    )
    sheet = openpyxl.load_workbook(tmp_path / "回款_2024.xlsx").active
    assert sheet.title == "回款"
    assert [cell.value for cell in sheet["A"]] == ["标题", "编号", None, "a", "b", "c", "d", "合计"]
    assert [cell.value for cell in sheet["B"]] == [None, "回款", "金额(万元)", 0.0001, 2, 0.03, 0.04, 2.0701]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:B1", "A2:A3"}
    assert sheet["B4"].number_format == "#,##0.00"


def test_every_fault_stands_at_its_line(folder):
    sheets = {}
    for fault in folder.told.faults:
        rows = sheets.setdefault(fault.file, folder.rows(fault.file))
        cells = rows[fault.line - 1]
        if fault.kind == "blank":
            assert cells == []
        elif fault.kind == "duplicate_of":
            assert cells == rows[int(fault.value) - 1]
        elif fault.kind == "broken_bytes":
            assert any("\ufffd" in cell for cell in cells)
        elif fault.kind not in ("width", "open_quote"):
            assert not fault.raw or any(fault.raw in cell for cell in cells), fault


def test_totals_are_the_sums_of_all_readable_rows_above(folder, amount):
    footers = [fault for fault in folder.told.faults if fault.outcome == "footer"]
    assert {fault.kind for fault in footers} == {"subtotal", "total"}
    for footer in footers:
        rows = folder.rows(footer.file)
        head = (
            2
            if footer.file.endswith(".xlsx")
            else next(n for n, row in enumerate(rows) if row and row[0] == "单据编号")
        )
        data = [row for row in rows[head + 1 : footer.line - 1] if row[0] not in ("小计", "合计")]
        for place, stated in enumerate(rows[footer.line - 1]):
            if place and stated:
                found = sum(amount(row[place]) for row in data)
                assert found == Decimal(stated), (footer, place)
