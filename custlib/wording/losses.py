"""Customers that leave, in notebook 20: facts for `words/<language>/losses.j2`."""

import pandas as pd

from custlib.channels.churn import FEWEST_DAYS, UNLIKELY
from custlib.wording import forms

FEW_LOSSES = 30  # below it, one loss more or less moves a share by several points


def silent_reading(silent: pd.DataFrame) -> dict:
    """Which customers fell silent, and which of them were reported. silent: result table `abc_silent`."""
    reported = int((silent["told"] == "silent_and_reported").sum())
    rows = {key: silent[silent["told"] == key] for key in ("silent_only", "reported_only")}
    return {
        "silent": reported + len(rows["silent_only"]),
        "reported": reported,
        "chance": UNLIKELY,
        "ask": forms.first_customers(rows["silent_only"]),
        "not_silent": forms.first_customers(rows["reported_only"]),
        "fewest_days": FEWEST_DAYS,
    }


def loss_reading(by_reason: pd.DataFrame, reasons: pd.DataFrame) -> dict:
    """Why customers left, beside the reference.

    by_reason: result table `abc_loss_reasons`; reasons: the known ones, `reference.table("churn_reference.csv")`.
    """
    rows = by_reason.assign(listed=by_reason["reason"].isin(reasons["reason"]))
    total = int(rows["customers"].sum())
    columns = ["reason", "listed", "customers", "share", "share_low", "share_high"]
    return {
        "total": total,
        "first": rows.loc[rows["customers"].idxmax(), columns].to_dict() if total else {},
        "apart": rows.loc[rows["reference_fits"].eq(False), ["reason", "share", "reference_share"]].to_dict("records"),
        "unlisted": list(rows.loc[~rows["listed"], "reason"]),
        "few": total < FEW_LOSSES,
    }
