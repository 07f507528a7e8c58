"""What was sold of each model by month and day, what lay in stores and what was planned, of a small folder of exports."""

import pytest

from custlib import facts

HEAD = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
SALES = HEAD + "".join(
    f"S{at},1,{row}\n"
    for at, row in enumerate(
        [
            "2025-01-10,K1,P1,10,100",
            "2025-01-20,K2,P1,-2,-20",
            "2025-03-31,K1,P1,6,90",
            "2025-03-31,K1,P2,4,40",
            "2025-04-15,K1,P1,1,10",
        ]
    )
)
PLANS = (
    "计划类型,计划期间,存货编码,计划数量,状态,编制日期\n月度,2025-03,P1,8,草稿,2025-02-05\n年度,2025,P1,90,已发布,\n"
)
STOCK = "盘点日期,客户编码,存货编码,库存数量,入库日期\n2025-02-28,K1,P1,3,2025-02-01\n2025-03-31,K1,P1,5,2025-03-01\n2025-03-31,K2,P1,50,2025-03-01\n"
PAYMENTS = "单据编号,日期,客户编码,回款金额(元)\nF1,2025-01-05,K1,100\nF2,2025-02-10,K2,50\nF3,2025-03-10,K1,7\n"
FOLDER = {"sales.csv": SALES, "需求计划.csv": PLANS, "库存快照.csv": STOCK, "回款.csv": PAYMENTS}
DECLARED = 'company = "C"\ncurrency = "CNY"\ndata_from = 2025-01-01\ndata_until = 2025-04-20\n'


@pytest.fixture
def clean(cleaned_apart):
    return cleaned_apart(FOLDER, DECLARED)


def test_a_folder_of_exports_month_by_month(clean):
    assert facts.whole_months(clean) == facts.whole_months(clean, "2025Q1") == ["2025-01", "2025-02", "2025-03"]
    months = facts.product_months(clean, "2025Q1")
    assert months.fillna(-1).to_dict("index") == {
        "P1": {"2025-01": 8, "2025-02": -1, "2025-03": 6},  # February holds no sale at all: it is absent, not nought
        "P2": {"2025-01": 0, "2025-02": -1, "2025-03": 4},
    }
    daily = facts.daily_amounts(clean, "2025Q1")
    assert len(daily) == 62 and daily.sum() == 210 and daily["2025-03-31"] == 130
    assert facts.region_payments(clean, "2025Q1").to_numpy().tolist() == [[100, 50, 7]]
    assert facts.daily_amounts(clean, "2025Q1", "payments").sum() == 157
    assert facts.net_prices(clean, "2025Q1").to_dict() == {"P1": 170 / 14, "P2": 10}
    assert facts.categories(clean).empty
    flow = facts.product_flow(clean, "2025Q1").set_index("product_id")
    names = ["opening", "sold_in", "sold_through", "closing"]
    assert flow.loc["P1", names].tolist() == [3, 6, 4, 5] and flow.loc["P2", names].tolist() == [0, 4, 4, 0]
    plans = facts.demand_plans(clean)
    assert plans[["plan_kind", "period", "quantity"]].to_numpy().tolist() == [
        ["月度", "2025-03", 8],
        ["年度", "2025", 90],
    ]
    assert plans["issued_on"].isna().tolist() == [False, True] and plans["line"].tolist() == [2, 3]


def test_without_plans_and_stock_their_tables_are_empty(cleaned_apart):
    clean = cleaned_apart({"sales.csv": SALES}, DECLARED)
    assert facts.demand_plans(clean).empty and facts.product_flow(clean, "2025Q1").empty


def test_lines_and_pieces_by_region_without_returns(cleaned, clean):
    assert facts.region_lines(clean, "2025Q1").empty  # without a customer list
    listed = "客户编码,客户名称,大区\nK1,one,华东\nK2,two,华北\n"
    found = facts.region_lines(cleaned({**FOLDER, "客户档案.csv": listed}, DECLARED), "2025Q1")
    assert found.to_dict("index") == {
        ("P1", "华东"): {"lines": 2, "pieces": 16},
        ("P2", "华东"): {"lines": 1, "pieces": 4},
    }
