import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import weights

# Xu 2004, EJOR 156(2), and Diakoulaki, Mavrotas & Papayannakis 1995 (values as scikit-criteria's tests hold them)
XU = pd.DataFrame([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]], columns=list("abcd"))
DIAKOULAKI = pd.DataFrame(
    [
        [61, 1.08, 4.33],
        [20.7, 0.26, 4.34],
        [16.3, 1.98, 2.53],
        [9, 3.29, 1.65],
        [5.4, 2.77, 2.33],
        [4, 4.12, 1.21],
        [-6.1, 3.52, 2.1],
        [-34.6, 3.31, 0.98],
    ],
    columns=list("abc"),
)


def test_entropy_weights_of_xu_2004():
    assert weights.entropy(XU).tolist() == pytest.approx([0.463, 0.3992, 0.1378, 0.0], abs=6e-5)


def test_critic_weights_of_diakoulaki_1995():
    assert weights.critic(DIAKOULAKI).tolist() == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-7)


def test_a_constant_column_weighs_nothing_and_changes_nothing():
    for weigh, scores in ((weights.entropy, XU), (weights.critic, DIAKOULAKI)):
        found = weigh(scores.assign(same=3))
        assert found["same"] == 0 and found.drop("same").tolist() == pytest.approx(weigh(scores).tolist())


def test_a_zero_counts_as_none_of_the_share():
    """Shares (0, 1) tell all, shares (1/4, 3/4) tell 1 − 0.811278 bits."""
    found = weights.entropy(pd.DataFrame({"a": [0, 2], "b": [1, 3]}))
    assert found.tolist() == pytest.approx([1 / 1.188722, 0.188722 / 1.188722], abs=1e-6)


def test_a_cost_column_is_the_benefit_column_turned_round():
    turned = DIAKOULAKI.assign(b=10 - DIAKOULAKI["b"])
    assert weights.critic(turned, cost=["b"]).tolist() == pytest.approx(weights.critic(DIAKOULAKI).tolist())
    assert weights.critic(turned).tolist() != pytest.approx(weights.critic(DIAKOULAKI).tolist(), abs=0.01)


def test_critic_of_two_columns_that_differ_alike():
    """Same deviation, same conflict: half each; a third that repeats the first shares with it."""
    found = weights.critic(pd.DataFrame({"a": [1, 2, 3, 4], "b": [4, 1, 3, 2]}))
    assert found.tolist() == pytest.approx([0.5, 0.5])
    assert weights.critic(pd.DataFrame({"a": [1, 2, 3], "b": [2, 4, 6]})).tolist() == pytest.approx([0.5, 0.5])
    assert weights.critic(pd.DataFrame({"a": [1, 2, 3], "b": [5, 5, 5]})).tolist() == [1, 0]


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=4, max_size=20), st.randoms())
@settings(max_examples=40, deadline=None)
def test_doubling_renaming_and_reordering_change_no_share(rows, random):
    scores = pd.DataFrame(rows, columns=list("abc"))
    if (scores.nunique() < 2).any():
        return
    changed = scores.sample(frac=1, random_state=random.randint(0, 99))[["c", "a", "b"]].assign(b=lambda t: 2 * t["b"])
    for weigh in (weights.entropy, weights.critic):
        found, other = weigh(scores), weigh(changed.rename(columns=str.upper))
        assert found.sum() == pytest.approx(1) and (found >= 0).all()
        assert other[["A", "B", "C"]].tolist() == pytest.approx(found.tolist(), abs=1e-9)


@pytest.mark.parametrize("weigh", [weights.entropy, weights.critic])
@pytest.mark.parametrize("bad", [{"a": [1, np.nan], "b": [1, 2]}, {"a": [3, 3], "b": [4, 4]}])
def test_missing_and_wholly_constant_scores_are_refused(weigh, bad):
    with pytest.raises(ValueError, match="missing|differ"):
        weigh(pd.DataFrame(bad))


def test_negative_scores_have_no_entropy_and_a_cost_must_be_a_factor():
    with pytest.raises(ValueError, match="zero or more"):
        weights.entropy(DIAKOULAKI)
    with pytest.raises(ValueError, match="charm"):
        weights.critic(DIAKOULAKI, cost=["charm"])


def test_notes_say_what_was_handled():
    scores = pd.DataFrame({"a": [0, 1], "b": [2, 2], "c": [1, 3]})
    assert weights.notes(scores, cost=["c"]).to_numpy().tolist() == [
        ["a", "zero_scores"],
        ["b", "constant_scores"],
        ["c", "less_is_better"],
    ]


def test_intervals_of_spread_hold_the_weight_and_narrow_with_more_customers():
    random = np.random.default_rng(3)
    many = pd.DataFrame(random.integers(1, 6, (400, 3)), columns=list("abc"))
    wide, narrow = weights.spread_intervals(many[:40]), weights.spread_intervals(many)
    assert ((wide["low"] <= wide["weight"]) & (wide["weight"] <= wide["high"])).all()
    assert ((narrow["high"] - narrow["low"]) < (wide["high"] - wide["low"])).all()
    assert weights.spread_intervals(many[::-1]).equals(narrow)
