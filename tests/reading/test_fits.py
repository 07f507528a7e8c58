import pytest

from custlib.reading import fits
from custlib.reading.looks import Look


def look(header, *rows, file="a.csv"):
    return Look(file, line=1, texts=tuple(header.split(",")), rows=tuple(tuple(row.split(",")) for row in rows))


def columns(fit, seen):
    return {column: seen.texts[at] for column, at in fit.columns.items()}


@pytest.mark.parametrize(
    "header, row",
    [
        ("订单编号,下单日期,客户ID,产品ID,数量,销售额", "A1,2025-01-02,K1,P1,2,30.50"),
        ("Order ID,Order Date,Customer ID,Product ID,Quantity,Sales", "CA-1,11/8/2016,CG-1,FUR-1,2,261.96"),
        ("订单号,订单日期,客户名称,商品名称,数量,金额", "A1,2025-01-02,东明贸易,水杯,2,30.50"),
    ],
)
def test_orders_of_shops_and_erps_are_sales(header, row):
    seen = look(header, row)
    fit = fits.best(seen)
    assert fit.table == "sales" and not fit.asked
    wanted = ("invoice_id", "date", "customer_id", "product_id", "quantity", "net_amount")
    assert [columns(fit, seen)[name] for name in wanted] == header.split(",")


def test_words_without_fitting_values_are_asked_not_taken():
    seen = look("订单编号,下单日期,客户ID,产品ID,数量,销售收入,毛额", "A1,2025-01-02,K1,P1,2,高,30.50")
    assert fits.of(seen, "sales").asked == {"net_amount": [6]}


def test_two_headers_that_may_be_the_amount_are_both_asked_about():
    seen = look("订单编号,下单日期,客户ID,产品ID,数量,应收金额,优惠金额", "A1,2025-01-02,K1,P1,2,30.50,1.00")
    assert fits.of(seen, "sales").asked == {"net_amount": [5, 6]}


def test_a_column_that_a_person_leaves_out_is_no_candidate():
    seen = look("订单编号,下单日期,客户ID,产品ID,数量,应收金额,优惠金额", "A1,2025-01-02,K1,P1,2,30.50,1.00")
    fit = fits.of(seen, "sales", {"优惠金额": ""})
    assert columns(fit, seen)["net_amount"] == "应收金额"


def test_of_two_headers_with_one_meaning_the_more_telling_is_declared():
    seen = look(
        "单据编号,单据日期,开票日期,客户编码,存货编码,数量,金额",
        "A,2025-01-02,2025-02-01,K,P,1,3",
        "B,2025-01-03,2025-02-01,K,P,1,3",
    )
    fit = fits.of(seen, "sales")
    assert columns(fit, seen)["date"] == "单据日期" and fit.reasons["date"] == "likely"


def test_a_header_of_nothing_known_fits_no_table():
    assert fits.best(look("foo,bar", "A,1")) is None


@pytest.mark.parametrize(
    "kind, value, fit",
    [
        ("amount", "¥1,234.50", 1),
        ("amount", "东明", 0),
        ("date", "2025年3月1日", 1),
        ("id", "12.5", 0),
        ("name", "12", 0),
    ],
)
def test_values_read_as_their_kind_or_not(kind, value, fit):
    assert fits.share(kind, [value]) == fit


def test_marks_around_a_header_and_a_currency_behind_it_are_no_part_of_its_name():
    seen = look("#Order-No,OrderDate,_CustomerID,_ProductID,Qty,Unit Price USD", "A1,2025-01-02,K1,P1,2,$30.50")
    fit = fits.best(seen)
    assert (fit.table, columns(fit, seen)["unit_price"], fit.asked) == ("sales", "Unit Price USD", {"net_amount": [5]})


def test_a_number_of_goods_is_no_amount_and_another_company_no_name_of_a_shop():
    seen = look("日期,门店名称,公司名称,货号,品名,生产批号,数量", "2025-01-02,一店,东明医药,383042,甲片,24052101,2")
    fit = fits.of(seen, "sales")
    assert columns(fit, seen) | {"customer_id": "门店名称", "product_id": "货号"} == columns(fit, seen)
    assert "customers.name" not in fit.columns and fit.asked == {"net_amount": []}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("table", fits.TABLES)
def test_every_column_has_words_and_of_a_table_no_two_have_the_same(table, lang):
    words = [fits.term(name, lang) for name in fits.columns(table)]
    assert len(set(words)) == len(words) and not [word for word in words if "_" in word or "." in word]


def test_a_profit_in_sales_is_gross_profit_and_not_the_kind_of_weight():
    assert fits.term("profit", "en") == "gross profit"
