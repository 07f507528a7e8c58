"""Which figures and classes differ between two sets of result tables."""

import numpy as np
import pandas as pd

KEYS, NUMBERS, LETTERS = ("text", "key", "class", "date"), ("money", "share", "exact", "whole"), ("class", "yes_no")
COLUMNS = ["row", "column", "kind", "before", "now", "change"]


def between(before, now, kinds, quarters, tolerance):
    """The cells of a result table that differ, and how many rows are (compared, gone, new).

    kinds: column → kind of the codebook, in its order; quarters: those of the two reports. Of a table with a `quarter`
    each report's own is taken.
    Cells: DataFrame `COLUMNS`, classes first, then the largest change. row: the values that name it, joined by " · ";
    change: relative to before, infinite from 0, NaN for a class or where one is missing; figures count beyond
    `tolerance`. Rows are named by the fewest first columns of text, class or date (then whole numbers) that tell all
    rows apart; a table where none do gives None. A table without such a column may have one row.
    """
    before, now = (_own(table, quarter) for table, quarter in zip((before, now), quarters, strict=True))
    keys = _keys(before, now, [name for name in kinds if name in before and name in now], kinds)
    if keys is None:
        return None
    before, now = (table.set_index(_rows(table, keys)) for table in (before, now))
    common = before.index.intersection(now.index, sort=False)
    counts = (len(common), len(before) - len(common), len(now) - len(common))
    before, now = before.loc[common], now.loc[common]
    cells = [
        _cells(name, kind, before[name], now[name], tolerance)
        for name, kind in kinds.items()
        if kind in NUMBERS + LETTERS and name in before and name in now and name not in keys
    ]
    rows = pd.concat(cells) if cells else pd.DataFrame(columns=COLUMNS)
    change = rows["change"].astype(float).abs().replace(np.inf, np.nan).fillna(-1.0)
    size = change.where(rows["kind"].isin(NUMBERS), np.inf)
    return rows.assign(size=size).sort_values("size", ascending=False, kind="stable")[COLUMNS], counts


def _own(table, quarter):
    return table[table["quarter"] == quarter].drop(columns="quarter") if "quarter" in table else table


def _keys(before, now, names, kinds):
    texts = [name for name in names if kinds[name] in KEYS]
    choices = [texts[: count + 1] for count in range(len(texts))] or [[]]
    choices += [[*texts[:1], name] for name in names if kinds[name] == "whole"]
    return next((keys for keys in choices if _tells_apart(before, keys) and _tells_apart(now, keys)), None)


def _tells_apart(table, keys):
    return not table.duplicated(keys).any() if keys else len(table) <= 1


def _rows(table, keys):
    if not keys:
        return pd.Index([""] * len(table))
    return pd.Index([" · ".join(map(str, row)) for row in table[keys].itertuples(index=False)])


def _cells(name, kind, before, now, tolerance):
    if kind in NUMBERS:
        before, now = before.astype(float), now.astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            change = (now - before) / before.abs()
        differs = (change.abs() > tolerance) | (before.isna() != now.isna())
    else:
        before, now = before.astype("object").fillna(""), now.astype("object").fillna("")
        differs, change = before != now, pd.Series(np.nan, before.index)
    both = {"before": before.astype("object"), "now": now.astype("object")}
    cells = pd.DataFrame({"column": name, "kind": kind, **both, "change": change})
    return cells[differs].rename_axis("row").reset_index()
