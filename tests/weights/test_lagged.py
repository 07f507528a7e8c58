import numpy as np
import pandas as pd
import pytest

from custlib import weights
from custlib.sample import factors as planted


def scored(*rows):
    return pd.DataFrame(rows, columns=["quarter", "customer_id", "factor_id", "score"])


def profits(*rows):
    return pd.DataFrame(rows, columns=["quarter", "customer_id", "value"])


def test_scores_meet_the_change_into_the_next_quarter():
    scores = scored(
        ("2024Q4", "K1", "price", 5),
        ("2024Q4", "K2", "price", 2),
        ("2025Q1", "K1", "price", 4),
        ("2025Q1", "K2", "price", 4),
    )
    profit = profits(("2024Q4", "K1", 100), ("2024Q4", "K2", 100), ("2025Q1", "K1", 400), ("2025Q1", "K2", 100))
    found = weights.following_change(scores, profit)
    # ln 4 and 0 beside their mean ln 2; scores 5 and 2 beside their mean 3.5. 2025Q1 is followed by nothing yet.
    assert found.change.to_dict() == pytest.approx({("2024Q4", "K1"): np.log(2), ("2024Q4", "K2"): -np.log(2)})
    assert found.factors["price"].tolist() == [1.5, -1.5]
    assert found.left_out["rows"].sum() == 0 and found.unscored == ()


def test_rows_without_a_partner_are_counted_by_reason():
    people = [f"K{number}" for number in range(1, 7)]
    scores = scored(*[("2025Q1", who, factor, 3) for who in people for factor in ("price", "range")])
    scores = scores[~((scores["customer_id"] == "K4") & (scores["factor_id"] == "range"))]
    before = profits(*[("2025Q1", who, 10) for who in people])
    after = profits(
        ("2025Q2", "K1", 10), ("2025Q2", "K2", -5), ("2025Q2", "K4", 10), ("2025Q2", "K5", 20), ("2025Q2", "K6", 5)
    )
    found = weights.following_change(scores, pd.concat([before, after]))
    assert found.left_out.set_index("reason")["rows"].to_dict() == {
        "no_next_profit": 1,
        "no_profit_to_compare": 1,
        "score_missing": 1,
    }
    assert found.change.index.get_level_values("customer_id").tolist() == ["K1", "K5", "K6"]


def test_a_factor_that_was_just_added_does_not_empty_the_table():
    scores = scored(*[("2025Q1", f"K{number}", "price", number) for number in range(1, 5)], ("2025Q1", "K1", "new", 3))
    profit = profits(*[(quarter, f"K{number}", 10) for quarter in ("2025Q1", "2025Q2") for number in range(1, 5)])
    found = weights.following_change(scores, profit)
    assert list(found.factors) == ["price"] and found.unscored == ("new",) and len(found.change) == 4
    assert list(weights.scores_of(scores, "2025Q1")) == ["price"]


def test_scores_that_nothing_followed_are_no_rows():
    found = weights.following_change(scored(("2025Q1", "K1", "price", 3)), profits(("2025Q1", "K1", 5)))
    assert found.factors.empty and found.change.empty


@pytest.fixture(scope="module")
def company():
    """240 dealers over nine quarters: scores, and the profit that the invented company makes of them."""
    random = np.random.default_rng(11)
    names = [f"2024Q{number}" for number in (1, 2, 3, 4)] + [f"2025Q{number}" for number in (1, 2, 3, 4)]
    people = [f"K{number:03d}" for number in range(240)]
    given = planted.scores(random, 240, len(names))
    index = pd.MultiIndex.from_product([people, names], names=["customer_id", "quarter"])
    ids = pd.Index([each.id for each in planted.FACTORS], name="factor_id")
    scores = pd.DataFrame(given.reshape(-1, len(ids)), index, ids).stack().rename("score").reset_index()
    profit = pd.Series(50_000 * np.exp(planted.growth(random, given)).ravel(), index, name="value").reset_index()
    return scores, profit


def test_the_planted_effects_come_first_and_in_order(company):
    found = weights.following_change(*company)
    bones = {each.id: each.bone for each in planted.FACTORS}
    customers = found.change.index.get_level_values("customer_id")
    importance = weights.importance_intervals(
        found.factors, found.change, groups=bones, customers=customers, resamples=200
    )
    table = importance.table.sort_values("share", ascending=False)
    effects = sorted(planted.FACTORS, key=lambda each: -each.effect)[:5]
    assert table["factor"].head(5).tolist() == [each.id for each in effects]
    assert (table["coefficient"].head(5) > 0).all() and importance.customers == 240 and importance.rows == 240 * 7
    assert weights.out_of_sample_r2(found.factors, found.change, customers) > 0.4


def test_order_of_the_tables_changes_nothing(company):
    scores, profit = company
    one, other = weights.following_change(scores, profit), weights.following_change(scores[::-1], profit[::-1])
    assert one.factors.equals(other.factors) and one.change.equals(other.change)
