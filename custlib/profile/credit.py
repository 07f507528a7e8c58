"""Receivables in days, what of them is overdue, and whether sales, payments and receivables fit one another."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

TOLERANCE = 0.02  # of sales: what rounding, postage and lines set aside may come to; ours


@dataclass(frozen=True)
class CountedBack:
    """days: Series over customers, NaN where sales run out; more_than: then the days back to the customer's first sale
    (missing without any, and where there is a number)."""

    days: pd.Series
    more_than: pd.Series


@dataclass(frozen=True)
class Reconciled:
    """difference: Series over customers, yuan; factor: that of the two that fits, NaN where neither does."""

    difference: pd.Series
    factor: pd.Series


def count_back(receivables: pd.Series, daily_sales: pd.DataFrame, day: date | pd.Series) -> CountedBack:
    """How many days of sales each customer owes: from `day` back, each day's net sales are taken off what it owes.

    receivables: customer → yuan; daily_sales: customer_id, date, net_sales (yuan on the same basis of tax), other days
    having none; day: the day of the receivables, or customer → that day. Days are full days and what is left ÷ sales of
    the day that takes the rest; a day of returns adds to what is left. Who owes nothing, or less, owes 0 days.
    Unlike receivables ÷ a quarter's mean sales it does not depend on how a season falls into the quarter.
    """
    rows = _back_from(receivables, daily_sales, day)
    rows["taken"] = rows.groupby("place")["net_sales"].cumsum().round(2)
    reached = rows[rows["taken"] >= rows["owed"]].drop_duplicates("place")
    left = reached["owed"] - (reached["taken"] - reached["net_sales"])
    days = (reached["ago"] + left / reached["net_sales"]).set_axis(receivables.index[reached["place"]])
    days = days.reindex(receivables.index).where(~(receivables <= 0), 0.0)
    first = rows.groupby("place")["ago"].max() + 1
    first = first.set_axis(receivables.index[first.index])
    more_than = first.reindex(receivables.index).where(days.isna() & receivables.notna())
    return CountedBack(days, more_than.astype("Int64"))


def overdue(
    receivables: pd.Series, daily_sales: pd.DataFrame, terms_days: pd.Series | int, day: date | pd.Series
) -> pd.Series:
    """What each customer owes longer than its terms allow, yuan: receivables less net sales of the last `terms_days`
    days, as the oldest invoices are paid first; never below 0 nor above receivables; missing without terms.

    receivables, daily_sales, day: as for `count_back`; terms_days: customer → days, or one number for all.
    """
    terms = pd.Series(terms_days, receivables.index, dtype="float64")
    rows = _back_from(receivables, daily_sales, day)
    within = rows[rows["ago"] < terms.to_numpy()[rows["place"]]]
    sold = within.groupby("place")["net_sales"].sum().reindex(range(len(receivables)), fill_value=0.0).clip(lower=0)
    return (receivables.clip(lower=0) - sold.to_numpy()).clip(lower=0).round(2).where(terms.notna())


def reconcile(sales: pd.Series, payments: pd.Series, owed_more: pd.Series, rate: float) -> Reconciled:
    """Whether what each customer bought is what it paid and what it owes more: f · sales − payments − owed_more, with f
    of 1 (all without tax) or 1 + rate (payments and receivables with it), whichever comes nearer to 0.

    All Series over customers, yuan, over the same days. Beyond 2 % of sales neither fits.
    """
    at_stake = payments + owed_more
    near = ((1 + rate) * sales - at_stake).abs() < (sales - at_stake).abs()
    factor = pd.Series(np.where(near, 1 + rate, 1.0), sales.index)
    difference = (factor * sales - at_stake).round(2)
    return Reconciled(difference, factor.where(difference.abs() <= TOLERANCE * sales.abs()))


def _back_from(receivables, daily_sales, day):
    """The days of sales up to each customer's day, the newest first: place (of the customer in `receivables`),
    net_sales, owed, ago (days before that day)."""
    rows = daily_sales[["date", "net_sales"]].assign(place=receivables.index.get_indexer(daily_sales["customer_id"]))
    rows = rows[rows["place"] >= 0]
    last = pd.to_datetime(day.reindex(receivables.index)) if isinstance(day, pd.Series) else pd.Timestamp(day)
    last = last.to_numpy()[rows["place"]] if isinstance(day, pd.Series) else last
    owed, ago = receivables.round(2).to_numpy()[rows["place"]], (last - pd.to_datetime(rows.pop("date"))).dt.days
    rows = rows.assign(owed=owed, ago=ago)
    rows = rows[rows["ago"] >= 0]
    return rows.iloc[np.lexsort((rows["ago"], rows["place"]))]
