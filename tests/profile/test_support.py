import numpy as np
import pandas as pd
import pytest

from custlib import profile

IDS = [f"K{at:02d}" for at in range(11)]


def figure(quarter, *values):
    index = pd.MultiIndex.from_product([[quarter], IDS[: len(values)]], names=["quarter", "customer_id"])
    return pd.Series(values, index, dtype="float64")


def test_the_change_to_the_next_quarter_over_the_turn_of_the_year():
    rows = pd.concat([figure("2024Q4", 100, 100, -5, 50), figure("2025Q1", 110, 0, 10)])
    found = profile.next_change(rows)
    assert found["2024Q4"].tolist() == pytest.approx([0.1, np.nan, np.nan, np.nan], nan_ok=True)
    assert found["2025Q1"].isna().all()


def alike(who, likes):
    return pd.DataFrame({"customer_id": who, "like": likes, "rank": range(1, len(likes) + 1)})


def test_of_ten_the_interval_of_the_median_is_from_the_second_to_the_ninth():
    change = figure("2025Q1", *range(11))
    found = profile.support_return(change, alike("K00", IDS[1:])).loc[("2025Q1", "K00")]
    assert found.tolist() == [2, 9]
    assert profile.support_return(change, alike("K00", IDS[1:])).drop(("2025Q1", "K00")).isna().all(axis=None)


def test_unknown_changes_and_unknown_customers_do_not_count_and_five_are_too_few():
    change = figure("2025Q1", 0, *range(1, 8), np.nan, np.nan, np.nan)
    # seven known: of a median of seven, the lowest and the highest
    assert profile.support_return(change, alike("K00", [*IDS[1:], "X"])).iloc[0].tolist() == [1, 7]
    assert profile.support_return(change, alike("K00", IDS[1:6])).iloc[0].isna().all()


def test_the_interval_holds_the_median_in_about_95_of_100_companies():
    draws = np.random.default_rng(3).normal(size=(2000, 10))
    held = 0
    for values in draws[:400]:
        low, high = profile.support_return(figure("2025Q1", 0, *values), alike("K00", IDS[1:])).iloc[0]
        held += low <= 0 <= high
    assert held >= 0.95 * 400
