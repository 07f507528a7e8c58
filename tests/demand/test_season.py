import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import demand

MONTHS = [str(month) for month in pd.period_range("2023-10", "2025-12", freq="M")]
AT = np.array([int(month[5:]) - 1 for month in MONTHS])
EVEN = np.ones(len(MONTHS))
indices = st.lists(st.floats(0.2, 3), min_size=12, max_size=12).map(lambda index: np.array(index) / np.mean(index))


def table(rows, months=MONTHS):
    return pd.DataFrame(rows, [f"P{at}" for at in range(len(rows))], months)


@given(indices, st.lists(st.floats(0.1, 1e4), min_size=2, max_size=5))
def test_exact_level_times_season_gives_the_index(index, levels):
    months = table(np.outer(levels, index[AT]))
    groups = pd.Series("pots", months.index)
    found = demand.season(months, groups, EVEN).index.loc["pots"]
    np.testing.assert_allclose(found, index, atol=1e-9)
    assert found.mean() == pytest.approx(1)


def test_the_calendar_is_taken_off_before_the_season():
    weights = np.where(AT == 0, 1.3, 1.0) * np.where(np.arange(len(AT)) > 20, 1.1, 0.9)
    months = table([100 * weights, 7 * weights])
    found = demand.season(months, pd.Series("pots", months.index), weights).index
    np.testing.assert_allclose(found, 1)


def test_categories_are_drawn_towards_the_company():
    rng = np.random.default_rng(3)
    planted = 1 + 0.6 * np.sin(2 * np.pi * np.arange(12) / 12)
    months = table(100 * planted[AT] * rng.lognormal(0, 0.3, (40, len(MONTHS))))
    groups = pd.Series([f"C{at % 5}" for at in range(40)], months.index)
    found = demand.season(months, groups, EVEN)
    alone = pd.concat(
        [demand.season(months[groups == name], groups[groups == name], EVEN).index for name in sorted(set(groups))]
    )
    assert (found.index - planted).abs().mean(axis=None) < (alone - planted).abs().mean(axis=None)
    assert ((found.low <= found.index) & (found.index <= found.high)).all(axis=None)


def test_less_than_a_year_has_no_season():
    months = table(np.arange(22.0).reshape(2, 11), MONTHS[:11])
    found = demand.season(months, pd.Series("pots", months.index), EVEN[:11])
    assert (found.index == 1).all(axis=None) and found.low.isna().all(axis=None)
    assert found.of(["pots", "unknown"], ["2026-01"]).tolist() == [[1.0], [1.0]]


@given(st.floats(0, 1e6))
def test_a_constant_gives_itself(value):
    assert demand.smooth(np.full((2, 9), value)).level == pytest.approx([value] * 2)


def test_one_alpha_follows_what_jumps_and_rests_on_what_only_scatters():
    jump = np.r_[np.full(10, 10.0), np.full(10, 50.0)]
    rng = np.random.default_rng(1)
    assert demand.smooth(jump[None]).alpha == 0.7
    assert demand.smooth(rng.normal(100, 20, (50, 30))).alpha <= 0.1


def test_months_before_the_first_and_unknown_ones_change_no_level():
    gap = np.array([[np.nan, np.nan, 10.0, 20.0, 30.0, np.nan, 20.0]])
    assert demand.smooth(gap).level == pytest.approx([20.0])
    assert demand.smooth(np.full((1, 4), np.nan)).level == pytest.approx([0.0])


def test_a_season_stays_as_far_as_the_years_agree_on_it():
    """A month's luck hits all models at once: however many they are, two years that differ tell no season."""
    rng = np.random.default_rng(5)
    luck = rng.lognormal(0, 0.1, len(MONTHS))
    models = rng.uniform(50, 500, (200, 1)) * rng.lognormal(0, 0.02, (200, len(MONTHS)))
    groups = pd.Series("pots", [f"P{at}" for at in range(200)])
    lucky = demand.season(table(models * luck), groups, EVEN).index
    assert (lucky - 1).abs().mean(axis=None) < 0.035  # the months' own mean is 0.06 off
    planted = 1 + 0.4 * np.sin(2 * np.pi * np.arange(12) / 12)
    found = demand.season(table(models * luck * planted[AT]), groups, EVEN).index.loc["pots"]
    assert np.abs(found - planted).max() < 0.15 and np.abs(found - planted).mean() < 0.07
