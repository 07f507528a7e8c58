"""A shop's order list: everything in each line, invented, the names spelt anew now and then."""

from decimal import Decimal

from custlib import facts

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
