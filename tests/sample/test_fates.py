import numpy as np
import pytest

from custlib.sample import fates


@pytest.mark.parametrize(("count", "columns"), [(30, 3), (240, 10), (30, 41)])
def test_fates_fit_every_size(count, columns):
    plan = fates.plan(np.random.default_rng(1), count, columns)
    assert (plan["first"] <= plan["last"]).all() and plan["last"].max() == columns - 1
    assert (1 <= plan["moved_in"]).all() and (plan["moved_in"] < columns).all()
    assert np.isclose(plan["size"].mean(), 1)


def test_a_move_up_makes_a_dealer_larger_from_its_quarter_on():
    plan = fates.plan(np.random.default_rng(1), 240, 10)
    for mover, (before, after), column in zip(plan["movers"], plan["moves"], plan["moved_in"], strict=True):
        own = plan["factor"][mover]
        assert (own[:column] == 1).all()
        assert ((own[column:] > 1) == (after < before)).all()


def test_the_largest_fifth_holds_about_seventy_percent():
    size = np.sort(fates.plan(np.random.default_rng(1), 1000, 10)["size"])
    assert 0.66 < size[-200:].sum() / size.sum() < 0.74
