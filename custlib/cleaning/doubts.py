"""Columns that can be read in two ways: one stray cell is set aside, a column written so throughout is refused with its file."""

from custlib.refusals import Refused

# A column mostly written so is no slip of the pen: then its other cells are in doubt too.
MOST = 0.5
_REFUSALS = {"ambiguous_date": "ambiguous_dates", "decimal_comma": "decimal_commas"}


def check(connection, rows, table):
    """Refuse a file in which most filled cells of a column have two readings.

    rows: judged rows of one `schema.Table`. Raises Refused (`ambiguous_dates`, `decimal_commas`) with the first such cell.
    """
    counts = {}
    for column in table.columns:
        reason, raw = rows[f"{column.name}__reason"], rows[f"{column.name}__raw"]
        counts[f"{column.name}__filled"] = (rows[column.name].notnull() | (raw != "")).sum()
        counts |= {f"{column.name}__{doubt}": (reason == doubt).sum() for doubt in _doubts(column)}
    for found in connection.to_pyarrow(rows.group_by("file").agg(**counts).order_by("file")).to_pylist():
        for column in table.columns:
            for doubt in _doubts(column):
                if (found[f"{column.name}__{doubt}"] or 0) > MOST * (found[f"{column.name}__filled"] or 0):
                    _refuse(connection, rows, found["file"], column.name, doubt)


def _doubts(column):
    if column.kind == "date":
        return ("ambiguous_date",)
    return ("decimal_comma",) if column.kind in ("amount", "price", "number") else ()


def _refuse(connection, rows, file, column, doubt):
    there = rows.filter((rows.file == file) & (rows[f"{column}__reason"] == doubt)).order_by("line").limit(1)
    first = connection.to_pyarrow(there.select("line", text=there[f"{column}__raw"])).to_pylist()[0]
    raise Refused(_REFUSALS[doubt], file=file, column=column, **first)
