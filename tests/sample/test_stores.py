import numpy as np
import pytest

from custlib.sample import days, factors, stores


@pytest.fixture(scope="module")
def stock(trade, goods):
    return stores.stock(days.stream(1, "inventory"), trade, goods)


def ends(trade):
    return np.array([quarter.last_day for quarter in trade.quarters[1:]], "datetime64[D]")


def test_stock_lies_there_once_and_was_received_before(stock, trade, goods):
    keys = set(zip(*(stock[name].tolist() for name in ("quarter", "dealer", "product", "received")), strict=True))
    assert len(keys) == len(stock["dealer"])
    assert (stock["received"] <= ends(trade)[stock["quarter"]]).all()
    assert (stock["received"] >= goods.launched[stock["product"]]).all()
    assert (stock["quantity"] > 0).all()


def test_the_overstocked_hold_much_more_and_older_stock(stock, trade):
    age = (ends(trade)[stock["quarter"]] - stock["received"]).astype(int)
    late = stock["quarter"] >= 5
    overstocked = trade.fate == "overstocked"
    own = overstocked[stock["dealer"]]
    days_held = [
        stock["value_fen"][late & who].sum() / trade.level_fen[dealers, 6:].sum()
        for who, dealers in ((own, overstocked), (~own, ~overstocked))
    ]
    assert days_held[0] > 3 * days_held[1]
    assert np.median(age[late & own]) > 150 > 2 * np.median(age[late & ~own])


@pytest.fixture(scope="module")
def share():
    return stores.shares(np.random.default_rng(2), 240)


@pytest.fixture(scope="module")
def told(trade, share):
    scores, zero = factors.scores(np.random.default_rng(1), 240, 9), np.zeros((240, 9))
    return stores.profit(np.random.default_rng(1), trade, scores, share, zero, zero, zero)


def test_a_statement_is_missing_by_fate_or_long_ago(trade, told):
    given = np.zeros((240, 9), bool)
    given[told["dealer"], told["quarter"]] = True
    missing = trade.active[:, 1:] & ~given
    fated = trade.of("statement_missing")
    assert np.argmax(missing[fated], axis=1).tolist() == (trade.since[fated] - 1).tolist()
    assert (missing[fated].sum(axis=1) == 1).all() and set(trade.since[fated]) == {8, 9}
    missing[fated] = False
    assert missing[:, :-2].any() and not missing[:, -2:].any()


def test_the_share_of_our_brand_is_the_true_one_give_or_take_a_tenth(told, share):
    shown = told["brand_profit"] / told["total_profit"]
    true = share[told["dealer"]]
    assert (shown[np.isnan(true)] <= 0).all() or not np.isnan(true).any()
    assert 0.07 < np.nanstd(np.log(shown[~np.isnan(true)] / true[~np.isnan(true)])) < 0.09


def test_statements_follow_the_dealers_and_some_make_no_profit(trade, told):
    assert trade.active[:, 1:][told["dealer"], told["quarter"]].all()
    assert (told["brand_profit"] > 0).all()
    assert 0.01 < (told["total_profit"] <= 0).mean() < 0.10
    poor = told["total_profit"] <= 0
    assert (told["total_profit"][~poor] >= told["brand_profit"][~poor]).all()
