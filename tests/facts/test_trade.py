"""Small exports typed out; every figure below can be worked out by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from custlib import absent, cleaning, facts, project

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
SOLD = [
    "A,1,2024-12-31,C1,P1,50,400",  # before the four quarters
    "B,1,2025-01-05,C1,P1,100,800",
    "C,1,2025-12-01,C1,P1,-10,-80",
    "D,1,2025-10-01,C2,P2,30,500",
    "D,2,2025-10-01,C2,POST,9,900",
    "E,1,2025-11-01,C3,P9,5,50",  # no list price
    "F,1,2025-11-02,,P1,5,50",
]
TRADE = {
    "sales.csv": SALES + "\n".join(SOLD),
    "products.csv": "存货编码,存货名称,品类,标价(元)\nP1,锅,锅具,10\nP2,杯,水杯,20\n",
    "consumers.csv": "用户编号,客户编码,注册日期\nY1,C1,2024-01-01\nY2,C1,2024-01-01\nY3,C2,2024-01-01\n",
    "purchases.csv": "小票号,购买日期,用户编号,商品编码,数量,实付金额(元)\n"
    "1,2025-03-01,Y1,P1,2,18\n2,2024-12-31,Y1,P1,7,70\n3,2025-03-01,Y9,P1,8,80\n",
}


@pytest.fixture
def traded(cleaned_apart):
    """Clean tables of some of these exports, and others; in months without sales the company was closed."""

    def make(*names, **more):
        clean = cleaned_apart({f"{name}.csv": TRADE[f"{name}.csv"] for name in ("sales", *names)} | more)
        return replace(clean, closed=tuple(absent.months(clean, ["sales"])))

    return make


def cells(frame):
    return {key: row.tolist() for key, row in zip(frame.index, frame.fillna(-1).to_numpy(), strict=True)}


def test_sell_in_and_sell_out_of_four_quarters_at_one_scale(traded):
    found = facts.sell_out(traded("products", "consumers", "purchases"), "2025Q4")
    assert list(found.columns) == ["sell_out", "sell_out_at_list", "sell_in_at_list", "quarters"]
    assert cells(found) == {"C1": [18, 20, 900, 4], "C2": [0, 0, 600, 1], "C3": [-1, -1, -1, 1]}


def test_without_a_product_list_nothing_has_a_list_price(traded):
    found = facts.sell_out(traded("consumers", "purchases"), "2025Q4")
    assert cells(found)["C1"] == [18, -1, -1, 4]


def test_without_user_files_no_sell_out_is_known(traded):
    assert cells(facts.sell_out(traded("products"), "2025Q4"))["C2"] == [-1, -1, 600, 1]
    assert cells(facts.sell_out(traded("products", "purchases"), "2025Q4"))["C2"] == [-1, -1, 600, 1]


def test_what_has_no_list_price_has_no_known_value(traded):
    bought = "小票号,购买日期,用户编号,商品编码,数量,实付金额(元)\n1,2025-03-01,Y3,P9,2,18\n"
    clean = traded("products", "consumers", **{"bought.csv": bought})
    assert cells(facts.sell_out(clean, "2025Q4")) == {
        "C1": [0, 0, 900, 4],
        "C2": [18, -1, 600, 1],
        "C3": [-1, -1, -1, 1],
    }


def stock_of(traded, lines):
    header = "盘点日期,客户编码,商品编码,库存数量,入库日期\n"
    return facts.stock(traded("products", **{"stock.csv": header + "\n".join(lines)}), "2025Q4")


def test_stock_is_that_of_the_last_count_of_each_customer_within_the_quarter(traded):
    lines = [
        "2025-12-30,C1,P1,10,2025-12-20",
        "2025-12-30,C1,P2,15,2025-03-05",
        "2025-12-30,C1,P9,99,2020-01-01",
        "2025-11-30,C1,P1,500,2025-11-01",
        "2025-11-30,C2,P1,1,2025-06-03",
        "2025-09-30,C3,P1,1,2025-06-03",
    ]
    found = stock_of(traded, lines)
    assert found["snapshot_date"].astype("str").tolist() == ["2025-12-30", "2025-11-30"]
    assert cells(found.drop(columns="snapshot_date")) == {"C1": [400, 227.5, 0.75], "C2": [10, 180, 0]}


def test_stock_is_old_from_the_day_after_180_days(traded):
    assert stock_of(traded, ["2025-11-30,C2,P1,1,2025-06-02"]).loc["C2", ["age_days", "old_share"]].tolist() == [181, 1]


def test_the_rhythm_of_orders_up_to_the_end_of_the_quarter(cleaned_apart):
    days = ["2025-01-01,C1,P,1,10", "2025-01-01,C1,P,1,10", "2025-03-01,C1,P,1,10", "2025-03-05,C1,P,-1,-10"]
    days += ["2025-03-30,C1,POST,1,10", "2025-04-02,C1,P,1,10", "2025-02-01,C2,P,1,10", "2025-06-30,C2,P,1,10"]
    clean = cleaned_apart({"s.csv": SALES + "\n".join(f"{at},1,{line}" for at, line in enumerate(days))})
    found = facts.order_rhythm(clean, "2025Q1")
    assert found[["order_days", "silence_days", "silence_before"]].to_numpy().tolist() == [[2, 30, -60], [1, 58, -32]]
    assert found["last_order"].dt.date.tolist() == [date(2025, 3, 1), date(2025, 2, 1)]


def test_the_best_year_is_the_most_bought_in_four_quarters_on_end(cleaned_apart):
    bought = {
        "2024-01-05": 90,
        "2024-02-05": 10,
        "2024-12-31": 40,
        "2025-01-01": 70,
        "2025-03-31": -5,
        "2025-07-01": 999,
    }
    lines = [f"{at},1,{day},C1,P,1,{amount}" for at, (day, amount) in enumerate(bought.items())]
    lines += ["X,1,2024-12-31,C1,POST,1,500", "Y,1,2025-02-01,C2,P,1,10"]
    found = facts.order_rhythm(cleaned_apart({"s.csv": SALES + "\n".join(lines)}), "2025Q2")
    # 2024: 100 + 40; 2024Q2 to 2025Q1: 40 + 65; the postage is no sale and July comes later
    assert found["best_year"].to_dict() == {"C1": 140, "C2": 10}


def test_silence_ends_where_the_data_end(cleaned_apart):
    clean = cleaned_apart({"s.csv": SALES + "A,1,2025-01-01,C1,P,1,10\nB,1,2025-01-31,C2,P,1,10\n"})
    assert facts.order_rhythm(clean, "2025Q1")["silence_days"].tolist() == [30, 0]


def test_stores_are_as_the_list_of_customers_has_them(cleaned_apart):
    listed = "客户编码,客户名称,业态,城市/农村,营业面积\nC2,乙,超市,城市,800\nC1,甲,,农村,\n"
    clean = cleaned_apart({"s.csv": SALES + "A,1,2025-01-01,C1,P,1,10\n", "c.csv": listed})
    assert facts.stores(clean).fillna(-1).to_numpy().tolist() == [
        ["甲", "", "", "农村", -1],
        ["乙", "", "超市", "城市", 800],
    ]


def test_of_losses_those_up_to_the_quarter_count(cleaned_apart):
    lost = "客户编码,流失日期,流失原因\nC2,2025-03-31,搬迁\nC1,2025-04-01,竞争\n"
    clean = cleaned_apart({"s.csv": SALES + "A,1,2025-01-01,C1,P,1,10\n", "lost.csv": lost})
    assert facts.losses(clean, "2025Q1")["reason"].to_dict() == {"C2": "搬迁"}


def test_a_folder_of_sales_only_gives_what_there_is():
    clean = cleaning.open_tables(project.root() / "tests" / "data" / "online_retail")
    assert facts.stock(clean, "2011Q2").empty and facts.stores(clean).empty and facts.losses(clean, "2011Q2").empty
    assert np.isnan(facts.sell_out(clean, "2011Q2")["sell_out_at_list"]).all()
    assert len(facts.order_rhythm(clean, "2011Q2")) > 50
