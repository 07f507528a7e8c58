"""What was written down of customers: contacts with them, and what they are to reach."""

import datetime

import pandas as pd

from custlib.cleaning import Clean

_VISITS = ("customer_id", "date", "kind", "subject", "outcome")


def visits(clean: Clean, until: datetime.date) -> pd.DataFrame:
    """Every visit, call and complaint up to a day: customer_id, date, kind, subject, outcome (text of the exports, ""
    where none is written), by customer and day; empty where the exports hold none."""
    if not clean.has("visits"):
        return pd.DataFrame({name: pd.Series(dtype="datetime64[s]" if name == "date" else "str") for name in _VISITS})
    rows = clean.table("visits")
    present = [name for name in _VISITS if name in rows.columns]
    rows = rows.filter(rows.date <= until).order_by("customer_id", "date", "file", "line").select(*present)
    frame = rows.to_pandas().reindex(columns=_VISITS)
    texts = {name: frame[name].fillna("").astype("str") for name in _VISITS if name != "date"}
    return frame.assign(date=pd.to_datetime(frame["date"]), **texts)


def targets(clean: Clean, quarter: str) -> pd.DataFrame:
    """What customers are to reach in a quarter: customer_id, measure (text of the exports), amount (yuan), as they
    stand there; empty where nothing is."""
    if not clean.has("targets"):
        return pd.DataFrame({"customer_id": [], "measure": [], "amount": []}).astype({"customer_id": "str"})
    rows = clean.table("targets").filter(lambda t: t.quarter == quarter)
    sums = rows.group_by("customer_id", "measure").agg(amount=rows.amount.sum().cast("float64"))
    return sums.order_by("customer_id", "measure").to_pandas()
