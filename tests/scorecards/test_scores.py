"""Scores and totals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.scorecards import is_real, points, rate, shrunk, total

WEIGHTS = pd.Series({"a": 20, "b": 30, "c": 30, "d": 10, "e": 10})


def kpis(*rows):
    return pd.DataFrame(rows, columns=[*WEIGHTS.index], dtype="float64")


def test_75_between_40_and_90_is_70_points_and_beyond_is_cut():
    assert points(75, 40, 90) == 70
    assert points(np.array([30, 95]), 40, 90).tolist() == [0, 100]


def test_of_a_time_the_shorter_is_the_better():
    assert points(3, 10, 2) == 87.5


def test_weights_are_spread_over_the_kpis_that_are_known():
    assert total(kpis((80, 70, 90, 60, 100), (80, 70, None, 60, 100)), WEIGHTS).round(3).tolist() == [80, 75.714]


def test_below_three_kpis_there_is_no_total():
    assert total(kpis((80, 70, None, None, None)), WEIGHTS).isna().all()


@given(st.floats(0, 100), st.lists(st.integers(1, 50), min_size=5, max_size=5))
def test_of_equal_values_the_total_is_that_value(value, weights):
    found = total(kpis((value,) * 5), pd.Series(weights, WEIGHTS.index))
    assert found.tolist() == pytest.approx([value])


def test_a_change_within_its_errors_is_none():
    change, error = pd.Series([3.0, -3.0, None]), pd.Series([1.0, 2.0, 1.0])
    assert is_real(change, error, pd.Series([1.0, 1.0, 1.0])).astype("object").tolist()[:2] == [True, False]
    assert is_real(change, error, error).isna().tolist() == [False, False, True]


# Efron & Morris 1975: hits of 45 at bat, and the rest of the season
HITS = pd.Series([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])
SEASON = np.array(
    [0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269, 0.230, 0.264, 0.256, 0.303, 0.264, 0.226, 0.285]
    + [0.316, 0.200]
)


def test_batting_averages_of_efron_and_morris():
    average = HITS / 45
    error = np.sqrt(average.mean() * (1 - average.mean()) / 45)
    found = shrunk(average, pd.Series(error, HITS.index))
    assert average.mean() == pytest.approx(0.2654, abs=5e-5)
    assert found["kept"].iloc[0] == pytest.approx(0.2117, abs=5e-5)
    assert found["shrunk"].iloc[[0, -1]].round(3).tolist() == [0.294, 0.242]
    wrong, less = ((average - SEASON) ** 2).sum(), ((found["shrunk"] - SEASON) ** 2).sum()
    assert (round(wrong, 4), round(less, 4), round(wrong / less, 2)) == (0.0753, 0.0213, 3.53)


def test_three_of_three_is_no_certain_hundred_percent():
    found = rate(pd.Series([3, 12, 10, 4, 15]), pd.Series([3, 30, 20, 25, 30]))
    assert 0.4 < found["shrunk"].iloc[0] < 0.8
    assert found.eval("high - low").idxmax() == 0
