import pytest

from custlib.reading import headers
from custlib.refusals import Refused
from custlib.sources import Source

SALES = "单据编号 行号 日期 客户编码 存货编码 数量 无税金额(元)".split()


def find(*rows, currency="CNY", **said):
    return headers.find(list(enumerate([list(row) for row in rows], 1)), Source(**said), "a.csv", currency)


def refused(*rows, **said):
    with pytest.raises(Refused) as refusal:
        find(*rows, **said)
    return refusal.value


def test_a_header_is_found_below_a_title_and_a_blank_line():
    found = find(["导出时间：2026-01-05"], [""], SALES)
    assert (found.table, found.line, found.lines, found.units) == ("sales", 3, 1, {"net_amount": 1})
    assert found.names == ("invoice_id", "line_no", "date", "customer_id", "product_id", "quantity", "net_amount")


def test_no_header_is_refused_and_shows_the_first_line():
    assert refused(["A1", "1", "2025-01-01"]).facts == {"file": "a.csv", "line": 1, "text": "A1, 1, 2025-01-01"}


def test_an_unknown_column_is_carried_along_and_the_order_does_not_matter():
    assert find([*SALES[::-1], "结算方式"]).names[0] == "net_amount"
    assert find([*SALES, "结算方式", "", "Memo", "memo", "sheet"]).names[7:] == (
        "结算方式",
        "column 9",
        "memo",
        "memo (2)",
        "sheet (2)",
    )


def test_a_required_column_that_is_missing_is_named():
    refusal = refused(SALES[:-1], table="sales")
    assert (refusal.code, refusal.facts["columns"]) == ("missing_column", "net_amount")
    assert refused(SALES[:-1]).code == "unknown_header"


def test_two_columns_of_one_name_are_refused_with_both_places():
    refusal = refused([*SALES, "无税金额(元)"])
    assert refusal.code == "duplicate_header"
    assert (refusal.facts["first"], refusal.facts["second"]) == (7, 8)


def test_what_is_declared_goes_before_a_synonym_beside_it():
    found = find([*SALES, "本币无税金额(元)"], columns={"本币无税金额(元)": "net_amount"})
    assert found.names[6:] == ("无税金额(元)", "net_amount")


def test_a_header_in_two_rows_is_one_where_it_is_declared():
    upper = ["单据编号", "日期", "客户", "", "存货编码", "数量", "金额(元)", ""]
    lower = ["", "", "编码", "名称", "", "", "不含税", "含税"]
    found = find(upper, lower, header_rows=2, columns={"金额(元)/不含税": "net_amount"}, units={"net_amount": "元"})
    assert (found.line, found.lines) == (1, 2)
    assert found.texts[2:4] == ("客户/编码", "客户/名称")
    assert found.names[2] == "customer_id"
    assert found.names[6:] == ("net_amount", "金额(元)/含税")


def test_a_second_header_row_that_is_not_declared_is_refused():
    upper = ["单据编号", "日期", "客户编码", "存货编码", "数量", "金额(元)", ""]
    refusal = refused(upper, ["", "", "", "", "", "含税", "不含税"], tax="excluded")
    assert (refusal.code, refusal.facts["line"]) == ("second_header", 2)


@pytest.mark.parametrize("below", [["", "", "", "", "", "", "7.5"], ["合计", "", "", "", "", "", "7.5"], [""] * 7])
def test_a_row_of_numbers_a_total_or_a_blank_row_is_no_second_header(below):
    assert find(SALES, below).lines == 1


@pytest.mark.parametrize("header", ["价税合计(元)", "含税金额(元)", "金额(元)（含税）", "含税/金额(元)"])
def test_an_amount_with_tax_is_not_taken_for_the_net_amount(header):
    assert refused([*SALES[:-1], header], table="sales", tax="excluded").code == "missing_column"


@pytest.mark.parametrize(
    ("header", "factor"), [("无税金额(元)", 1), ("无税金额（万元）", 10_000), ("无税金额(单位:万元)", 10_000)]
)
def test_each_file_s_header_says_its_unit(header, factor):
    assert find([*SALES[:-1], header]).units == {"net_amount": factor}


def test_the_unit_comes_from_the_header_or_the_declaration_and_else_is_asked_for():
    bare = [*SALES[:-1], "无税金额"]
    assert refused(bare).code == "unknown_unit"
    assert find(bare, units={"net_amount": "万元"}).units == {"net_amount": 10_000}
    assert find(bare, currency="GBP").units == {"net_amount": 1}


def test_a_header_and_a_declaration_that_contradict_are_refused():
    refusal = refused(SALES, units={"net_amount": "万元"})
    assert (refusal.code, refusal.facts["seen"], refusal.facts["said"]) == ("unit_conflict", "元", "万元")


def test_with_or_without_tax_must_be_said_of_sales():
    bare = [*SALES[:-1], "金额(元)"]
    assert refused(bare).code == "unknown_tax"
    assert refused(bare, tax="included").code == "unknown_tax"
    assert find(bare, tax="excluded").units == {"net_amount": 1}


def test_a_price_is_in_yuan_unless_its_header_says_otherwise():
    products = ["存货编码", "存货名称", "品类"]
    assert find([*products, "零售价"]).units == {"list_price": 1}
    assert find([*products, "零售价(万元)"]).units == {"list_price": 10_000}


def test_a_header_that_fits_two_tables_is_refused():
    both = ["客户编码", "客户名称", "大区", "流失日期", "流失原因"]
    assert refused(both).code == "ambiguous_header"
    assert find(both, table="lost_customers").table == "lost_customers"


def test_a_product_needs_both_its_factors():
    priced = [*SALES[:-1], "单价"]
    said = {"computed": {"net_amount": "quantity * unit_price"}, "units": {"net_amount": "元"}, "tax": "excluded"}
    assert find(priced, columns={"单价": "unit_price"}, **said).names[-1] == "unit_price"
    assert refused(priced, table="sales", **said).facts["columns"] == "unit_price"


def test_thousands_of_cells_are_no_header():
    assert refused(["x"] * 5_000, SALES[:2]).code == "unknown_header"


def formatted(lines, header="无税金额", column=6, **said):
    """The unit of net_amount where number formats say `lines` (unit or None → a line that has it) of one column."""
    rows = list(enumerate([[*SALES[:6], header]], 1))
    formats = {column: lines}
    return headers.find(rows, Source(tax="excluded", **said), "a.xlsx", "CNY", lambda line: {"units": formats}).units[
        "net_amount"
    ]


def refused_format(*args, **said):
    with pytest.raises(Refused) as refusal:
        formatted(*args, **said)
    return refusal.value


def test_a_number_format_may_be_the_only_one_that_says_the_unit():
    assert formatted({"万元": 9}) == 10_000
    assert formatted({"元": 9}) == 1
    assert refused_format({}).code == "unknown_unit"
    assert refused_format({None: 9}).code == "unknown_unit"


def test_a_number_format_agrees_with_header_and_declaration_or_is_refused():
    assert formatted({"万元": 9}, "无税金额(万元)") == 10_000
    assert formatted({"万元": 9}, units={"net_amount": "万元"}) == 10_000
    for refusal in (
        refused_format({"万元": 9}, "无税金额(元)"),
        refused_format({"万元": 9}, units={"net_amount": "元"}),
    ):
        assert (refusal.code, refusal.facts["seen"], refusal.facts["said"]) == ("unit_conflict", "万元", "元")


def test_two_units_in_one_column_are_refused_with_a_line_of_each():
    refusal = refused_format({"万元": 9, "元": 7}, "无税金额(元)")
    assert refusal.code == "mixed_units"
    assert {refusal.facts["unit"]: refusal.facts["line"], refusal.facts["other"]: refusal.facts["other_line"]} == {
        "元": 7,
        "万元": 9,
    }


def test_numbers_without_a_unit_beside_others_are_in_doubt_until_it_is_declared():
    assert refused_format({"万元": 9, None: 7}).code == "mixed_units"
    assert formatted({"万元": 9, None: 7}, "无税金额(万元)") == 10_000


def test_a_unit_that_is_neither_is_refused_with_its_line():
    refusal = refused_format({"千元": 9}, "无税金额(元)")
    assert (refusal.code, refusal.facts["line"], refusal.facts["unit"]) == ("unknown_format_unit", 9, "千元")


def test_a_quantity_shown_in_wan_is_refused():
    assert refused_format({"万": 9}, "无税金额(元)", column=5).facts["column"] == "quantity"
    assert formatted({"元": 9}, "无税金额(元)", column=5) == 1


def test_a_factor_shown_in_wan_is_refused():
    computed = {
        "computed": {"net_amount": "quantity * price"},
        "columns": {"单价": "price"},
        "units": {"net_amount": "元"},
    }
    assert refused_format({"万元": 9}, "单价", **computed).facts["column"] == "price"


def test_a_merged_cell_above_names_no_column_that_has_no_cell_of_its_own():
    assert headers.joined([["回款单号", "回款", "", ""], ["", "金额(万元)", "方式", ""]]) == [
        "回款单号",
        "回款/金额(万元)",
        "回款/方式",
        "",
    ]
