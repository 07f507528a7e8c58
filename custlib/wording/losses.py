"""Customers that leave, in notebook 24: facts for `words/<language>/losses.j2`."""

import pandas as pd

from custlib import quarters
from custlib.channels.churn import FEWEST_DAYS, SHORTEST_DAYS, UNLIKELY
from custlib.facts.absence import stated
from custlib.wording import forms

FEW_LOSSES = 30  # below it, one loss more or less moves a share by several points


def silent_reading(silent: pd.DataFrame, data: pd.Series | None = None) -> dict:
    """Who fell silent within the quarter, who before, and which of them were reported.

    silent: result table `abc_silent`; data: the one row of result table `data_facts`. Where so many customers are
    absent that the data are in doubt, it is not said who fell silent.
    """
    absence = None if data is None else stated(data)
    by_told = {told: silent[silent["told"] == told] for told in ("silent_only", "reported_only")}
    quiet = silent[silent["told"] != "reported_only"]
    is_new = quiet["new_this_quarter"].astype(bool)
    return {
        "doubt": absence._asdict() if absence and absence.doubtful else None,
        "new": _gone(quiet[is_new]),
        "longer": _gone(quiet[~is_new]),
        "ask": forms.first_customers(by_told["silent_only"]),
        "not_silent": forms.first_customers(by_told["reported_only"]),
    }


def _gone(rows):
    months = rows["months_silent"]
    return {
        "customers": len(rows),
        "named": forms.first_customers(rows.sort_values("best_year", ascending=False, kind="stable")),
        "best_year": float(rows["best_year"].sum()),
        "months": [round(months.min()), round(months.max())] if len(rows) else [],
    }


def loss_reading(by_reason: pd.DataFrame, reasons: pd.DataFrame, silent: pd.DataFrame) -> dict:
    """Why customers left, beside the reference, and from which quarter to which.

    by_reason: result table `abc_loss_reasons`; reasons: the known ones, `reference.table("churn_reference.csv")`;
    silent: result table `abc_silent`.
    """
    rows = by_reason.assign(listed=by_reason["reason"].isin(reasons["reason"]))
    total = int(rows["customers"].sum())
    return {
        "total": total,
        "period": _period(silent["lost_on"].dropna()),
        "first": rows.loc[rows["customers"].idxmax(), ["reason", "listed", "customers", "share"]].to_dict()
        if total
        else {},
        "apart": rows.loc[rows["reference_fits"].eq(False), ["reason", "share", "reference_share"]].to_dict("records"),
        "unlisted": list(rows.loc[~rows["listed"], "reason"]),
        "few": total < FEW_LOSSES,
    }


def _period(days):
    """The quarters of the first and the last of these days, and how many that is."""
    if not len(days):
        return {}
    first, last = (quarters.of(pd.Timestamp(day)) for day in (days.min(), days.max()))
    number = 4 * (last.year - first.year) + last.number - first.number + 1
    return {"first": str(first), "last": str(last), "quarters": number}


def channel_method() -> dict:
    """By which rules a customer is called silent and a share another than its reference."""
    return {"chance": UNLIKELY, "fewest_days": FEWEST_DAYS, "shortest_days": SHORTEST_DAYS}
