"""What was written down of customers: contacts with them, and what they are to reach."""

import datetime

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean

_LINE = ["customer_id", "item", "metric"]
_LINE_COLUMNS = [*_LINE, "target", "unit", "owner", "due_on", "last", "sum"]
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


def plan_lines(clean: Clean, quarter: str) -> pd.DataFrame:
    """The lines of the plans of the year of `quarter`, with what checks up to it found; empty without plans or checks.

    Columns: customer_id, item, metric, target, unit, owner, due_on, last (of the last check, NaN without one), sum (of
    all its checks of the year).
    """
    if not (clean.has("plans") and clean.has("plan_checks")):
        return pd.DataFrame(columns=_LINE_COLUMNS)
    year = str(quarters.parse(quarter).year)
    checks = clean.table("plan_checks").filter(lambda t: (t.quarter >= f"{year}Q1") & (t.quarter <= quarter))
    found = checks.select("quarter", *_LINE, "actual").order_by("quarter").to_pandas()
    found = found.assign(actual=found["actual"].astype("float64")).groupby(_LINE)["actual"].agg(["last", "sum"])
    plans = clean.table("plans").filter(lambda t: t.year == int(year))
    rows = plans.order_by(*_LINE).select(*_LINE_COLUMNS[:-2]).to_pandas().join(found, on=_LINE)
    return rows.assign(target=rows["target"].astype("float64"), due_on=pd.to_datetime(rows["due_on"]))
