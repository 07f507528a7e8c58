"""Order of people, and how sure it is."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.scorecards import ranks, robust, sidak, told_apart


def series(*values):
    return pd.Series(values, [f"P{at}" for at in range(len(values))], dtype="float64")


def test_limits_of_sidak_for_three_four_and_six_people():
    assert [round(sidak(people), 3) for people in (3, 4, 6)] == [2.388, 2.631, 2.928]


def test_people_far_apart_have_their_rank_and_people_alike_share_many():
    far = ranks(series(90, 80, 70), series(1, 1, 1))
    assert far["rank_low"].tolist() == far["rank_high"].tolist() == [1, 2, 3] and far["sure"].all()
    near = ranks(series(81, 80, 79), series(9, 9, 9))
    assert near["rank_low"].tolist() == [1, 1, 1] and not near["sure"].any()


def test_fewer_than_three_people_have_no_ranks():
    assert ranks(series(90, 80), series(1, 1)).isna().all(axis=None)
    assert ranks(series(90, 80, None, 70), series(1, 1, 1, None)).isna().all(axis=None)


scores = st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 30)), min_size=3, max_size=8)


@given(scores)
def test_the_interval_holds_the_rank_of_the_score_and_new_names_change_nothing_else(rows):
    score, error = (series(*values) for values in zip(*rows, strict=True))
    found = ranks(score, error, draws=200)
    own = score.rank(ascending=False, method="min")
    assert ((found["rank_low"] <= own) & (own <= found["rank_high"])).all()
    assert found["prob_top_third"].between(0, 1).all()
    renamed = ranks(score.set_axis(score.index[::-1]), error.set_axis(error.index[::-1]), draws=200)
    pd.testing.assert_frame_equal(renamed.set_axis(score.index), found)


def test_two_that_differ_by_less_than_the_limit_cannot_be_told_apart():
    pairs = told_apart(series(90, 80, 79), series(1, 1, 1)).set_index(["one", "other"])
    assert pairs["apart"].to_dict() == {("P0", "P1"): True, ("P0", "P2"): True, ("P1", "P2"): False}
    assert pairs["limit"].tolist() == pytest.approx([2.388 * 2**0.5] * 3, abs=1e-3)


def test_whoever_is_best_in_everything_is_so_under_any_weights():
    kpis = pd.DataFrame({"a": [90.0, 50, 60], "b": [95.0, 60, 50]}, ["x", "y", "z"])
    share = robust(kpis, pd.Series({"a": 50, "b": 50.5}))
    assert share["x"] == 1 and 0.3 < share["y"] < 0.7
