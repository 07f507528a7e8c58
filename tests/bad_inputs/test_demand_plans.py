"""Demand plans that nobody could follow: what is set aside, what is refused with its line, what is only asked about."""

import pandas as pd
import pytest

from custlib import demand, facts
from custlib.refusals import Refused

HEADER = "计划类型,计划期间,存货编码,计划数量,状态,编制日期,编制人"
STEPS = {
    "草稿": "2025-01-05",
    "部门已审": "2025-01-09",
    "联合评审": "2025-01-14",
    "已批准": "2025-01-20",
    "已发布": "2025-01-25",
}


def planned(*, kind="月度", period="2025-02", product="P1", pieces="10", status="草稿", on="2025-01-05"):
    return ",".join([kind, period, product, pieces, status, on, "李"])


ALL_STEPS = [planned(status=status, on=on) for status, on in STEPS.items()]


@pytest.fixture
def plans(answer_apart, export, row):
    """Cleans a plan of these lines beside three sales of P1; gives the answer and what notebook 70 reads."""

    def make(*lines, header=HEADER):
        sales = export(row(1, "2025-01-02", quantity="10"), row(2, "2025-02-03", quantity="12"), row(3, "2025-03-05"))
        got = answer_apart({"a.csv": sales, "plan.csv": "\n".join([header, *lines]) + "\n"})
        return got, lambda: demand.read(facts.demand_plans(got.clean))

    return make


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.exit_code == 3
    return caught.value


def test_what_is_no_year_and_no_month_is_set_aside(plans):
    got, read = plans(planned(), *(planned(period=period) for period in ["2025-13", "2025Q1", "去年", "2025-00"]))
    assert got.aside == {f"plan.csv:{line}": "not_a_period" for line in (3, 4, 5, 6)} and len(read()) == 1


def test_a_month_written_otherwise_is_the_same_month(plans):
    written = ["2025-2", "2025/02", "2025年2月", "202502"]
    _, read = plans(*(planned(period=period, product=f"P{n}") for n, period in enumerate(written)))
    assert read()["period"].tolist() == ["2025-02"] * 4


def test_a_month_s_plan_of_a_year_and_a_year_s_of_a_month_are_refused(plans):
    strange = [("月度", "2025"), ("临时", "2025"), ("年度", "2025-02")]
    got, _ = plans(planned(), *(planned(kind=kind, period=period) for kind, period in strange))
    planned_lines = facts.demand_plans(got.clean)
    for line in (3, 4, 5):
        found = refused(lambda line=line: demand.read(planned_lines[planned_lines["line"].isin([2, line])]))
        assert (found.code, found.facts["line"]) == ("plan_period", line)


def test_a_quantity_below_nothing_is_set_aside(plans):
    got, read = plans(planned(), planned(product="P2", pieces="-5"))
    assert got.aside == {"plan.csv:3": "out_of_range"} and read()["product_id"].tolist() == ["P1"]


def test_an_unknown_step_and_an_unknown_kind_are_refused_with_their_line(plans):
    _, read = plans(planned(), planned(product="P2", status="已批淮"))
    assert (refused(read).code, refused(read).facts["nearest"]) == ("step_unknown", "已批准")
    _, read = plans(planned(kind="每周"))
    assert (refused(read).code, refused(read).facts["line"]) == ("plan_word", 2)


def test_a_quantity_in_another_unit_is_refused_and_a_large_plan_is_not(plans):
    months = pd.DataFrame([[10.0, 12.0, 1.0]], ["P1"], ["2025-01", "2025-02", "2025-03"])
    _, read = plans(planned(), planned(period="2025-03", pieces="120000"))
    found = refused(lambda: demand.check_sizes(read(), months))
    assert (found.code, found.facts["line"]) == ("plan_size", 3) and "never more than 12 " in str(found)
    _, read = plans(planned(pieces="11000"), planned(kind="年度", period="2025", pieces="120000", product="P9"))
    assert demand.check_sizes(read(), months) is None


def test_the_same_line_twice_is_one_and_two_quantities_on_one_day_are_a_conflict(plans):
    got, read = plans(planned(), planned())
    assert got.aside == {"plan.csv:3": "duplicate_of"} and len(read()) == 1
    got, read = plans(planned(), planned(pieces="11"), planned(product="P2"))
    assert got.aside == {"plan.csv:2": "conflict", "plan.csv:3": "conflict"} and len(read()) == 1


def test_plans_that_name_neither_day_nor_owner_are_read(plans):
    _, read = plans("月度,2025-02,P1,10,已发布", header="计划类型,计划期间,存货编码,计划数量,状态")
    found = read()
    assert found["issued_on"].isna().all() and found["owner"].isna().all() and found["reason"].isna().all()
    months = pd.DataFrame([[10.0, 12.0]], ["P1"], ["2025-01", "2025-02"])
    accuracy = demand.accuracy(found, months, pd.Series(dtype="object"))
    assert accuracy["wape"].tolist() == [pytest.approx(2 / 12)] * 3  # company, category, model
    assert demand.corrections(found, pd.Series(dtype="float64"), months).empty


def test_a_step_left_out_and_one_that_came_late_are_named_not_dropped(plans):
    from custlib import steps

    order, day = steps.of("demand_plan"), pd.Timestamp("2025-03-31").date()
    _, read = plans(*(line for line in ALL_STEPS if "已批准" not in line))
    found = demand.lines(read(), order, day)
    assert found["skipped_step"].tolist() == [True] and found["late"].tolist() == [False]
    _, read = plans(*ALL_STEPS[:-1], planned(status="已发布", on="2025-02-03", pieces="99"))
    assert demand.lines(read(), order, day)["late"].tolist() == [True]
    assert (
        demand.versions(read(), order).iloc[0].dropna().tolist() == [10] * 4
    )  # the late version could not be followed


def test_too_short_data_give_no_range_and_no_error():
    none = pd.DataFrame(columns=["product_id", "month", "forecast", "low", "high", "kind"])
    line = pd.DataFrame({"product_id": ["P1"], "month": ["2025-02"], "planned": [10.0], "reason": [None]})
    assert demand.against_forecast(line, none, pd.Series({"P1": 3.0})).empty
