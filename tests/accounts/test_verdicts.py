import numpy as np
import pandas as pd
import pytest

from custlib import accounts
from tests import made_promotions

NAMES = ["customer_id", "base", "sold", "base_after", "sold_after", "placebo_rank", "reason"]
DAYS = {"from": pd.Timestamp("2025-01-01"), "to": pd.Timestamp("2025-01-31")}


def judged(rows, spread=0.0, rank=0.0, discount=0.0, cost=1000.0, price=10.0):
    """spread: how far the pieces without the promotion may lie from the base, evenly."""
    found = pd.DataFrame(rows, columns=NAMES)
    told = found[found["reason"] == ""]
    drawn = (told["base"] + told["base_after"]).to_numpy() + np.linspace(-spread, spread, 201)[:, None]
    own = found[["customer_id"]].assign(
        promotion="P", category="pans", kind="trade", discount=discount, cost=cost, **DAYS
    )
    unit = np.full(len(own), price)
    return accounts.judged(own, accounts.Uplift(found, drawn, drawn, rank), unit, 0.7 * unit)


def test_what_it_sold_more_less_what_is_missing_afterwards_and_what_that_earned():
    row = judged([("K1", 400, 1000, 200, 100, 0.0, "")]).iloc[1]
    told = ["baseline_pieces", "sold", "pulled_forward", "incremental", "low", "high", "cost", "margin", "roi"]
    assert row[told].tolist() == pytest.approx([400, 1000, 100, 500, 500, 500, 1000, 1500, 0.5])
    assert (row["verdict"], row["reason"]) == ("paid", "")


def test_roi_is_that_of_the_formula_with_the_missing_pieces_in_the_base():
    row = judged([("K1", 400, 1000, 200, 100, 0.0, "")], spread=40, discount=0.1).iloc[1]
    assert row["cost"] == 10 * 0.1 * 1000 + 1000
    assert row["roi"] == pytest.approx(accounts.roi(500, 1000, 10.0, 0.1, 7.0, 1000))
    ends = [accounts.roi(500 + off, 1000, 10.0, 0.1, 7.0, 1000) for off in (38, -38)]
    assert row[["roi_low", "roi_high"]].tolist() == pytest.approx(ends)


@pytest.mark.parametrize(
    ("sold", "spread", "rank", "verdict", "reason"),
    [
        (1000, 100, 0.0, "paid", ""),
        (1000, 100, 0.2, "cannot_tell", "by_chance"),  # as large at look-alikes without a promotion
        (1000, 500, 0.0, "cannot_tell", "by_chance"),
        (400, 100, 0.6, "did_not_pay", ""),  # without effect it is no rarity among look-alikes
        (400, 500, 0.6, "cannot_tell", "by_chance"),
    ],
)
def test_a_verdict_needs_the_whole_interval_on_one_side(sold, spread, rank, verdict, reason):
    rows = judged([("K1", 400, sold, 200, 200, rank, "")], spread, rank)
    assert (rows["verdict"] == verdict).all() and (rows["reason"] == reason).all()


def test_the_sum_of_its_customers_leaves_out_who_cannot_be_compared():
    rows = judged(
        [("K1", 400, 1000, 200, 100, 0.0, ""), ("K2", 0, 5, 0, 0, np.nan, "few_alike"), ("K3", 1, 1, 1, 1, 1, "")]
    )
    assert rows["customer_id"].tolist() == ["", "K1", "K3"]
    assert rows[["customers", "compared"]].iloc[0].tolist() == [3, 2]
    assert rows["incremental"].tolist() == [500, 500, 0] and rows["roi"].tolist() == pytest.approx([-0.25, 0.5, -1])
    few = ("few_alike",) * 2
    rows = judged([("K1", 4, 9, 2, 1, 0, ""), *[(who, 0, 5, 0, 0, np.nan, "few_alike") for who in ("K2", "K3")]])
    assert rows["verdict"].iloc[0] == "cannot_tell" and rows["reason"].iloc[0] == few[0]


def test_nobody_to_compare_with_and_nothing_spent():
    rows = judged([("K1", 0, 5, 0, 0, np.nan, "few_alike")])
    assert rows[["compared", "sold", "cost", "verdict", "reason"]].iloc[0].tolist() == [
        0,
        5,
        1000,
        "cannot_tell",
        "few_alike",
    ]
    assert len(rows) == 1
    assert judged([("K1", 1, 9, 1, 1, 0, "")], cost=0.0)["reason"].tolist() == ["no_cost"] * 2
    assert judged([("K1", 1, 9, 1, 1, 0, "")], price=np.nan)["reason"].tolist() == ["no_cost"]


@pytest.mark.parametrize("promoted", [1, 4])
def test_without_effect_roi_is_minus_one_in_90_of_100_and_paid_in_5_at_most(promoted):
    covered, verdicts = made_promotions.counted(100, promoted=promoted)
    assert covered >= 90 and verdicts.get("paid", 0) <= 5


def test_a_planted_uplift_is_covered_in_90_of_100_and_found_in_most():
    covered, verdicts = made_promotions.counted(100, promoted=4, uplift=1.5, lines=8.0)
    assert covered >= 90 and verdicts["paid"] >= 80 and "did_not_pay" not in verdicts
