import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import accounts

COLUMNS = ["quarter", "customer_id", "need", "importance", "ideal", "actual"]
WRITTEN = {"question_kind": "", "said": "", "feasible": None, "cost": np.nan, "by_when": pd.NaT}


def asked(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).assign(**WRITTEN)


def company(seed, *quarters, customers=40, spread=0.0, gap=1.5, error=0.7, importance=3):
    """Interviews on seven needs alike in truth: a gap of `gap` everywhere, customers `spread` apart."""
    rng = np.random.default_rng(seed)
    own = rng.normal(gap, spread, (customers, 7))
    rows = [
        (quarter, f"k{who:03d}", f"n{need}", importance, 8.0, 8.0 - own[who, need] - rng.normal(0, error))
        for quarter in quarters
        for who in range(customers)
        for need in range(7)
    ]
    return asked(*rows)


def test_a_gap_is_ideal_less_actual_and_counts_by_importance():
    rows = accounts.gaps(asked(("2025Q4", "k1", "profit", 5, 9, 6), ("2025Q4", "k1", "ease", 3, 6, 8)), "2025Q4")
    assert rows[["need", "gap", "weighted_gap"]].to_numpy().tolist() == [["ease", -2, -6], ["profit", 3, 15]]


def test_the_last_interview_of_a_year_counts_and_an_older_one_does_not():
    talks = [("2024Q4", "old", "profit", 5, 9, 6), ("2025Q1", "k1", "profit", 5, 9, 6)]
    talks += [("2025Q2", "k1", "profit", 5, 9, 5), ("2026Q1", "k1", "profit", 5, 9, 9)]
    rows = accounts.gaps(asked(*talks), "2025Q4")
    assert rows[["quarter", "customer_id", "gap"]].to_numpy().tolist() == [["2025Q2", "k1", 4]]


def test_the_error_of_an_answer_is_half_the_mean_squared_change():
    talks = [("2025Q1", "k1", "a", 5, 9, 7), ("2025Q2", "k1", "a", 5, 9, 5), ("2025Q4", "k1", "a", 5, 9, 1)]
    talks += [("2025Q1", "k2", "a", 5, 9, 7), ("2025Q2", "k2", "a", 5, 9, 7)]
    # changes 2 and 0; from the second to the fourth quarter nobody asked
    assert accounts.answer_error(asked(*talks)) == pytest.approx(1)
    assert np.isnan(accounts.answer_error(asked(*talks[:1])))
    assert np.isnan(accounts.answer_error(asked(*talks[3:])))  # nobody ever changed an answer


def test_gaps_are_shrunk_as_morris_does():
    now = [("2025Q4", f"k{at}", "a", 3, 10, 10 - gap) for at, gap in enumerate((1, 2, 3, 6))]
    # one pair that changed by the root of two: an error of 1
    history = asked(("2025Q1", "k0", "a", 3, 10, 9), ("2025Q2", "k0", "a", 3, 10, 9 - 2**0.5))
    rows = accounts.shrunk(accounts.gaps(asked(*now), "2025Q4"), history)
    # variance 14/3, error 1: kept = 1 − ⅓ · 1 ÷ (14/3) = 13/14, towards the mean of 3
    assert rows["gap_shrunk"].to_numpy() == pytest.approx([3 - 2 * 13 / 14, 3 - 13 / 14, 3, 3 + 3 * 13 / 14])
    assert (rows["gap_high"] - rows["gap_low"]).to_numpy() == pytest.approx(2 * 1.959964 * (13 / 14) ** 0.5)


def test_one_quarter_alone_is_not_shrunk_and_has_no_interval_but_a_rank():
    rows = accounts.account_needs(company(0, "2025Q4"), "2025Q4")
    assert rows[["gap_shrunk", "gap_low", "gap_high", "prob_first3"]].isna().all(axis=None)
    assert sorted(rows.loc[rows["customer_id"] == "k000", "rank"]) == [1, 2, 3, 4, 5, 6, 7]
    assert rows["weighted_gap"].iloc[0] == rows.loc[rows["customer_id"] == "k000", "weighted_gap"].max()


def test_the_third_place_goes_by_the_normal_distribution():
    rows = asked(*[("2025Q4", "k1", need, 3, 10, 10 - gap) for need, gap in zip("abcd", (9, 9, 2, 1), strict=True)])
    history = asked(("2025Q1", "k0", "a", 3, 10, 9), ("2025Q2", "k0", "a", 3, 10, 9 - 2**0.5))  # an error of 1
    found = accounts.shrunk(accounts.gaps(rows, "2025Q4"), history)["prob_first3"]
    assert found.tolist()[:2] == [1, 1] and found[2] == pytest.approx(0.760, abs=0.02)  # Φ(1 ÷ √2)


def test_a_need_that_was_not_asked_comes_after_those_that_were():
    rows = asked(*[("2025Q4", "k1", need, 3, 5, 9) for need in "abc"], ("2025Q4", "k2", "d", 3, 9, 4))
    history = asked(("2025Q1", "k0", "a", 3, 10, 9), ("2025Q2", "k0", "a", 3, 10, 8))
    assert (accounts.shrunk(accounts.gaps(rows, "2025Q4"), history)["prob_first3"] == 1).all()


def test_a_need_that_stands_out_is_surely_among_the_first_three():
    rows = company(1, "2025Q3", "2025Q4", error=0.4)
    rows.loc[(rows["customer_id"] == "k007") & (rows["need"] == "n4"), "actual"] -= 4
    found = accounts.account_needs(rows, "2025Q4").set_index(["customer_id", "need"]).loc[("k007", "n4")]
    assert found["rank"] == 1 and found["prob_first3"] > 0.99


def test_where_all_needs_are_alike_none_is_said_to_come_first_more_often_than_chance_allows():
    made = [accounts.account_needs(company(seed, "2025Q3", "2025Q4"), "2025Q4") for seed in range(10)]
    assert np.mean([(found["prob_first3"] >= 0.95).mean() for found in made]) < 0.02
    assert made[0].groupby("customer_id")["prob_first3"].sum().to_numpy() == pytest.approx(3)


def test_the_interval_holds_what_is_true_in_95_of_100():
    inside = []
    for seed in range(10):
        rows = company(seed, "2025Q3", "2025Q4", spread=1.0)
        true = np.random.default_rng(seed).normal(1.5, 1.0, (40, 7)).ravel()  # as `company` draws it
        found = accounts.account_needs(rows, "2025Q4").sort_values(["customer_id", "need"])
        inside += (found["gap_low"].to_numpy() <= true).tolist()
        inside += (true <= found["gap_high"].to_numpy()).tolist()
    assert 0.96 < np.mean(inside) < 0.985  # either end fails in 2.5 of 100


def test_a_gap_is_open_since_the_first_of_its_last_unbroken_run():
    def told(*gaps):
        return asked(*[(f"2025Q{at}", "k1", "a", 3, 8, 8 - gap) for at, gap in enumerate(gaps, 1) if gap is not None])

    def since(*gaps):
        return accounts.account_needs(told(*gaps), "2025Q4")["since"].iloc[0]

    assert since(2, 1, 3, 1) == 4
    assert since(2, 0, 3, 1) == 2
    assert since(2, None, None, 1) == 4  # nobody told of its end
    assert since(-1, -1, -1, 2) == 1
    assert pd.isna(since(2, 2, 2, 0))


def test_the_order_of_rows_does_not_matter():
    rows = company(4, "2025Q3", "2025Q4", customers=12)
    pd.testing.assert_frame_equal(
        accounts.account_needs(rows, "2025Q4"), accounts.account_needs(rows.sample(frac=1, random_state=1), "2025Q4")
    )


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 10), st.integers(1, 10)), min_size=1, max_size=7))
def test_ranks_follow_the_gap_that_counts_and_probabilities_are_shares(answers):
    rows = asked(*[("2025Q4", "k1", f"n{at}", *answer) for at, answer in enumerate(answers)])
    history = company(0, "2025Q1", "2025Q2", customers=5)
    found = accounts.shrunk(accounts.gaps(rows, "2025Q4"), history)
    by_rank = found.sort_values("rank")["weighted_gap"]  # one customer is not shrunk
    assert by_rank.is_monotonic_decreasing and found["gap_shrunk"].equals(found["gap"])
    assert found["prob_first3"].between(0, 1).all()
    assert found["prob_first3"].sum() == pytest.approx(min(3, len(answers)))


def test_over_served_is_what_most_surely_have_already():
    gaps = [*[0] * 12, *[-1] * 6, *[2] * 2]
    rows = asked(*[("2025Q4", f"k{at}", "ease", 3, 6, 6 - gap) for at, gap in enumerate(gaps)])
    rows = pd.concat([rows, asked(("2025Q4", "k0", "profit", 5, 9, 6), ("2025Q4", "k1", "profit", 5, 8, 8))])
    found = accounts.over_served(accounts.gaps(rows, "2025Q4"))
    assert found.index.tolist() == ["ease", "profit"]
    assert found.loc["ease", ["customers", "served", "over", "share"]].tolist() == [20, 18, 6, 0.9]
    assert found["sure"].tolist() == [True, False]
