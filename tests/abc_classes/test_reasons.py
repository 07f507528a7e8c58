import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import abc_classes

properties = settings(deadline=None, derandomize=True, max_examples=60)
FIVE = pd.DataFrame({"size": [50.0, 40, 30, 20, 10]}, index=list("abcde"))


def test_a_customer_that_grew_moved_by_its_own_change():
    now = FIVE.assign(size=[50.0, 40, 30, 20, 60])
    found = abc_classes.why_moved(now, FIVE)
    row = found.loc["e"]
    assert (row["from_class"], row["to_class"], row["cause"]) == ("C", "A", "own")
    # percent ranks 10 % and 90 %; the limit of A stands at 90 % in both quarters
    assert row[["before", "after", "own", "others", "limit", "corrected"]].tolist() == pytest.approx(
        [-80, 0, 80, 0, 0, 0]
    )


def test_a_customer_that_was_overtaken_moved_by_the_others():
    now = FIVE.assign(size=[50.0, 40, 30, 20, 60])
    row = abc_classes.why_moved(now, FIVE).loc["a"]
    assert (row["from_class"], row["to_class"], row["cause"]) == ("A", "B", "others")
    assert row[["own", "others"]].tolist() == pytest.approx([0, -20])


def test_a_customer_moves_by_the_limit_where_others_come_and_its_own_place_stands():
    # with five customers more at the lower end, the limit of A falls from 90 % to 85 %; b's place moves from 70 % to 85 %
    more = pd.DataFrame({"size": [5.0, 4, 3, 2, 1]}, index=list("fghij"))
    row = abc_classes.why_moved(pd.concat([FIVE, more]), FIVE).loc["b"]
    assert (row["from_class"], row["to_class"]) == ("B", "A")
    assert row[["own", "others", "limit"]].tolist() == pytest.approx([0, 15, 5])


def test_corrected_data_are_a_cause_of_their_own():
    published = pd.DataFrame({"score": [0.7, 0.9, 0.5, 0.3, 0.1], "joint_class": list("BABCC")}, index=list("abcde"))
    found = abc_classes.why_moved(FIVE, FIVE, published=published)
    row = found.loc["a"]
    # published 20 points below the limit, today 0 below: nothing else changed
    assert (row["from_class"], row["to_class"], row["cause"]) == ("B", "A", "corrected")
    assert row[["before", "after", "own", "others", "limit", "corrected"]].tolist() == pytest.approx(
        [-20, 0, 0, 0, 0, 20]
    )


def test_who_kept_its_class_or_was_not_judged_twice_is_not_listed():
    now = pd.DataFrame({"size": [50.0, 40, 30, 20, None, 10]}, index=list("abcdef"))
    assert abc_classes.why_moved(now, FIVE).empty


QUARTER = st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))), min_size=6, max_size=6)


@given(then=QUARTER, now=QUARTER)
@properties
def test_the_parts_add_up_exactly_and_agree_with_the_classes(then, now):
    one, two = (pd.DataFrame(rows, columns=["size", "contribution"]).astype(float) for rows in (then, now))
    found = abc_classes.why_moved(two, one)
    parts = found[list(abc_classes.CAUSES)].sum(axis=1)
    assert (parts - (found["after"] - found["before"])).abs().lt(1e-9).all()
    before, after = abc_classes.joint(one)["joint"], abc_classes.joint(two)["joint"]
    assert found.index.tolist() == before.index[(before != after).to_numpy()].tolist()
    rose = found["to_class"] < found["from_class"]
    assert ((found["after"] >= 0) == rose).all() and ((found["before"] >= 0) == ~rose).all()


@given(then=QUARTER, who=st.integers(0, 5), more=st.integers(1, 9))
@properties
def test_where_only_one_changed_it_has_no_part_of_others(then, who, more):
    one = pd.DataFrame(then, columns=["size", "contribution"]).astype(float)
    two = one.copy()
    two.loc[who, "size"] += more
    found = abc_classes.why_moved(two, one)
    if who in found.index:
        assert found.at[who, "others"] == pytest.approx(0, abs=1e-3)
    assert found.drop(index=who, errors="ignore")["own"].abs().lt(1e-3).all()


def test_an_indicator_that_the_quarter_before_lacked_is_unknown_there():
    now = FIVE.assign(brand_share=[0.1, 0.2, 0.3, 0.4, 0.9])
    before, after = abc_classes.joint(FIVE)["joint"], abc_classes.joint(now)["joint"]
    found = abc_classes.why_moved(now, FIVE)
    assert found.index.tolist() == before.index[(before != after).to_numpy()].tolist() != []
    assert (found[list(abc_classes.CAUSES)].sum(axis=1) - (found["after"] - found["before"])).abs().max() < 1e-9


def test_who_was_not_judged_in_the_earlier_report_is_taken_as_judged_today():
    published = pd.DataFrame({"score": [0.9, 0.7, 0.5, 0.3], "joint_class": list("ABBC")}, index=list("abcd"))
    row = abc_classes.why_moved(FIVE.assign(size=[50.0, 40, 30, 20, 60]), FIVE, published=published).loc["e"]
    assert (row["from_class"], row["to_class"], row["corrected"]) == ("C", "A", 0)
