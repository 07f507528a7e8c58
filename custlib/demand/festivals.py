"""Festivals move through the months: what their days do to sales, learnt from days, and what that makes of a month."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from custlib import reference
from custlib.refusals import Refused

_FILE = "festivals.csv"
_SIDES = ("before", "after")
_ROUNDS = 50
_Z = 1.959964
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Calendar:
    """factors: festival, window, factor, low, high (95 %; missing where the days hold none), events.

    weekdays: array of 7 from Monday, mean 1; windows: as `windows` gives them; scale: the mean month's weight.
    """

    factors: pd.DataFrame
    weekdays: np.ndarray
    windows: pd.DataFrame
    scale: float

    def weight(self, months) -> np.ndarray:
        """What months ("2026-01") sell by their days alone, 1 being the mean month of the data.

        Raises Refused (`festival_missing`) for a month whose festivals nobody has written down."""
        first = np.asarray(list(months), dtype="datetime64[M]")
        if not len(first):
            return np.array([])
        check_years(self.windows, first.min(), first.max())
        days = np.arange(first.min().astype("datetime64[D]"), (first.max() + 1).astype("datetime64[D]"))
        sums = pd.Series(self._of_days(days)).groupby(days.astype("datetime64[M]")).sum()
        return sums[first].to_numpy() / self.scale

    def _of_days(self, days):
        inside = _inside(days, self.windows, self.factors)
        factors = _sure(self.factors)
        return self.weekdays[_weekday(days)] * np.where(inside, factors, 1).prod(axis=1)


def windows(data_dir: str | Path | None = None) -> pd.DataFrame:
    """The windows of `festivals.csv`: festival, window (before, after), year, first, last (datetime64[D]).

    Raises Refused: what `reference.lines` does; `festival_line` for a day, a year or a number of days that is none.
    """
    rows, found = reference.lines(_FILE, data_dir), []
    for line, row in rows.iterrows():
        on = reference.day(row["on"])
        days = {f"{side}_{end}": row[f"{side}_{end}"] for side in _SIDES for end in ("from", "to")}
        half = [side for side in _SIDES if pd.isna(days[f"{side}_from"]) != pd.isna(days[f"{side}_to"])]
        if on is None or str(on.year) != row["year"] or half:
            value = row["on"] if on is None or not half else half[0]
            raise Refused("festival_line", file=_FILE, line=line, value=value, year=row["year"])
        for side, sign in zip(_SIDES, (-1, 1), strict=True):
            if pd.notna(days[f"{side}_from"]):
                ends = [np.datetime64(on) + sign * int(days[f"{side}_{end}"]) for end in ("from", "to")]
                if ends[0] > ends[1]:
                    raise Refused("festival_line", file=_FILE, line=line, value=f"{side}_from", year=row["year"])
                found.append((row["festival"], side, on.year, *ends))
    table = pd.DataFrame(found, columns=["festival", "window", "year", "first", "last"])
    return table.astype({"first": "datetime64[s]", "last": "datetime64[s]"})


def check_years(windows: pd.DataFrame, first, last) -> None:
    """Raises Refused (`festival_missing`) where a festival lacks a year between two months; the year after December
    counts, for its days before the festival may lie there. A festival begins with the first year that it has."""
    needed = range(first.astype(object).year, (last + 1).astype(object).year + 1)
    for festival, years in windows.groupby("festival", sort=False)["year"]:
        for year in needed:
            if min(years) < year and year not in set(years):
                raise Refused("festival_missing", file=_FILE, festival=festival, year=year)


def festival_shares(months, windows: pd.DataFrame) -> pd.DataFrame:
    """The share of each window's days in each month (Bell & Hillmer 1983): the rows of `windows` × months."""
    first = np.asarray(list(months), dtype="datetime64[M]")
    begin, end = first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]")
    opens, closes = _ends(windows)
    length = (closes - opens).astype(int)
    common = np.minimum(end, closes[:, None]) - np.maximum(begin, opens[:, None])
    return pd.DataFrame(common.astype(int).clip(min=0) / length[:, None], windows.index, list(months))


def calendar(daily: pd.Series, windows: pd.DataFrame) -> Calendar:
    """What weekdays and festivals do to a company's sales, by quasi-Poisson regression with log link on its days.

    daily: net sales by day (index datetime64), every day of whole months, days below 0 counting as 0. Each month has a
    level of its own, so a window is told by the days within and around it. A window without a day in the data, or
    without sales, has the factor 1.
    Raises Refused (`festival_missing`).
    """
    days = daily.index.to_numpy().astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    check_years(windows, months.min(), months.max())
    names = windows[["festival", "window"]].drop_duplicates(ignore_index=True)
    inside = _inside(days, windows, names)
    sales = daily.to_numpy("float64").clip(min=0)
    told = inside.any(axis=0) & (inside * sales[:, None]).any(axis=0)
    design = np.column_stack(
        [
            inside[:, told],
            *(_weekday(days) == day for day in range(1, 7)),
            *(months == each for each in np.unique(months)),
        ]
    ).astype("float64")
    found, error = _quasi_poisson(design, sales)
    count = int(told.sum())
    factor, low, high = np.ones(len(names)), np.full(len(names), np.nan), np.full(len(names), np.nan)
    factor[told] = np.exp(found[:count])
    low[told], high[told] = (np.exp(found[:count] + side * _Z * error[:count]) for side in (-1, 1))
    opens, closes = _ends(windows)
    within = windows[(opens <= days[-1]) & (closes > days[0])]
    events = within.groupby(["festival", "window"]).size().reindex(pd.MultiIndex.from_frame(names), fill_value=0)
    factors = names.assign(factor=factor, low=low, high=high, events=events.to_numpy())
    weekdays = np.exp(np.r_[0, found[count : count + 6]])
    fitted = Calendar(factors, weekdays / weekdays.mean(), windows, 1.0)
    return Calendar(factors, fitted.weekdays, windows, float(fitted.weight(np.unique(months)).mean()))


def _sure(factors):
    """Factors drawn towards 1 by how unsure they are (positive part of 1 − error² ÷ log², James & Stein 1961): two
    festivals of few days say little, and a forecast that believed them would be worse than one without."""
    size, low, high = (np.log(factors[name].to_numpy("float64")) for name in ("factor", "low", "high"))
    error = np.nan_to_num((high - low) / (2 * _Z))
    kept = np.divide(size**2 - error**2, size**2, out=np.zeros_like(size), where=size != 0).clip(min=0)
    return np.exp(size * kept)


def _quasi_poisson(design, sales):
    """(coefficients, their standard errors) by iteratively reweighted least squares."""
    mean = (sales + sales.mean()) / 2 + 1e-9
    linear = np.log(mean)
    for _ in range(_ROUNDS):
        response = linear + (sales - mean) / mean
        normal = _squares(design, mean)
        found = np.linalg.lstsq(normal, np.einsum("di,d->i", design, mean * response), rcond=None)[0]
        before, linear = linear, np.clip(np.einsum("di,i->d", design, found), -30, 30)
        mean = np.exp(linear)
        if np.abs(linear - before).max() < 1e-6:
            break
    spread = ((sales - mean) ** 2 / mean).sum() / max(len(sales) - design.shape[1], 1)
    return found, np.sqrt(spread * np.diag(np.linalg.pinv(_squares(design, mean))).clip(min=0))


def _squares(design, weight):
    # not by threads, which wait for one another for so small a sum where several kernels run
    return np.einsum("di,dj->ij", design, design * weight[:, None])


def _inside(days, windows, names):
    """Days, in their order, × the windows of `names`: whether a day lies in one."""
    opens, closes = _ends(windows)
    near = (closes > days[0]) & (opens <= days[-1])
    inside = (days[:, None] >= opens[near]) & (days[:, None] < closes[near])
    festivals, sides = (windows[name].to_numpy()[near] for name in ("festival", "window"))
    own = zip(names["festival"], names["window"], strict=True)
    return np.stack([inside[:, (festivals == name) & (sides == side)].any(axis=1) for name, side in own], axis=1)


def _ends(windows):
    """First day, and the day after the last."""
    return windows["first"].to_numpy().astype("datetime64[D]"), windows["last"].to_numpy().astype(
        "datetime64[D]"
    ) + _DAY


def _weekday(days):
    return (days.astype(int) + 3) % 7
