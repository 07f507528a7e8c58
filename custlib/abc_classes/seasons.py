"""Whether a class is seasonal: seasonal indices, shrunk towards that of all customers, and the class over a year."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib import quarters
from custlib.seasons import shrunk

SHUFFLES = 500  # of each year's quarters, to see how many customers look seasonal by chance
SEASONAL = 0.25  # points of the mean quarter by which a peak stands above all customers' index, in each year: ours


@dataclass(frozen=True)
class Seasons:
    """Seasonal indices by quarter of the year; 1 is the mean quarter of a customer's own year.

    pooled: Series over q1 to q4, the mean over all customers with a whole year.
    customers: a row per customer: years (whole years with four quarters above zero, counted back from the quarter), q1
    to q4 (its shrunk index; the pooled one if years is 0), peak (1 to 4, the quarter that stands out most), seasonal
    (whether it stands out by `SEASONAL` in each of at least two years), by_chance (in what share of shuffles of the
    quarters of each of its years one stands out so, too: summed, how many customers would look seasonal by chance).
    kept: Series over years, the share (0 to 1) of a customer's own deviation that is kept.
    """

    pooled: pd.Series
    customers: pd.DataFrame
    kept: pd.Series


def seasonal_indices(amounts: pd.DataFrame, quarter: str) -> Seasons:
    """The seasonal indices of customers, from their own amounts.

    amounts: DataFrame in yuan, customers × consecutive quarters (text) up to `quarter`; missing counts as 0. Returns
    `Seasons`, shrunk as in `seasons.shrunk`.
    """
    asked, names = quarters.parse(quarter), [f"q{number}" for number in range(1, 5)]
    found = shrunk(amounts, asked)
    pooled, deviation, count = found.pooled, found.deviation, found.count
    peak, stands_out = _peak(deviation, count)
    draws, order = np.random.default_rng(0), np.tile(np.arange(4), (len(deviation), 1, 1))
    shuffles = (np.take_along_axis(deviation, draws.permuted(order, axis=2), axis=2) for _ in range(SHUFFLES))
    by_chance = np.mean([_peak(shuffled, count)[1] for shuffled in shuffles], axis=0)
    table = pd.DataFrame(found.index, amounts.index, names)
    table.insert(0, "years", count)
    table = table.assign(peak=np.where(count > 0, peak + 1, 0), seasonal=stands_out, by_chance=by_chance)
    return Seasons(pd.Series(pooled, names), table, found.kept)


def periodic(
    classes: pd.Series, history: pd.DataFrame, together: pd.Series | None, seasons: Seasons, quarter: str
) -> pd.DataFrame:
    """The class now beside the class over a year; over the customers of `classes`.

    classes: joint classes of the quarter; history: as `abc_classes.history` returns it; together: joint classes over
    the last four quarters together, None if the data do not reach back so far; seasons: `Seasons` on net sales.
    Returns class_year_ago, class_year, season (the customer's index less the pooled one, 0 if unknown) and a_by_season:
    A now but not over the last four quarters, which contain every season once, for a seasonal customer that is above
    the pooled index in this quarter.
    """
    asked = quarters.parse(quarter)
    season = (seasons.customers[f"q{asked.number}"] - seasons.pooled[f"q{asked.number}"]).reindex(classes.index)
    table = pd.DataFrame(
        {
            "class_year_ago": history.get(str(asked.previous(4)), classes.iloc[:0]).reindex(classes.index),
            "class_year": (classes.iloc[:0] if together is None else together).reindex(classes.index),
            "season": season.fillna(0.0),
        }
    )
    in_season = seasons.customers["seasonal"].reindex(classes.index, fill_value=False) & (season > 0)
    over_year = table["class_year"]
    return table.assign(a_by_season=in_season & (classes == "A") & over_year.notna() & (over_year != "A"))


def season_curves(seasons: Seasons, names: pd.Series, sizes: pd.Series, pooled: str, limit: int = 8) -> pd.DataFrame:
    """The curves of the seasonal customers beside that of all: label, quarter_number (1 to 4), index; the pooled one
    first, then the largest customers, at most `limit`.

    names: Series customer → name; sizes: Series in yuan over the customers that may be named; pooled: the label of the
    pooled curve.
    """
    seasonal = seasons.customers[seasons.customers["seasonal"]]
    ranked = sizes.reindex(seasonal.index.intersection(sizes.index)).fillna(0)
    largest = ranked.sort_values(ascending=False, kind="stable").head(limit).index
    numbers = [f"q{number}" for number in range(1, 5)]
    curves = pd.concat([seasons.pooled.to_frame(pooled).T, seasonal.loc[largest, numbers].set_axis(names.loc[largest])])
    parts = [
        pd.DataFrame({"label": label, "quarter_number": range(1, 5), "index": row})
        for label, row in zip(curves.index, curves.to_numpy(), strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _peak(deviation, count):
    """The quarter (0 to 3) that stands out most in the mean of a customer's years, and whether it does so in each of at
    least two. deviation: years × customers × quarters."""
    peak = np.nansum(deviation, axis=0).argmax(axis=1)
    at_peak = np.take_along_axis(deviation, peak[None, :, None], axis=2)[:, :, 0]
    least = np.where(np.isnan(at_peak), np.inf, at_peak).min(axis=0)
    return peak, (count > 1) & (least >= SEASONAL)
