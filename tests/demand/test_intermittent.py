"""Croston, SBA and TSB beside values that two independent codes gave (R tsintermittent, statsforecast)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import demand

SHORT = [0, 0, 5, 0, 0, 3, 0, 0, 0, 7, 0, 0, 4, 0, 0]
LONG = [0, 2, 0, 1, 0, 11, 0, 0, 0, 0, 2, 0, 6, 3, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 1, 0, 1, 0]
series = st.lists(st.integers(0, 50), min_size=1, max_size=40)


def test_croston_of_two_series():
    assert demand.croston(SHORT) == pytest.approx(1.5915857605177997, abs=1e-12)
    assert demand.croston(LONG) == pytest.approx(0.98459652, abs=1e-8)


def test_sba_of_two_series_and_sbj_of_one():
    assert demand.sba(SHORT) == pytest.approx(1.51200647, abs=1e-8)
    assert demand.sba(LONG) == pytest.approx(0.9353667, abs=1e-7)
    assert demand.croston(SHORT) * (1 - 0.1 / (2 - 0.1)) == pytest.approx(1.50781809, abs=1e-8)


def test_tsb_of_two_series():
    assert demand.tsb(SHORT) == pytest.approx(1.01819322, abs=1e-8)
    assert demand.tsb(SHORT, 0.2, 0.2) == pytest.approx(1.13877642, abs=1e-8)
    assert demand.tsb(LONG) == pytest.approx(0.89340567, abs=1e-8)


def test_one_sale_after_ten_months_and_none_at_all():
    assert demand.croston([0] * 10 + [1]) == pytest.approx(1 / 11)
    assert demand.croston([0] * 11) == demand.tsb([0] * 11) == 0


def test_series_side_by_side_are_as_each_alone():
    both = np.array([SHORT, SHORT[::-1]])
    for method in (demand.croston, demand.sba, demand.tsb):
        assert list(method(both)) == [method(both[0]), method(both[1])]


@given(series)
def test_doubled_quantities_double_the_forecast(values):
    for method in (demand.croston, demand.sba, demand.tsb):
        assert method(2 * np.array(values)) == pytest.approx(2 * method(values))


@given(series.filter(any), st.integers(1, 20))
def test_when_sales_stop_tsb_falls_and_croston_stays(values, months):
    stopped = values + [0] * months
    assert demand.croston(stopped) == demand.croston(values)
    assert demand.tsb(stopped) < demand.tsb(values)


def test_kinds_count_from_the_first_sale():
    every, varied = [4, 4, 5, 4] * 4, [1, 20, 1, 2] * 4
    rare = [5, 0, 0] * 5 + [5]
    rows = [every, varied, rare, [0] * 12 + every[:4], [0] * 16, [9, 0, 9, 9] + [0] * 12]
    found = demand.kinds(np.array(rows))
    assert list(found["kind"]) == ["smooth", "erratic", "intermittent", "smooth", "none", "dying"]
    assert list(found["months"]) == [16, 16, 16, 4, 0, 16]
    assert found["adi"][2] == pytest.approx(16 / 6)


def test_a_rare_model_of_varied_orders_is_lumpy():
    assert list(demand.kinds(np.array([[1, 0, 30, 0, 1, 0, 30, 0, 2]]))["kind"]) == ["lumpy"]
