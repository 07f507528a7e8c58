import numpy as np
import pandas as pd
import pytest

from custlib import accounts

COLUMNS = ["quarter", "customer_id", "need", "importance", "ideal", "actual"]


def gaps(quarter, **answers):
    rows = [(quarter, "k1", need, 3, *answer) for need, answer in answers.items()]
    return accounts.gaps(pd.DataFrame(rows, columns=COLUMNS), quarter)


def test_what_closed_what_opened_and_what_was_only_scored_anew():
    before = gaps("2025Q3", a=(9, 4), b=(9, 8), c=(9, 4), d=(9, 6), e=(5, 4))
    now = gaps("2025Q4", a=(9, 8), b=(9, 4), c=(6, 4), d=(9, 7), e=(9, 4))
    found = accounts.drift(before, now, 0.7).set_index("need")
    assert found["gap_change"].tolist() == [-4, 4, -3, -1, 4]
    assert found["kind"].tolist() == ["closed", "opened", "rescored", "steady", "rescored"]
    assert found["by_chance"].to_numpy() == pytest.approx(1.959964 * 0.7 * 2**0.5)


def test_without_the_error_of_an_answer_no_change_has_a_kind():
    found = accounts.drift(gaps("2025Q3", a=(9, 4)), gaps("2025Q4", a=(9, 8)), np.nan)
    assert found["kind"].isna().all() and found["gap_change"].tolist() == [-4]


def test_one_interview_has_not_changed():
    assert accounts.drift(gaps("2025Q3", a=(9, 4)), gaps("2025Q3", a=(9, 4)), 0.7).empty


def test_each_customers_interview_before_the_last_counts_within_a_year():
    talks = [("2024Q4", "k1", "a", 3, 9, 1), ("2025Q1", "k1", "a", 3, 9, 4), ("2025Q3", "k1", "a", 3, 9, 8)]
    talks += [("2024Q1", "k2", "a", 3, 9, 4), ("2025Q4", "k2", "a", 3, 9, 8)]
    found = accounts.needs_drift(pd.DataFrame(talks, columns=COLUMNS), "2025Q4")
    assert found[["customer_id", "gap_change"]].to_numpy().tolist() == [["k1", -4]]


def test_where_nothing_changes_one_in_twenty_is_beyond_chance():
    rng, found = np.random.default_rng(0), []
    for _ in range(5):
        rows = [
            (quarter, f"k{who}", f"n{need}", 3, 9.0, 7 + rng.normal(0, 0.7))
            for quarter in ("2025Q3", "2025Q4")
            for who in range(60)
            for need in range(7)
        ]
        found += accounts.needs_drift(pd.DataFrame(rows, columns=COLUMNS), "2025Q4")["kind"].tolist()
    assert 0.03 < np.mean([kind != "steady" for kind in found]) < 0.07
