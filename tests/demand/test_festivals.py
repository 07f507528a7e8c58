from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from custlib import demand, project
from custlib.demand import festivals
from custlib.refusals import Refused
from custlib.sample import days as sample_days


@pytest.fixture(scope="module")
def windows():
    return demand.windows()


def daily(first="2023-10-01", last="2025-12-31", weight=sample_days.sell_in):
    days = np.arange(np.datetime64(first), np.datetime64(last) + 1)
    return pd.Series(1000 * weight(days), pd.DatetimeIndex(days))


def test_spring_festivals_of_eight_years():
    rows = (project.root() / "data" / "reference" / "festivals.csv").read_text(encoding="utf-8").splitlines()
    on = [row.split(",")[2] for row in rows if row.startswith("spring_festival,")]
    told = ["01-22", "02-10", "01-29", "02-17", "02-06", "01-26", "02-13", "02-03"]
    assert on[23:31] == [f"{year}-{day}" for year, day in zip(range(2023, 2031), told, strict=True)]
    assert len(on) == 36 and on[15:27] == [str(day) for day in sample_days.SPRING_FESTIVALS]


def test_the_days_before_spring_festival_lie_in_other_months_each_year(windows):
    months = ["2024-01", "2024-02", "2024-12", "2025-01", "2026-01", "2026-02", "2027-01"]
    shares = demand.festival_shares(months, windows)
    own = windows[(windows["festival"] == "spring_festival") & (windows["window"] == "before")].set_index("year")
    shares = shares.set_axis(windows["festival"] + windows["window"] + windows["year"].astype(str))
    shares = shares.loc[[f"spring_festivalbefore{year}" for year in (2024, 2025, 2026, 2027)]]
    expected = [[0.92, 0.08, 0, 0, 0, 0, 0], [0, 0, 0.16, 0.84, 0, 0, 0], [0, 0, 0, 0, 0.64, 0.36, 0], [0] * 6 + [1]]
    np.testing.assert_allclose(shares.to_numpy(), expected)
    assert (own["last"] - own["first"]).dt.days.eq(24).all()


def test_planted_factors_without_chance_are_found_exactly(windows):
    found = demand.calendar(daily(), windows).factors.set_index(["festival", "window"])
    planted = [1.5, 0.05, 1.5, 1.7, 1.25]
    assert list(found["factor"].round(6)) == planted and list(found["events"]) == [2, 2, 2, 3, 2]


def test_a_window_that_the_days_do_not_hold_is_told_by_nobody(windows):
    found = demand.calendar(daily("2025-03-01", "2025-08-31"), windows).factors.set_index("festival")
    assert found.loc["double_11", "factor"] == 1 and np.isnan(found.loc["double_11", "low"])
    assert found.loc["mid_year", "factor"] == pytest.approx(1.5)


def test_a_moved_festival_moves_the_weights(windows):
    calendar = demand.calendar(daily(), windows)
    january, february = calendar.weight(["2026-01", "2026-02"]), calendar.weight(["2027-01", "2027-02"])
    days = np.arange(np.datetime64("2026-01-01"), np.datetime64("2026-02-01"))
    others = np.arange(np.datetime64("2027-01-01"), np.datetime64("2027-02-01"))
    planted = sample_days.sell_in(days).sum()
    assert january[0] != pytest.approx(february[0], rel=0.02)
    assert planted > 0 and len(days) == len(others)


def test_weights_are_the_sums_of_days_over_the_mean_month(windows):
    sales = daily()
    calendar, months = (
        demand.calendar(sales, windows),
        [str(month) for month in pd.period_range("2023-10", "2025-12", freq="M")],
    )
    sums = sales.groupby(sales.index.to_period("M")).sum()
    np.testing.assert_allclose(calendar.weight(months), sums / sums.mean(), rtol=1e-6)


def test_a_year_that_nobody_wrote_down_is_refused_with_the_year(windows):
    with pytest.raises(Refused) as caught:
        demand.calendar(daily(), windows).weight(["2036-01"])
    assert caught.value.code == "festival_missing" and "2036" in str(caught.value)
    without = windows[~((windows["festival"] == "spring_festival") & (windows["year"] == 2024))]
    with pytest.raises(Refused, match="2024"):
        demand.calendar(daily(), without)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026,2026-02-17,32,8", "2026,2026-02-30,32,8"),
        ("2026,2026-02-17,32,8", "2026,2025-02-17,32,8"),
        ("2026,2026-02-17,32,8", "2026,2026-02-17,32,"),
        ("2026,2026-02-17,32,8", "2026,2026-02-17,8,32"),
        ("2026,2026-02-17,32,8", "2026,2026-02-17,32.5,8"),
        ("2026,2026-02-17,32,8,-3", "2026,2026-02-17,32,8,soon"),
    ],
)
def test_a_line_of_festivals_that_makes_no_window_is_refused(tmp_path, old, new):
    text = (project.root() / "data" / "reference" / "festivals.csv").read_text(encoding="utf-8")
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "festivals.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        demand.windows(tmp_path)
    assert caught.value.code == "festival_line" and "line 28" in str(caught.value)


def test_a_factor_counts_only_as_far_as_it_is_sure():
    """Of a company that sells on few days festivals are read off as anything; its forecasts move less by them."""
    rng, days = np.random.default_rng(4), pd.date_range("2024-01-01", "2025-12-31")
    few = pd.Series(np.where(rng.random(len(days)) < 0.1, rng.lognormal(0, 1, len(days)), 0.0), days)
    months = [str(month) for month in pd.period_range("2024-01", "2025-12", freq="M")]
    kept = []
    for sales in (few, daily()):
        one = demand.calendar(sales, demand.windows())
        believed = replace(one, factors=one.factors.assign(low=one.factors["factor"], high=one.factors["factor"]))
        even = demand.without_festivals({"x": one})["x"]
        moved = [np.abs(each.weight(months) - even.weight(months)).sum() for each in (one, believed)]
        kept.append(moved[0] / moved[1])
    assert kept[0] < 0.6 and kept[1] > 0.9


def test_a_festival_begins_with_the_first_year_that_it_has():
    years = pd.DataFrame({"festival": ["x", "x"], "year": [2013, 2015]})
    festivals.check_years(years, np.datetime64("2011-01"), np.datetime64("2012-06"))
    with pytest.raises(Refused, match="x 2014"):
        festivals.check_years(years, np.datetime64("2013-01"), np.datetime64("2014-06"))
