"""How far raters agree on people: intraclass correlations."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

_ENDS = (0.025, 0.975)


@dataclass(frozen=True)
class Agreement:
    """agreement, consistency: (value, low, high), the interval of 95 %. mean_squares: between (people), within, judges,
    error; NaN all where nothing differs or fewer than two people or raters are known."""

    agreement: tuple[float, float, float]
    consistency: tuple[float, float, float]
    mean_squares: dict[str, float]


def icc(ratings: pd.DataFrame) -> Agreement:
    """Intraclass correlations of one rating each: how much of a difference between people is the people.

    ratings: people × raters, complete. Agreement, ICC(2,1), counts it against the raters that one gives more than
    another; consistency, ICC(3,1), does not: what it has over agreement is leniency. Source: Shrout & Fleiss 1979;
    intervals: McGraw & Wong 1996. Raises ValueError for a missing rating.
    """
    table = ratings.to_numpy("float64")
    if np.isnan(table).any():
        raise ValueError("agreement needs every person rated by every rater")
    people, raters = table.shape
    if people < 2 or raters < 2:
        return _nothing()
    squares = _mean_squares(table)
    between, judges, error = (squares[name] for name in ("between", "judges", "error"))
    if between + (raters - 1) * error <= 0:
        return _nothing()
    return Agreement(
        _agreement(between, judges, error, people, raters), _consistency(between, error, people, raters), squares
    )


def _nothing():
    unknown = (np.nan,) * 3
    return Agreement(unknown, unknown, dict.fromkeys(("between", "within", "judges", "error"), np.nan))


def _mean_squares(table):
    people, raters = table.shape
    rows, columns, mean = table.mean(axis=1), table.mean(axis=0), table.mean()
    left = table - rows[:, None] - columns + mean
    return {
        "between": float(raters * ((rows - mean) ** 2).sum() / (people - 1)),
        "within": float(((table - rows[:, None]) ** 2).sum() / (people * (raters - 1))),
        "judges": float(people * ((columns - mean) ** 2).sum() / (raters - 1)),
        "error": float((left**2).sum() / ((people - 1) * (raters - 1))),
    }


def _consistency(between, error, people, raters):
    value = (between - error) / (between + (raters - 1) * error)
    if error <= 0:
        return value, 1.0, 1.0
    ratio, free = between / error, ((people - 1), (people - 1) * (raters - 1))
    low, high = ratio / scipy.stats.f.ppf(_ENDS[1], *free), ratio * scipy.stats.f.ppf(_ENDS[1], *free[::-1])
    return value, (low - 1) / (low + raters - 1), (high - 1) / (high + raters - 1)


def _agreement(between, judges, error, people, raters):
    value = (between - error) / (between + (raters - 1) * error + raters * (judges - error) / people)
    if value >= 1:
        return value, 1.0, 1.0
    a, b = raters * value / (people * (1 - value)), 1 + raters * value * (people - 1) / (people * (1 - value))
    parts = (a * judges) ** 2 / (raters - 1) + (b * error) ** 2 / ((people - 1) * (raters - 1))
    free = (a * judges + b * error) ** 2 / parts if parts else np.inf
    others = raters * judges + (raters * people - raters - people) * error
    above, below = scipy.stats.f.ppf(_ENDS[1], people - 1, free), scipy.stats.f.ppf(_ENDS[1], free, people - 1)
    low = people * (between - above * error) / (above * others + people * between)
    return value, low, people * (below * between - error) / (others + people * below * between)
