import numpy as np
import pytest

from custlib.sample import payments

FIRST_MONTH, LAST_DAY = np.datetime64("2023-07"), np.datetime64("2024-06-30")


@pytest.fixture(scope="module")
def paid():
    months = np.full((50, 12), 1_000_000.0)
    months[0] = 100_000_000
    months[1, 5] = -5
    return payments.make(np.random.default_rng(1), months, FIRST_MONTH, LAST_DAY)[0]


def test_payments_follow_the_sales_and_lie_in_the_exported_quarters(paid):
    assert paid["date"].min() >= np.datetime64("2023-10-01") and paid["date"].max() <= LAST_DAY
    assert (np.diff(paid["date"]).astype(int) >= 0).all()


def test_every_quarter_holds_three_months_of_each_dealer(paid):
    by_quarter = payments.by_quarter(paid, 50, FIRST_MONTH + 3, 3)
    assert by_quarter.sum() == paid["fen"].sum()
    assert (by_quarter[2:] >= 3 * 950_000 - 15_000).all() and (by_quarter[2:] <= 3 * 1_000_000 + 15_000).all()


def test_a_large_month_is_paid_in_two_parts_and_a_negative_one_not_at_all(paid):
    counts = np.bincount(paid["dealer"])
    assert counts[:3].tolist() == [18, 8, 9]


def test_payments_are_round(paid):
    assert (paid["fen"] % 10_000 == 0).all()


def test_classes_by_hand():
    paid = np.array([[50, 0], [40, 1], [30, 1], [20, 1], [10, 1]])
    assert payments.classes(paid)[:, 0].tolist() == ["A", "B", "B", "C", "C"]
    assert payments.classes(paid)[:, 1].tolist() == ["", "A", "A", "A", "A"]


def test_only_c_dealers_with_three_payments_are_harmless():
    told = {"dealer": np.array([0, 0, 0, 1, 2, 2, 2]), "date": np.full(7, np.datetime64("2025-11-01"))}
    letters = np.array([["A"], ["C"], ["C"]])
    assert payments.harmless(told, letters, "2025-10-01").tolist() == [False] * 4 + [True] * 3


def test_what_was_paid_before_the_export_is_told_and_all_but_the_last_month_is_paid_in_the_end(paid):
    months = np.full((50, 12), 1_000_000.0)
    exported, before = payments.make(np.random.default_rng(1), months, FIRST_MONTH, LAST_DAY)
    sums = np.bincount(exported["dealer"], exported["fen"], 50)
    assert (before > 0).all()
    assert ((before + sums) / 1_000_000 == pytest.approx(11, abs=0.7)) and (before + sums < 11_000_000).all()


def test_one_pays_two_months_late_and_less_and_one_within_the_month_and_more():
    months = np.full((3, 12), 1_000_000.0)
    odd = {1: payments.LATE, 2: payments.AHEAD}
    told, before = payments.make(np.random.default_rng(1), months, FIRST_MONTH, LAST_DAY, odd=odd)
    owed = 12_000_000 - before - np.bincount(told["dealer"], told["fen"])
    assert owed[1] > owed[0] + 2_000_000 and owed[2] < 0
    assert payments.by_quarter(told, 3, FIRST_MONTH + 3, 3)[1].min() > 2_500_000
