import pandas as pd
import pytest

from custlib import lessons
from custlib.lessons import ways
from custlib.lessons.exercises import said
from custlib.refusals import Refused

LISTED = pd.DataFrame({"customer_id": ["K1", "K2", "K3"], "name": ["One", "Two", "Three"], "size": [9e6, 5e6, 7e6]})
NEEDS = pd.DataFrame(
    [
        ("K1", "profit", 5, 10.0, 8.0, 2.0),
        ("K2", "service", 3, 8.0, 6.0, 2.0),
        ("K2", "value", 4, 9.0, 7.0, 2.0),
        ("K3", "value", 4, 9.0, 8.0, 1.0),
        ("K3", "profit", 5, 10.0, 2.0, 8.0),
    ],
    columns=["customer_id", "need", "importance", "ideal", "actual", "gap"],
)
STATE = pd.DataFrame(
    {"customer_id": ["K3", "K2", "K2"], "measure": ["net_sales", "payments", "net_sales"], "now": [7e5, 1.0, 5e5]}
)
ACCOUNT = {"customer_id": "K2", "name": "Two", "need": "value", "importance": 4.0, "ideal": 9.0, "actual": 7.0}
ACCOUNT |= {"bought": 500_000.0}


def test_the_largest_account_with_a_gap_beside_its_profit_is_visited():
    assert lessons.visits.account(LISTED, NEEDS, STATE)["name"] == "Three"  # K1 told only of the profit that it demands
    of_two = lessons.visits.account(LISTED.iloc[:2], NEEDS, STATE)
    assert of_two == ACCOUNT  # of two equal gaps the more important one


def test_an_account_that_bought_nothing_in_the_quarter_is_not_visited():
    assert lessons.visits.account(LISTED, NEEDS, STATE[STATE["customer_id"] != "K3"]) == ACCOUNT


def test_without_an_account_that_told_of_a_gap_there_is_no_lesson():
    with pytest.raises(Refused, match="key_accounts.csv"):
        lessons.visits.account(LISTED.iloc[:1], NEEDS, STATE)


def test_the_points_that_are_demanded_cost_two_per_cent_of_what_it_bought():
    places = lessons.visits.places(ACCOUNT)
    assert places["cost"] == said("lessons_visits.money", amount=10_000.0)
    assert (places["ideal"], places["actual"], places["gap"], places["aim"]) == ("9", "7", "2", "8")


PLAN = pd.DataFrame(
    {
        "year": 2025,
        "customer_id": "K2",
        "item": "display",
        "metric": ["events", "shelf"],
        "unit": ["次", "%"],
        "target_signed": [3.0, 40.0],
        "state": "done",
        "due_on": "2025-09-30",
        "owner": "Lin",
    }
)


def checks(first):
    return pd.DataFrame(
        {
            "quarter": ["2025Q1", "2025Q2"],
            "customer_id": "K2",
            "item": "display",
            "metric": "shelf",
            "actual": [first, 90.0],
        }
    )


def test_a_line_that_was_reached_at_its_first_check_asked_for_nothing():
    line = lessons.visits.own_line(PLAN, checks(57.0), "K2")
    assert line == {"metric": "shelf", "due_on": "2025-09-30", "owner": "Lin", "target": 0.4, "first": 0.57}
    assert lessons.visits.own_line(PLAN, checks(30.0), "K2") is None  # reached later: it asked for something


def test_lines_to_repair_are_told_after_handing_in_and_leave_out_what_the_account_has_not():
    rows = lessons.lines("questions", "6")
    alone = lessons.visits.repairs(rows, ACCOUNT, None)
    assert [item.id for item in alone.items] == ["display", "events", "complaints"] and not alone.guided
    assert alone.key == "ABC"


def test_the_visit_ends_with_the_gap_if_ideal_and_reality_were_asked():
    visit = lessons.visits.visit(lessons.lines("turns", "6"), ACCOUNT)
    assert len(visit.summary) == 32 and len(visit.items) == 10
    assert visit.summary["bc"]["facts"] == {
        "known": ["b", "c"],
        "need": "value",
        "ideal": 9.0,
        "actual": 7.0,
        "gap": 2.0,
    }


def test_the_steps_of_the_yearly_plan_have_their_places_and_ways_apart():
    order = lessons.visits.plan_steps(lessons.lines("cases", "6"))
    assert {item.id: item.key for item in order.items} == dict(
        zip(["collected", "reported", "discussed", "drafted", "settled", "signed"], "123456", strict=True)
    )
    assert order.key != "".join(sorted(order.key))  # the cards do not stand in their order
    assert all(sorted(way) == list("123456") for way in order.ways.values())  # an order, too
    assert ways.distance(order.key, order.ways) >= 3
    assert all(ways.nearest(way, order.key, order.ways) == tag for tag, way in order.ways.items())
