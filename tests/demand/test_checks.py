"""Beside `tests/bad_inputs/test_demand_plans.py`: what passes."""

import pandas as pd
import pytest

from custlib.demand import checks
from custlib.refusals import Refused


def test_plans_of_their_own_period_and_size_pass():
    plans = pd.DataFrame(
        [("annual", "2025", "P", 11_999.0), ("monthly", "2025-02", "P", 999.0), ("ad_hoc", "2025-02", "NEW", 999.0)],
        columns=["plan_kind", "period", "product_id", "quantity"],
    ).assign(file="a.csv", line=[2, 3, 4])
    assert checks.check_periods(plans) is None
    assert checks.check_sizes(plans, pd.DataFrame([[1.0, 0.0]], ["P"], ["2025-01", "2025-02"])) is None
    assert checks.check_sizes(plans[:0], pd.DataFrame(columns=["2025-01"], dtype="float64")) is None


def test_a_model_that_was_not_sold_yet_is_held_against_what_any_model_sold():
    plans = pd.DataFrame(
        [("annual", "2026", "NEW", 120_000.0)], columns=["plan_kind", "period", "product_id", "quantity"]
    )
    plans = plans.assign(file="a.csv", line=[2])
    months = pd.DataFrame([[0.0, 0.0], [100.0, 0.0]], ["NEW", "P"], ["2025-01", "2025-02"])
    assert checks.check_sizes(plans, months) is None
    with pytest.raises(Refused) as found:
        checks.check_sizes(plans.assign(quantity=1_200_000.0), months)
    assert found.value.code == "plan_size"
