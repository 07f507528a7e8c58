"""Figures of the pre-sales colleagues, as exported. Names of people: for `scorecards` alone, and on no page."""

import pandas as pd

from custlib.cleaning import Clean

_COLUMNS = ("file", "line", "quarter", "person", "kpi", "source", "rater", "month", "value", "cases", "hits")
_NUMBERS = ("month", "value", "cases", "hits")


def presales(clean: Clean, quarter: str) -> pd.DataFrame:
    """Every figure up to a quarter: file, line, quarter, person, kpi, source, rater (texts of the exports, "" where
    none is written), month, value, cases, hits (missing likewise), in the order of the files; empty without any."""
    if not clean.has("presales_kpi"):
        return pd.DataFrame({name: pd.Series(dtype="float64" if name in _NUMBERS else "str") for name in _COLUMNS})
    rows = clean.table("presales_kpi").filter(lambda t: t.quarter <= quarter).order_by("file", "line")
    frame = rows.select(*(name for name in _COLUMNS if name in rows.columns)).to_pandas().reindex(columns=_COLUMNS)
    kinds = {name: frame[name].astype("float64") for name in _NUMBERS}
    return frame.assign(**kinds, rater=frame["rater"].fillna("").astype("str"))
