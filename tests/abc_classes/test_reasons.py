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
    # with five customers more at the lower end, the limit of A falls from 90 % to 85 %; b's place moves from 70 % to 85
    # %
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


def test_who_fell_below_zero_with_all_that_is_known_moved_by_its_own_change():
    now = FIVE.assign(size=[-1.0, -2, -3, -4, -5])
    found = abc_classes.why_moved(now, FIVE)
    # everybody keeps its place, and nobody's class is by its place any more
    assert found["from_class"].tolist() == ["A", "B", "B"] and found["to_class"].tolist() == ["C", "C", "C"]
    assert found["cause"].tolist() == ["own"] * 3 and found.loc["a", ["before", "after"]].tolist() == [0, 0]
    back = abc_classes.why_moved(FIVE, now)
    assert back["to_class"].tolist() == ["A", "B", "B"] and back["cause"].tolist() == ["own"] * 3


def test_a_class_published_of_whom_today_s_data_put_below_zero_is_corrected():
    below = FIVE.assign(size=[50.0, -2, -3, -4, -5])
    published = pd.DataFrame({"score": [0.9, 0.7, 0.5, 0.3, 0.1], "joint_class": list("ABBCC")}, index=list("abcde"))
    found = abc_classes.why_moved(below, below, published=published)
    assert found.index.tolist() == ["b", "c"] and found["cause"].tolist() == ["corrected"] * 2


def test_the_limit_is_the_lowest_score_of_those_in_the_better_class():
    # by their places a and b, at 90 and 70 %, are A; b is below zero and C, so that a is the lowest of A; then e
    # overtakes a
    then, now = (FIVE.assign(size=[50.0, -1, -2, -3, last]) for last in (-4, 60))
    row = abc_classes.why_moved(now, then, ratio=(2, 1, 2)).loc["e"]
    assert (row["from_class"], row["to_class"], row["before"], row["after"]) == ("C", "A", -80, 20)


def test_who_kept_its_class_or_was_not_judged_twice_is_not_listed():
    now = pd.DataFrame({"size": [50.0, 40, 30, 20, None, 10]}, index=list("abcdef"))
    assert abc_classes.why_moved(now, FIVE).empty


QUARTER = st.lists(st.tuples(st.integers(-3, 9), st.one_of(st.none(), st.integers(-3, 9))), min_size=6, max_size=6)


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
    below = [(table.max(axis=1) < 0)[found.index] for table in (one, two)]
    by_score = ((found["after"] >= 0) == rose) & ((found["before"] >= 0) == ~rose)
    assert (by_score | below[0] | below[1]).all()
    assert (by_score | (found["cause"] == "own")).all()


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


def test_a_figure_that_is_missing_in_one_quarter_is_a_cause_of_its_own():
    then = FIVE.assign(brand_share=[0.9, 0.8, 0.1, 0.3, 0.2])
    row = abc_classes.why_moved(then.assign(brand_share=[0.9, 0.8, None, 0.3, 0.2]), then).loc["c"]
    # by both indicators c stood at 30, below d at 40, the last B; by size alone it stands at 50 and is the last B itself
    assert (row["from_class"], row["to_class"], row["cause"]) == ("C", "B", "missing")
    parts = ["before", "after", "own", "others", "limit", "missing"]
    assert row[parts].tolist() == pytest.approx([-10, 0, 0, 0, -10, 20])


def test_without_an_indicator_known_in_both_quarters_all_is_the_missing_figure():
    then = FIVE.assign(brand_share=[0.5, 0.4, 0.3, 0.2, 0.1])
    now = then.assign(size=[50.0, 40, 30, 20, None])
    row = abc_classes.why_moved(now.assign(brand_share=[0.5, 0.4, 0.3, 0.2, 0.9]), then.assign(brand_share=None)).loc[
        "e"
    ]
    assert (row["to_class"], row["cause"], row["own"], row["missing"]) == ("A", "missing", 0, 80)
