"""What each segment brought, and a plain forecast of its next quarter with the error it made on the last one.

The quarters table is `facts.consumer_quarters`: consumer_id, quarter, purchases, money. A segment is its members of now (or of the
quarter that the identities are of), with their own past; consumers that stand in no segment are together under `apart`, so that
the segments add up to the total of the table.
"""

from collections import defaultdict

import numpy as np
import pandas as pd

from custlib import quarters
from custlib.segments.suppression import suppressed

APART = "apart"
YEAR, MONTHS = 4, 12


def value(table, identities, quarter):
    """What each segment brought in `quarter` and over the four quarters up to it; index identity, sorted, `apart` last.

    identities: Series consumer → identity. Columns: consumers (members; under `apart` those with a purchase or a return in the
    year), buyers (of them, in the quarter), purchases, money (yuan), purchases_year, money_year, money_share (of all money of the
    year). Cells of single consumers are suppressed.
    """
    year = [str(each) for each in quarters.span(quarters.parse(quarter), YEAR)]
    rows = _named(table[table["quarter"].isin(year)], identities)
    now = rows[rows["quarter"] == quarter]
    by, of_now = rows.groupby("identity"), now.groupby("identity")
    of_consumer = rows.groupby(["identity", "consumer_id"])["money"].sum()
    found = pd.DataFrame(
        {
            "consumers": by["consumer_id"].nunique(),
            "purchases_year": by["purchases"].sum(),
            "money_year": by["money"].sum(),
            "largest_year": of_consumer.abs().groupby(level=0).max(),
        }
    )
    found = found.reindex(_order({*identities.unique(), APART})).fillna(0.0)
    members = identities.value_counts()
    found["consumers"] = members.reindex(found.index).fillna(found["consumers"]).astype("int64")
    found["money_share"] = found["money_year"] / (found["money_year"].sum() or np.nan)
    parts = {
        "buyers": now[now["purchases"] > 0].groupby("identity")["consumer_id"].nunique(),
        "purchases": of_now["purchases"].sum(),
        "money": of_now["money"].sum(),
        "largest": now["money"].abs().groupby(now["identity"]).max(),
    }
    found = found.assign(**{name: part.reindex(found.index).fillna(0.0) for name, part in parts.items()})
    found = found.assign(largest_share=found["largest_year"] / (found["money_year"].sum() or np.nan))
    year_sums = {"money_year": "largest_year", "money_share": "largest_share"}
    found = suppressed(found, ["purchases_year", "money_year", "money_share"], "consumers", year_sums)
    found = suppressed(found, ["purchases", "money"], "buyers", {"money": "largest"})
    columns = ["consumers", "buyers", "purchases", "money", "purchases_year", "money_year", "money_share"]
    return found[columns].rename_axis("identity")


def by_quarter(table, identities):
    """Money of each segment by quarter, over all quarters held: identity, quarter, consumers (that bought), purchases, money, and
    index (money ÷ the segment's mean quarter); for season curves. Cells of single consumers are suppressed."""
    rows = _named(table, identities).assign(largest=table["money"].abs())
    found = rows.groupby(["identity", "quarter"]).agg(
        consumers=("consumer_id", "nunique"),
        purchases=("purchases", "sum"),
        money=("money", "sum"),
        largest=("largest", "max"),
    )
    found = suppressed(found.reset_index(), ["purchases", "money"], "consumers", {"money": "largest"})
    mean = found.groupby("identity")["money"].transform("mean")
    found["index"] = found["money"] / mean.where(mean > 0)
    place = found["identity"].map({name: number for number, name in enumerate(_order(found["identity"].unique()))})
    return found.iloc[np.lexsort((found["quarter"].astype("object"), place))].reset_index(drop=True)


def seasons(table, identities):
    """When each segment buys: identity ("" for all consumers with a segment), month (1 to 12), consumers, index (money of the month ÷
    that of the segment's mean month).

    table: `facts.consumer_months`. Consumers in no segment are left out; cells of single consumers are suppressed.
    """
    rows = _named(table, identities)
    rows = rows[rows["identity"] != APART]
    rows = pd.concat([rows, rows.assign(identity="")]).assign(largest=lambda each: each["money"].abs())
    found = rows.groupby(["identity", "month"]).agg(
        consumers=("consumer_id", "nunique"), money=("money", "sum"), largest=("largest", "max")
    )
    year = found.groupby("identity")["money"].transform("sum")
    found = found.reset_index().assign(index=(found["money"] / year.where(year > 0) * MONTHS).to_numpy())
    found["largest"] = found["largest"] / found["money"] * found["index"]
    found = suppressed(found, ["index"], "consumers", {"index": "largest"})
    return found[["identity", "month", "consumers", "index"]]


def seasonal_index(table, quarter):
    """How each quarter of the year compares with the mean quarter: Series over 1 to 4, adding up to 4.

    Pooled over all consumers and whole years back from `quarter`, each year's money by its own mean; all 1 without a whole year.
    """
    totals, asked, years = table.groupby("quarter")["money"].sum(), quarters.parse(quarter), []
    while True:
        year = quarters.span(asked.previous(YEAR * len(years)), YEAR)
        amounts = totals.reindex([str(each) for each in year])
        if not (amounts > 0).all():
            break
        years.append(pd.Series((amounts / amounts.mean()).to_numpy(), [each.number for each in year]))
    found = pd.concat(years, axis=1).mean(axis=1) if years else pd.Series(1.0, range(1, YEAR + 1))
    return found.sort_index().rename_axis("quarter_number")


def forecast(table, identities, quarter, before=None):
    """Each segment's next quarter: the mean of its own last four quarters × the pooled seasonal index; index identity.

    Columns: next_quarter (text), forecast, naive (the same quarter of the year before), held_out (what came in `quarter`),
    held_forecast and held_naive (what would have been forecast for it a quarter earlier), error and naive_error (forecast ÷ what
    came − 1). before: the identities as they were a quarter earlier; with them the held-out quarter is one that took no part in
    drawing the segments. Without them, or where there were none, the members of now are taken, who were chosen for having bought in it too, and the
    error looks low: say so. Members of now are chosen for a busy year, so that a forecast tends to be high. NaN where the
    quarters do not reach, or where `value` would be suppressed.
    """
    asked = quarters.parse(quarter)
    held = identities if before is None or before.empty else before
    shown, earlier = _shown(table, identities), _shown(table, held)
    ahead, held_ahead = _ahead(table, identities, asked), _ahead(table, held, asked.previous())
    columns = {
        "forecast": ahead,
        "naive": shown[str(asked.previous(3))],
        "held_out": earlier[str(asked)],
        "held_forecast": held_ahead,
        "held_naive": earlier[str(asked.previous(4))],
    }
    found = pd.DataFrame(columns).reindex(_order({*identities.unique(), APART})).rename_axis("identity")
    found.insert(0, "next_quarter", str(asked.previous(-1)))
    came = found["held_out"].where(found["held_out"] > 0)
    return found.assign(error=found["held_forecast"] / came - 1, naive_error=found["held_naive"] / came - 1)


def _ahead(table, identities, quarter):
    """The forecast made at the end of `quarter` for the one after it: Series by identity."""
    names = [str(each) for each in quarters.span(quarter, YEAR)]
    year = value(table, identities, str(quarter))["money_year"]
    reaches = bool(len(table)) and table["quarter"].min() <= names[0]
    return (
        (year if reaches else year * np.nan) / YEAR * seasonal_index(table, str(quarter))[quarter.previous(-1).number]
    )


def _shown(table, identities):
    """Money by identity × quarter as it may be published: NaN where suppressed or where the table does not reach, 0 where nobody bought."""
    rows = by_quarter(table, identities)
    wide = rows.pivot(index="identity", columns="quarter", values="money")
    bought = rows.assign(one=1).pivot(index="identity", columns="quarter", values="one").notna()
    found = wide.where(bought, 0.0).reindex(_order({*identities.unique(), APART}), fill_value=0.0)
    return defaultdict(lambda: pd.Series(np.nan, found.index), found.items())


def _named(table, identities):
    """The rows with the identity of their consumer."""
    return table.assign(identity=table["consumer_id"].map(identities).fillna(APART))


def _order(names):
    """S1, S2, … S10, `apart` last."""
    return sorted(names, key=lambda name: (name == APART, len(name), name))
