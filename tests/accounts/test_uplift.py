import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import accounts

MONTHS = [str(each) for each in pd.period_range("2024-01", periods=18, freq="M")]
LIKES = [f"L{at:02d}" for at in range(12)]
FIRST, LAST = "2025-01", "2025-02"


def sold(own, likes, ids=LIKES):
    return pd.DataFrame([own, *[likes] * len(ids)], ["K1", *ids], MONTHS, dtype="float64")


def event(customer="K1", first=FIRST, last=LAST):
    return pd.DataFrame([{"customer_id": customer, "first": first, "last": last}])


def alike(ids=LIKES, times=1.0):
    return pd.DataFrame({"customer_id": "K1", "like": ids, "times": times})


# A year of 10 a month, two months of promotion, two of what follows, two more; look-alikes sell half more in all of these.
OWN = [10] * 12 + [30, 30, 12, 9, 10, 10]
USUAL = [20] * 12 + [30] * 6


def test_base_is_the_customers_year_before_changed_as_at_look_alikes():
    row = accounts.uplift(sold(OWN, USUAL), event(), alike(), resamples=20).rows.iloc[0]
    assert row[["base", "sold", "base_after", "sold_after"]].tolist() == [30, 60, 30, 21]
    assert row["reason"] == "" and row["placebo_rank"] == 0


def test_months_of_another_promotion_and_the_two_after_it_say_nothing_of_what_is_usual():
    own = [*OWN[:4], 90, 1, 1, *OWN[7:]]
    others = pd.concat([event(), event(first="2024-05", last="2024-05")])
    found = accounts.uplift(sold(own, USUAL), event(), alike(), others, 20).rows.iloc[0]
    assert found["base"] == 30


def test_look_alikes_with_a_promotion_themselves_are_none():
    others = pd.concat([event(), event("L00", "2025-03", "2025-03"), event("L01", "2024-02", "2024-02")])
    found = accounts.uplift(sold(OWN, USUAL), event(), alike(), others, 20).rows.iloc[0]
    assert found["reason"] == "" and found["base"] == 30  # ten of twelve are left
    others = pd.concat([others, event("L02", "2024-06", "2024-06")])
    assert accounts.uplift(sold(OWN, USUAL), event(), alike(), others, 20).rows["reason"].tolist() == ["few_alike"]
    everybody = pd.concat([event(), event("", FIRST, LAST)])
    assert accounts.uplift(sold(OWN, USUAL), event(), alike(), everybody, 20).rows["reason"].tolist() == ["few_alike"]


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [("2024-12", "2024-12", "short_before"), ("2025-04", "2025-05", "not_over"), ("2025-03", "2025-04", "")],
)
def test_twelve_months_before_and_two_after_are_needed(first, last, reason):
    found = accounts.uplift(sold(OWN, USUAL), event(first=first, last=last), alike(), resamples=20)
    assert found.rows["reason"].tolist() == [reason] and found.drawn.shape == (20, not reason)


def test_a_month_that_is_not_known_leaves_too_little():
    own = [np.nan, *OWN[1:]]
    assert accounts.uplift(sold(own, USUAL), event(), alike(), resamples=20).rows["reason"].tolist() == ["short_before"]


def test_look_alikes_that_are_all_alike_leave_no_doubt_and_such_that_differ_do():
    found = accounts.uplift(sold(OWN, USUAL), event(), alike(), resamples=50)
    assert found.drawn == pytest.approx(60) and found.jointly == pytest.approx(60) and found.placebo_rank == 0
    pieces = sold(OWN, USUAL)
    pieces.loc["L00", "2025-01":"2025-04"] = 60.0
    found = accounts.uplift(pieces, event(), alike(), resamples=500)
    assert found.drawn.std() > 5 and found.drawn.mean() == pytest.approx(60 * 1.1, rel=0.15)


@given(st.floats(0.01, 1000), st.integers(0, 3))
def test_the_unit_of_pieces_changes_no_share(times, seed):
    pieces = sold(OWN, USUAL) + np.arange(13)[:, None] * np.array([0] * 12 + [1, 2, 0, 1, 0, 0])
    one, other = (accounts.uplift(each, event(), alike(), resamples=20, seed=seed) for each in (pieces, pieces * times))
    assert other.drawn == pytest.approx(one.drawn * times, rel=1e-6)
    assert other.rows["placebo_rank"].tolist() == one.rows["placebo_rank"].tolist()


def test_roi_of_a_discount_of_a_quarter_on_twice_the_sales():
    """Price 4.99, cost 2.10, 5,000 a week for two weeks: margin 2.89 falls to 1.6425, profit rises from 28,900 to
    32,850, the discount costs 24,950."""
    gain, spent = accounts.gain_and_spent(10_000, 20_000, 4.99, 0.25, 2.10, 0)
    assert (gain, spent) == (pytest.approx(32_850 - 28_900), pytest.approx(24_950))
    assert accounts.roi(10_000, 20_000, 4.99, 0.25, 2.10, 0) == pytest.approx(0.158317, abs=1e-6)


def test_roi_of_a_fixed_cost_alone():
    """50,000 for 20,000 pieces more are 2.50 a piece: at a margin of 5 it earns as much again."""
    assert accounts.roi(40_000, 60_000, 8, 0, 3, 50_000) == pytest.approx(20_000 * 5 / 50_000 - 1)


@given(st.floats(1, 1e6), st.floats(0.1, 1e4), st.floats(0.01, 0.99), st.floats(0, 1e4))
def test_a_promotion_without_effect_loses_exactly_what_it_cost(pieces, price, discount, unit_cost):
    assert accounts.roi(pieces, pieces, price, discount, unit_cost, 0) == pytest.approx(-1)


def test_what_cost_nothing_has_no_roi():
    assert np.isnan(accounts.roi(10, 20, 5, 0, 1, 0))
