"""Cases 56 to 60: sheets, merged cells, what is called a workbook and is none, workbooks made to break the reader."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import openpyxl.chart
import pytest

ROOT = Path(__file__).parents[2]
HEADER = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "无税金额(元)", "成本(元)"]


def with_more_sheets(hidden_rows=()):
    """A hidden sheet, a chart sheet, a filter, and hidden rows."""

    def change(sheet):
        book = sheet.parent
        hidden = book.create_sheet("旧数据")
        for cells in (HEADER, ["X1", 1, "2025-01-02", "C1", "P1", 1, 99, 5]):
            hidden.append(cells)
        hidden.sheet_state = "hidden"
        book.create_chartsheet("图").add_chart(openpyxl.chart.BarChart())
        sheet.auto_filter.ref = "A1:H4"
        for line in hidden_rows:
            sheet.row_dimensions[line].hidden = True

    return change


def include(how):
    return f'[[source]]\nfiles = "*"\nhidden_rows = "{how}"\n'


def test_56_hidden_sheets_chart_sheets_and_filters(answer, excel, row):
    got = answer({"a.xlsx": excel(row(1), row(2), row(3), change=with_more_sheets())})
    assert got.values("invoice_id") == ["A1", "A2", "A3"]
    sheets = {one["sheet"]: one for one in got.rows("sheets")}
    assert set(sheets) == {"Sheet", "旧数据", "图"}
    assert [sheets[name]["read"] for name in ("Sheet", "旧数据", "图")] == [True, False, False]
    assert [sheets[name]["visible"] for name in ("Sheet", "旧数据")] == [True, False]
    assert (sheets["Sheet"]["rows"], sheets["旧数据"]["rows"]) == (4, 2)


def test_56_hidden_rows_are_counted_and_read_only_where_that_is_said(answer, refused, excel, row):
    book = excel(row(1), row(2), row(3), change=with_more_sheets(hidden_rows=(3,)))
    assert refused("hidden_rows", {"a.xlsx": book})["file"] == "a.xlsx"
    got = answer({"a.xlsx": book}, include("include"))
    assert got.values("invoice_id") == ["A1", "A2", "A3"]
    got = answer({"a.xlsx": book}, include("exclude"))
    assert got.values("invoice_id") == ["A1", "A3"]
    assert got.classes["a.xlsx:3"] != "clean"
    assert [one["hidden_rows"] for one in got.rows("sheets") if one["read"]] == [1]


def test_56_several_sheets_with_rows(answer, refused, excel, row):
    def second(sheet):
        for cells in (HEADER, ["X1", 1, "2025-01-02", "C1", "P1", 1, 99, 5]):
            sheet.parent["华南"].append(cells) if "华南" in sheet.parent else sheet.parent.create_sheet("华南").append(
                cells
            )

    book = excel(row(1), change=second)
    got = answer({"a.xlsx": book})
    assert got.values("invoice_id") == ["A1", "X1"]
    assert got.classes["a.xlsx/华南:2"] == "clean"
    one = '[[source]]\nfiles = "*"\nsheet = "华南"\n'
    assert refused("undeclared_sheets", {"a.xlsx": book}, one)["sheets"] == "Sheet"
    other = '[[source]]\nfiles = "a.xlsx"\nsheet = "Sheet"\nignore = true\n'
    assert answer({"a.xlsx": book}, one + other).values("invoice_id") == ["X1"]


def test_57_merged_cells_down_a_column(answer, excel, row):
    lines = [row(1, customer="C7"), row(2, customer=None), row(3, customer=None), row(4, customer=None)]
    got = answer({"a.xlsx": excel(*lines, change=lambda sheet: sheet.merge_cells("D2:D4"))})
    assert got.values("customer_id") == ["C7", "C7", "C7", None]
    filled = [one for one in got.rows("changes") if one["column"] == "customer_id"]
    assert [(one["line"], one["raw"], one["clean"], one["rule"]) for one in filled] == [
        (3, "", "C7", "merged_cell"),
        (4, "", "C7", "merged_cell"),
    ]


def test_58_what_is_called_a_workbook_and_is_none(refused, excel, export, row):
    whole = excel(*(row(n) for n in range(200)))
    pretenders = {
        "html": b"<html><table><tr><td>1</td></tr></table></html>",
        "csv": export(row(1)).encode(),
        "truncated": whole[: len(whole) // 2],
        "end lost": whole[:-30],
    }
    for content in pretenders.values():
        assert refused("not_an_xlsx", {"a.xlsx": content})["file"] == "a.xlsx"


def ole(name):
    """The first bytes of an encrypted workbook: an OLE container whose directory names an encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + name.encode("utf-16-le") + b"\0" * 1024


def test_59_protected_by_a_password(refused):
    assert refused("not_an_xlsx", {"a.xlsx": ole("EncryptedPackage")})["found"] == "encrypted_or_old"
    refused("not_an_xlsx", {"a.xls": ole("EncryptedPackage")})


def rewritten(content, change):
    """A workbook whose first sheet's XML went through `change`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == "xl/worksheets/sheet1.xml" else data)
    return out.getvalue()


def huge_dimension(data):
    start = data.index(b'<dimension ref="')
    return data[:start] + b'<dimension ref="A1:XFD1048576"' + data[data.index(b"/>", start) :]


def last_cell(data):
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return huge_dimension(data).replace(b"</sheetData>", far)


def bomb(data):
    return data.replace(b"</sheetData>", b"</sheetData>" + b" " * (300 << 20))


def empty_styled_rows(data):
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(4, 1_000_001))
    return data.replace(b"</sheetData>", rows + b"</sheetData>")


# A process of its own: what it may use of the machine can be limited, and what it used can be seen.
BOUNDED = """
import re, resource, sys, time
from custlib import reading, sources
from custlib.refusals import Refused
from pathlib import Path
start, folder = time.monotonic(), Path(sys.argv[1])
try:
    found = reading.read(folder, "a.xlsx", sources.Sources(), folder / "cells.parquet")
    print("read", found.total, sum(mark.lines for mark in found.marks))
except Refused as refusal:
    print("refused", refusal.code)
# Not ru_maxrss: of a process just started it remembers the one that started it.
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
print(peak, round(time.monotonic() - start, 1))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("change", [huge_dimension, last_cell, bomb, empty_styled_rows])
def test_60_workbooks_that_would_fill_the_memory(tmp_path, excel, row, change):
    (tmp_path / "a.xlsx").write_bytes(rewritten(excel(row(1), row(2)), change))
    assert (tmp_path / "a.xlsx").stat().st_size < 20_000_000
    command = [sys.executable, "-c", BOUNDED, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr[-500:]
    answer, used = ended.stdout.splitlines()
    megabytes, seconds = map(float, used.split())
    assert answer == "refused too_large_workbook" or answer.startswith("read ")
    if change is huge_dimension:
        assert answer == "read 3 1"
    # A minute's grace for a busy machine would hide nothing: unbounded, these take gigabytes.
    assert megabytes < 1024 and seconds < 30


def test_60_the_sheet_that_was_made_larger_is_a_workbook(excel, row):
    book = openpyxl.load_workbook(io.BytesIO(rewritten(excel(row(1), row(2)), huge_dimension)))
    assert book.active["A3"].value == "A2"
