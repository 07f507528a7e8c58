import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import demand
from custlib.demand import errors

ACTUAL, FORECAST, HISTORY = [100, 120, 80], [110, 100, 90], [90, 100, 110, 100]
pieces = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=2, max_size=12)


def lines(*columns, months=("2025-01", "2025-02", "2025-03")):
    index = pd.MultiIndex.from_arrays([["P"] * len(months), months], names=["product_id", "month"])
    return [pd.Series(column, index, dtype="float64") for column in columns]


def test_worked_by_hand():
    assert demand.wape(ACTUAL, FORECAST) == pytest.approx(40 / 300)
    assert demand.bias(ACTUAL, FORECAST) == 0
    assert demand.mase(ACTUAL, FORECAST, HISTORY, period=1) == pytest.approx(4 / 3)


def test_tracking_signal_worked_by_hand():
    assert demand.tracking_signal([0, 0, 0, 0], [10, 20, -5, 15]) == pytest.approx(3.2)


def test_of_nothing_nothing_is_said():
    assert all(np.isnan(method([0.0], [1.0])) for method in (demand.wape, demand.bias))
    assert np.isnan(demand.tracking_signal([1], [1])) and np.isnan(demand.mase([1], [2], [3, 3]))


@given(pieces)
def test_doubled_quantities_leave_the_errors(pairs):
    actual, forecast = np.array(pairs, float).T
    for method in (demand.wape, demand.bias, demand.tracking_signal):
        assert method(2 * actual, 2 * forecast) == pytest.approx(method(actual, forecast), nan_ok=True)
    history = np.arange(14.0) ** 2
    assert demand.mase(2 * actual, 2 * forecast, 2 * history) == pytest.approx(demand.mase(actual, forecast, history))


def test_a_stairstep_adds_up():
    # Gilliland, The Business Forecasting Deal (2010): 14.6 → 12.3 → 13.6 → 15.3; its net is printed −0.6
    actual, naive, statistical, override, consensus = lines(
        *([100 * (1 + error)] * 6 for error in (0, 0.146, 0.123, 0.136, 0.153)),
        months=[f"2025-{month:02d}" for month in range(1, 7)],
    )
    versions = pd.concat({"forecast": statistical, "draft": override, "released": consensus}, axis=1)
    found = demand.value_added(versions, actual, naive).set_index("step")
    assert list(found["fva_points"].round(6))[1:] == [2.3, -1.3, -1.7]
    assert found["fva_points"].sum() == pytest.approx(-0.7)
    assert list(found["verdict"]) == ["", "better", "worse", "worse"]


def test_a_copy_of_naive_adds_nothing_and_a_lacking_step_is_what_stood_before():
    actual, naive, draft = lines([100, 100, 100], [80, 120, 90], [80, 120, 90])
    versions = pd.concat({"draft": draft, "released": draft.where([True, False, True])}, axis=1)
    found = demand.value_added(versions, actual, naive)
    assert list(found["fva_points"][1:]) == [0, 0] and list(found["verdict"][1:]) == ["cannot_tell"] * 2


def test_one_month_has_no_interval_and_a_line_without_a_year_ago_does_not_count():
    actual, naive, draft = lines([100, 50], [90, None], [95, 500], months=("2025-01", "2025-01"))
    found = demand.value_added(draft.to_frame("draft"), actual, naive)
    assert found["fva_points"][1] == pytest.approx(5) and found["verdict"][1] == "cannot_tell"
    assert list(found["lines"]) == [1, 1]


@given(pieces)
def test_doubled_quantities_leave_the_value_added(pairs):
    actual, draft = np.array(pairs, float).T
    months = [f"2025-{month:02d}" for month in range(1, len(pairs) + 1)]
    actual, draft, naive = lines(actual, draft, actual[::-1], months=months)
    one, two = (demand.value_added(k * draft.to_frame("draft"), k * actual, k * naive, 50) for k in (1, 2))
    pd.testing.assert_frame_equal(one, two)


def test_an_interval_of_redrawn_months_holds_the_error():
    months = [f"2025-{month:02d}" for month in range(1, 7)]
    actual, plan = np.full(6, 100.0), np.array([110, 150, 90, 110, 150, 90.0])
    low, high = errors.redrawn(actual, plan, months)
    assert 0.1 <= low <= 70 / 300 <= high <= 0.5
    assert np.isnan(errors.redrawn(actual[:5], plan[:5], months[:5])[0])  # five months say too little of others
