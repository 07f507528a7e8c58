"""What customers said they need, in interviews."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import in_floats

_TEXTS = ("need", "question_kind", "said", "respondent", "feasible")
_NUMBERS = ("importance", "ideal", "actual", "cost")
_COLUMNS = ("file", "line", "quarter", "customer_id", *_TEXTS, *_NUMBERS, "by_when")
_KEY = ["quarter", "customer_id", "need"]


def interviews(clean: Clean, quarter: str | None = None) -> pd.DataFrame:
    """Every answer of a needs interview up to a quarter (default: all): file, line, quarter, customer_id, need,
    question_kind, said, respondent, feasible (text of the exports, "" where none is written), importance, ideal,
    actual, cost (yuan), by_when; by quarter, customer and line; empty where the exports hold none. Without a declared
    key a need may stand twice in an interview: then the last line counts."""
    if not clean.has("needs"):
        return _typed(pd.DataFrame(columns=_COLUMNS))
    rows = clean.table("needs")
    if quarter:
        rows = rows.filter(rows.quarter <= str(quarters.parse(quarter)))
    present = [name for name in _COLUMNS if name in rows.columns]
    rows = rows.order_by("quarter", "customer_id", "file", "line").select(*present)
    frame = in_floats(rows).to_pandas()
    return _typed(frame.reindex(columns=_COLUMNS)).drop_duplicates(_KEY, keep="last", ignore_index=True)


def _typed(frame):
    texts = {name: frame[name].fillna("").astype("str") for name in ("file", *_KEY[:2], *_TEXTS)}
    numbers = {name: frame[name].astype("float64") for name in _NUMBERS}
    return frame.assign(**texts, **numbers, by_when=pd.to_datetime(frame["by_when"]))
