import numpy as np
import pytest

from custlib.sample import fates


@pytest.fixture(scope="module")
def planned():
    return fates.plan(1, 240, 10)


@pytest.mark.parametrize(("count", "columns"), [(30, 3), (30, 5), (240, 10), (30, 41)])
def test_fates_fit_every_size(count, columns):
    plan = fates.plan(1, count, columns)
    assert (plan["first"] <= plan["last"]).all() and plan["last"].max() == columns - 1
    assert (plan["since"] < columns).all() and not {1} & set(plan["since"])
    assert np.isclose(plan["size"].mean(), 1)
    assert {"collapsed", "left", "below_cost", "overstocked", "seasonal", "statement_missing"} <= set(plan["fate"])


def test_thirty_dealers_have_each_fate_at_least_once():
    assert set(fates.plan(1, 30, 10)["fate"]) == {"steady", *(each.name for each in fates.FATES)}


def test_without_fates_nothing_happens():
    plan = fates.plan(1, 240, 10, fated=False)
    assert set(plan["fate"]) == {"steady"} and (plan["factor"] == 1).all() and (plan["season"] == 1).all()
    assert (plan["first"] == 0).all() and (plan["last"] == 9).all()


def test_a_dealer_keeps_its_size_until_its_fate_shows(planned):
    for since, factor in zip(planned["since"], planned["factor"], strict=True):
        assert (factor[: max(since, 0)] == 1).all()
    steady = planned["fate"] == "steady"
    assert (planned["factor"][steady] == 1).all() and steady.mean() > 0.55


@pytest.mark.parametrize(
    ("fate", "least", "most"),
    [("collapsed", 0.15, 0.35), ("collapsed_earlier", 0.15, 0.35), ("slid", 0.37, 0.43), ("grew", 2.5, 6)],
)
def test_what_is_left_of_the_size_in_the_last_quarter(planned, fate, least, most):
    factor = planned["factor"][planned["fate"] == fate]
    assert (least <= factor[:, -1]).all() and (factor[:, -1] <= most).all()
    assert (factor[:, -2] == 1).all() == (fate == "collapsed")


def test_who_slides_falls_three_times(planned):
    assert (np.diff(planned["factor"][planned["fate"] == "slid"])[:, -3:] < -0.1).all()


def test_a_move_up_makes_a_dealer_larger_from_its_quarter_on(planned):
    movers = np.flatnonzero(planned["fate"] == "moved_earlier")
    assert (planned["since"][movers] <= 4).all()
    for mover in movers:
        before, after = planned["moves"][mover]
        assert ((planned["factor"][mover, planned["since"][mover] :] > 1) == (after < before)).all()


def test_fallen_overstocked_and_costly_dealers_are_large_and_middling(planned):
    rank = np.argsort(np.argsort(planned["size"])) / 240
    for fate in ("collapsed", "overstocked", "below_cost", "grew"):
        own = rank[planned["fate"] == fate]
        assert own.max() > 0.8 > own.min() > 0.25


def test_the_largest_fifth_holds_about_seventy_percent():
    size = np.sort(fates.plan(1, 1000, 10)["size"])
    assert 0.66 < size[-200:].sum() / size.sum() < 0.74
