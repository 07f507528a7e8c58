"""The calendar of the invented company: its quarters, and how much is sold on which day."""

import zlib
from datetime import date

import numpy as np

from custlib.quarters import Quarter, span

LAST = Quarter(2025, 4)

SPRING_FESTIVALS = np.array(
    "2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10"
    " 2025-01-29 2026-02-17".split(),
    dtype="datetime64[D]",
)


def stream(seed: int, *names) -> np.random.Generator:
    """A random generator of its own for each name, so that a change in one table leaves all others as they are."""
    key = zlib.crc32(" ".join(map(str, names)).encode())
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(key,)))


def quarters_with_warm_up(count: int) -> list[Quarter]:
    """The exported quarters, oldest first, after one quarter whose sales are paid in the first of them."""
    return span(LAST, count + 1)


def of_quarter(quarter: Quarter) -> np.ndarray:
    """All days of a quarter, as datetime64[D]."""
    return np.arange(np.datetime64(quarter.first_day), np.datetime64(quarter.last_day) + 1, dtype="datetime64[D]")


def between(days: np.ndarray, first: tuple, last: tuple) -> np.ndarray:
    """Whether each day lies between two days of the year, given as (month, day)."""
    years = range(days[0].astype(object).year, days[-1].astype(object).year + 1)
    return np.any(
        [(days >= np.datetime64(date(y, *first))) & (days <= np.datetime64(date(y, *last))) for y in years], axis=0
    )


def until_spring_festival(days: np.ndarray) -> np.ndarray:
    """Days from each day to the nearest Spring Festival; negative after it."""
    gaps = SPRING_FESTIVALS - days[:, None]
    return np.take_along_axis(gaps, np.abs(gaps).argmin(axis=1)[:, None], axis=1)[:, 0].astype(int)


def sell_in(days: np.ndarray) -> np.ndarray:
    """Weight of each day for invoices: dealers stock up before the festivals, and nobody ships in the New Year week."""
    weekday = (days.astype(int) + 3) % 7
    weight = np.choose(weekday, [1.0, 1.0, 1.0, 1.0, 1.1, 0.5, 0.15])
    ahead = until_spring_festival(days)
    weight[(ahead >= 8) & (ahead <= 32)] *= 1.5
    weight[(ahead >= -7) & (ahead <= 3)] *= 0.05
    weight[between(days, (5, 18), (6, 14))] *= 1.5
    weight[between(days, (10, 15), (11, 8))] *= 1.7
    weight[between(days, (9, 10), (9, 26))] *= 1.25
    return weight


def sell_out(days: np.ndarray, festival: float, bargain: float) -> np.ndarray:
    """Weight of each day for purchases; `festival` before Spring Festival, `bargain` around 618 and Double 11."""
    weekday = (days.astype(int) + 3) % 7
    weight = np.choose(weekday, [0.8, 0.8, 0.8, 0.9, 1.1, 1.5, 1.4])
    ahead = until_spring_festival(days)
    weight[(ahead >= 1) & (ahead <= 21)] *= festival
    weight[between(days, (6, 1), (6, 20)) | between(days, (11, 1), (11, 12))] *= bargain
    return weight


def drawn(rng: np.random.Generator, days: np.ndarray, weight: np.ndarray, size: int) -> np.ndarray:
    """`size` days drawn by their weights."""
    return _at(days, weight, rng.random(size))


def spread(rng: np.random.Generator, days: np.ndarray, weight: np.ndarray, buyers: np.ndarray) -> np.ndarray:
    """A day for each order: each buyer orders at even distances of weight. Equal buyers stand side by side."""
    count = np.bincount(buyers)[buyers]
    place = np.arange(len(buyers)) - np.searchsorted(buyers, buyers)
    return _at(days, weight, (place + rng.random(len(buyers))) / count)


def _at(days, weight, share):
    cumulated = np.cumsum(weight)
    return days[np.searchsorted(cumulated, share * cumulated[-1], side="right").clip(max=len(days) - 1)]
