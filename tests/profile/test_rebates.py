import numpy as np
import pandas as pd
import pytest

from custlib import profile

NONE = pd.Series(dtype="float64")


def agreed(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "year", "metric", "agreed_share"])


def money(**amounts):
    return pd.Series(amounts, dtype="float64")


def test_two_percent_of_1200000_with_18000_booked():
    row = profile.rebates(agreed(("K", 2025, "返利", 0.02)), money(K=1_200_000), money(K=18_000)).iloc[0]
    assert (row["due"], row["booked"], row["open"]) == (24_000, 18_000, 6_000)


def test_what_is_booked_is_dealt_out_to_agreements_by_what_is_due():
    rows = profile.rebates(agreed(("K", 2025, "quarter", 0.01), ("K", 2025, "year", 0.03)), money(K=1000), money(K=20))
    assert rows["due"].tolist() == [10, 30] and rows["booked"].tolist() == [5, 15] and rows["open"].tolist() == [5, 15]


def test_what_nobody_agreed_on_is_named_and_nothing_is_due_for_returns():
    rows = profile.rebates(
        agreed(("BACK", 2025, "返利", 0.02)), money(BACK=-100, FREE=900), money(BACK=0, FREE=50, ZERO=0)
    ).set_index("customer_id")
    assert rows.at["BACK", "due"] == 0
    assert rows.at["FREE", "booked"] == 50 and rows.loc["FREE", ["metric", "due", "open"]].isna().all()
    assert "ZERO" not in rows.index


def test_what_was_booked_is_not_known_without_a_statement():
    rows = profile.rebates(agreed(("K", 2025, "返利", 0.02)), money(K=1000), money(K=np.nan))
    assert rows["due"].tolist() == [20] and rows[["booked", "open"]].isna().all(axis=None)


@pytest.mark.parametrize("factor", [2, 0.5])
def test_twice_the_sales_twice_what_is_due(factor):
    plan = agreed(("K", 2025, "返利", 0.02))
    one, other = (profile.rebates(plan, money(K=sales), NONE)["due"].iloc[0] for sales in (1000, 1000 * factor))
    assert other == factor * one


def test_nobody_agreed_and_nothing_booked_gives_an_empty_table():
    agreed = pd.DataFrame({"customer_id": [], "year": [], "metric": [], "agreed_share": []}).astype(
        {"customer_id": "str", "metric": "str", "agreed_share": "float64"}
    )
    money = pd.Series([10.0], index=["K1"])
    found = profile.rebates(agreed, money, 0 * money)
    assert found.empty and found["booked"].dtype == found["base"].dtype == "float64"
