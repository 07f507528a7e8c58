"""What the outlook is made of, as result tables: kinds, season, festivals, the company's months."""

import numpy as np
import pandas as pd

from custlib.demand import forecasting, intermittent
from custlib.demand.festivals import Calendar, festival_shares
from custlib.demand.outlook import FORECAST
from custlib.demand.season import Season


def kinds(months: pd.DataFrame) -> pd.DataFrame:
    """product_id, adi, cv2, months, kind (`intermittent.kinds`) of each model."""
    return pd.DataFrame(intermittent.kinds(months.to_numpy()), months.index).rename_axis("product_id").reset_index()


def with_year_ago(forecasts: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Forecasts (product_id, month …) with year_ago: pieces of the same month a year before, missing where unknown."""
    before = [str(pd.Period(month, "M") - 12) for month in forecasts["month"]]
    keys = pd.MultiIndex.from_arrays([forecasts["product_id"], before])
    return forecasts.assign(year_ago=months.stack().reindex(keys).to_numpy())


def season_index(season: Season, calendar: Calendar, last_month: str) -> pd.DataFrame:
    """category, month (1 to 12), index, low, high, festival_share (of the month's days that lie in a window of a
    festival, in the twelve months after the last one)."""
    ahead = forecasting.following(last_month, 12)
    windows = calendar.windows
    days = festival_shares(ahead, windows).mul((windows["last"] - windows["first"]).dt.days + 1, axis=0).sum()
    share = {int(month[5:]): days[month] / pd.Period(month, "M").days_in_month for month in ahead}
    parts = {name: getattr(season, name).stack() for name in ("index", "low", "high")}
    table = pd.DataFrame(parts).rename_axis(["category", "month"]).reset_index()
    return table.assign(festival_share=table["month"].map(share))


def company_months(months: pd.DataFrame, ranges: pd.DataFrame, tests: pd.DataFrame, level: float) -> pd.DataFrame:
    """The company's pieces by month, 24 past ones and those to come: month, actual, forecast, low, high, year_ago.

    Ranges by the errors of the sums, from nine earlier forecasts on.
    """
    past = months.sum(min_count=1).rename("actual")
    ahead = ranges.groupby("month")["forecast"].sum()
    sums = tests[tests["method"] == FORECAST].groupby(["step", "origin"])[["actual", "forecast"]].sum()
    off = (sums["actual"] - sums["forecast"]) / sums["forecast"].where(sums["forecast"] > 0)
    table = pd.concat([past, ahead], axis=1).rename_axis("month")
    ends = [
        forecasting.conformal(off[off.index.get_level_values(0) == step], level) for step in range(1, len(ahead) + 1)
    ]
    for at, name in enumerate(("low", "high")):
        table.loc[ahead.index, name] = (ahead * [1 + end[at] for end in ends]).clip(lower=0)
    table["year_ago"] = past.reindex([str(pd.Period(month, "M") - 12) for month in table.index]).to_numpy()
    return table.tail(24 + len(ahead)).reset_index()


def moved_months(calendar: Calendar, last_month: str, horizon: int) -> pd.DataFrame:
    """The months to come beside the same ones a year before, by the calendar alone: month, weight, weight_year_ago
    (1 is the mean month)."""
    ahead = forecasting.following(last_month, horizon)
    before = [str(pd.Period(month, "M") - 12) for month in ahead]
    weights = np.split(calendar.weight([*ahead, *before]), 2)
    return pd.DataFrame({"month": ahead, "weight": weights[0], "weight_year_ago": weights[1]})
