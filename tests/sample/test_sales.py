import numpy as np
import pytest

from custlib.sample import days, sales


@pytest.fixture(scope="module")
def lines(trade, goods):
    return sales.of_quarter(days.stream(1, "sales"), trade, goods, 9)


def test_a_quarter_brings_what_was_planned(trade, lines):
    sold = np.bincount(lines["dealer"], lines["net_fen"] * (lines["quantity"] > 0), 240)
    planned = trade.level_fen[:, 9]
    assert abs(sold.sum() / planned.sum() - 1) < 0.05
    assert ((sold > 0) == (planned > 0)).all()


def test_lines_are_sorted_and_numbered_within_their_invoice(lines):
    assert (np.diff(lines["date"]).astype(int) >= 0).all()
    keys = lines["invoice_id"] * 100 + lines["line_no"]
    assert len(np.unique(keys)) == len(keys)
    assert lines["invoice_id"][0] == 202540000001
    first = np.diff(lines["invoice_id"], prepend=0) > 0
    assert ((lines["line_no"] == 1) == first).all()


def test_an_invoice_has_one_dealer_and_one_day(lines):
    for name in ("dealer", "date"):
        values = lines[name].astype("int64")
        same = np.diff(lines["invoice_id"]) == 0
        assert (np.diff(values)[same] == 0).all()


def test_returns_are_few_and_negative(lines):
    returned = lines["quantity"] < 0
    assert 0.01 < returned.mean() < 0.02
    assert ((lines["net_fen"] < 0) == returned).all() and ((lines["cost_fen"] < 0) == returned).all()


def test_months_add_up_to_the_quarter(trade, lines):
    months = sales.by_month(lines, trade.quarters[9], "dealer", "net_fen", 240)
    assert months.shape == (240, 3)
    assert months.sum() == lines["net_fen"].sum()
