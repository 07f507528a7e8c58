"""Agreement of judges, worked by hand and beside chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import weights


def judges(*orders):
    return pd.DataFrame(dict(enumerate(orders)))


def test_kendalls_w_by_hand():
    """Three alike: 1. Ranks 123, 123, 321: sums 5, 6, 7, S = 2, W = 12 · 2 ÷ (9 · 24) = 1/9."""
    assert weights.concordance([judges([5, 3, 2], [5, 3, 2], [5, 3, 2])]).w == pytest.approx(1)
    found = weights.concordance([judges([5, 3, 2], [5, 3, 2], [2, 3, 5])])
    assert found.w == pytest.approx(1 / 9) and found.judges == 3


def test_kendalls_w_with_a_tie_by_hand():
    """Ranks 1½ 1½ 3, 123, 123: sums 3½, 5½, 9, S = 15½, one tie of two: W = 12 · 15½ ÷ (9 · 24 − 3 · 6) = 186/198."""
    assert weights.concordance([judges([2, 2, 6], [1, 3, 6], [1, 3, 6])]).w == pytest.approx(186 / 198)


def test_two_judges_of_three_things_agree_by_chance_once_in_six():
    """Of the six orders of the second judge one is that of the first; the mean of W is 1 ÷ judges."""
    found = weights.concordance([judges([1, 2, 3], [1, 2, 3])], draws=6000)
    assert found.p == pytest.approx(1 / 6, abs=0.02) and found.by_chance == pytest.approx(1 / 2, abs=0.02)


def test_groups_are_taken_together_and_compared_within_only():
    """All agree on two things twice, whatever their sizes: W 1, and 1/4 by chance; a group of one thing says nothing."""
    pair = judges([1, 2], [10, 20])
    found = weights.concordance([pair, 100 * pair, judges([1], [2])], draws=6000)
    assert found.w == 1 and found.p == pytest.approx(1 / 4, abs=0.02)
    assert weights.concordance([judges([1, 2], [2, 1])]).w == 0


@pytest.mark.parametrize(
    "groups", [[], [judges([1, 2, 3])], [judges([1], [1])], [judges([2, 2], [3, 3])], [pd.DataFrame()]]
)
def test_where_nobody_can_agree_there_is_no_figure(groups):
    found = weights.concordance(groups)
    assert found.judges == 0 and np.isnan([found.w, found.by_chance, found.p]).all()


@given(st.integers(0, 10_000))
def test_neither_scale_nor_order_changes_w(seed):
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.normal(size=(6, 3)))
    one = weights.concordance([table], draws=20)
    other = weights.concordance([np.exp(table).iloc[random.permutation(6), ::-1]], draws=20)
    assert one.w == pytest.approx(other.w) and 0 <= one.w <= 1


def test_judges_by_chance_are_found_out():
    """Of 200 sets of three judges by chance about one in twenty has a p of 0.05 or less."""
    random = np.random.default_rng(3)
    found = [weights.concordance([pd.DataFrame(random.normal(size=(26, 3)))], draws=200).p for _ in range(200)]
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.10
