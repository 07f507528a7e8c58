"""Cases 1 to 15: files that are empty, headers that are not what they seem, rows that shift."""

import pytest

HEADER = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "无税金额(元)", "成本(元)"]


def test_01_empty_file(refused, export, row):
    facts = refused("empty_file", {"a.csv": export(row(1)), "b.csv": b""})
    assert facts["file"] == "b.csv"


def test_02_header_only(answer, export, with_notebooks, custlib):
    got = answer({"a.csv": export()})
    assert got.clean.counts == {"sales": 0}
    assert got.classes == {"a.csv:1": "header"}
    code, said = custlib("run", "2025Q1")
    assert code == 3 and "Table sales has no clean row" in said
    assert not list((with_notebooks / "reports").glob("2025*"))


def test_03_no_header(refused, row):
    facts = refused("unknown_header", {"a.csv": "\n".join(",".join(row(n)) for n in range(3))})
    assert (facts["file"], facts["line"]) == ("a.csv", 1)
    assert facts["text"].startswith("A0, 1, 2025-01-02")


UPPER = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "金额(元)", ""]
LOWER = ["", "", "", "", "", "", "不含税", "含税"]
TWO_ROWS = """[[source]]
files = "*"
header_rows = 2
columns = {"金额(元)/不含税" = "net_amount"}
units = {net_amount = "元"}
"""


def test_04_two_header_rows_with_merged_cells(refused, answer, export, excel, row):
    def merged(sheet):
        sheet.merge_cells("G1:H1")

    csv_file = export(LOWER, row(1), row(2), header=UPPER)
    book = excel(LOWER, row(1), row(2), header=UPPER, change=merged)
    for name, content in (("a.csv", csv_file), ("a.xlsx", book)):
        refused("second_header", {name: content}, '[[source]]\nfiles = "*"\ntax = "excluded"\n')
        got = answer({name: content}, TWO_ROWS)
        assert [got.classes[f"{name}:{line}"] for line in (1, 2, 3, 4)] == ["header", "header", "clean", "clean"]
        assert got.values("net_amount") == [10, 10]


def test_05_preamble_and_blank_line_before_the_header(answer, export, row):
    got = answer({"a.csv": "导出时间：2026-01-05 08:00\n\n" + export(row(1), row(2))})
    assert list(got.classes.values()) == ["preamble", "blank", "header", "clean", "clean"]
    assert got.clean.counts == {"sales": 2}


@pytest.mark.parametrize("word", ["合计", "小计", "Total", "本页小计"])
def test_06_totals_rows(answer, refused, export, row, word):
    def total(amount):
        return [word, "", "", "", "", "2", amount, "10"]

    got = answer({"a.csv": export(row(1), row(2), total("20.00"))})
    assert got.classes["a.csv:4"] == "footer" and got.values("net_amount") == [10, 10]
    facts = refused("footer_mismatch", {"a.csv": export(row(1), row(2), total("20.01"))})
    assert (facts["file"], facts["line"], facts["column"]) == ("a.csv", 4, "net_amount")
    assert (float(facts["stated"]), float(facts["found"])) == (20.01, 20.00)


def test_07_a_customer_called_like_a_total(answer):
    names = ["合计广告有限公司", "合计", "Total", "小计商贸"]
    lines = [f"K{n},{name},华东" for n, name in enumerate(names)]
    got = answer({"a.csv": "\n".join(["客户编码,客户名称,大区", *lines]) + "\n"})
    assert got.values("name", "customers") == names
    assert got.aside == {}


def test_08_unclosed_quote_closing_14_rows_later(answer, export, row):
    lines = [",".join(row(n)) for n in range(20)]
    lines[2] = lines[2].replace("C1", '"C1')
    lines[16] = lines[16].replace("P1", 'P1"')
    got = answer({"a.csv": export(*lines)})
    assert got.aside == {f"a.csv:{line}": "open_quote" for line in range(4, 19)}
    assert got.values("invoice_id") == ["A0", "A1", "A17", "A18", "A19"]


def test_09_unclosed_quote_to_the_end_of_the_file(refused, export, row):
    lines = [",".join(row(n)) for n in range(20)]
    lines[2] = lines[2].replace("C1", '"C1')
    facts = refused("open_quote", {"a.csv": export(*lines), "b.csv": export(row("b"))})
    assert (facts["file"], facts["line"]) == ("a.csv", 4)


def test_10_extra_delimiter_with_an_empty_last_column(answer, export, row):
    shifted = ["A2", "", "1", "2025-01-02", "C1", "P1", "1", "10", ""]
    got = answer({"a.csv": export(row(1), shifted, row(3))})
    assert got.aside == {"a.csv:3": "width"}
    assert got.values("invoice_id") == ["A1", "A3"]


def test_11_missing_delimiter_next_to_a_quoted_comma(answer, export, row):
    width_is_right_again = 'A2,1,2025-01-02,"C1,P1",1,10,5,x'
    got = answer({"a.csv": export(row(1), width_is_right_again, row(3))})
    assert got.aside == {"a.csv:3": "not_an_amount"}
    assert got.values("invoice_id") == ["A1", "A3"]


def test_12_every_row_has_one_trailing_comma(answer, export, row):
    got = answer({"a.csv": export(*(",".join(row(n)) + "," for n in range(5)))})
    assert got.values("invoice_id") == [f"A{n}" for n in range(5)]
    assert got.values("cost") == [5] * 5
    assert got.aside == {}
    assert [(one["file"], one["note"], one["count"]) for one in got.rows("notes")] == [
        ("a.csv", "trailing_delimiter", 5)
    ]


def test_13_duplicate_header(refused, export, row):
    for twice in ("无税金额(元)", "销售金额(元)"):
        facts = refused("duplicate_header", {"a.csv": export([*row(1), "11"], header=[*HEADER, twice])})
        assert (facts["file"], facts["first"], facts["second"]) == ("a.csv", 7, 9)


def test_14_unknown_extra_column(answer, export, row):
    got = answer({"a.csv": export([*row(1), "加急"], header=[*HEADER, "备注"])})
    assert got.values("备注") == ["加急"]
    assert "备注" in got.rows("files")[0]["columns"]


def test_14_required_column_missing(refused, export, row):
    lines = [row(n)[:6] for n in range(3)]
    declared = '[[source]]\nfiles = "*"\ntable = "sales"\n'
    facts = refused("missing_column", {"a.csv": export(*lines, header=HEADER[:6])}, declared)
    assert facts["columns"] == "net_amount"


def test_14_order_of_columns_changed(answer, export, row):
    got = answer({"a.csv": export(row(1)[::-1], row(2)[::-1], header=HEADER[::-1])})
    assert got.values("invoice_id") == ["A1", "A2"]
    assert got.values("net_amount") == [10, 10]


VARIANTS = {
    "full width": ("无税金额(元)", "无税金额（元）"),
    "a space": ("客户编码", "客户 编码"),
    "a no-break space": ("客户编码", "\u00a0客户编码"),
    "a byte order mark within": ("客户编码", "\ufeff客户编码"),
    "a note": ("客户编码", "客户编码（必填）"),
    "wide spaces": ("存货编码", "　存货编码　"),
}


def test_15_headers_written_in_other_ways(answer, refused, export, row):
    files = {}
    for n, (known, written) in enumerate(VARIANTS.values()):
        files[f"{n}.csv"] = export(row(n), header=[written if text == known else text for text in HEADER])
    got = answer(files)
    assert got.values("invoice_id") == [f"A{n}" for n in range(len(VARIANTS))]
    assert got.aside == {}
    strange = export(row(1), header=["客户编码呢" if text == "客户编码" else text for text in HEADER])
    assert (
        "customer_id"
        in refused("missing_column", {"a.csv": strange}, '[[source]]\nfiles="*"\ntable="sales"\n')["columns"]
    )
