import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from custlib import shrink


def series(*values):
    return pd.Series(values, dtype="float64")


@pytest.mark.parametrize(
    ("found", "of", "low", "high"), [(3, 5, 0.2307, 0.8824), (0, 4, 0, 0.4899), (14, 17, 0.5897, 0.9381)]
)
def test_wilson_intervals_of_three_in_five_none_in_four_and_14_in_17(found, of, low, high):
    interval = shrink.wilson(series(found), series(of)).iloc[0]
    assert interval.to_list() == pytest.approx([low, high], abs=5e-5)
    expected = stats.binomtest(found, of).proportion_ci(method="wilson")
    assert interval.to_list() == pytest.approx([expected.low, expected.high], abs=1e-6)


def test_a_share_of_nothing_has_no_interval():
    assert shrink.wilson(series(0), series(0)).isna().all(axis=None)


def test_rates_towards_a_prior_of_strength_ten():
    found = shrink.rates(series(3, 30), series(3, 50), prior=(0.6, 10))
    assert found["shrunk"].tolist() == pytest.approx([9 / 13, 0.6])
    assert found[["low", "high"]].to_numpy().ravel() == pytest.approx([0.4281, 0.9008, 0.4744, 0.7193], abs=5e-5)


def test_the_prior_of_rates_by_moments():
    # rates 0.2, 0.5, 0.8 of ten each: p = 0.5, their variance 0.09, of which chance gives 0.025; 0.25 / 0.065 − 1
    found = shrink.rates(series(2, 5, 8), series(10, 10, 10))
    assert found["strength"].tolist() == pytest.approx([2.84615] * 3, abs=1e-5)
    assert found["shrunk"].tolist() == pytest.approx([0.26647, 0.5, 0.73353], abs=1e-5)


def test_rates_that_chance_alone_explains_are_all_the_same():
    found = shrink.rates(series(5, 4, 6), series(10, 10, 10))
    assert found["shrunk"].tolist() == [0.5, 0.5, 0.5] and np.isinf(found["strength"]).all()
    assert found[["low", "high"]].iloc[0].tolist() == pytest.approx(
        shrink.wilson(series(15), series(30)).iloc[0].tolist()
    )


def test_without_a_case_nothing_is_known_and_one_without_gets_what_all_have():
    assert shrink.rates(series(0, 0), series(0, 0))["shrunk"].isna().all()
    assert shrink.rates(series(2, 5, 8, 0), series(10, 10, 10, 0))["shrunk"].iloc[3] == pytest.approx(0.5)


def test_means_of_four_values_with_errors_of_two():
    # Morris 1983: mean 14, τ² = 56/3 − 4, kept 1 − 1/3 · 4/(56/3) = 13/14
    found = shrink.means(series(10, 12, 14, 20), series(2, 2, 2, 2))
    assert found["kept"].tolist() == pytest.approx([13 / 14] * 4)
    assert found["shrunk"].tolist() == pytest.approx([10.286, 12.143, 14, 19.571], abs=5e-4)
    assert (found["high"] - found["shrunk"]).tolist() == pytest.approx([1.959964 * 2 * (13 / 14) ** 0.5] * 4)


def test_three_means_are_not_shrunk():
    found = shrink.means(series(10, 12, 20), series(2, 2, 2))
    assert found["shrunk"].tolist() == [10, 12, 20] and (found["kept"] == 1).all()


CASES = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=2, max_size=8)


@given(CASES)
def test_a_shrunk_rate_lies_between_its_own_and_that_of_all_and_within_its_interval(cases):
    hits, of = (series(*values) for values in zip(*((min(h, n), n) for h, n in cases), strict=True))
    found, all_of_them = shrink.rates(hits, of), hits.sum() / of.sum()
    own = hits / of
    low, high = np.minimum(own, all_of_them), np.maximum(own, all_of_them)
    assert ((found["shrunk"] >= low - 1e-9) & (found["shrunk"] <= high + 1e-9)).all()
    assert ((found["low"] >= 0) & (found["low"] <= found["high"]) & (found["high"] <= 1)).all()


VALUES = st.lists(st.tuples(st.floats(-100, 100), st.floats(0.1, 50)), min_size=4, max_size=10)


@given(VALUES, st.floats(-1000, 1000))
def test_shrinking_follows_the_values_and_never_turns_a_deviation_round(rows, shift):
    values, errors = (series(*column) for column in zip(*rows, strict=True))
    found, moved = shrink.means(values, errors), shrink.means(values + shift, errors)
    assert (moved["shrunk"] - shift).tolist() == pytest.approx(found["shrunk"].tolist(), abs=1e-6)
    assert found["kept"].between(0, 1).all()


@given(st.lists(st.lists(st.floats(-9, 9), min_size=3, max_size=3), min_size=1, max_size=7))
def test_columns_at_once_are_each_by_itself(rows):
    values = np.array(rows)
    errors = 0.1 + np.abs(values[::-1])
    shrunk, half, kept = shrink.columns(values, errors)
    for at in range(3):
        alone = shrink.means(pd.Series(values[:, at]), pd.Series(errors[:, at]))
        np.testing.assert_allclose(shrunk[:, at], alone["shrunk"])
        np.testing.assert_allclose(half[:, at], (alone["high"] - alone["low"]) / 2)
        np.testing.assert_allclose(kept[:, at], alone["kept"])
