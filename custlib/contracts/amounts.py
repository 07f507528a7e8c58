"""Units: whether a file or quarter has amounts a thousand times those of the others, as when 元 and 万元 are mixed."""

import pandas as pd

from custlib import schema
from custlib.cleaning import Clean

JUMP = 1_000
# Sizes are told apart by steps of 5 %, fine enough for what is off by a thousand; one step less is a thousand too.
_STEPS = 50
_FAR = JUMP / 10 ** (1 / _STEPS)


def jumps(clean: Clean, table: schema.Table) -> pd.DataFrame:
    """One row per amount column and file (or, where files agree, quarter) far off: column, file, n, line (its first).

    A file's middle amount is laid beside the middle one of all files' (of two files beside the other's, so that both
    are named), a quarter's beside that of the quarter before.
    """
    parts = [_jump(clean, table, column.name) for column in table.columns if column.kind in ("amount", "price")]
    return pd.concat(parts) if parts else pd.DataFrame(columns=["column", "file", "n", "line"])


def _jump(clean, table, column):
    counts = _counts(clean, table, column)
    by_file = _middles(counts, "file")
    off = by_file[_far(by_file["middle"], _others(by_file["middle"]))]
    if off.empty:
        by_quarter = _middles(counts, "quarter")
        off = by_quarter[_far(by_quarter["middle"], by_quarter["middle"].shift())]
    return off.assign(column=column)[["column", "file", "n", "line"]]


def _others(middle):
    if len(middle) > 2:
        return pd.Series(middle.median(), middle.index)
    return middle[::-1].set_axis(middle.index) if len(middle) == 2 else middle


def _far(middle, other):
    return (middle >= _FAR * other) | (middle <= other / _FAR)


def _middles(counts, place):
    """For each file or quarter, in their order: middle (absolute amount, to a step), n, and the first file and line."""
    ordered = counts.sort_values([place, "step"])
    upto = ordered.groupby(place)["n"].cumsum()
    half = ordered.groupby(place)["n"].transform("sum") / 2
    steps = ordered[upto >= half].groupby(place)["step"].first()
    places = counts.sort_values(["file", "line"]).groupby(place)
    columns = {"n": places["n"].sum(), "line": places["line"].first()}
    if place != "file":
        columns["file"] = places["file"].first()
    return pd.DataFrame({"middle": 10.0 ** (steps / _STEPS), **columns}).reset_index()


def _counts(clean, table, column):
    """How many amounts of each size, by file and quarter ("" if unknown): a count is a pass, a median a sort."""
    rows = clean.table(table.name)
    rows = rows.filter(rows[column].notnull() & (rows[column] != 0))
    step = (rows[column].abs().cast("float64").log10() * _STEPS).round().cast("int64")
    quarter = _quarter(rows[table.time]) if table.time else rows.file.substr(0, 0)
    rows = rows.select("file", "line", quarter=quarter, step=step)
    return rows.group_by("file", "quarter", "step").agg(n=rows.count(), line=rows.line.min()).to_pandas()


def _quarter(time):
    return time.year().cast("string") + "Q" + time.quarter().cast("string") if time.type().is_date() else time
