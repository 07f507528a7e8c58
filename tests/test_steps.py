from datetime import date

import pandas as pd
import pytest

from custlib import glossary, project, steps
from custlib.refusals import Refused
from custlib.sample import texts

DEMAND = steps.of("demand_plan")
DAY = date(2025, 7, 31)


def check(*rows):
    """One line per (thing, status, day); checked on 31 July 2025."""
    table = pd.DataFrame(rows, columns=["thing", "status", "on"])
    table = table.assign(file="plan.xlsx", line=range(2, len(table) + 2))
    return steps.check(table, DEMAND, DAY)


def own(folder, *lines):
    text = project.reference("steps.csv").read_text(encoding="utf-8")
    head, *rows = text.splitlines()
    (folder / "reference").mkdir()
    (folder / "reference" / "steps.csv").write_text("\n".join([head, *(lines or rows)]), encoding="utf-8")
    return folder


def test_the_six_steps_of_the_yearly_plan_and_five_of_the_demand_plan_stand_in_their_order():
    assert steps.of("yearly_plan")["status"].tolist() == [
        *("collected", "reported", "discussed", "drafted", "settled", "signed")
    ]
    assert DEMAND["status"].tolist() == ["draft", "reviewed", "joint_review", "approved", "released"]


@pytest.mark.parametrize("process, part", [("yearly_plan", "plans"), ("demand_plan", "demand")])
def test_the_words_of_the_sample_are_known(process, part):
    words = texts.company()[part]["steps"]
    rows = pd.DataFrame({"thing": range(len(words)), "status": words, "on": None, "file": "a", "line": 2})
    table = steps.of(process)
    assert steps.check(rows, table, DAY)["status"].tolist() == table["status"].tolist()


def test_every_role_has_a_term():
    for process in steps.PROCESSES:
        assert all(glossary.known(role) for role in steps.of(process)["who"])


def test_a_plan_that_took_every_step_in_time_is_neither_late_nor_skipped_nor_back():
    found = check(
        *[("P1", "草稿", "2025-07-01"), ("P1", "部门已审", "2025-07-05"), ("P1", "联合评审", "2025-07-10")],
        *[("P1", "已批准", "2025-07-15"), ("P1", "已发布", "2025-07-20")],
    ).loc["P1"]
    assert (found["status"], found["days"]) == ("released", 11)
    assert not (found["late"] or found["skipped"] or found["back"])


def test_a_release_without_approval_has_skipped_a_step():
    found = check(
        ("P1", "joint review", "2025-07-25"),
        ("P1", "released", "2025-07-28"),
        ("P2", "approved", "2025-07-28"),
    )
    assert found["skipped"].to_dict() == {"P1": True, "P2": False}


def test_late_is_what_stood_or_stands_longer_than_allowed():
    found = check(
        *[("slow", "draft", "2025-07-01"), ("slow", "reviewed", "2025-07-09"), ("slow", "released", "2025-07-10")],
        *[("seven days", "draft", "2025-07-24"), ("eight days", "draft", "2025-07-23")],
        ("at rest", "released", "2024-01-01"),
    )
    assert found["late"].to_dict() == {"at rest": False, "eight days": True, "seven days": False, "slow": True}


def test_a_step_after_a_later_one_went_back_and_is_where_the_plan_stands():
    found = check(("P1", "approved", "2025-07-26"), ("P1", "draft", "2025-07-28")).loc["P1"]
    assert found["back"] and found["status"] == "draft" and found["days"] == 3


def test_two_steps_of_one_day_are_taken_in_their_order():
    found = check(("P1", "reviewed", "2025-07-28"), ("P1", "draft", "2025-07-28")).loc["P1"]
    assert not found["back"] and found["status"] == "reviewed"


def test_without_a_day_it_is_unknown_how_long_it_stood():
    found = check(("P1", "draft", None), ("P1", "released", None)).loc["P1"]
    assert found["status"] == "released" and found["skipped"]
    assert pd.isna(found[["days", "late", "back"]]).all()


def test_what_is_done_after_the_day_or_has_no_status_is_left_out():
    found = check(("P1", "draft", "2025-07-30"), ("P1", "released", "2025-08-02"), ("P2", None, "2025-07-01"))
    assert found["status"].to_dict() == {"P1": "draft"}


def test_an_unknown_status_is_refused_with_its_line_and_the_nearest_word():
    with pytest.raises(Refused) as caught:
        check(("P1", "draft", None), ("P1", "已批淮", None))
    assert caught.value.code == "step_unknown" and "plan.xlsx, line 3" in str(caught.value)
    assert "“已批准”" in str(caught.value)


@pytest.mark.parametrize(
    "lines, code",
    [
        (["yearly_plan,signed,1,signed,签订,,,account_manager"], "steps_lacking"),
        (["demand_plan,draft,1,draft,草稿,,7,planner", "plan,draft,1,draft,草稿,,7,planner"], "steps_process"),
        (["demand_plan,draft,1,draft,草稿,,7,planner", "demand_plan,b,1,b,乙,,7,planner"], "steps_order"),
        (["demand_plan,draft,1,draft,草稿,,7,planner", "demand_plan,b,2,b,草稿,,7,planner"], "word_twice"),
        (["demand_plan,draft,1,draft,草稿,,7,planner"] * 2, "reference_key"),
        (["demand_plan,draft,first,draft,草稿,,7,planner"], "no_number"),
        (["demand_plan,draft,1,draft,草稿,,-7,planner"], "no_number"),
        (["demand_plan,draft,1,draft,,,7,planner"], "reference_blank"),
    ],
)
def test_a_broken_table_is_refused(tmp_path, lines, code):
    with pytest.raises(Refused) as caught:
        steps.of("demand_plan", own(tmp_path, *lines))
    assert caught.value.code == code and "steps.csv" in str(caught.value)
