"""Is a class a matter of season? Seasonal indices of customers, shrunk towards that of all, and the class over a whole year."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from custlib import quarters

SEASONAL = 0.25  # points of the mean quarter by which a peak stands above all customers' index, in each year: ours


@dataclass(frozen=True)
class Seasons:
    """Seasonal indices by quarter of the year; 1 is the mean quarter of a customer's own year.

    pooled: Series over q1 to q4, the mean over all customers with a whole year.
    customers: one row per customer: years (whole years of four quarters above zero, back from the quarter asked for), q1 to q4
    (its index, shrunk; the pooled one where years is 0), peak (1 to 4, the quarter that stands out most), seasonal (whether it stands
    out by `SEASONAL` in each of at least two years).
    kept: how much of a customer's own deviation is kept by number of years (Series over years, 0 to 1).
    """

    pooled: pd.Series
    customers: pd.DataFrame
    kept: pd.Series


def seasonal_indices(amounts, quarter):
    """The seasonal indices of customers, from their own amounts.

    amounts: DataFrame in yuan, customers × quarters (text, none missing between), up to `quarter`; missing counts as 0.
    Two years are too few for an index of a customer's own: its deviation from the pooled index is kept by the share
    τ² ÷ (τ² + σ² ÷ years), where σ² is the variance of one customer's deviation between years (its median over customers, so that a few
    that change level do not count) and τ² the variance of mean deviations between customers beyond that (empirical Bayes,
    James & Stein 1961). Returns `Seasons`.
    """
    asked, names = quarters.parse(quarter), [f"q{number}" for number in range(1, 5)]
    years = _years(amounts.fillna(0.0), asked)
    ratios = np.stack(years) if years else np.full((1, len(amounts), 4), np.nan)
    whole = ~np.isnan(ratios).any(axis=2)
    whole &= np.logical_and.accumulate(whole, axis=0)  # a year counts if all later ones do
    ratios = np.where(whole[:, :, None], ratios, np.nan)
    count = whole.sum(axis=0)
    pooled = np.nanmean(ratios, axis=(0, 1)) if count.any() else np.ones(4)
    deviation = ratios - pooled
    mean = np.nansum(deviation, axis=0) / np.maximum(count, 1)[:, None]
    kept = pd.Series(_kept(deviation, mean, count), range(len(ratios) + 1)).rename_axis("years")
    shrunk = mean * kept.to_numpy()[count][:, None]
    peak = shrunk.argmax(axis=1)
    at_peak = np.take_along_axis(deviation, peak[None, :, None], axis=2)[:, :, 0]
    least = np.where(np.isnan(at_peak), np.inf, at_peak).min(axis=0)
    table = pd.DataFrame(shrunk + pooled, amounts.index, names)
    table.insert(0, "years", count)
    table = table.assign(peak=np.where(count > 0, peak + 1, 0), seasonal=(count > 1) & (least >= SEASONAL))
    return Seasons(pd.Series(pooled, names), table, kept)


def periodic(classes, history, together, seasons, quarter):
    """The class now beside what a year says; over the customers of `classes`.

    classes: joint classes of the quarter; history: as `abc_classes.history` gives it; together: joint classes over the last four
    quarters together, or None where the data do not reach so far; seasons: the customers of `Seasons` on net sales.
    Returns class_year_ago, class_year, season (the customer's index less the pooled one, 0 where none is known) and `a_by_season`: A now
    but not over the last four quarters together, in which every season stands once, of a customer that is seasonal and above the
    pooled index in this quarter.
    """
    asked = quarters.parse(quarter)
    season = (seasons.customers[f"q{asked.number}"] - seasons.pooled[f"q{asked.number}"]).reindex(classes.index)
    found = pd.DataFrame(
        {
            "class_year_ago": history.get(str(asked.previous(4)), classes.iloc[:0]).reindex(classes.index),
            "class_year": (classes.iloc[:0] if together is None else together).reindex(classes.index),
            "season": season.fillna(0.0),
        }
    )
    named = seasons.customers["seasonal"].reindex(classes.index, fill_value=False) & (season > 0)
    over_year = found["class_year"]
    return found.assign(a_by_season=named & (classes == "A") & over_year.notna() & (over_year != "A"))


def season_curves(seasons, names, sizes, pooled, limit=8):
    """The seasonal customers' curves beside that of all: label, quarter_number (1 to 4), index; the pooled one first, then at most
    `limit` customers, the largest first.

    names: Series customer → name; sizes: Series in yuan, over the customers that may be named; pooled: the label of all customers.
    """
    named = seasons.customers[seasons.customers["seasonal"]]
    shown = sizes.reindex(named.index.intersection(sizes.index)).fillna(0)
    largest = shown.sort_values(ascending=False, kind="stable").head(limit).index
    numbers = [f"q{number}" for number in range(1, 5)]
    curves = pd.concat([seasons.pooled.to_frame(pooled).T, named.loc[largest, numbers].set_axis(names.loc[largest])])
    parts = [
        pd.DataFrame({"label": label, "quarter_number": range(1, 5), "index": row})
        for label, row in zip(curves.index, curves.to_numpy(), strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _years(amounts, asked):
    """For each year of four quarters back from the one asked for: customers × q1 to q4, in units of the year's mean; NaN where a
    quarter is not above zero."""
    found = []
    while True:
        year = [asked.previous(4 * len(found) + back) for back in range(4)]
        year = [str(quarter) for quarter in sorted(year, key=lambda quarter: quarter.number)]
        if not set(year) <= set(amounts.columns):
            return found
        values = amounts[year].to_numpy("float64")
        values = np.where((values > 0).all(axis=1, keepdims=True), values, np.nan)
        found.append(values / values.mean(axis=1, keepdims=True))


def _kept(deviation, mean, count):
    """The share of a deviation that is kept, for 0, 1, 2 … years."""
    years = len(deviation)
    often = count > 1
    if not often.any():
        return np.zeros(years + 1)
    n = int(count.max())
    spread = np.nanvar(deviation[:, often], axis=0, ddof=1)
    noise = np.median(spread) / (stats.chi2.median(n - 1) / (n - 1))
    signal = max(0.0, float((mean[often] ** 2 - noise / count[often][:, None]).mean()))
    return np.array([0.0] + [signal / (signal + noise / k) if signal > 0 else 0.0 for k in range(1, years + 1)])
