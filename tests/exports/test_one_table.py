"""Exports that say in one table, or in two that belong together, what others say in several: invented shops and firms."""

from datetime import date
from decimal import Decimal

import pytest

from custlib import facts
from custlib.refusals import Refused

# As a shop's order list: everything in each line, the names spelt anew now and then.
SHOP = """订单日期,单据编号,客户编码,客户名称,业务员,大区,存货编码,存货名称,品类,标价,数量,折扣,金额,利润
2025-01-05,D1,K1,城东店,林一,华北,P1,煎锅,锅具,100,2,0,200,60.5
2025-01-05,D1,K1,城东店,林一,华北,P2,水杯,,20,5,0.1,90,30
2025-02-01,D2,K2,南门商行,周二,华南,P1,煎锅,锅具,100,1,0,100,31
2025-03-09,D3,K1,城东一店,,,P2,保温杯,杯壶,25,-1,0,-25,-8
2025-03-10,D4,K3,,周二,,P1,,,,约2,0,210,70
"""
ONE = """[[source]]
files = "*"
table = "sales"
tax = "excluded"
columns = {"订单日期" = "date", "利润" = "profit"}
units = {net_amount = "元", profit = "元"}
computed = {cost = "net_amount - profit"}
"""


def rows(clean, name, *columns):
    return [tuple(row[column] for column in columns) for row in clean.table(name).to_pyarrow().to_pylist()]


def test_one_table_names_its_customers_and_products_and_counts_each_line_once(cleaned, promises, workbook, reasons):
    clean = cleaned({"订单.csv": SHOP}, ONE)
    # The last name and the last manager that were written; a line that is set aside names nobody.
    assert rows(clean, "customers", "customer_id", "name", "account_manager", "region", "line") == [
        ("K2", "南门商行", "周二", "华南", 4),
        ("K1", "城东一店", "林一", "华北", 5),
    ]
    assert rows(clean, "products", "product_id", "name", "category", "list_price") == [
        ("P1", "煎锅", "锅具", Decimal(100)),
        ("P2", "保温杯", "杯壶", Decimal(25)),
    ]
    assert clean.counts == {"sales": 4, "customers": 2, "products": 2}
    assert reasons(clean) == [("订单.csv", 6, "not_a_number")]
    folder = workbook / "data" / "raw"
    promises.lines(folder, clean)
    promises.raw_cells(folder, clean)
    assert facts.customers(clean)["account_manager"].to_dict() == {"K1": "林一", "K2": "周二"}


def test_a_profit_column_gives_the_cost(cleaned):
    clean = cleaned({"订单.csv": SHOP}, ONE)
    assert [cost for (cost,) in rows(clean, "sales", "cost")] == [Decimal(x) for x in ("139.50", "60", "69", "-17")]


def test_a_list_of_customers_goes_before_what_a_sales_file_says_of_them(cleaned):
    clean = cleaned(
        {"订单.csv": SHOP, "客户.csv": "客户编码,客户名称\nK1,城东百货\n"}, ONE.replace('"*"', '"订单.csv"')
    )
    assert rows(clean, "customers", "customer_id", "name") == [("K1", "城东百货")]
    assert clean.counts["products"] == 2


def test_a_name_in_a_wrong_encoding_names_nobody_but_its_line_counts(cleaned):
    clean = cleaned({"订单.csv": SHOP.replace("南门商行", "锟斤拷")}, ONE)
    assert ("K2", None) in rows(clean, "customers", "customer_id", "name")
    assert clean.counts["sales"] == 4


def test_other_headers_are_declared_and_another_table_carries_nothing(cleaned):
    said = ONE.replace('"利润"', '"店铺" = "customers.name", "利润"')
    clean = cleaned({"订单.csv": SHOP.replace("客户名称", "店铺")}, said)
    assert rows(clean, "customers", "name") == [("南门商行",), ("城东一店",)]
    clean = cleaned(
        {"客户.csv": "客户编码,客户名称,标价\nK1,城东百货,3\n", "订单.csv": SHOP}, ONE.replace('"*"', '"订单.csv"')
    )
    assert "products.list_price" not in clean.table("customers").columns


PRICED = """日期,单据编号,客户编码,存货编码,数量,折扣
2025-01-05,D1,K1,P1,2,0.15
2025-01-06,D2,K1,P2,3,0
2025-01-07,D3,K1,P9,3,0
2025-01-08,D4,K1,P1,3,
"""
PRODUCTS = "存货编码,存货名称,品类,标价\nP1,煎锅,锅具,19.99\nP2,水杯,杯壶,0.335\n"
FROM_LIST = """[[source]]
files = "销售.csv"
table = "sales"
tax = "excluded"
columns = {"折扣" = "discount"}
computed = {net_amount = "quantity * products.list_price * (1 - discount)"}
"""


def test_an_amount_is_computed_of_the_price_in_the_list_of_products(cleaned, reasons):
    clean = cleaned({"销售.csv": PRICED, "产品.csv": PRODUCTS}, FROM_LIST)
    # 2 × 19.99 × 0.85 = 33.983; 3 × 0.335 = 1.005, half a cent away from zero.
    assert rows(clean, "sales", "net_amount") == [(Decimal("33.98"),), (Decimal("1.01"),)]
    assert reasons(clean) == [("销售.csv", 4, "missing_value"), ("销售.csv", 5, "missing_value")]
    exact = rows(clean, "controls", "column", "amount_in")
    assert ("net_amount", Decimal("34.988")) in exact


def test_a_price_without_a_list_of_products_is_a_missing_column(cleaned):
    with pytest.raises(Refused) as refused:
        cleaned({"销售.csv": PRICED}, FROM_LIST)
    assert (refused.value.code, refused.value.facts["columns"]) == ("missing_column", "products.list_price")


TAXED = "日期,单据编号,客户编码,存货编码,数量,金额\n2025-01-05,D1,K1,P1,1,113\n2025-01-05,D2,K1,P1,1,100\n2025-01-05,D3,K1,P1,0,5\n"


@pytest.mark.parametrize(
    ("formula", "unit", "amounts"),
    [
        ("金额 / 1.13", "元", ["100", "88.50", "4.42"]),
        ("金额 / 1.13", "万元", ["1000000", "884955.75", "44247.79"]),
        ("（金额 - 1） × quantity", "元", ["112", "99", "0"]),
    ],
)
def test_what_is_called_an_amount_may_be_computed_into_one(cleaned, formula, unit, amounts):
    said = f'[[source]]\nfiles = "*"\ntable = "sales"\ntax = "excluded"\ncomputed.net_amount = "{formula}"\nunits.net_amount = "{unit}"\n'
    clean = cleaned({"销售.csv": TAXED}, said)
    assert [amount for (amount,) in rows(clean, "sales", "net_amount")] == [Decimal(amount) for amount in amounts]


def test_a_division_by_zero_is_set_aside(cleaned, reasons):
    said = ONE.split("columns")[0] + 'computed.net_amount = "金额 / quantity"\nunits.net_amount = "元"\n'
    assert reasons(cleaned({"销售.csv": TAXED}, said)) == [("销售.csv", 4, "not_an_amount")]


def test_money_is_not_mixed_with_what_has_no_unit(cleaned):
    with pytest.raises(Refused) as refused:
        cleaned({"订单.csv": SHOP}, ONE.replace(', profit = "元"', ""))
    assert (refused.value.code, refused.value.facts["column"]) == ("unknown_unit", "profit")


def test_each_operand_counts_in_its_own_unit(cleaned):
    clean = cleaned(
        {"订单.csv": SHOP.replace("利润", "利润(万元)").replace("60.5\n", "0.006\n")},
        ONE.replace('"利润"', '"利润(万元)"').replace(', profit = "元"', ""),
    )
    assert rows(clean, "sales", "cost")[0] == (Decimal(140),)


HEADS = "单据编号,日期,客户编码,客户名称,业务员\nA1,2025-01-05,K1,城东店,林一\nA2,2025-02-01,K2,南门商行,周二\nA3,2025-02-30,K1,城东店,林一\nA4,2025-01-01,K1,,\nA4,2025-01-02,K1,,\nA5,2026-01-01,K1,,\n"
LINES = "单据编号,行号,存货编码,数量,无税金额(元)\nA1,1,P1,2,200\nA1,2,P2,5,90\nA2,1,P1,1,100\nA3,1,P1,1,10\nA4,1,P1,1,20\nA9,1,P1,1,40\nA5,1,P1,1,80\n,1,P1,1,7\n"
TWO = """data_until = 2025-12-31
[[source]]
files = "订单.csv"
table = "sales_heads"
[[source]]
files = "明细.csv"
table = "sales"
headed = true
"""


def test_lines_take_day_and_customer_from_their_heads(cleaned, promises, workbook, reasons):
    clean = cleaned({"订单.csv": HEADS, "明细.csv": LINES}, TWO)
    assert rows(clean, "sales", "invoice_id", "date", "customer_id", "net_amount") == [
        ("A1", date(2025, 1, 5), "K1", Decimal(200)),
        ("A1", date(2025, 1, 5), "K1", Decimal(90)),
        ("A2", date(2025, 2, 1), "K2", Decimal(100)),
    ]
    assert reasons(clean) == [
        *(("明细.csv", line, "no_head") for line in (5, 6, 7)),
        ("明细.csv", 8, "out_of_period"),
        ("明细.csv", 9, "missing_key"),
        ("订单.csv", 4, "impossible_date"),
        *(("订单.csv", line, "conflict") for line in (5, 6)),
    ]
    assert rows(clean, "customers", "customer_id", "name") == [("K2", "南门商行"), ("K1", "城东店")]
    promises.lines(workbook / "data" / "raw", clean)
    promises.money(workbook / "data" / "raw", clean, {("明细.csv", "net_amount"): 1})


def test_lines_without_any_heads_are_set_aside(cleaned, reasons):
    clean = cleaned({"明细.csv": LINES}, TWO)
    assert {reason for *_, reason in reasons(clean)} == {"no_head", "missing_key"}


@pytest.mark.parametrize(("number", "fixed"), [("", ""), ("单据编号,", ""), ("", 'fixed.invoice_id = "0"\n')])
def test_without_numbers_a_document_is_what_a_customer_bought_on_a_day(cleaned, number, fixed, reasons):
    days = [f"2025-01-{day:02d}" for day in (1, 1, 2, 3)]
    text = f"{number}日期,客户编码,存货编码,数量,金额(元)\n" + "".join(
        f"{'S1,' if number else ''}{day},K{customer},P1,1,{n + 1}\n"
        for customer in (1, 2)
        for n, day in enumerate(days)
    )
    clean = cleaned(
        {"销售.csv": text}, f'[[source]]\nfiles = "*"\ntable = "sales"\ntax = "excluded"\nkey = []\n{fixed}'
    )
    found = facts.documents(clean, "2025Q1")
    assert found["size_fen"].tolist() == [300, 300, 400] * 2
    assert facts.customer_months(clean, "2025Q1")["orders"].tolist() == [3, 3]
    assert reasons(clean) == []
