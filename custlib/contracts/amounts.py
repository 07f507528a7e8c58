"""Units: whether one file or quarter has amounts a thousand times those of the others, as when 元 and 万元 are mixed up."""

import pandas as pd

JUMP = 1_000


def jumps(clean, table):
    """One row per amount column and file (or, where all files agree, quarter) that is far off: column, file, n, line (its first).

    A file's middle amount is laid beside the middle one of all files' (of two files beside the other's, so that both are named), a
    quarter's beside that of the quarter before.
    """
    found = [_jump(clean, table, column.name) for column in table.columns if column.kind in ("amount", "price")]
    return pd.concat(found) if found else pd.DataFrame(columns=["column", "file", "n", "line"])


def _jump(clean, table, column):
    by_file = _middles(clean, table, column, "file")
    off = by_file[_far(by_file["middle"], _others(by_file["middle"]))]
    if off.empty and table.time:
        by_quarter = _middles(clean, table, column, "quarter")
        off = by_quarter[_far(by_quarter["middle"], by_quarter["middle"].shift())]
    return off[["file", "n", "line"]].assign(column=column)


def _others(middle):
    if len(middle) > 2:
        return pd.Series(middle.median(), middle.index)
    return middle[::-1].set_axis(middle.index) if len(middle) == 2 else middle


def _far(middle, other):
    ratio = middle / other.where(other > 0)
    return (ratio >= JUMP) | ((ratio > 0) & (ratio <= 1 / JUMP))


def _middles(clean, table, column, by):
    """The middle absolute amount by file or quarter, in their order: index place; columns middle, n, file, line (the first)."""
    rows = clean.table(table.name)
    rows = rows.filter(rows[column].notnull() & (rows[column] != 0))
    place = rows.file if by == "file" else _quarter(rows[table.time])
    rows = rows.select("file", "line", place=place, size=rows[column].abs().cast("float64"))
    sums = rows.group_by("place").agg(middle=rows.size.median(), n=rows.count(), file=rows.file.min())
    lines = rows.group_by("place", "file").agg(line=rows.line.min())
    return sums.join(lines, ["place", "file"]).order_by("place").to_pandas().set_index("place")


def _quarter(time):
    return time.year().cast("string") + "Q" + time.quarter().cast("string") if time.type().is_date() else time
