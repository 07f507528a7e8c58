"""What lies in a folder: every file and every sheet is read, declared as not to be read, or refused by name."""

import io

import openpyxl
import pytest

from custlib import accounting
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
