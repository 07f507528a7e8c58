"""Columns that can be read in two ways: one stray cell is set aside, a column in doubt throughout is refused with its file.

A doubt is one of column and file, never of a cell alone: what some cells prove, other cells of that column may have got wrong
without a sign.
"""

from custlib.cleaning import parsers
from custlib.refusals import Refused

# A column mostly written so is no slip of the pen: then its other cells are in doubt too.
MOST = 0.5
# More cells than this that contradict the declared order, and it is the declaration that is wrong.
FEW = 0.1

_OVER, _MONTH = "(?:1[3-9]|2[0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_YEAR_BEHIND = r"[-/.][0-9]{4}(?:[^0-9]|\z)"
_WRITTEN = {
    "turned": rf"^\s*[0-9]{{1,2}}[-/.][0-9]{{1,2}}{_YEAR_BEHIND}",
    "dmy": rf"^\s*{_OVER}[-/.]{_MONTH}{_YEAR_BEHIND}",
    "mdy": rf"^\s*{_MONTH}[-/.]{_OVER}{_YEAR_BEHIND}",
    "real": r"^\s*[0-9]{4}[^0-9]|^\s*[0-9]{5}(?:[^0-9]|\z)",
}
_LAST_DAY_THAT_IS_A_MONTH = 12
# Cells whose size hangs on what the separator means; cells in which the point must be decimal.
_EITHER_SIZE = r"^\s*-?[0-9]{1,3}(?:,[0-9]{3}|\.[0-9]{3})\s*\z"
_POINT = r",[0-9]{3}\.[0-9]|^[^.,]*\.(?:[0-9]{1,2}|[0-9]{4,})\s*\z"


def check(connection, rows, table):
    """Refuse a file with a column that has two readings.

    rows: judged rows of one `schema.Table`. Raises Refused with the first cell in doubt: `ambiguous_dates` (most cells are so
    and nothing decides), `undeclared_date_order` (most are so and some show the order), `disproved_date_order` (not the one
    declared), `half_converted_dates` (a program has read some in its own order), `decimal_commas`.
    """
    columns = [column for column in table.columns if column.kind in _DOUBTS]
    for file, counts in _counted(connection, rows, {c.name: _doubtful(rows, c) for c in columns}):
        for column in columns:
            if any(counts[column.name].values()):
                _DOUBTS[column.kind](connection, rows.filter(rows.file == file), file, column.name)


def _doubtful(rows, column):
    """What makes a column worth a second look; nearly none is."""
    if column.kind == "date":
        return {"turned": rows[f"{column.name}__raw"].re_search(_WRITTEN["turned"])}
    return {"commas": rows[f"{column.name}__reason"] == "decimal_comma"}


def _counted(connection, rows, wanted):
    """(file, {column: {name: number of rows}}) for conditions wanted: {column: {name: condition}}."""
    if not wanted:
        return
    sums = {f"{column}__{name}": c.sum() for column, named in wanted.items() for name, c in named.items()}
    for found in connection.to_pyarrow(rows.group_by("file").agg(**sums).order_by("file")).to_pylist():
        yield found["file"], {c: {n: found[f"{c}__{n}"] or 0 for n in named} for c, named in wanted.items()}


def _written(rows, column, how):
    return _text(rows, column).re_search(_WRITTEN[how])


def _text(rows, column):
    """What stands in a cell; of one that is its value's own form, the value tells."""
    value = rows[column].cast("string") if rows[column].type().is_date() else parsers.text("number", rows[column])
    return rows[f"{column}__raw"].coalesce(value)


def _dates(connection, rows, file, column):
    reason, value = rows[f"{column}__reason"], rows[column]
    dmy, mdy, real = (_written(rows, column, how) for how in ("dmy", "mdy", "real"))
    real = real & reason.isnull()
    found = {
        "filled": _text(rows, column) != "",
        "turned": _written(rows, column, "turned"),
        "dmy": dmy,
        "mdy": mdy,
        "ambiguous": reason == "ambiguous_date",
        "disproved": (reason == "impossible_date") & (dmy | mdy),
        "real": real,
        "real_over": real & (value.day() > _LAST_DAY_THAT_IS_A_MONTH),
    }
    count = dict(_counted(connection, rows, {column: found}))[file][column]
    deciding = count["dmy"] + count["mdy"]
    if deciding == count["turned"] and count["real"] and not count["real_over"]:
        other = _first(connection, rows, real, column)
        seen = _first(connection, rows, dmy | mdy, column)
        day = other["value"]
        raise Refused(
            "half_converted_dates",
            **_place(file, column, seen),
            other=other["text"],
            other_line=other["line"],
            read=day.isoformat(),
            swapped=day.replace(month=day.day, day=day.month).isoformat(),
        )
    if count["disproved"] > FEW * deciding:
        seen = _first(connection, rows, found["disproved"], column)
        raise Refused("disproved_date_order", **_place(file, column, seen), rows=count["disproved"], of_rows=deciding)
    if count["ambiguous"] > MOST * count["filled"]:
        if bool(count["dmy"]) != bool(count["mdy"]):
            order = "dmy" if count["dmy"] else "mdy"
            seen = _first(connection, rows, found[order], column)
            raise Refused("undeclared_date_order", **_place(file, column, seen), order=order, rows=count[order])
        raise Refused("ambiguous_dates", **_place(file, column, _first(connection, rows, found["ambiguous"], column)))


def _commas(connection, rows, file, column):
    raw, reason = _text(rows, column), rows[f"{column}__reason"]
    commas = reason == "decimal_comma"
    found = {
        "filled": raw != "",
        "commas": commas,
        "either": raw.re_search(_EITHER_SIZE),
        "point": raw.re_search(_POINT) & reason.isnull(),
    }
    count = dict(_counted(connection, rows, {column: found}))[file][column]
    most = count["commas"] > MOST * count["filled"]
    # 1.234 or 1,234 beside 12,5: nothing in the cell itself shows that it was read a thousandfold.
    if most or (count["either"] and count["commas"] >= count["point"]):
        raise Refused("decimal_commas", **_place(file, column, _first(connection, rows, commas, column)))


def _first(connection, rows, condition, column):
    there = rows.filter(condition).order_by("line").limit(1)
    there = there.select("line", text=_text(there, column), value=there[column])
    return connection.to_pyarrow(there).to_pylist()[0]


def _place(file, column, seen):
    return {"file": file, "line": seen["line"], "column": column, "text": seen["text"]}


_DOUBTS = {"date": _dates, "amount": _commas, "price": _commas, "number": _commas}
