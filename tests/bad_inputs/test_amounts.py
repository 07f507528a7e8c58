"""Cases 25 to 37: amounts, units, identifiers, tokens for missing, cells that Excel has damaged."""

from decimal import Decimal

import openpyxl
import pytest

HEADER = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "无税金额(元)", "成本(元)"]
BARE = [text if text != "无税金额(元)" else "无税金额" for text in HEADER]


@pytest.fixture
def amounts(answer, export, row):
    """Raw text → the amount it became, or why its line was set aside; beside them a plain line that must stay."""

    def make(*texts, declared=""):
        lines = [row(n, amount=f'"{text}"') for n, text in enumerate(texts)]
        got = answer({"a.csv": export(*lines, row("plain"))}, declared)
        assert got.values("net_amount")[-1] == 10
        clean = {one["line"]: one["net_amount"] for one in got.rows()}
        found = {text: clean.get(line, got.aside.get(f"a.csv:{line}")) for line, text in enumerate(texts, 2)}
        return got, found

    return make


def test_25_separators(amounts, refused, export, row):
    got, found = amounts("１，２３４．５０", "￥1,234.50", "1 234,50", "1.234,50", "7", "8")
    assert list(found.values())[:2] == [Decimal("1234.50")] * 2
    assert found["1 234,50"] == found["1.234,50"] == "decimal_comma"
    rules = got.rules("net_amount")
    assert (rules["１，２３４．５０"], rules["￥1,234.50"]) == ("full_width", "currency_sign")
    for text in ("1 234,50", "1.234,50"):
        facts = refused("decimal_commas", {"a.csv": export(*(row(n, amount=f'"{text}"') for n in range(3)))})
        assert (facts["column"], facts["text"]) == ("net_amount", text)


def test_25_separators_that_are_declared(amounts):
    _, found = amounts("1 234,50", "1.234,50", declared='[[source]]\nfiles = "*"\ndecimal = ","\n')
    assert set(found.values()) == {Decimal("1234.50")}


def test_26_minus_in_all_its_forms(amounts):
    got, found = amounts("(1,234.00)", "-1,234", "1,234-", "−1", "（1,234.00）")
    assert list(found.values()) == [-1234, -1234, -1234, -1, -1234]
    rules = got.rules("net_amount")
    assert {rules["(1,234.00)"], rules["1,234-"], rules["（1,234.00）"]} == {"sign_form"}


def test_26_red_figures(amounts):
    _, found = amounts("红字1,234.00", "红字")
    assert found["红字1,234.00"] in (Decimal("-1234.00"), "not_an_amount")
    assert found["红字"] == "not_an_amount"


def test_27_ten_thousands_in_a_cell(amounts):
    got, found = amounts("3.5万", "3.5万元", "约3万", "0.0123456万", "3.5万万")
    assert list(found.values()) == [35000, 35000, "not_an_amount", Decimal("123.46"), "not_an_amount"]
    assert got.rules("net_amount")["3.5万"] == "wan"
    exact = [one["amount_in"] for one in got.rows("controls") if one["column"] == "net_amount" and one["amount_in"]]
    assert sum(exact) == Decimal("70133.456")


def test_28_each_file_in_the_unit_of_its_own_header(answer, refused, export, row):
    wan = [text.replace("无税金额(元)", "无税金额（万元）") for text in HEADER]
    got = answer({"a.csv": export(row(1)), "b.csv": export(row(2, amount="1.5"), header=wan)})
    assert got.values("net_amount") == [10, 15000]
    facts = refused("unknown_unit", {"a.csv": export(row(1)), "b.csv": export(row(2), header=BARE)})
    assert facts["file"] == "b.csv"
    declared = '[[source]]\nfiles = "*"\nunits = {net_amount = "万元"}\n'
    assert answer({"a.csv": export(row(1), header=BARE)}, declared).values("net_amount") == [100_000]


def formatted(column, *formats):
    """Number formats for the data rows of one column of a sheet."""

    def change(sheet):
        for at, form in enumerate(formats, 2):
            sheet[f"{column}{at}"].number_format = form

    return change


WAN = '0.00"万元"'


def test_29_a_unit_in_the_number_format_only(answer, refused, excel, row):
    book = excel(row(1, amount="1.5"), row(2, amount="2"), header=BARE, change=formatted("G", WAN, WAN))
    assert answer({"a.xlsx": book}).values("net_amount") == [15000, 20000]
    contradicts = excel(row(1), row(2), change=formatted("G", WAN, WAN))
    assert refused("unit_conflict", {"a.xlsx": contradicts})["file"] == "a.xlsx"
    mixed = excel(row(1), row(2), header=BARE, change=formatted("G", WAN, '0.00"元"'))
    assert refused("mixed_units", {"a.xlsx": mixed})["file"] == "a.xlsx"


SIGNED = "rule,place,who,on,why\nunit_jump,{},张敏,2026-01-05,New price list in October\n"


def test_30_a_whole_file_ten_thousand_times_too_large(cleaned, answer, blocked, export, row, workbook):
    files = {}
    for month in ("01", "04", "07", "10"):
        amount = "100000" if month == "10" else "10"
        files[f"{month}.csv"] = export(
            *(row(f"{month}-{n}", f"2025-{month}-{n:02d}", amount=amount) for n in range(1, 21))
        )
    got = answer(files)
    assert got.clean.counts == {"sales": 80} and got.aside == {}
    (found,) = got.breaches("unit_jump")
    assert found["blocks"] and found["column"] == "net_amount" and "10.csv" in found["first_place"]
    assert "unit_jump (sales, 20/80, 10.csv" in blocked(files).line()
    (workbook / "data/reference/signed.csv").write_text(SIGNED.format(found["first_place"]), encoding="utf-8")
    (found,) = got.breaches("unit_jump")
    assert not found["blocks"] and found["signed_by"] == "张敏"


def test_31_numbers_in_scientific_notation_in_an_id(answer, export, row):
    damaged = ["1E5", "2.77414E+11", "1.23E+19"]
    got = answer({"a.csv": export(row(0), *(row(n, customer=text) for n, text in enumerate(damaged, 1)))})
    assert got.aside == {f"a.csv:{line}": "excel_damage" for line in (3, 4, 5)}
    assert got.values("customer_id") == ["C1"]


def test_32_ids_alike_but_for_leading_zeros(answer, export, row):
    customers = "客户编码,客户名称,大区\n00123,华盛,华东\n123,华强,华北\n"
    got = answer({"k.csv": customers, "a.csv": export(row(1, customer="00123"), row(2, customer="123"))})
    assert got.values("customer_id") == ["00123", "123"]
    assert got.values("customer_id", "customers") == ["00123", "123"]
    found = got.breaches("alike_ids")
    assert found and found[0]["rows"] >= 1


def test_33_a_number_of_20_digits_in_a_workbook(answer, excel, row):
    long = [12345678901234567890, *row(2)[1:]]
    got = answer({"a.xlsx": excel(row(1), long, row(3))})
    assert got.aside == {"a.xlsx:3": "over_15_digits"}
    assert got.values("invoice_id") == ["A1", "A3"]


def test_34_companies_called_like_a_missing_value(answer, excel):
    names = ["NA", "NULL", "None", "TRUE", "1月", "MARCH1", "nan"]
    got = answer(
        {"a.csv": "\n".join(["客户编码,客户名称,大区", *(f"K{n},{name},华东" for n, name in enumerate(names))])}
    )
    assert got.values("name", "customers") == names
    book = excel(*([f"K{n}", name, "华东"] for n, name in enumerate(names)), header=["客户编码", "客户名称", "大区"])
    assert answer({"a.xlsx": book}).values("name", "customers") == names


TOKENS = ["NULL", "-", "/", "无", "N/A", "#N/A"]


def test_35_words_for_missing_only_where_they_are_listed(answer, export, row):
    lines = [row(n, amount=text, cost=text) for n, text in enumerate(TOKENS)]
    files = {"a.csv": export(*lines, *(row(f"c{n}", cost=text) for n, text in enumerate(TOKENS)), row("plain"))}
    got = answer(files, '[[source]]\nfiles = "*"\nmissing = {cost = ["NULL", "-", "/", "无", "N/A", "#N/A"]}\n')
    assert list(got.aside.values()) == ["not_an_amount"] * 5 + ["excel_error"]
    assert got.values("cost") == [None] * 6 + [5]
    assert got.rules("cost") == dict.fromkeys(TOKENS, "missing_token") | {"5": "number_form"}
    assert set(answer(files).aside) == {f"a.csv:{line}" for line in range(2, 14)}


def test_36_error_cells(answer, excel, row):
    errors = ["#DIV/0!", "#REF!", "#VALUE!"]
    got = answer({"a.xlsx": excel(row(0), *(row(n, amount=error) for n, error in enumerate(errors, 1)), row(4))})
    assert got.aside == {f"a.xlsx:{line}": "excel_error" for line in (3, 4, 5)}
    assert [one["raw"] for one in got.rows("quarantine")] == errors
    assert got.values("invoice_id") == ["A0", "A4"]


def test_37_a_formula_without_its_value(refused, answer, excel, row, workbook):
    facts = refused("formula_without_value", {"a.xlsx": excel(row(1), row(2, amount="=F3*10"))})
    assert facts["file"] == "a.xlsx" and "G3" in str(facts)
    path = workbook / "with_value.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([HEADER, row(1), row(2)]):
            sheet.write_row(at, 0, cells)
        sheet.write_formula("G3", "=F3*10", None, 20)
    assert openpyxl.load_workbook(path)["Sheet1"]["G3"].value == "=F3*10"
    assert answer({"a.xlsx": path.read_bytes()}).values("net_amount") == [10, 20]
