"""What each segment brought, and a plain forecast of its next quarter with its error for the last one.

The quarters table is `facts.consumer_quarters`: consumer_id, quarter, purchases, money. A segment is its members of now
(or of the quarter of the identities) with their own past; consumers in no segment are together under `apart`, so that
the segments add up to the table's total.
"""

from collections import defaultdict

import numpy as np
import pandas as pd

from custlib import quarters
from custlib.seasons import shrunk
from custlib.segments.suppression import suppressed

APART = "apart"
YEAR, MONTHS = 4, 12
_VALUE = [
    *("consumers", "consumers_share", "buyers", "purchases", "money"),
    *("purchases_year", "money_year", "money_share"),
]


def value(table: pd.DataFrame, identities: pd.Series, quarter: str) -> pd.DataFrame:
    """What each segment brought in `quarter` and over the four quarters up to it; index identity, sorted, `apart` last.

    identities: Series consumer → identity. Columns: consumers (members; under `apart` those with a purchase or return
    in the year), consumers_share (of all of them), buyers (of them, in the quarter), purchases, money (yuan),
    purchases_year, money_year, money_share (of all money of the year). Both shares are of everybody, those in no
    segment too. Cells of single consumers are suppressed.
    """
    year = [str(each) for each in quarters.span(quarters.parse(quarter), YEAR)]
    rows = _named(table[table["quarter"].isin(year)], identities)
    figures = _year_of(rows, identities)
    of_quarter = _quarter_of(rows[rows["quarter"] == quarter])
    figures = figures.join(of_quarter.reindex(figures.index).fillna(0.0))
    year_sums = {"money_year": "largest_year", "money_share": "largest_share"}
    of_year = ["consumers_share", "purchases_year", "money_year", "money_share"]
    figures = suppressed(figures, of_year, "consumers", year_sums)
    figures = suppressed(figures, ["purchases", "money"], "buyers", {"money": "largest"})
    return figures[_VALUE].rename_axis("identity")


def _year_of(rows, identities):
    """Members and money of the year by identity, with shares of everybody's and the money of the largest consumer."""
    by = rows.groupby("identity")
    of_consumer = rows.groupby(["identity", "consumer_id"])["money"].sum()
    sums = {
        "consumers": by["consumer_id"].nunique(),
        "purchases_year": by["purchases"].sum(),
        "money_year": by["money"].sum(),
        "largest_year": of_consumer.abs().groupby(level=0).max(),
    }
    figures = pd.DataFrame(sums).reindex(_order({*identities.unique(), APART})).fillna(0.0)
    members = identities.value_counts().reindex(figures.index).fillna(figures["consumers"]).astype("int64")
    everybody = figures["money_year"].sum() or np.nan
    return figures.assign(
        consumers=members,
        consumers_share=members / (members.sum() or np.nan),
        money_share=figures["money_year"] / everybody,
        largest_share=figures["largest_year"] / everybody,
    )


def _quarter_of(now):
    """What was bought in the quarter by identity, with the money of its largest purchase."""
    by = now.groupby("identity")
    return pd.DataFrame(
        {
            "buyers": now[now["purchases"] > 0].groupby("identity")["consumer_id"].nunique(),
            "purchases": by["purchases"].sum(),
            "money": by["money"].sum(),
            "largest": now["money"].abs().groupby(now["identity"]).max(),
        }
    )


def by_quarter(table: pd.DataFrame, identities: pd.Series) -> pd.DataFrame:
    """Money of each segment by quarter, over all quarters held, for season curves.

    Columns: identity, quarter, consumers (that bought), purchases, money, index (money ÷ the segment's mean quarter).
    Cells of single consumers are suppressed.
    """
    rows = _named(table, identities).assign(largest=table["money"].abs())
    table_of_quarters = rows.groupby(["identity", "quarter"]).agg(
        consumers=("consumer_id", "nunique"),
        purchases=("purchases", "sum"),
        money=("money", "sum"),
        largest=("largest", "max"),
    )
    table_of_quarters = suppressed(
        table_of_quarters.reset_index(), ["purchases", "money"], "consumers", {"money": "largest"}
    )
    mean = table_of_quarters.groupby("identity")["money"].transform("mean")
    table_of_quarters["index"] = table_of_quarters["money"] / mean.where(mean > 0)
    place = table_of_quarters["identity"].map(
        {name: number for number, name in enumerate(_order(table_of_quarters["identity"].unique()))}
    )
    return table_of_quarters.iloc[np.lexsort((table_of_quarters["quarter"].astype("object"), place))].reset_index(
        drop=True
    )


def seasons(table: pd.DataFrame, identities: pd.Series) -> pd.DataFrame:
    """When each segment buys: identity ("" for all in segments), month (1 to 12), consumers, index (1: the mean month).

    table: `facts.consumer_months`. Consumers in no segment are left out; cells of single consumers are suppressed.
    """
    rows = _named(table, identities)
    rows = rows[rows["identity"] != APART]
    rows = pd.concat([rows, rows.assign(identity="")]).assign(largest=lambda each: each["money"].abs())
    months = rows.groupby(["identity", "month"]).agg(
        consumers=("consumer_id", "nunique"), money=("money", "sum"), largest=("largest", "max")
    )
    year = months.groupby("identity")["money"].transform("sum")
    months = months.reset_index().assign(index=(months["money"] / year.where(year > 0) * MONTHS).to_numpy())
    months["largest"] = months["largest"] / months["money"] * months["index"]
    months = suppressed(months, ["index"], "consumers", {"index": "largest"})
    return months[["identity", "month", "consumers", "index"]]


def seasonal_index(table: pd.DataFrame, quarter: str) -> pd.Series:
    """Each quarter of the year beside the mean quarter: Series over 1 to 4, adding up to 4.

    Pooled over all consumers and whole years back from `quarter`, each year's money by its own mean; all 1 without a
    whole year.
    """
    totals, asked = table.groupby("quarter")["money"].sum(), quarters.parse(quarter)
    years: list[pd.Series] = []
    while True:
        year = quarters.span(asked.previous(YEAR * len(years)), YEAR)
        amounts = totals.reindex([str(each) for each in year])
        if not (amounts > 0).all():
            break
        years.append(pd.Series((amounts / amounts.mean()).to_numpy(), [each.number for each in year]))
    indices = pd.concat(years, axis=1).mean(axis=1) if years else pd.Series(1.0, range(1, YEAR + 1))
    return indices.sort_index().rename_axis("quarter_number")


def forecast(table: pd.DataFrame, identities: pd.Series, quarter: str, before: pd.Series | None = None) -> pd.DataFrame:
    """Each segment's next quarter: the mean of its own last four quarters × its own seasonal index, shrunk towards that
    of all money (see `seasons.shrunk`); index identity: those of now and of the quarter before, `apart` last.

    Columns: next_quarter (text), forecast, naive (the same quarter of the year before), held_out (the money of
    `quarter`), held_forecast and held_naive (what would have been forecast for it a quarter earlier), error and
    naive_error (forecast ÷ actual − 1).
    before: the identities a quarter earlier, so that the held-out quarter took no part in making the segments. Without
    them today's members are used, who were chosen for buying in it too, so the error looks low: say so. Today's members
    are chosen for a busy year, so a forecast tends to be high. NaN if a quarter of the year is not known, or where
    `value`
    would be suppressed.
    """
    asked = quarters.parse(quarter)
    held = identities if before is None or before.empty else before
    own_quarters, earlier = _publishable(table, identities), _publishable(table, held)
    ahead, held_ahead = _ahead(table, identities, asked), _ahead(table, held, asked.previous())
    columns = {
        "forecast": ahead,
        "naive": own_quarters[str(asked.previous(3))],
        "held_out": earlier[str(asked)],
        "held_forecast": held_ahead,
        "held_naive": earlier[str(asked.previous(4))],
    }
    forecasts = (
        pd.DataFrame(columns).reindex(_order({*identities.unique(), *held.unique(), APART})).rename_axis("identity")
    )
    forecasts.insert(0, "next_quarter", str(asked.previous(-1)))
    came = forecasts["held_out"].where(forecasts["held_out"] > 0)
    return forecasts.assign(error=forecasts["held_forecast"] / came - 1, naive_error=forecasts["held_naive"] / came - 1)


def _ahead(table, identities, quarter):
    """The forecast made at the end of `quarter` for the next one: Series by identity."""
    names = [str(each) for each in quarters.span(quarter, YEAR)]
    year = value(table, identities, str(quarter))["money_year"]
    if not set(names) <= set(table["quarter"]):
        return year * np.nan
    rows = _named(table[table["quarter"] <= names[-1]], identities)
    money = rows.pivot_table(index="identity", columns="quarter", values="money", aggfunc="sum")
    index = shrunk(money, quarter, seasonal_index(table, names[-1]).to_numpy()).index[
        :, quarter.previous(-1).number - 1
    ]
    return year / YEAR * pd.Series(index, money.index).reindex(year.index)


def _publishable(table, identities):
    """Publishable money by identity × quarter: NaN where suppressed or beyond the table, 0 where nobody bought."""
    rows = by_quarter(table, identities)
    wide = rows.pivot(index="identity", columns="quarter", values="money")
    bought = rows.assign(one=1).pivot(index="identity", columns="quarter", values="one").notna()
    money = wide.where(bought, 0.0).reindex(_order({*identities.unique(), APART}), fill_value=0.0)
    return defaultdict(lambda: pd.Series(np.nan, money.index), money.items())


def _named(table, identities):
    """The rows with the identity of their consumer."""
    return table.assign(identity=table["consumer_id"].map(identities).fillna(APART))


def _order(names):
    """S1, S2, … S10, `apart` last."""
    return sorted(names, key=lambda name: (name == APART, len(name), name))
