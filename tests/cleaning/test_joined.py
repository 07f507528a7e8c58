"""Lines and their heads, and prices that stand in the list of products."""

from datetime import date
from decimal import Decimal

import pytest

from custlib.refusals import Refused


def rows(clean, name, *columns):
    return [tuple(row[column] for column in columns) for row in clean.table(name).to_pyarrow().to_pylist()]


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
