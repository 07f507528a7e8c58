import numpy as np
import pytest

from custlib.sample import days, plans


@pytest.fixture(scope="module")
def planned(trade, letters, cast):
    return plans.make(days.stream(1, "plans"), trade, letters, cast)


def place(trade, customer):
    return trade.ids.tolist().index(customer)


@pytest.mark.parametrize("year", [2024, 2025])
def test_plans_have_six_lines_for_an_a_and_three_for_a_b(planned, year):
    lines = planned.lines[year]
    assert np.bincount(lines["dealer"])[:5].tolist() == [6, 3, 0, 6, 3]
    assert set(lines["due_on"].astype("datetime64[Y]").astype(str)) == {str(year)}
    assert set(lines["status_on"].astype("datetime64[Y]").astype(str)) == {str(year)}


def test_one_plan_is_that_of_the_year_before(trade, planned):
    copied = place(trade, planned.truth["copied_plan"])
    then, now = (
        {name: lines[name][lines["dealer"] == copied] for name in ("metric", "target", "due_on")}
        for lines in planned.lines.values()
    )
    assert (then["metric"] == now["metric"]).all() and (then["target"] == now["target"]).all()
    assert [str(day)[5:] for day in then["due_on"]] == [str(day)[5:] for day in now["due_on"]]


def test_two_lines_are_corrected_one_of_them_after_it_was_missed(trade, planned):
    columns, lines = planned.changes.columns, planned.lines[2025]
    late = []
    for customer, metric, on in zip(columns["customer_id"], columns["metric"], columns["on"], strict=True):
        (at,) = np.flatnonzero((lines["dealer"] == place(trade, customer)) & (lines["metric"] == metric))
        assert lines["target"][at] > columns["target"][0] and str(lines["due_on"][at]) >= "2025-04-01"
        late += [customer] if on > lines["due_on"][at] else []
        checks = planned.checks
        own = (checks["dealer"] == lines["dealer"][at]) & (checks["metric"] == metric) & (checks["quarter"] > 4)
        assert checks["actual"][own].sum() == columns["target"][0]
    assert late == [planned.truth["late_correction"]]


def test_rebates_are_those_of_the_plan_but_for_one_short_by_half_and_one_over(trade, planned):
    lines, share = planned.lines[2025], np.zeros(240)
    rebates = lines["item"] == "贸易促销"
    np.add.at(share, lines["dealer"][rebates], lines["target"][rebates] / 100)
    agreed = share > 0
    ratio = planned.rates[agreed, -1] / share[agreed]
    odd = {trade.ids[agreed][at]: ratio[at] for at in np.flatnonzero(~np.isclose(ratio, 1))}
    assert odd == {planned.truth["rebates"]["short"]: 0.5, planned.truth["rebates"]["over"]: 1.5}
    assert (planned.rates[~agreed, -1] == 0).all()


def test_who_has_a_part_in_the_plans_has_one_only(planned):
    names = [planned.truth["copied_plan"], *planned.truth["rebates"].values(), *planned.changes.columns["customer_id"]]
    assert len(set(names)) == 5
