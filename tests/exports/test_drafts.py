"""Exports of shops, clinics and web shops: what the draft proposes, answered as it stands, reads them."""

import io
import tomllib
from decimal import Decimal

import openpyxl
import pytest

from custlib.reading import draft
from tests.conftest import write


@pytest.fixture
def read(cleaned, tmp_path):
    """Drafts the declaration of files, answers it as it stands: (draft, its sales as dicts)."""

    def make(files):
        folder = tmp_path / "drafted"
        write(folder, files)
        text = draft.text(draft.entries(folder))
        clean = cleaned(files, text.replace("# ? ", ""))
        return text, clean.table("sales").to_pyarrow().to_pylist()

    return make


def book(**sheets):
    """A workbook with these sheets (name → rows) as bytes."""
    made, stream = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(stream)
    return stream.getvalue()


def test_a_pharmacy_names_customers_by_card_and_days_with_their_weekday(read):
    rows = ["2025-10-09 星期四,*01,P1,甲片,2,12.5,11.2", "2025-10-10（周五）,*02,P2,乙液,1,30,28"]
    text, sales = read(
        {"药房.csv": "\n".join(["购药时间,社保卡号,药品编码,药品名称,销售数量,应收金额,实收金额", *rows])}
    )
    assert [(row["customer_id"], str(row["date"]), row["net_amount"]) for row in sales] == [
        ("*01", "2025-10-09", Decimal("11.20")),
        ("*02", "2025-10-10", Decimal("28.00")),
    ]
    assert draft.questions(text) == 3  # period, unit, tax


def test_a_web_shop_names_buyers_and_what_was_paid(read):
    title = "某某牌 不锈钢保温杯 大容量 便携 车载 户外 " * 5
    header = "买家会员名,买家实际支付金额,宝贝总数量,宝贝标题,订单付款时间,订单创建时间"
    text, sales = read({"订单.csv": f"{header}\nmai01,48.5,1,{title},2025-10-09 09:26:18,2025-10-09 09:20:00\n"})
    assert (sales[0]["customer_id"], sales[0]["net_amount"]) == ("mai01", Decimal("48.50"))
    assert '"订单付款时间" = "date"' in text


def test_prices_of_a_sheet_of_products_make_the_amount_and_other_sheets_are_one_question(read):
    orders = [["订单编号", "订单日期", "门店ID", "产品ID", "顾客ID", "数量"], ["1", "2025-10-09", "4", "P1", "177", 3]]
    products = [["产品ID", "种类", "产品名称", "价格"], ["P1", "美式", "美式大杯", 32]]
    others = {"顾客": [["顾客ID", "性别"], ["177", "男"]], "日历": [["起始", "财务月"], ["2025-10-01", 7]]}
    text, sales = read({"咖啡.xlsx": book(销售=orders, 产品=products, **others)})
    assert (sales[0]["customer_id"], sales[0]["net_amount"]) == ("177", Decimal("96.00"))
    assert '# ? ignore = ["咖啡.xlsx/顾客", "咖啡.xlsx/日历"]' in text
    assert draft.questions(text) == 4  # those sheets, period, tax, and whether the list's prices were paid


def test_points_of_discount_are_taken_off_and_the_unit_of_prices_is_that_of_the_amount(read):
    rows = ["1,2025-10-09,李某,6,38.94,0.25,收纳盒", "2,2025-10-10,王某,1,10,0,剪刀"]
    text, sales = read({"订单.csv": "\n".join(["订单号,订单日期,顾客姓名,订单数量,单价,折扣点,产品名称", *rows])})
    assert [row["net_amount"] for row in sales] == [Decimal("175.23"), Decimal("10.00")]
    assert "computed" in tomllib.loads(text)["source"][0] and draft.questions(text) == 2  # period, tax
