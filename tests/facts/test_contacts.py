from datetime import date

from custlib import facts

FILES = {
    "customers.csv": "客户编码,客户名称\nK1,甲\nK2,乙\n",
    "sales.csv": "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nX1,1,2025-11-01,K1,P1,1,10\n",
}
VISITS = "拜访日期,客户编码,客户经理,拜访方式,主题,拜访结果\n"
PLANS = "年度,客户编码,计划项目,衡量指标,目标值,计量单位,责任人,完成日期\n"
CHECKS = "季度,客户编码,计划项目,衡量指标,实际值,检查日期\n"


def test_contacts_up_to_a_day_by_customer_and_day(cleaned_apart):
    rows = VISITS + "2025-12-02,K2,李,电话,订单,\n2025-12-01,K2,李,投诉,破损,待跟进\n2026-01-01,K1,李,电话,订单,\n"
    found = facts.visits(cleaned_apart(FILES | {"visits.csv": rows}), date(2025, 12, 31))
    assert found[["customer_id", "kind", "outcome"]].to_numpy().tolist() == [
        ["K2", "投诉", "待跟进"],
        ["K2", "电话", ""],
    ]


def test_exports_without_contacts_or_targets_have_none(cleaned_apart):
    clean = cleaned_apart(FILES)
    assert facts.visits(clean, date(2025, 12, 31)).empty and facts.targets(clean, "2025Q4").empty


def test_targets_of_one_quarter(cleaned_apart):
    rows = "季度,客户编码,目标口径,目标金额(元)\n2025Q4,K1,净销售额,90\n2025Q4,K1,回款额,80\n2025Q3,K1,净销售额,70\n"
    found = facts.targets(cleaned_apart(FILES | {"targets.csv": rows}), "2025Q4")
    assert found.to_numpy().tolist() == [["K1", "净销售额", 90], ["K1", "回款额", 80]]
