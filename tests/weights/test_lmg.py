from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.weights.lmg import shares


def explained(table, places):
    """R² of the factors at these places, by solving the normal equations."""
    places = list(places)
    if not places:
        return 0.0
    return table[places, -1] @ np.linalg.solve(table[np.ix_(places, places)], table[places, -1])


def averaged(table, orders):
    """What each factor adds to those before it, averaged over the orders listed."""
    total, orders = np.zeros(len(table) - 1), list(orders)
    for order in orders:
        for place, factor in enumerate(order):
            total[factor] += explained(table, order[: place + 1]) - explained(table, order[:place])
    return total / len(orders)


def random_correlations(seed, count):
    random = np.random.default_rng(seed)
    return np.corrcoef((random.normal(size=(60, count)) @ random.normal(size=(count, count))).T)


def test_two_factors_in_closed_form():
    """Correlations 0.6 and 0.4 with the outcome, 0.5 with each other; R's relaimpo agrees."""
    table = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    found = shares(table[:, :, None])[:, 0]
    assert found.tolist() == pytest.approx([0.2866666666666667, 0.0866666666666667], abs=1e-12)


def test_factors_that_do_not_correlate_bring_their_squared_correlation():
    table = np.eye(4)
    table[:3, 3] = table[3, :3] = [0.6, 0.3, -0.2]
    for bones in (None, [[0, 1], [2]], [[0], [1], [2]]):
        assert shares(table[:, :, None], bones)[:, 0].tolist() == pytest.approx([0.36, 0.09, 0.04])


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_shares_are_what_a_factor_adds_over_all_orders(seed):
    table = random_correlations(seed, 6)
    assert shares(table[:, :, None])[:, 0] == pytest.approx(averaged(table, permutations(range(5))), abs=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_with_bones_only_orders_count_in_which_a_bone_stays_together(seed):
    table, bones = random_correlations(seed, 7), [[4, 0], [2], [1, 5, 3]]
    together = [
        order
        for order in permutations(range(6))
        if all(np.ptp([order.index(factor) for factor in bone]) == len(bone) - 1 for bone in bones)
    ]
    assert shares(table[:, :, None], bones)[:, 0] == pytest.approx(averaged(table, together), abs=1e-9)


def test_one_bone_and_a_bone_for_each_factor_are_the_same_as_none():
    table = random_correlations(1, 6)[:, :, None]
    for bones in ([[0, 1, 2, 3, 4]], [[0], [1], [2], [3], [4]]):
        assert shares(table, bones) == pytest.approx(shares(table))


def test_two_equal_factors_share():
    table = np.array([[1, 1, 0.6], [1, 1, 0.6], [0.6, 0.6, 1]])
    assert shares(table[:, :, None])[:, 0].tolist() == pytest.approx([0.18, 0.18])


def test_many_tables_at_once_are_each_alone():
    tables = np.stack([random_correlations(seed, 5) for seed in range(4)], axis=2)
    bones = [[0, 2], [1, 3]]
    assert shares(tables, bones)[:, 2] == pytest.approx(shares(tables[:, :, 2:3], bones)[:, 0], abs=1e-12)
