"""What lies in a folder: every file and every sheet is read, declared as not to be read, or refused by name."""

import gzip
import io
import os
import struct
import zipfile

import openpyxl
import pytest

from custlib import accounting, cleaning, explain, project
from custlib.refusals import Refused

SALES = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "无税金额(元)"]
CUSTOMERS = ["客户编码", "客户名称"]
WHOLE = "data_from = 2024-01-01\ndata_until = 2024-12-31\n"


def book(**sheets):
    """A workbook with these sheets: name → rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def of_month(month, count=2):
    return [SALES, *([f"D{month}{n}", 1, f"2024-{month:02d}-0{n}", "K1", "P1", 1, 10 * n] for n in range(1, count + 1))]


def refused(cleaned, files, declared=""):
    with pytest.raises(Refused) as refusal:
        cleaned(files, declared)
    return refusal.value


def test_a_sheet_a_month_is_one_table(cleaned, promises):
    clean = cleaned({"销售.xlsx": book(**{f"{month}月": of_month(month) for month in range(1, 13)})}, WHOLE)
    assert clean.counts == {"sales": 24}
    assert accounting.sheets(clean)["read"].all() and len(accounting.sheets(clean)) == 12
    accounts = accounting.line_accounts(clean)
    assert (accounts["lines"].sum(), accounts["clean"].sum()) == (36, 24)
    assert accounts.loc[0, ["file", "sheet"]].tolist() == ["销售.xlsx/10月", "10月"]


def test_two_entries_for_two_sheets_of_one_workbook_both_count(cleaned):
    both = book(订单=of_month(1), 客户=[CUSTOMERS, ["K1", "东明贸易"]], 说明=[["导出说明"]])
    entry = '[[source]]\nfiles = "book.xlsx"\nsheet = "{}"\n{}\n'
    entries = entry.format("订单", 'table = "sales"') + entry.format("客户", 'table = "customers"')
    told = refused(cleaned, {"book.xlsx": both}, entries)
    assert (told.code, told.facts["sheets"]) == ("undeclared_sheets", "说明")
    clean = cleaned({"book.xlsx": both}, entries + entry.format("说明", "ignore = true"))
    assert clean.counts == {"customers": 1, "sales": 2}
    assert clean.not_read == ()
    assert accounting.sheets(clean).set_index("sheet")["read"].to_dict() == {"订单": True, "客户": True, "说明": False}


def test_sheets_are_told_apart_by_their_headers_where_nothing_is_declared(cleaned):
    clean = cleaned({"book.xlsx": book(订单=of_month(1), 客户=[CUSTOMERS, ["K1", "东明贸易"]])})
    assert clean.counts == {"customers": 1, "sales": 2}
    told = refused(cleaned, {"book.xlsx": book(订单=of_month(1), 说明=[["导出说明"], ["自系统"]])})
    assert (told.code, told.facts["file"]) == ("unknown_header", "book.xlsx/说明")


def test_a_pattern_may_name_the_sheets_of_months(cleaned):
    sheets = {"1月": of_month(1), "2月": of_month(2), "汇总": [["月份", "金额"], ["1月", 30]]}
    entry = '[[source]]\nfiles = "*"\nsheet = "{}"\n{}\n'
    clean = cleaned(
        {"a.xlsx": book(**sheets)}, entry.format("*月", 'tax = "excluded"') + entry.format("汇总", "ignore = true")
    )
    assert clean.counts == {"sales": 4}


def text_of(month):
    return "\n".join(",".join(map(str, row)) for row in of_month(month)) + "\n"


def zipped(**members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_packed_text_and_a_zip_with_tables_and_a_workbook_are_read(cleaned):
    inner = {"2024/二月.csv": text_of(2), "三月.xlsx": book(a=of_month(3), b=of_month(4)), "__MACOSX/._二月.csv": "x"}
    clean = cleaned({"一月.csv.gz": gzip.compress(text_of(1).encode()), "其余.zip": zipped(**inner)})
    assert clean.counts == {"sales": 8}
    files = ["一月.csv.gz", "其余.zip/2024/二月.csv", "其余.zip/三月.xlsx/a", "其余.zip/三月.xlsx/b"]
    assert sorted(accounting.line_accounts(clean)["file"]) == files
    assert sorted(accounting.sheets(clean)["sheet"]) == ["a", "b"]
    told = explain.tell(clean, project.resolve("data/raw"), "其余.zip/2024/二月.csv:2")
    assert told.text == ("D21,1,2024-02-01,K1,P1,1,10",)
    assert not list(clean.folder.rglob("*.csv"))


def test_what_is_said_of_an_archive_is_said_of_what_it_holds(cleaned):
    files = {"a.csv": text_of(1), "旧.zip": zipped(**{"说明.docx": b"x"})}
    told = refused(cleaned, files)
    assert (told.code, told.facts["files"]) == ("unread_files", "旧.zip/说明.docx")
    assert refused(cleaned, {"a.csv": text_of(1), "旧.zip": b"stand-in\n"}).facts["found"] == "damaged_archive"
    assert cleaned(files, '[[source]]\nfiles = "旧.zip"\nignore = true\n').not_read == ("旧.zip",)


def test_the_same_export_beside_and_in_an_archive_is_refused(cleaned):
    told = refused(cleaned, {"a.csv": text_of(1), "b.zip": zipped(**{"renamed.csv": text_of(1)})})
    assert (told.code, told.facts["file"], told.facts["other"]) == ("same_file_twice", "b.zip/renamed.csv", "a.csv")


OTHERS = ("a.rar", "sales", "截图.png", "旧/订单.numbers", "订单.et", "说明.md")


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_kind_is_refused_with_the_way_to_save_it(cleaned, name):
    told = refused(cleaned, {"a.csv": text_of(1), name: b"x"})
    assert (told.code, told.facts["files"]) == ("unread_files", name)
    assert ".et" in told.line("zh") and f'files = "{name}"' in told.line("zh")


def test_files_of_another_kind_are_ignored_as_declared(cleaned):
    declared = "".join(f'[[source]]\nfiles = "{name}"\nignore = true\n' for name in OTHERS)
    clean = cleaned({"a.csv": text_of(1)} | dict.fromkeys(OTHERS, b"x"), declared)
    assert (clean.counts, clean.not_read) == ({"sales": 2}, OTHERS)


def test_links_are_refused_also_those_to_folders(cleaned, tmp_path):
    cleaned({"a.csv": text_of(1)})
    (tmp_path / "elsewhere").mkdir()
    os.symlink(tmp_path / "elsewhere", project.resolve("data/raw") / "2024")
    with pytest.raises(Refused) as refusal:
        cleaning.open_tables("data/raw")
    assert (refusal.value.code, refusal.value.facts["file"]) == ("not_a_file", "2024")


CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
><office:body><office:spreadsheet><table:table table:name="一月">{}</table:table></office:spreadsheet></office:body
></office:document-content>"""
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows):
    def cell(value):
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    lines = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": MIMETYPE, "META-INF/manifest.xml": manifest, "content.xml": CONTENT.format(lines)}
    return zipped(**parts)


def test_an_open_document_sheet_is_read_and_what_is_none_is_refused_by_name(cleaned):
    clean = cleaned({"一月.ods": ods(of_month(1))})
    assert clean.counts == {"sales": 2}
    assert accounting.notes(clean).empty
    told = refused(cleaned, {"a.csv": text_of(1), "sales.ods": b"stand-in\n"})
    assert (told.code, told.facts["file"]) == ("not_an_xlsx", "sales.ods")
    assert "ignore = true" in told.line("en")


def record(kind, data=b""):
    """A record of BIFF12: its number and length in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data) & 0x7F | 0x80, len(data) >> 7]) + data


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows):
    """A workbook in Excel's binary form with one sheet, by the records of [MS-XLSB]."""
    cells = b""
    for at, row in enumerate(rows):
        cells += record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            number = isinstance(value, int)
            cells += record(5, place + struct.pack("<d", value)) if number else record(6, place + wide(value))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = record(129) + record(148, size) + record(145) + cells + record(146) + record(130)
    bundle = record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("一月")) + record(144)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/{{}}" Target="{{}}"/></Relationships>'
    )
    parts = {
        "_rels/.rels": links.format("officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": links.format("worksheet", "worksheets/sheet1.bin"),
        "xl/workbook.bin": record(131) + bundle + record(132),
        "xl/worksheets/sheet1.bin": sheet,
    }
    return zipped(**parts)


def test_a_binary_workbook_is_read(cleaned):
    clean = cleaned({"一月.xlsb": xlsb(of_month(1))})
    assert clean.counts == {"sales": 2}
    assert accounting.sheets(clean)["sheet"].tolist() == ["一月"]
    assert accounting.notes(clean)["note"].tolist() == ["old_xls"]  # page 10 says what was not looked at
