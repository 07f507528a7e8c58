"""Totals rows are checked: what an export says it adds up to is what its lines add up to."""

import ibis

from custlib import schema
from custlib.cleaning import parsers
from custlib.reading.record import is_subtotal
from custlib.refusals import Refused


def check(connection, rows, readings):
    """Compare each totals row with the sum of the readable lines above it (for 小计: since the last one).

    rows: judged rows of one table; readings: the files of that table. A sum over lines with an unreadable amount decides
    nothing and is passed over. Raises Refused (`footer_mismatch`).
    """
    for reading in readings:
        since = {"subtotal": 0, "total": 0}
        for mark in (mark for mark in reading.marks if mark.kind == "footer"):
            cells = dict(zip(reading.header.names, mark.raw.split("\x1f"), strict=False))
            kind = "subtotal" if is_subtotal(cells.values()) else "total"
            _check_row(connection, rows, reading, mark.line, since[kind], cells)
            since["subtotal"] = mark.line


def _check_row(connection, rows, reading, line, since, cells):
    stated = _stated(connection, reading, cells)
    if not stated or any(since < mark.line < line and mark.kind == "quarantined" for mark in reading.marks):
        return
    above = rows.filter((rows.file == reading.file) & (rows.line > since) & (rows.line < line))
    sums = above.agg(
        **{name: _exact(above, name).sum() for name in stated},
        **{f"{name}__unread": above[f"{name}__reason"].count() for name in stated},
    ).to_pyarrow()
    found = sums.to_pylist()[0]
    for name, value in stated.items():
        if not found[f"{name}__unread"] and abs((found[name] or 0) - value) >= _half_cent(reading, name):
            raise Refused("footer_mismatch", file=reading.file, line=line, column=name, stated=value, found=found[name])


def _stated(connection, reading, cells):
    """Column → what the totals row says, for the columns of money and numbers in which it says something."""
    kinds = {column.name: column.kind for column in schema.TABLES[reading.header.table].columns}
    named = {name: text for name, text in cells.items() if text.strip() and kinds.get(name) in ("amount", "number")}
    if not named:
        return {}
    units = reading.header.units
    forms = {name: parsers.Form(kinds[name], units.get(name, 1)) for name in named}
    table = ibis.memtable([{f"{name}__raw": text for name, text in named.items()}])
    parsed = parsers.parse(table, forms)
    values = connection.to_pyarrow(parsed.select(**{name: _exact(parsed, name) for name in named})).to_pylist()[0]
    return {name: value for name, value in values.items() if value is not None}


def _exact(rows, name):
    return rows[f"{name}__exact"] if f"{name}__exact" in rows.columns else rows[name]


def _half_cent(reading, name):
    # A total in 万元 is written with fewer places than its lines.
    return reading.header.units.get(name, 1) / 200
