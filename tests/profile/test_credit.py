from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import profile

DAY = date(2025, 12, 31)


def sales(**amounts):
    """customer → net sales of each day up to `DAY`, the newest first; None: no line on that day"""
    rows = [
        (who, DAY - timedelta(days=ago), float(amount))
        for who, own in amounts.items()
        for ago, amount in enumerate(own)
        if amount is not None
    ]
    return pd.DataFrame(rows, columns=["customer_id", "date", "net_sales"])


def owed(**amounts):
    return pd.Series(amounts, dtype="float64")


MONTHS = sales(K=[100_000 / 30] * 30 + [80_000 / 30] * 30 + [70_000 / 30] * 30)


def test_count_back_of_212000_over_three_months():
    found = profile.count_back(owed(K=212_000), MONTHS, DAY)
    assert found.days["K"] == pytest.approx(60 + 32 / 70 * 30, abs=1e-5) and f"{found.days['K']:.1f}" == "73.7"
    assert found.more_than.isna().all()


@pytest.mark.parametrize(("terms", "late"), [(60, 32_000), (30, 112_000), (90, 0)])
def test_what_is_overdue_of_212000_under_terms_of_60_30_and_90_days(terms, late):
    assert profile.overdue(owed(K=212_000), MONTHS, terms, DAY)["K"] == pytest.approx(late, abs=0.01)


def test_even_sales_of_1800000_a_year_and_150000_owed():
    days = profile.count_back(owed(K=150_000), sales(K=[1_800_000 / 365] * 365), DAY).days["K"]
    assert days == pytest.approx(30.417, abs=5e-4) and f"{days:.1f}" == "30.4"


def test_days_without_sales_count_and_a_return_adds_to_what_is_left():
    rows = sales(K=[None, 100, None, -40, None, 100])
    # 100 of 130 after two days; the return makes 70 of the 30 left; 70 of the 100 of the sixth day
    assert profile.count_back(owed(K=130), rows, DAY).days["K"] == pytest.approx(5.7)


def test_who_owes_nothing_or_has_paid_ahead_owes_no_day():
    found = profile.count_back(owed(K=0, AHEAD=-500, NOBODY=0), sales(K=[100], AHEAD=[100]), DAY)
    assert found.days.tolist() == [0, 0, 0] and found.more_than.isna().all()
    assert profile.overdue(owed(K=0, AHEAD=-500), sales(K=[100]), 0, DAY).tolist() == [0, 0]


def test_where_sales_run_out_there_is_no_number_but_how_far_back_the_first_sale_is():
    found = profile.count_back(owed(K=301, NEVER=5), sales(K=[100, None, None, 100, 100]), DAY)
    assert found.days.isna().all() and found.more_than["K"] == 5 and pd.isna(found.more_than["NEVER"])


def test_each_customer_is_counted_back_from_its_own_day():
    rows = sales(NOW=[100, 50], THEN=[100, 50])
    days = pd.Series({"NOW": DAY, "THEN": DAY - timedelta(days=1)})
    found = profile.count_back(owed(NOW=50, THEN=50), rows, days)
    assert found.days.to_dict() == {"NOW": 0.5, "THEN": 1.0}


def test_without_terms_nothing_is_known_to_be_overdue():
    late = profile.overdue(owed(K=100, L=100), sales(K=[60], L=[60]), pd.Series({"K": 1, "L": np.nan}), DAY)
    assert late["K"] == 40 and np.isnan(late["L"])


@pytest.mark.parametrize(
    ("paid", "factor", "difference"), [(900, 1.0, 0), (1030, 1.13, 0), (915, 1.0, -15), (970, np.nan, -70)]
)
def test_sales_payments_and_receivables_fit_without_tax_with_it_or_not(paid, factor, difference):
    one = [pd.Series([value], ["K"], dtype="float64") for value in (1000, paid, 100)]
    found = profile.reconcile(*one, 0.13)
    assert found.factor["K"] == pytest.approx(factor, nan_ok=True)
    if paid != 970:
        assert found.difference["K"] == pytest.approx(difference)


LINES = st.lists(st.none() | st.integers(-30, 100), min_size=1, max_size=30)


@settings(max_examples=30)
@given(LINES, st.integers(1, 900), st.integers(0, 200), st.integers(0, 40))
def test_more_receivables_never_shorten_days_and_overdue_never_exceeds_them(lines, less, more, terms):
    rows = sales(K=lines, OTHER=[1000])
    found = [profile.count_back(owed(K=amount), rows, DAY).days["K"] for amount in (less, less + more)]
    assert np.isnan(found[1]) or found[0] <= found[1] + 1e-9
    late = profile.overdue(owed(K=less), rows, terms, DAY)["K"]
    assert 0 <= late <= less
    assert profile.overdue(owed(K=less), rows, terms + 1, DAY)["K"] <= late or min(x or 0 for x in lines) < 0
