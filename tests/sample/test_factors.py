import numpy as np
import pytest

from custlib.sample import factors


@pytest.fixture(scope="module")
def scores():
    return factors.scores(np.random.default_rng(1), 400, 9)


def test_scores_run_from_one_to_five_and_differ(scores):
    assert scores.shape == (400, 9, 26)
    assert set(np.unique(scores)) == {1, 2, 3, 4, 5}


def test_every_factor_hangs_on_a_bone_and_weights_add_up():
    assert {factor.bone for factor in factors.FACTORS} == set(factors.BONES)
    assert sum(factors.BONES.values()) == pytest.approx(1)


def test_the_planted_effects_can_be_found_again(scores):
    log_profit = factors.growth(np.random.default_rng(2), scores)
    change = np.diff(log_profit, axis=1).ravel()
    given = scores[:, :-1].reshape(-1, 26).astype(float)
    found, *_ = np.linalg.lstsq(np.c_[np.ones(len(given)), given], change, rcond=None)
    effects = np.array([factor.effect for factor in factors.FACTORS])
    assert np.abs(found[1:] - effects).max() < 0.012
    assert np.argsort(-found[1:])[:4].tolist() == np.argsort(-effects, kind="stable")[:4].tolist()
