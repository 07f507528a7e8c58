import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import accounts

LIKES = [f"L{at}" for at in range(10)]


def sold(**by_customer):
    rows = [(who, category, money) for who, own in by_customer.items() for category, money in own.items()]
    return pd.DataFrame(rows, columns=["customer_id", "category", "net_sales"])


def alike(who, likes):
    return pd.DataFrame({"customer_id": who, "like": likes, "rank": range(1, len(likes) + 1)})


# Pans are 10, 20 … 100 % of what the ten buy: quartiles 0.325 and 0.775, median 0.55.
TEN = {like: {"pan": 10.0 * (at + 1), "cup": 90.0 - 10 * at} for at, like in enumerate(LIKES)}


def test_what_look_alikes_buy_that_is_not_bought_here():
    rows = sold(K1={"pan": 100, "cup": 900}, **TEN)
    found = accounts.whitespace(rows, alike("K1", LIKES), pd.Series({"K1": 0.2}))
    assert found.drop(columns="reason").to_dict("records") == [
        pytest.approx(
            {
                "customer_id": "K1",
                "category": "pan",
                "bought": 100,
                "expected": 550,
                "low": 325,
                "high": 775,
                "customer_profit_low": 45,
                "customer_profit_high": 135,
                "look_alikes": 10,
            }
        )
    ]


def test_who_buys_as_much_as_the_lower_quartile_lacks_nothing():
    rows = sold(K1={"pan": 325, "cup": 675}, **TEN)
    assert accounts.whitespace(rows, alike("K1", LIKES), pd.Series({"K1": 0.2})).empty


def test_the_customers_profit_is_blank_without_a_statement_and_with_fewer_than_ten_look_alikes():
    rows = sold(K1={"pan": 100, "cup": 900}, K2={"cup": 50}, **TEN)
    pairs = pd.concat([alike("K1", LIKES), alike("K2", LIKES[:9])])
    found = accounts.whitespace(rows, pairs, pd.Series({"K2": 0.1})).set_index("customer_id")
    assert found["reason"].to_dict() == {"K1": "no_statement", "K2": "few_alike"}
    assert found[["customer_profit_low", "customer_profit_high"]].isna().all(axis=None)
    assert found["look_alikes"].tolist() == [10, 9] and found.at["K2", "bought"] == 0


def test_unknown_categories_count_in_the_whole_and_are_not_listed():
    rows = sold(K1={"cup": 1000}, **{like: {"": 50, "cup": 50} for like in LIKES})
    assert accounts.whitespace(rows, alike("K1", LIKES), pd.Series(dtype="float64")).empty


@given(st.floats(0.1, 1000), st.randoms(use_true_random=False))
def test_neither_the_unit_of_money_of_look_alikes_nor_the_order_of_rows_matters(times, chance):
    rows = sold(K1={"pan": 100, "cup": 900}, **TEN)
    other = rows.assign(net_sales=rows["net_sales"].where(rows["customer_id"] == "K1", rows["net_sales"] * times))
    other = other.sample(frac=1, random_state=np.random.RandomState(chance.randint(0, 999)))
    found = [accounts.whitespace(each, alike("K1", LIKES), pd.Series({"K1": 0.2})) for each in (rows, other)]
    pd.testing.assert_frame_equal(*found)


def test_a_margin_is_of_the_quarters_with_a_statement():
    rows = pd.DataFrame(
        [("2025Q4", "K1", 113, 1000), ("2025Q3", "K1", None, 9000), ("2024Q4", "K1", 5, 10), ("2025Q1", "K2", None, 5)],
        columns=["quarter", "customer_id", "brand_profit", "net_sales"],
    )
    assert accounts.margins(rows, "2025Q4", 1.13).to_dict() == {"K1": pytest.approx(0.1)}
    assert accounts.margins(rows, "2025Q4", math.nan).to_dict() == {"K1": pytest.approx(0.113)}
