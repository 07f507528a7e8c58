import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import profile


def lines(*paid, pieces=100, cost=7, product="pot"):
    """Of one model, a line per customer k1, k2 …; paid: the price a piece."""
    rows = [(f"k{at}", product, pieces, price * pieces, cost * pieces) for at, price in enumerate(paid, 1)]
    return pd.DataFrame(rows, columns=["customer_id", "product_id", "pieces", "paid", "cost"]).astype(
        {"pieces": "float64", "paid": "float64", "cost": "float64"}
    )


def test_a_model_at_10_10_10_12_and_6_50():
    found = profile.prices(lines(10, 10, 10, 12, 6.5))
    assert found["price_index"].tolist() == [1, 1, 1, 1.2, 0.65]
    assert found["question"].tolist() == [False, False, False, False, True]
    assert found["given_away"].tolist() == [0, 0, 0, 0, 350]
    assert found.at["k5", "below_share"] == 1 and found.at["k5", "contribution"] == -50


def test_a_large_buyer_sets_no_usual_price():
    rows = lines(10, 10, 10, 10, 5)
    rows.loc[4, ["pieces", "paid"]] = [1_000_000, 5_000_000]
    assert profile.prices(rows).at["k5", "price_index"] == 0.5


def test_four_buyers_set_no_usual_price():
    found = profile.prices(lines(10, 10, 10, 5))
    assert found["price_index"].isna().all() and (found["compared_share"] == 0).all() and not found["question"].any()


def test_what_has_no_usual_price_is_not_compared():
    rows = pd.concat([lines(10, 10, 10, 10, 10), lines(30, product="pan")])
    found = profile.prices(rows)
    assert found.at["k1", "compared_share"] == 0.25 and found.at["k1", "price_index"] == 1


def test_an_unknown_cost_is_an_unknown_contribution():
    found = profile.prices(lines(10, 10, 10, 10, 10).assign(cost=[70, 70, None, 70, 70]))
    assert found["contribution"].isna().tolist() == [False, False, True, False, False]


@given(
    st.lists(st.tuples(st.integers(1, 100), st.integers(1, 500), st.sampled_from("abc")), min_size=1, max_size=30),
    st.integers(2, 9),
)
def test_prices_doubled_leave_every_index_and_question_as_it_was(bought, times):
    rows = pd.DataFrame(
        [
            (f"k{at % 11}", model, pieces, float(pieces * price), 1.0)
            for at, (price, pieces, model) in enumerate(bought)
        ],
        columns=["customer_id", "product_id", "pieces", "paid", "cost"],
    ).drop_duplicates(["customer_id", "product_id"])
    one, more = profile.prices(rows), profile.prices(rows.assign(paid=rows["paid"] * times))
    assert more["price_index"].to_numpy() == pytest.approx(one["price_index"].to_numpy(), nan_ok=True)
    assert more["given_away"].to_numpy() == pytest.approx(times * one["given_away"].to_numpy(), nan_ok=True)
