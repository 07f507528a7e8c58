import numpy as np
import pandas as pd
import pytest

from custlib import demand
from custlib.demand import outlook
from custlib.sample import days as sample_days

NAMES = [str(month) for month in pd.period_range("2024-11", "2025-12", freq="M")]


@pytest.fixture(scope="module")
def calendar():
    days = np.arange(np.datetime64("2024-01-01"), np.datetime64("2026-01-01"))
    return demand.calendar(pd.Series(100 * sample_days.sell_in(days), pd.DatetimeIndex(days)), demand.windows())


def test_kinds_of_models():
    months = pd.DataFrame([[0.0, 2, 2], [0, 0, 0]], ["P", "Q"], NAMES[:3])
    found = demand.product_kinds(months)
    assert found[["product_id", "months", "kind"]].to_numpy().tolist() == [["P", 2, "smooth"], ["Q", 0, "none"]]


def test_spring_festival_of_2026_moves_days_from_january_to_february(calendar):
    moved = demand.moved_months(calendar, "2025-12", 3).set_index("month")
    days = np.arange(np.datetime64("2025-01-01"), np.datetime64("2026-04-01"))
    planted = pd.Series(sample_days.sell_in(days)).groupby(days.astype("datetime64[M]").astype(str)).sum()
    for month, before in (("2026-01", "2025-01"), ("2026-02", "2025-02"), ("2026-03", "2025-03")):
        row = moved.loc[month]
        assert row["weight"] / row["weight_year_ago"] == pytest.approx(planted[month] / planted[before], rel=1e-6)


def test_the_share_of_festival_days_is_that_of_the_next_year(calendar):
    season = demand.season(pd.DataFrame([[1.0] * 14], ["P"], NAMES), pd.Series("pots", ["P"]), calendar.weight(NAMES))
    found = demand.season_index(season, calendar, "2025-12").set_index("month")
    # 16 of 25 days before the festival of 17 February 2026 lie in January, and none of those around it
    assert found.loc[1, "festival_share"] == pytest.approx(16 / 31)
    assert found.loc[2, "festival_share"] == pytest.approx((9 + 11) / 28) and len(found) == 12


def test_the_companys_months_with_a_range_from_nine_forecasts_on():
    months = pd.DataFrame([[10.0] * 14], ["P"], NAMES)
    ranges = pd.DataFrame({"product_id": "P", "month": ["2026-01"], "forecast": [12.0]})
    tests = pd.DataFrame(
        {"method": outlook.FORECAST, "step": 1, "origin": NAMES[:9], "actual": [9.0] * 4 + [12.0] * 5, "forecast": 10.0}
    )
    last = demand.company_months(months, ranges, tests, 0.8).iloc[-1]
    assert last[["month", "forecast", "low", "high", "year_ago"]].tolist() == pytest.approx(
        ["2026-01", 12, 10.8, 14.4, 10]
    )
    assert demand.company_months(months, ranges, tests[:8], 0.8)["low"].isna().all()


def test_beside_a_forecast_stands_the_same_month_a_year_before():
    months = pd.DataFrame([[3.0, 4.0]], ["P"], ["2025-01", "2025-02"])
    forecasts = pd.DataFrame({"product_id": ["P", "P", "Q"], "month": ["2026-02", "2026-03", "2026-01"]})
    found = demand.with_year_ago(forecasts, months)["year_ago"]
    assert found.iloc[0] == 4 and found[1:].isna().all()
