"""What demand is: what customers bought, or what they sold on where stock is counted each month."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from custlib.demand.festivals import Calendar

IN, THROUGH = "sold_in", "sold_through"
_YEAR = 12


def basis(months: pd.DataFrame, flow: pd.DataFrame, asked: str) -> tuple[pd.DataFrame, str]:
    """(pieces, models × months; what they are: sold_in or sold_through).

    months: pieces sold in; flow: `facts.product_flow`; asked: what demand is to be. Sold-through of a month is known
    where stock was counted at both of its ends, and stands only where each of the last twelve months is so; months
    before are missing then. Else what was sold in stands.
    """
    opens, closes = pd.to_datetime(flow["from"]) + pd.Timedelta(days=1), pd.to_datetime(flow["to"])
    of_month = (opens.dt.day == 1) & (closes == opens + pd.offsets.MonthEnd(1))
    counted = flow[of_month].assign(month=opens.dt.strftime("%Y-%m"))
    if asked != THROUGH or not set(months.columns[-_YEAR:]) <= set(counted["month"]):
        return months, IN
    wide = counted.pivot(index="product_id", columns="month", values=THROUGH)
    return wide.reindex(columns=months.columns).rename_axis(columns=None), THROUGH


def without_festivals(calendars: Mapping[str, Calendar]) -> dict[str, Calendar]:
    """The same calendars without factors of festivals: those are of what customers stock up with, not of what they sell
    on."""
    return {month: replace(one, factors=one.factors.assign(factor=1.0)) for month, one in calendars.items()}
