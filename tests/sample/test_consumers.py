import numpy as np
import pytest

from custlib.sample import consumers, days
from custlib.sample.consumers import COOKS, FAMILIES, LEAVERS, SEGMENTS, YOUNG
from custlib.sample.products import CATEGORIES


@pytest.fixture(scope="module")
def people(trade):
    return consumers.make(days.stream(1, "consumers"), 3000, trade)


@pytest.fixture(scope="module")
def bought(people, trade, goods):
    return consumers.purchases(days.stream(1, "purchases"), people, trade, goods)


def test_purchases_come_after_registration_at_dealers_still_trading(people, bought, trade):
    assert (bought["date"] >= people["registered"][bought["consumer"]]).all()
    gone = np.flatnonzero(trade.last == 4)
    late = bought["date"] > np.datetime64(trade.quarters[4].last_day)
    assert not np.isin(people["dealer"][bought["consumer"][late]], gone).any()


def test_the_new_segment_comes_and_the_leavers_fall_silent(people, bought, trade):
    change = np.datetime64(consumers.changed_in(trade.quarters).first_day)
    segment = people["segment"][bought["consumer"]]
    assert (bought["date"][segment == YOUNG] >= change).all() and (segment == YOUNG).any()
    assert (bought["date"][segment == LEAVERS] < change).all() and (segment == LEAVERS).any()


def test_cooks_buy_like_families_until_they_split_off(people, bought, goods, trade):
    change = np.datetime64(consumers.changed_in(trade.quarters).first_day)
    segment, late = people["segment"][bought["consumer"]], bought["date"] >= change
    cookware = goods.category[bought["product"]] == CATEGORIES.index("锅具")
    share = {
        (who, when): cookware[(segment == who) & (late == when)].mean() for who in (FAMILIES, COOKS) for when in (0, 1)
    }
    assert share[COOKS, 1] > 0.4
    assert max(share[FAMILIES, 0], share[FAMILIES, 1], share[COOKS, 0]) < 0.1


def test_bargain_hunters_get_the_discount_and_buy_on_the_days(people, bought):
    hunters = people["segment"][bought["consumer"]] == [each.name for each in SEGMENTS].index("bargain_hunters")
    discount = bought["off_fen"] / (bought["paid_fen"] + bought["off_fen"])
    assert discount[hunters].min() > 0.29 and discount[~hunters].max() < 0.2
    month = bought["date"].astype("datetime64[M]").astype(int) % 12
    assert np.isin(month[hunters], [5, 10]).mean() > 2 * np.isin(month[~hunters], [5, 10]).mean()


def test_the_overstocked_have_few_consumers(people, trade):
    counts = np.bincount(people["dealer"], minlength=240)
    assert counts[trade.of("overstocked")].max() < np.median(counts[np.argsort(-trade.size)[:40]]) / 3


def test_ids_are_different():
    assert len(set(consumers.ids(1000))) == 1000
