from datetime import date

import pytest

from custlib import accounts, facts
from custlib.refusals import Refused

SALES = (
    "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nX1,1,2025-01-08,K1,P1,2,100\nX2,1,2025-12-08,K1,P1,2,100\n"
)
PLANS = "年度,客户编码,计划项目,衡量指标,目标值,计量单位,责任人,完成日期,计划状态,状态日期\n"
PLAN = "2025,K1,消费者促销,主题活动场次,6,次,陈,2025-09-30,签订,2025-02-01\n2025,K1,生动化,货架陈列占比,70,%,陈,2025-09-30,签订,2025-02-01\n"
CHECKS = "季度,客户编码,计划项目,衡量指标,实际值,检查日期\n"
CHANGES = "year,customer_id,item,metric,from_quarter,target,who,on,why\n"
LINE = "2025,K1,消费者促销,主题活动场次"


@pytest.fixture
def check(cleaned):
    def of(plans=PLAN, checks="", changes=""):
        files = {"sales.csv": SALES, "plans.csv": PLANS + plans, "checks.csv": CHECKS + checks}
        clean = cleaned(files | {"reference/plan_changes.csv": CHANGES + changes})
        accounts.check_plans(clean, "data/raw")
        return clean

    return of


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (
            {"plans": PLAN.replace("6,次", "6,家")},
            "plan_unit",
            "plans.csv, line 2: 主题活动场次 is not planned in “家”",
        ),
        ({"plans": PLAN.replace("签订", "签字画押")}, "step_unknown", "plans.csv, line 2: “签字画押”"),
        (
            {"checks": "2025Q1,K1,生动化,货架陈列占比,0.7,2025-03-30\n"},
            "plan_percent",
            "checks.csv, line 2: 货架陈列占比 was promised as 70 % and found as 0.7. Is that 0.7 % or 70 %?",
        ),
        (
            {"plans": PLAN.replace("70,%", "0.7,%"), "checks": "2025Q1,K1,生动化,货架陈列占比,65,2025-03-30\n"},
            "plan_percent",
            "Is that 65 % or 0.65 %?",
        ),
        (
            {"changes": f"{LINE.replace('K1', 'K2')},2025Q2,4,陈,2025-05-01,\n"},
            "change_nobody",
            "plan_changes.csv, line 2: no plan has the line “2025, K2, 消费者促销, 主题活动场次”. The nearest is “2025, K1,",
        ),
        ({"changes": f"{LINE},2025Q4,4,陈,2025-05-01,\n"}, "change_quarter", "line 2: a correction from 2025Q4 on"),
        ({"changes": f"{LINE},2024Q4,4,陈,2025-05-01,\n"}, "change_quarter", "2025Q1 to 2025Q3"),
        ({"changes": f"{LINE},2025Q2,4,陈,2025-05-01,\n" * 2}, "reference_key", "line 3"),
        ({"changes": f"{LINE},second,4,陈,2025-05-01,\n"}, "not_one_of", "“second” in column from_quarter"),
        ({"changes": f"{LINE},2025Q2,many,陈,2025-05-01,\n"}, "terms_number", "“many” in column target"),
        ({"changes": f"{LINE},2025Q2,,陈,2025-05-01,\n"}, "unsigned", "target is blank"),
        (
            {"changes": f"{LINE.replace('2025', 'next')},2025Q2,4,陈,2025-05-01,\n"},
            "not_one_of",
            "“next” in column year",
        ),
        ({"changes": f"{LINE},2025Q2,4,,2025-05-01,\n"}, "unsigned", "who is blank"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(check, given, code, said):
    with pytest.raises(Refused) as caught:
        check(**given)
    assert caught.value.code == code and said in str(caught.value)


def test_a_correction_signed_after_the_day_is_accepted_and_named(check):
    second = f"{LINE},2025Q3,3,李,2025/10/02,没做到\n"
    clean = check(changes=f"{LINE},2025Q2,4,陈,2025-05-01,装修\n" + second)
    rows = accounts.corrections(facts.plans(clean), accounts.plan_changes("data/raw"), date(2025, 12, 31))
    told = rows[["before", "after", "from_quarter", "after_missed", "who"]].to_numpy().tolist()
    assert told == [[6, 4, "2025Q2", False, "陈"], [4, 3, "2025Q3", True, "李"]]
    earlier = accounts.corrections(facts.plans(clean), accounts.plan_changes("data/raw"), date(2025, 9, 30))
    assert earlier["after"].tolist() == [4]  # the other was not signed yet


@pytest.mark.parametrize("actual", ["0", "7", "1", "100"])
def test_a_small_share_is_no_slip_unless_it_has_two_readings(check, actual):
    rebate = PLAN.replace("生动化,货架陈列占比,70", "生动化,货架陈列占比,2")
    check(plans=rebate, checks=f"2025Q1,K1,生动化,货架陈列占比,{actual},2025-03-30\n")


def test_a_unit_may_be_written_full_width(check):
    check(plans=PLAN.replace("70,%", "70,％"))
