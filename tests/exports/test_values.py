"""Exports whose values are not what they look like: headers that come again, currencies, ids, characters, ratios."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from custlib import accounting, contracts, results
from custlib.reading import sheet_rows
from custlib.refusals import Refused

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)"
CUSTOMERS = "客户编码,客户名称,业态,大区"


def sheet(header, *rows):
    """A header and its rows as the text of a CSV file."""
    return "\n".join([header, *rows]) + "\n"


def sold(n, customer="K1", amount="10", **more):
    """A line of sales."""
    return ",".join([f"A{n}", "1", "2025-10-02", customer, "P1", "1", amount, *more.values()])


@pytest.fixture
def clean(cleaned):
    """Cleans files (name → text): rows of a table or ledger by its name, as dicts."""

    def make(files, declared=""):
        found = cleaned(files, declared)
        return lambda name="sales": found.table(name).to_pyarrow().to_pylist()

    return make


@pytest.fixture
def refused(cleaned):
    """The refusal with which files are answered."""

    def make(files, declared=""):
        with pytest.raises(Refused) as refusal:
            cleaned(files, declared)
        assert refusal.value.exit_code == 3 and refusal.value.line("zh")
        return refusal.value

    return make


def classes(clean, file):
    """The class of each line of a file, in order."""
    lines = [row for row in clean("lines") if row["file"] == file]
    return [row["class"] for row in sorted(lines, key=lambda row: row["line"])]


def test_a_header_that_comes_again_is_no_customer_and_a_customer_called_like_one_stays(clean):
    again = [
        CUSTOMERS,
        " 客户编码 , 客户名称,业态 ,大区",
        "客户编码,客户名称,,",
        f"{CUSTOMERS},备注",
        "客户编码（必填）,客户名称,业态,大区",
    ]
    made = clean({"c.csv": sheet(CUSTOMERS, "K1,客户名称,超市,大区", *again, "K2,恒丰百货,超市,华东")})
    assert classes(made, "c.csv") == ["header", "clean", *["header"] * 5, "clean"]
    assert [row["customer_id"] for row in made("customers")] == ["K1", "K2"]


def test_a_header_that_comes_again_in_another_order_is_refused(refused):
    rows = ["K1,华盛贸易,超市,华东", "客户名称,客户编码,大区,业态", "恒丰百货,K2,华东,超市"]
    refusal = refused({"c.csv": sheet(CUSTOMERS, *rows)})
    assert (refusal.code, refusal.facts["line"]) == ("header_moved", 3)


def test_a_header_that_comes_again_is_found_in_a_file_that_the_engine_reads(clean, monkeypatch):
    monkeypatch.setattr("custlib.reading.large.ENGINE_FROM", 1)
    header = "客户2,客户名称,业态,大区"
    declared = '[[source]]\nfiles = "*"\ntable = "customers"\ncolumns = {"客户2" = "customer_id"}\n'
    made = clean({"c.csv": sheet(header, "K1,华盛贸易,超市,华东", header, "K2,恒丰百货,超市,华东")}, declared)
    assert classes(made, "c.csv") == ["header", "clean", "header", "clean"]


def test_both_lines_of_a_header_in_two_are_known_again(clean):
    upper, lower = "单据编号,行号,日期,客户编码,存货编码,数量,金额(元),", ",,,,,,不含税,含税"
    declared = (
        '[[source]]\nfiles = "*"\nheader_rows = 2\ntax = "excluded"\n'
        'columns = {"金额(元)/不含税" = "net_amount"}\nunits = {net_amount = "元"}\n'
    )
    rows = [lower, f"{sold(1)},11.3", upper, lower, f"{sold(2)},11.3"]
    made = clean({"s.csv": sheet(upper, *rows)}, declared)
    assert classes(made, "s.csv") == ["header", "header", "clean", "header", "header", "clean"]


DECLARED = '[[source]]\nfiles = "*"\ntax = "excluded"\nunits = {net_amount = "元"}\n'
PLAIN = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额"


@pytest.fixture
def workbook_of():
    """A workbook of sales whose n-th amount has the n-th number format, as bytes."""

    def make(*formats):
        book = openpyxl.Workbook()
        book.active.append(PLAIN.split(","))
        for n, code in enumerate(formats, 1):
            book.active.append([*sold(n).split(",")[:5], 1, 10])
            book.active.cell(n + 1, 7).number_format = code
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return make


def test_a_currency_in_a_number_format_is_compared_with_the_declared_one(refused, clean, workbook_of):
    refusal = refused({"s.xlsx": workbook_of("0.00", "[$$-409]#,##0.00")}, DECLARED)
    assert (refusal.code, refusal.facts["line"]) == ("currency_conflict", 3)
    assert (refusal.facts["seen"], refusal.facts["said"], refusal.facts["column"]) == ("USD", "CNY", "无税金额")
    assert len(clean({"s.xlsx": workbook_of("0.00", "[$¥-804]#,##0.00")}, DECLARED)()) == 2


def test_a_unit_above_the_header_is_compared_with_the_declared_one(refused, clean):
    files = {"s.csv": sheet("销售明细表,,,,,,", "制表人：王,,,,,,单位：万元", PLAIN, sold(1, amount="0.9165"))}
    assert refused(files, DECLARED).code == "unit_above"
    amounts = clean(files, DECLARED.replace('units = {net_amount = "元"}', ""))()
    assert [row["net_amount"] for row in amounts] == [Decimal("9165.00")]


def test_amounts_as_excel_computes_them_are_kept_exactly_and_rounded_to_the_cent(cleaned, workbook, workbook_of):
    content = workbook_of("0.00", "0.00")
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["G2"], book.active["G3"] = 22439.93399999999, 1.2345678901234567e-05
    out = io.BytesIO()
    book.save(out)
    made = cleaned({"s.xlsx": out.getvalue()}, DECLARED)
    totals = results.save(accounting.control_totals(made), "control_totals", workbook / "out").iloc[0]
    assert totals["amount_in"] == Decimal("22439.934012345668901234")  # 18 decimals: what follows is cut off
    assert (totals["amount_clean"], totals["difference"]) == (Decimal("22439.93"), 0)


def test_what_keeps_an_id_from_excel_is_taken_off_and_written_down(clean):
    """Properly quoted, as a program writes it, and as it stands in many exports."""
    spelled = ['"=""K1"""', '="K1"', "'K1", "＝＂Ｋ1＂", "＇K1", "K1"]
    made = clean({"s.csv": sheet(SALES, *[sold(n, customer=text) for n, text in enumerate(spelled)])})
    assert classes(made, "s.csv") == ["header", *["clean"] * 6]
    assert {row["customer_id"] for row in made()} == {"K1"}
    changed = {row["raw"]: row["rule"] for row in made("changes") if row["column"] == "customer_id"}
    assert changed == dict.fromkeys(['="K1"', "'K1", "＝＂Ｋ1＂", "＇K1"], "excel_text")
    wrapped = clean({"s.csv": sheet(SALES, '="A1","=""1""",="2025-10-02",="K1",=""P1"",1,="10"')})
    assert classes(wrapped, "s.csv")[1:] == ["quarantined"]  # ="" within: nobody can say where that cell ends


def test_numbers_and_days_lose_the_wrapper_too(clean):
    made = clean({"s.csv": sheet(SALES, '="A1","=""1""",="2025-10-02",="K1",="P1",1,=" 10"')})
    row = made()[0]
    assert (row["line_no"], str(row["date"]), row["net_amount"]) == (1, "2025-10-02", 10)


def test_one_id_in_two_spellings_is_told_without_a_list_of_customers(cleaned):
    ids = ["10001", "10001.0", "k002", "K002", "K003", "11-1", "111"]
    made = cleaned({"s.csv": sheet(SALES, *[sold(n, customer=text) for n, text in enumerate(ids)])})
    found = contracts.breaches(made, "data/raw").query("rule == 'alike_ids' and column == 'customer_id'")
    assert found[["rows", "of_rows", "blocks"]].values.tolist() == [[4, 7, True]]


def test_chinese_read_as_gbk_is_set_aside(cleaned, monkeypatch):
    rows = ["K1,涓滄槑璐告槗,超市,华东", "K2,东明贸易,超市,华东", "K3,海悦电器,瓒呭競,华东"]
    for engine_from in (1, 4_000_000):
        monkeypatch.setattr("custlib.reading.large.ENGINE_FROM", engine_from)
        made = cleaned({"c.csv": sheet(CUSTOMERS, *rows)})
        aside = made.table("quarantine").to_pyarrow().to_pylist()
        assert [(row["line"], row["reason"], row["column"]) for row in aside] == [
            (2, "mojibake", "name"),
            (4, "mojibake", "store_format"),
        ]


def test_a_header_cell_with_line_breaks_is_read(clean, monkeypatch):
    header = '单据编号,行号,日期,客户编码,存货编码,数量,"无税金额\n(元)","备注\n说明"'
    for engine_from in (1, 4_000_000):
        monkeypatch.setattr("custlib.reading.large.ENGINE_FROM", engine_from)
        made = clean({"s.csv": sheet('"销售\n明细",,', header, f"{sold(1)},甲", header, f"{sold(2)},乙")})
        found = {row["line"]: row["class"] for row in made("lines")}
        assert found == {
            1: "preamble",
            2: "preamble",
            **dict.fromkeys((3, 4, 5), "header"),
            6: "clean",
            7: "header",
            10: "clean",
        }
        assert [row["备注说明"] for row in made()] == ["甲", "乙"]


def test_a_header_with_a_line_break_and_nothing_below_it(clean):
    header = '单据编号,行号,日期,客户编码,存货编码,数量,"无税金额\n(元)"\n'
    assert classes(clean({"s.csv": header}), "s.csv") == ["header", "header"]


def test_an_old_workbook_with_a_zip_within_is_read(tmp_path):
    """As WPS Office writes it: python-calamine reads the book, and the zip at its end is none of our business."""
    small = io.BytesIO()
    with zipfile.ZipFile(small, "w") as parts:
        parts.writestr("ReportCommonVO", "x")
    plain, wps = tmp_path / "plain.xls", tmp_path / "wps.xls"
    plain.write_bytes((Path(__file__).parents[1] / "data" / "old.xls").read_bytes())
    wps.write_bytes(plain.read_bytes() + small.getvalue())
    read = [list(sheet_rows.tell(path, path.name)) for path in (plain, wps)]
    assert read[0] == read[1]


def test_a_western_encoding_is_asked_about_with_its_reading(refused, clean):
    content = (
        "invoice_id,line_no,date,customer_id,product_id,quantity,net_amount\nA1,1,2025-10-02,K1,Café,1,10\n".encode(
            "cp1252"
        )
    )
    assert "Café" in refused({"s.csv": content}, DECLARED).facts["cp1252"]
    declared = DECLARED + 'encoding = "cp1252"\n'
    assert [row["product_id"] for row in clean({"s.csv": content}, declared)()] == ["Café"]
