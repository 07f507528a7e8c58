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


def test_the_stuffed_dealer_holds_much_more_and_older_stock(stock, trade):
    age = (ends(trade)[stock["quarter"]] - stock["received"]).astype(int)
    late = stock["quarter"] >= 5
    own = stock["dealer"] == trade.stuffed
    days_held = [
        stock["value_fen"][late & who].sum() / trade.level_fen[dealers, 6:].sum()
        for who, dealers in ((own, trade.stuffed), (~own, np.arange(240) != trade.stuffed))
    ]
    assert days_held[0] > 3 * days_held[1]
    assert np.median(age[late & own]) > 150 > 2 * np.median(age[late & ~own])


def test_statements_follow_the_dealers_and_some_make_no_profit(trade):
    scores = factors.scores(np.random.default_rng(1), 240, 9)
    zero = np.zeros((240, 9))
    told = stores.profit(np.random.default_rng(1), trade, scores, zero, zero)
    assert trade.active[:, 1:][told["dealer"], told["quarter"]].all()
    assert (told["brand_profit"] > 0).all()
    assert 0.01 < (told["total_profit"] <= 0).mean() < 0.10
    poor = told["total_profit"] <= 0
    assert (told["total_profit"][~poor] >= told["brand_profit"][~poor]).all()
