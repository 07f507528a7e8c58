from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import quarters
from custlib.refusals import Refused

QUARTERS = st.builds(quarters.Quarter, st.integers(1990, 2100), st.integers(1, 4))


def test_a_quarter_knows_its_first_and_last_day():
    assert quarters.parse("2025Q4") == quarters.Quarter(2025, 4)
    assert quarters.parse("2025Q4").first_day == date(2025, 10, 1)
    assert quarters.parse("2025Q4").last_day == date(2025, 12, 31)
    assert quarters.parse("2025Q2").last_day == date(2025, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025Q5",
        "2025Q0",
        "Q4 2025",
        "2025q4",
        " 2025Q4",
        "2025Q4\n",
        "25Q4",
        "２０２５Q4",
        "0000Q1",
        2025,
        None,
    ],
)
def test_anything_else_is_no_quarter(text):
    with pytest.raises(Refused, match="is not a quarter"):
        quarters.parse(text)


def test_before_the_first_quarter_comes_the_last_one_of_the_year_before():
    assert str(quarters.parse("2025Q1").previous()) == "2024Q4"
    assert str(quarters.parse("2025Q4").previous(-1)) == "2026Q1"


def test_a_span_is_oldest_first_and_ends_with_the_quarter_given():
    assert [str(quarter) for quarter in quarters.span(quarters.parse("2025Q2"), 3)] == ["2024Q4", "2025Q1", "2025Q2"]


@settings(derandomize=True, deadline=None)
@given(QUARTERS, st.integers(-40, 40))
def test_as_far_back_as_forward_is_the_same_quarter_again(quarter, n):
    there = quarter.previous(n)
    assert there.previous(-n) == quarter
    assert (there < quarter) == (n > 0)


@settings(derandomize=True, deadline=None)
@given(QUARTERS)
def test_quarters_follow_each_other_day_by_day(quarter):
    assert (quarter.first_day - quarter.previous().last_day).days == 1
    assert quarters.of(quarter.first_day) == quarters.of(quarter.last_day) == quarters.parse(str(quarter)) == quarter
