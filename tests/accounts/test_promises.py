from datetime import date

import pandas as pd
import pytest

from custlib import accounts
from custlib.refusals import Refused

CHANGES = "year,customer_id,item,metric,from_quarter,target,who,on,why\n"
EVENTS = {"item": "消费者促销", "metric": "主题活动场次", "target": 6.0, "due_on": "2025-09-30", "status": "签订"}
EVENTS |= {"units": {"次"}, "file": "plans.csv", "line": 2}
SHARE = EVENTS | {"item": "生动化", "metric": "货架陈列占比", "target": 70.0, "unit": "%", "units": {"%"}, "line": 3}
LINE = "2025,K1,消费者促销,主题活动场次"


@pytest.fixture
def signed(tmp_path):
    """A folder of exports with these lines of `plan_changes.csv`."""

    def write(changes=""):
        (tmp_path / "reference").mkdir(exist_ok=True)
        (tmp_path / "reference" / "plan_changes.csv").write_text(CHANGES + changes, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def check(lines, signed):
    def of(events=EVENTS, share=SHARE, found=None, changes=""):
        plans = lines(events, share).assign(status_on=pd.Timestamp("2025-02-01"))
        checks = pd.DataFrame([] if found is None else [share | {"actual": found, "file": "checks.csv"}])
        checks = checks.reindex(columns=["item", "metric", "actual", "file", "line"])
        accounts.check_plans(plans, checks.assign(customer_id="K1", quarter="2025Q1"), signed(changes))

    return of


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (
            {"events": EVENTS | {"unit": "家"}},
            "plan_unit",
            "plans.csv, line 2: 主题活动场次 is not planned in “家”",
        ),
        ({"events": EVENTS | {"status": "签字画押"}}, "step_unknown", "plans.csv, line 2: “签字画押”"),
        (
            {"found": 0.7},
            "plan_percent",
            "checks.csv, line 3: 货架陈列占比 was promised as 70 % and found as 0.7. Is that 0.7 % or 70 %?",
        ),
        (
            {"share": SHARE | {"target": 0.7}, "found": 65},
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


def test_a_correction_signed_after_the_day_is_accepted_and_named(lines, signed):
    second = f"{LINE},2025Q3,3,李,2025/10/02,没做到\n"
    changes = accounts.plan_changes(signed(f"{LINE},2025Q2,4,陈,2025-05-01,装修\n" + second))
    rows = accounts.corrections(lines(EVENTS), changes, date(2025, 12, 31))
    told = rows[["before", "after", "from_quarter", "after_missed", "who"]].to_numpy().tolist()
    assert told == [[6, 4, "2025Q2", False, "陈"], [4, 3, "2025Q3", True, "李"]]
    earlier = accounts.corrections(lines(EVENTS), changes, date(2025, 9, 30))
    assert earlier["after"].tolist() == [4]  # the other was not signed yet


@pytest.mark.parametrize("actual", [0, 0.7, 1, 2, 100])
def test_a_small_share_is_no_slip_unless_it_has_two_readings(check, actual):
    check(share=SHARE | {"metric": "季度返利", "target": 2.0}, found=actual)


def test_a_unit_may_be_written_full_width(check):
    check(share=SHARE | {"unit": "％"})
