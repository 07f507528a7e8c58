"""Months that the exports should hold and do not: they are absent, not zero, and nothing is compared with them."""

from collections.abc import Iterable, Sequence

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean

TABLES = ("sales", "payments")  # those of which every month has rows


def months(clean: Clean, tables: Sequence[str] = TABLES) -> list[str]:
    """The months of the data ("2025-07"), oldest first, in which one of these tables has no row, as far as the exports
    hold the table; not those in which the company was closed, as declared."""
    all_months = _months(clean)
    lacking = [all_months[~all_months.isin(_held(clean, name))] for name in tables if clean.has(name)]
    return sorted({month for own in lacking for month in own})


def missing(clean: Clean, until: str, tables: Sequence[str] = TABLES) -> list[str]:
    """What is missing up to the end of a quarter: `["sales 2025-07"]`, for each of the tables that the exports hold.

    Sales are expected from the first day of the data, others from the month of the first row.
    """
    lacking, end = [], str(quarters.parse(until).last_day)[:7]
    for name in tables:
        held = _held(clean, name) if clean.has(name) else []
        begin = min(held, default="") if name != "sales" else ""
        expected = [month for month in _months(clean) if begin <= month <= end] if clean.has(name) else []
        lacking += [f"{name} {month}" for month in expected if month not in held]
    return lacking


def gaps(clean: Clean, quarter: str) -> list[str]:
    """Months of a quarter in which sales, or payments where the exports hold them, have no row: `["sales 2025-11"]`.

    Months after the data end are no gaps.
    """
    first = str(quarters.parse(quarter).first_day)[:7]
    return [lacks for lacks in missing(clean, quarter) if lacks.split()[1] >= first]


def spans(lacking: Iterable[str]) -> list[str]:
    """Neighbouring months as one: `["sales 2025-07", "sales 2025-08"]` → `["sales 2025-07 – 2025-08"]`."""
    runs: list[list] = []
    for name, month in (text.split() for text in lacking):
        if runs and runs[-1][0] == name and pd.Period(runs[-1][2]) + 1 == pd.Period(month):
            runs[-1][2] = month
        else:
            runs.append([name, month, month])
    return [f"{name} {first}" + (f" – {last}" if last != first else "") for name, first, last in runs]


def whole(clean: Clean, names: Iterable[str], tables: Sequence[str] = TABLES) -> list[str]:
    """Those of the quarters that lie within the data and of which no month is absent from these tables."""
    first, last = clean.period
    lacking = {str(quarters.of_month(month)) for month in months(clean, tables)}
    spanned = ((name, quarters.parse(name)) for name in names if name not in lacking)
    return [name for name, each in spanned if first <= each.first_day and each.last_day <= last]


def _months(clean):
    if not (clean.data_from and clean.data_until):
        return pd.Index([], dtype="str")
    spanned = pd.period_range(clean.data_from, clean.data_until, freq="M").astype("str")
    return spanned[~spanned.isin(clean.closed)]


def _held(clean, name):
    held = vars(clean).setdefault("months", {})  # every sum asks for them
    if name not in held:
        days = clean.connection.to_pyarrow(clean.table(name).select("date").distinct())["date"].to_pylist()
        held[name] = sorted({str(day)[:7] for day in days})
    return held[name]
