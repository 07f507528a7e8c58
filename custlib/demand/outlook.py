"""The months to come with their ranges, and how right the same forecast was from every earlier month."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from custlib import facts, reference
from custlib.cleaning import Clean
from custlib.demand import errors, forecasting, intermittent
from custlib.demand.festivals import Calendar, calendar
from custlib.demand.season import Season, season
from custlib.refusals import Refused

FORECAST = "pooled_calendar"  # the method that the tables show
RANGE = ["low", "high"]


def calendars(daily: pd.Series, windows: pd.DataFrame, months) -> dict[str, Calendar]:
    """The calendar as it was known at the end of each month from the 13th on, and of the last one."""
    months = list(months)
    names = months[forecasting.WHOLE - 1 :] or months[-1:]
    return {name: calendar(daily[: pd.Period(name, "M").end_time], windows) for name in names}


def fitting(months: pd.DataFrame, events: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """The months as forecasts are fitted to them: missing before a model's first sale and where `events.csv` names the
    month with the model or its category, or with neither; nothing is deleted."""
    begun = (months.fillna(0) > 0).cummax(axis=1)
    left = months.where(begun)
    for event in events[events["month"].isin(months.columns)].to_dict("records"):
        named = months.index == event["product_id"] if pd.notna(event["product_id"]) else True
        of = groups.reindex(months.index) == event["category"] if pd.notna(event["category"]) else True
        left.loc[np.broadcast_to(named & of, len(left)), event["month"]] = np.nan
    return left


def like_models(months: pd.DataFrame, data_dir: str | Path | None = None) -> dict[str, str]:
    """New model → the one it is expected to follow, as signed in `new_models.csv`.

    Raises Refused: what `reference.signed` does; `like_unknown` for a like model that was never sold, or is new itself.
    """
    rows = reference.signed("new_models.csv", data_dir)
    since = dict(zip(months.index, intermittent.kinds(months.to_numpy())["months"], strict=True))
    for line, row in rows.iterrows():
        if since.get(row["like_product_id"], 0) < forecasting.WHOLE:
            raise Refused("like_unknown", file="new_models.csv", line=line, value=row["like_product_id"])
    return dict(zip(rows["product_id"], rows["like_product_id"], strict=True))


def made(
    months: pd.DataFrame, horizon: int, groups: pd.Series, known: Calendar | None, like: Mapping[str, str] | None = None
) -> forecasting.Forecast:
    """The forecast from the last of these months (`fitting`)."""
    return forecasting.forecast(
        months, horizon, intermittent.kinds(months.to_numpy()), shape(months, groups, known), known, groups, like
    )


def shape(months: pd.DataFrame, groups: pd.Series, known: Calendar | None) -> Season:
    """The season of these months, the calendar taken off."""
    weights = known.weight(months.columns) if known else np.ones(months.shape[1])
    return season(months, groups.reindex(months.index), weights)


def methods(groups: pd.Series, known: Mapping[str, Calendar], levels: dict) -> dict:
    """What the forecast is compared with, and itself: name → method, for `forecasting.backtest`. levels: filled with
    the levels of the forecast by origin."""

    def pooled(seen, horizon):
        return made(seen, horizon, groups, None).pieces

    def with_calendar(seen, horizon):
        found = made(seen, horizon, groups, known[seen.columns[-1]])
        levels[seen.columns[-1]] = found.level
        return found.pieces

    return {
        "naive": lambda seen, horizon: np.repeat(seen.iloc[:, -1:].to_numpy(), horizon, axis=1),
        "seasonal_naive": lambda seen, horizon: seen.iloc[:, -12:].to_numpy()[:, np.arange(horizon) % 12],
        "mean_of_six": lambda seen, horizon: np.repeat(
            seen.iloc[:, -6:].fillna(0).mean(axis=1).to_numpy()[:, None], horizon, axis=1
        ),
        "pooled_season": pooled,
        FORECAST: with_calendar,
    }


def tested(months: pd.DataFrame, horizon: int, groups: pd.Series, known: Mapping[str, Calendar]) -> pd.DataFrame:
    """Every method from the end of every month since the 13th, as `forecasting.backtest` gives it, and `relative`: of
    the forecast (actual − forecast) ÷ level. Empty with no more than 13 months."""
    origins = list(months.columns[forecasting.WHOLE - 1 : -1])
    levels: dict = {}
    rows = forecasting.backtest(months, horizon, origins, methods(groups, known, levels))
    rows = rows.fillna({"forecast": 0.0})
    level = pd.concat(levels).rename("level") if levels else pd.Series(dtype="float64", name="level")
    keys = pd.MultiIndex.from_frame(rows[["origin", "product_id"]])
    level = level.reindex(keys).to_numpy() if levels else np.nan
    own = rows["method"] == FORECAST
    relative = (rows["actual"] - rows["forecast"]) / pd.Series(level, rows.index).where(lambda values: values > 0)
    return rows.assign(relative=relative.where(own))


def step_forecasts(tests: pd.DataFrame, step: int = 2) -> pd.Series:
    """The forecast of each (product_id, month) as it would have been made `step` months before: two, so that a draft of
    the month before could have used it."""
    own = tests[(tests["method"] == FORECAST) & (tests["step"] == step)]
    return own.set_index(["product_id", "month"])["forecast"]


def with_ranges(made: forecasting.Forecast, tests: pd.DataFrame, level: float) -> pd.DataFrame:
    """product_id, month, forecast, low, high, kind. low and high hold what comes with the probability `level`, by the
    errors of the same number of months ahead; missing where they are too few."""
    own, parts = tests[tests["method"] == FORECAST], []
    for step, month in enumerate(made.pieces.columns, 1):
        low, high = forecasting.conformal(own.loc[own["step"] == step, "relative"], level)
        pieces = made.pieces[month]
        ends = {name: (pieces + end * made.level).clip(lower=0) for name, end in zip(RANGE, (low, high), strict=True)}
        parts.append(pd.DataFrame({"month": month, "forecast": pieces, **ends, "kind": made.kind}))
    return pd.concat(parts).rename_axis("product_id").reset_index()


def results(tests: pd.DataFrame, groups: pd.Series, level: float) -> pd.DataFrame:
    """How right every method was: method, level (product, category, company), origins, wape, bias, mase, covered_share
    (of the forecast by model: what lay within ranges made of the other origins' errors)."""
    parts, tests = [], tests.assign(category=tests["product_id"].map(groups).fillna(""), company="")
    for name, by in (("product", "product_id"), ("category", "category"), ("company", "company")):
        sums = (
            tests.groupby(["method", "origin", "step", by], sort=False)[["actual", "forecast", "scale"]]
            .sum()
            .reset_index()
        )
        found = forecasting.measured(sums).reset_index().assign(level=name, covered_share=np.nan)
        if name == "product":
            found.loc[found["method"] == FORECAST, "covered_share"] = _covered(tests, level)
        else:
            found["mase"] = np.nan  # the steps of sums are other ones
        parts.append(found)
    return pd.concat(parts, ignore_index=True)


def money(clean: Clean, quarter: str, known: Mapping[str, Calendar], windows: pd.DataFrame) -> dict:
    """Measure → (amounts by month, one row or one a region; calendar at the end of each month), for `company`. known:
    the calendars of net sales; payments, where the exports hold them, have their own."""
    daily = facts.daily_amounts(clean, quarter)
    by_month = daily.groupby(daily.index.strftime("%Y-%m")).sum().reindex(facts.whole_months(clean, quarter))
    measures = {"net_sales": (by_month.to_frame("company").T, known)}
    if clean.has("payments"):
        paid = facts.region_payments(clean, quarter)
        days = facts.daily_amounts(clean, quarter, "payments")
        measures["payments"] = (paid, calendars(days, windows, paid.columns))
    return measures


def company(measures: Mapping[str, tuple[pd.DataFrame, Mapping[str, Calendar]]], level: float) -> pd.DataFrame:
    """The next three months of the company together: measure, quarter, forecast, low, high, error (WAPE of the same
    forecast from every earlier month), naive_error (of last year's same months, from those of these starts that have
    them), origins; no range with fewer than nine. measures: as `money` gives them."""
    return pd.DataFrame([_company(name, *given, level) for name, given in measures.items()])


def upcoming(planned: pd.DataFrame, months, horizon: int) -> pd.DataFrame:
    """Of released monthly lines those of the months to come, or, where none are planned yet, of the last three months:
    what is to be compared with the forecast."""
    ahead = forecasting.following(months[-1], horizon)
    coming = planned[planned["month"].isin(ahead)]
    return coming if len(coming) else planned[planned["month"].isin(list(months)[-3:])]


def ranges_of(
    planned: pd.DataFrame, months: pd.DataFrame, tests: pd.DataFrame, groups: pd.Series, known, level: float, like
) -> pd.DataFrame:
    """`with_ranges` of the planned months, made before the first of them from what was known then.

    known: calendar at the end of each month. Empty where too little came before.
    """
    first = planned["month"].min() if len(planned) else ""
    seen = months.loc[:, [month for month in months.columns if month < first]]
    if not seen.shape[1] or seen.columns[-1] not in known:
        return pd.DataFrame(columns=["product_id", "month", "forecast", *RANGE, "kind"])
    ahead = pd.Period(planned["month"].max(), "M").ordinal - pd.Period(seen.columns[-1], "M").ordinal
    found = made(seen, ahead, groups, known[seen.columns[-1]], like)
    return with_ranges(found, tests[tests["month"] <= seen.columns[-1]], level)


def _company(measure, months, known, level):
    groups = pd.Series("all", months.index)

    def ahead(seen):
        return float(made(seen, 3, groups, known[seen.columns[-1]]).pieces.sum(axis=None))

    ends = range(forecasting.WHOLE, months.shape[1] - 2)
    actual = np.array([months.iloc[:, end : end + 3].sum(axis=None, skipna=False) for end in ends], dtype="float64")
    forecasts = np.array([ahead(months.iloc[:, :end]) for end in ends], dtype="float64")
    before = np.array([months.iloc[:, end - 12 : end - 9].sum(axis=None, skipna=False) for end in ends], "float64")
    value, off = ahead(months), (actual - forecasts) / np.where(forecasts > 0, forecasts, np.nan)
    low, high = forecasting.conformal(off, level) if np.isfinite(off).sum() >= 9 else (np.nan, np.nan)
    quarter = pd.Period(months.columns[-1], "M") + 1
    return {
        "measure": measure,
        "quarter": f"{quarter.year}Q{quarter.quarter}" if quarter.month % 3 == 1 else str(quarter),
        "forecast": value,
        "low": max(value * (1 + low), 0.0) if np.isfinite(low) else np.nan,
        "high": value * (1 + high),
        "error": errors.wape(actual, forecasts),
        "naive_error": errors.wape(actual, before),
        "origins": int(np.isfinite(off).sum()),
    }


def _covered(tests, level):
    own, inside = tests[tests["method"] == FORECAST], []
    for _, of_step in own.groupby("step"):
        for origin, at in of_step.groupby("origin"):
            low, high = forecasting.conformal(of_step.loc[of_step["origin"] != origin, "relative"], level)
            known = at["relative"].dropna() if np.isfinite(low) else at["relative"][:0]
            inside += list(known.between(low, high))
    return float(np.mean(inside)) if inside else np.nan
