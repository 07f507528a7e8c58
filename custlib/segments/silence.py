"""Who has fallen silent: for longer than the season of the own segment and the own number of purchases explain."""

import numpy as np
import pandas as pd

from custlib import quarters

CHANCE = 0.05  # of so long a gap, below which a consumer counts as silent
MONTHS = 12


def with_silence(features: pd.DataFrame, months: pd.DataFrame, identities: pd.Series, quarter: str) -> pd.DataFrame:
    """`features` of the consumers in a segment, with `silent`: 1 for who has fallen silent, else 0.

    features: `facts.consumer_features` with recency_days and frequency, without them nothing is added; months:
    `facts.consumer_months` of the same four quarters; identities: Series consumer → identity.
    Time is measured in purchases of the own segment: whose segment buys at Spring Festival is not silent in December.
    If a consumer's n purchases fell into the year as the segment's do, the last gap would be at least the share u of it
    with a chance of (1 − u)ⁿ; below 5 % the consumer counts as silent.
    """
    rows = features.reindex(identities.index)
    if not {"recency_days", "frequency"} <= set(rows):
        return rows
    gap = _gap(rows["recency_days"], _since(months, identities, quarter), identities, quarter)
    return rows.assign(silent=((1 - gap) ** rows["frequency"] < CHANCE).astype("float64").where(gap.notna()))


def _since(months, identities, quarter):
    """The share of a segment's purchases since the end of each month: identity × months before the end (0 to 12)."""
    last = quarters.parse(quarter).last_day.month
    back = (last - months["month"]) % MONTHS + 1
    counts = pd.crosstab(months["consumer_id"].map(identities), back, months["purchases"], aggfunc="sum")
    counts = counts.reindex(columns=range(MONTHS + 1), fill_value=0).fillna(0)
    return counts.cumsum(axis=1).div(counts.sum(axis=1), axis=0)


def _gap(recency_days, since, identities, quarter):
    """The share of the segment's purchases of the year after a consumer's last one; even within a month."""
    end = quarters.parse(quarter).last_day
    ends = [end, *pd.date_range(end=end, periods=MONTHS, freq="MS")[::-1] - pd.Timedelta(days=1)]
    days = [(pd.Timestamp(end) - pd.Timestamp(each)).days for each in ends]
    gaps = pd.Series(np.nan, recency_days.index)
    for identity, members in identities.groupby(identities):
        if identity in since.index:
            gaps[members.index] = np.interp(recency_days[members.index], days, since.loc[identity])
    return gaps
