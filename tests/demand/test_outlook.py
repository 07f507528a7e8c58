import numpy as np
import pandas as pd
import pytest

from custlib import demand, project
from custlib.demand import outlook
from custlib.refusals import Refused
from custlib.sample import days as sample_days

NAMES = [str(month) for month in pd.period_range("2023-10", "2025-12", freq="M")]
GROUPS = pd.Series({f"P{at}": "pots" if at % 2 else "pans" for at in range(20)})


@pytest.fixture(scope="module")
def daily():
    days = np.arange(np.datetime64("2023-10-01"), np.datetime64("2026-01-01"))
    return pd.Series(100 * sample_days.sell_in(days), pd.DatetimeIndex(days))


@pytest.fixture(scope="module")
def known(daily):
    return demand.calendars(daily, demand.windows(), NAMES)


@pytest.fixture(scope="module")
def months(daily):
    sums = daily.groupby(daily.index.strftime("%Y-%m")).sum().to_numpy()
    noise = np.random.default_rng(1).lognormal(0, 0.2, (20, len(NAMES)))
    return pd.DataFrame(np.arange(1, 21)[:, None] * sums * noise, GROUPS.index, NAMES)


@pytest.fixture(scope="module")
def tests(months, known):
    return demand.tested(months, 3, GROUPS, known)


def test_the_calendar_makes_the_forecast_better_and_its_ranges_hold_what_they_promise(tests):
    found = demand.results(tests, GROUPS, 0.8)
    own = found[found["level"] == "product"].set_index("method")
    assert own.loc["pooled_calendar", "wape"] < own.loc["pooled_season", "wape"] < own.loc["naive", "wape"]
    assert own.loc["pooled_calendar", "covered_share"] == pytest.approx(0.8, abs=0.06)
    assert set(found["level"]) == {"product", "category", "company"} and own["origins"].eq(14).all()


def test_ranges_hold_the_forecast_and_too_few_errors_give_none(months, known, tests):
    made = demand.made(months, 3, GROUPS, known["2025-12"])
    found = demand.with_ranges(made, tests, 0.8)
    assert (found["low"] <= found["forecast"]).all() and (found["forecast"] <= found["high"]).all()
    assert demand.with_ranges(made, tests[:5], 0.8)["low"].isna().all()


def test_twelve_months_give_a_forecast_without_ranges(months, daily):
    short = months.iloc[:, -12:]
    known = demand.calendars(daily["2025"], demand.windows(), short.columns)
    tests = demand.tested(short, 3, GROUPS, known)
    assert tests.empty and list(known) == ["2025-12"]
    found = demand.with_ranges(demand.made(short, 3, GROUPS, known["2025-12"]), tests, 0.8)
    assert (found["forecast"] > 0).all() and found["high"].isna().all()
    assert demand.results(tests, GROUPS, 0.8).empty
    company = demand.company({"net_sales": (short.sum().to_frame().T, known)}, 0.8)
    assert company["origins"].tolist() == [0] and company["low"].isna().all() and company["forecast"].gt(0).all()


def test_the_company_has_a_range_from_nine_forecasts_on(months, known):
    total = months.sum().to_frame("company").T
    row = demand.company({"net_sales": (total, known)}, 0.8).iloc[0]
    assert row["quarter"] == "2026Q1" and row["origins"] == 12 and row["low"] < row["forecast"] < row["high"]
    shorter = demand.company({"net_sales": (total.iloc[:, :23], known)}, 0.8).iloc[0]
    assert shorter["origins"] == 8 and np.isnan(shorter["low"]) and shorter["error"] > 0


def test_months_before_the_first_sale_and_events_are_left_out_of_fitting_only(months):
    given = months.iloc[:3, :4].copy()
    given.iloc[0] = [0, 0, 5, 6]
    events = pd.DataFrame(
        {"month": [NAMES[3], NAMES[1], "2030-01"], "product_id": [None, "P2", None], "category": ["pots", None, None]}
    )
    left = demand.fitting(given, events, GROUPS)
    assert left.isna().to_numpy().tolist() == [
        [True, True, False, False],
        [False, False, False, True],
        [False, True, False, False],
    ]
    assert given.notna().all(axis=None)


def test_a_like_model_that_is_new_itself_is_refused_with_its_line(months, tmp_path):
    text = (project.root() / "data" / "reference" / "new_models.csv").read_text(encoding="utf-8")
    (tmp_path / "reference").mkdir()
    file, line = tmp_path / "reference" / "new_models.csv", "P1,{},2025-12-01,李,2025-12-01,\n"
    file.write_text(text + line.format("P0"), encoding="utf-8")
    assert demand.like_models(months, tmp_path) == {"P1": "P0"}
    file.write_text(text + line.format("P99"), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        demand.like_models(months, tmp_path)
    assert caught.value.code == "like_unknown" and "line 2" in str(caught.value)


def test_plans_are_compared_with_what_was_known_before_them(months, known, tests):
    planned = pd.DataFrame({"product_id": "P1", "month": ["2025-10", "2025-12"], "planned": 5.0})
    assert len(demand.upcoming(planned, NAMES, 3)) == 2
    coming = pd.concat([planned, planned[:1].assign(month="2026-01")])
    assert demand.upcoming(coming, NAMES, 3)["month"].tolist() == ["2026-01"]
    found = demand.ranges_of(planned, months, tests, GROUPS, known, 0.8, {})
    assert sorted(set(found["month"])) == ["2025-10", "2025-11", "2025-12"]
    changed = months.assign(**{"2025-10": 0.0, "2025-11": 0.0, "2025-12": 0.0})
    again = demand.ranges_of(planned, changed, tests, GROUPS, known, 0.8, {})
    pd.testing.assert_frame_equal(found, again)
    assert demand.ranges_of(planned[:0], months, tests, GROUPS, known, 0.8, {}).empty


def test_forecasts_beside_a_draft_are_made_two_months_before(tests):
    found = demand.step_forecasts(tests)
    row = tests[(tests["method"] == outlook.FORECAST) & (tests["origin"] == "2025-08") & (tests["step"] == 2)].iloc[0]
    assert found[(row["product_id"], "2025-10")] == row["forecast"]
