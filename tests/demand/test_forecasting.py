import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import demand
from custlib.demand import forecasting

MONTHS = [str(month) for month in pd.period_range("2023-10", "2025-12", freq="M")]
AT = np.array([int(month[5:]) - 1 for month in MONTHS])
# Box & Jenkins 1976, series G: passengers in thousands, 1949 to 1960
AIR = (
    "112 118 132 129 121 135 148 148 136 119 104 118 115 126 141 135 125 149 170 170 158 133 114 140 "
    "145 150 178 163 172 178 199 199 184 162 146 166 171 180 193 181 183 218 230 242 209 191 172 194 "
    "196 196 236 235 229 243 264 272 237 211 180 201 204 188 235 227 234 264 302 293 259 229 203 229 "
    "242 233 267 269 270 315 364 347 312 274 237 278 284 277 317 313 318 374 413 405 355 306 271 306 "
    "315 301 356 348 355 422 465 467 404 347 305 336 340 318 362 348 363 435 491 505 404 359 310 337 "
    "360 342 406 396 420 472 548 559 463 407 362 405 417 391 419 461 472 535 622 606 508 461 390 432"
)


def table(rows, months=MONTHS):
    return pd.DataFrame(np.array(rows, float), [f"P{at}" for at in range(len(rows))], months)


def made(months, horizon=3, like=None, calendar=None):
    groups = pd.Series("pots", months.index)
    weights = calendar.weight(months.columns) if calendar else np.ones(months.shape[1])
    season = demand.season(months, groups, weights)
    return demand.forecast(months, horizon, demand.kinds(months.to_numpy()), season, calendar, groups, like)


def naive(seen, horizon):
    return seen.iloc[:, -12:].iloc[:, :horizon].to_numpy()


def test_seasonal_naive_on_air_passengers():
    months = table([AIR.split()], [str(month) for month in pd.period_range("1949-01", "1960-12", freq="M")])
    rows = demand.backtest(months, 12, ["1959-12"], {"naive": naive, "pooled": lambda seen, h: made(seen, h).pieces})
    assert (rows["forecast"] - rows["actual"])[rows["method"] == "naive"].abs().mean() == pytest.approx(
        47.8333, abs=1e-4
    )
    found = demand.measured(rows)
    assert found.loc["naive", "wape"] == pytest.approx(0.100455, abs=1e-6)
    assert rows["scale"].iloc[0] == pytest.approx(30.45, abs=0.01)
    assert found.loc["naive", "mase"] == pytest.approx(1.57088, abs=1e-5)
    assert found.loc["pooled", "wape"] < found.loc["naive", "wape"]


def test_level_times_season_goes_on():
    index = 1 + 0.4 * np.sin(np.arange(12))
    index /= index.mean()
    found = made(table(np.outer([100, 7], index[AT])), 12)
    np.testing.assert_allclose(found.pieces, np.outer([100, 7], index))
    assert list(found.pieces.columns[[0, -1]]) == ["2026-01", "2026-12"]
    assert set(found.kind) == {"pooled_season"}


@settings(max_examples=20)
@given(st.lists(st.lists(st.integers(0, 90), min_size=27, max_size=27), min_size=2, max_size=4))
def test_doubled_quantities_double_forecasts(rows):
    one, two = made(table(rows)), made(2 * table(rows))
    np.testing.assert_allclose(two.pieces, 2 * one.pieces)
    assert (one.pieces >= 0).all(axis=None)


def test_each_kind_has_its_method():
    steady, rare = [10] * 27, [6, 0, 0] * 9
    dying, young, launched = [6, 0, 0, 6, 6] + [0] * 22, [0] * 23 + [10, 10, 10, 10], [0] * 18 + [10] * 9
    found = made(table([steady, rare, dying, young, launched]))
    assert list(found.kind) == ["pooled_season", "intermittent", "dying", "mean", "pooled_season"]
    assert found.pieces.loc["P2"].max() < 1 < found.pieces.loc["P1"].min() < 3


def test_a_new_model_follows_the_like_one_on_its_own_level():
    like = [0] * 5 + [20, 40, 60, 80, 100] + [50] * 17
    new = [0] * 25 + [10, 20]
    months, groups = table([like, new]), pd.Series("pots", ["P0", "P1"])
    even = demand.season(months.iloc[:, :6], groups, np.ones(6))
    found = demand.forecast(months, 3, demand.kinds(months.to_numpy()), even, None, groups, {"P1": "P0"})
    assert found.kind["P1"] == "new_model" and found.pieces.loc["P1"].tolist() == [30, 40, 50]
    # the first months of a model that was there before the data are unknown
    months.loc["P0"] = 50.0
    assert (
        demand.forecast(months, 3, demand.kinds(months.to_numpy()), even, None, groups, {"P1": "P0"}).kind["P1"]
        == "mean"
    )


def test_ranges_need_enough_errors_though_one_less_four_fifths_is_not_exact():
    assert [forecasting.least(level) for level in (0.8, 0.9, 0.95)] == [9, 19, 39]
    assert demand.conformal(np.arange(9.0), 0.8) == (0, 8)
    assert np.isnan(demand.conformal(np.arange(8.0), 0.8)).all()
    assert demand.conformal(np.arange(99.0), 0.8) == (9, 89)


def test_ranges_cover_what_they_promise():
    rng = np.random.default_rng(0)
    covered = []
    for _ in range(100):
        low, high = demand.conformal(rng.normal(size=40), 0.8)
        covered.append(np.mean((low <= (new := rng.normal(size=50))) & (new <= high)))
    assert 0.75 <= np.mean(covered) <= 0.85


@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=6),
    st.lists(st.floats(0.01, 1), min_size=1, max_size=7),
)
def test_parts_are_whole_and_add_up_to_the_top(top, weights):
    shares = np.tile(np.array(weights) / np.sum(weights), (len(top), 1))
    found = demand.reconcile(top, shares)
    assert list(found.sum(axis=1)) == top and (np.abs(found - np.array(top)[:, None] * shares) < 1 + 1e-6).all()


def test_months_beyond_the_data_and_unknown_ones_are_not_tested():
    months = table([[5.0] * 27])
    months.loc["P0", "2025-11"] = np.nan
    rows = demand.backtest(months, 3, ["2025-10"], {"naive": naive})
    assert rows[["month", "step"]].to_numpy().tolist() == [["2025-12", 2]]
    assert demand.backtest(months, 3, [], {"naive": naive}).empty
