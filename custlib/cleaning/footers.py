"""Totals rows are checked: what an export says it adds up to is what its lines add up to."""

from collections import defaultdict

import ibis
import pyarrow as pa

from custlib import schema, warehouse
from custlib.cleaning import parsers
from custlib.reading import Reading
from custlib.reading.record import is_subtotal
from custlib.refusals import Refused


def check(connection, rows: ibis.Table, exports: list[Reading], currency: str):
    """Compare each totals row with the sum of the readable lines above it (for 小计: since the last one).

    rows: judged rows of one table; exports: the files of that table. A sum over lines that cannot be read decides
    nothing and is passed over. Raises Refused (`footer_mismatch`).
    """
    alike = defaultdict(list)
    for export in exports:
        alike[repr((export.header.units, export.header.currencies, export.forms))].append(export)
    for group in alike.values():
        totals = [total for export in group for total in _totals(export)]
        if totals:
            _compare(connection, rows, totals, group[0], currency)


def _totals(export):
    """The totals rows of one file: file, line, since (the line after which they count), and their text by column."""
    last_total = in_doubt = 0
    for mark in export.marks:
        if mark.kind == "quarantined":
            in_doubt = mark.line
        elif mark.kind == "footer":
            cells = dict(zip(export.header.names, mark.raw.split("\x1f"), strict=False))
            since = last_total if is_subtotal(cells.values()) else 0
            if in_doubt <= since:
                yield {"file": export.file, "line": mark.line, "since": since, "cells": cells}
            last_total = mark.line


def _compare(connection, rows, totals, export, currency):
    header = export.header
    names = [
        column.name
        for column in schema.TABLES[header.table].columns
        if column.kind in ("amount", "number") and any(total["cells"].get(column.name, "").strip() for total in totals)
    ]
    if not names:
        return
    stated = _parsed(connection, totals, names, export, currency)
    above = rows.join(stated, [rows.file == stated.total_file, rows.line > stated.since, rows.line < stated.total_line])
    sums = above.group_by("total_file", "total_line").agg(
        **{f"{name}__summed": _exact(above, name).sum() for name in names},
        **{f"{name}__unread": above[f"{name}__reason"].count() for name in names},
    )
    together = stated.left_join(sums, ["total_file", "total_line"]).order_by("total_file", "total_line")
    for total in connection.to_pyarrow(together).to_pylist():
        for name in names:
            _check(total, name, header.units.get(name, 1))


def _check(total, name, unit):
    stated, summed = total[f"{name}__stated"], total[f"{name}__summed"] or 0
    # A total in 万元 is written with fewer places than its lines.
    if stated is not None and not total[f"{name}__unread"] and abs(summed - stated) >= unit / 200:
        raise Refused(
            "footer_mismatch",
            file=total["total_file"],
            line=total["total_line"],
            column=name,
            stated=_written(stated),
            found=_written(summed),
        )


def _written(amount):
    return f"{amount.normalize():,f}"


def _parsed(connection, totals, names, export, currency):
    """A table of the totals rows with what they say: total_file, total_line, since, and `x__stated` for each name."""
    header = export.header
    kinds = {column.name: column.kind for column in schema.TABLES[header.table].columns}
    signs = {name: header.currencies.get(name, currency) for name in names}
    forms = {name: parsers.Form(kinds[name], header.units.get(name, 1), signs[name], **export.forms) for name in names}
    raws = [{f"{name}__raw": total["cells"].get(name, "") for name in names} for total in totals]
    place = [{"total_file": total["file"], "total_line": total["line"], "since": total["since"]} for total in totals]
    texts = pa.Table.from_pylist([where | raw for where, raw in zip(place, raws, strict=True)])
    texts = warehouse.keep(connection, f"{header.table}_texts_of_totals", texts)
    parsed = parsers.parse(texts, forms)
    amounts = {f"{name}__stated": _exact(parsed, name) for name in names}
    stated = parsed.select("total_file", "total_line", "since", **amounts)
    return warehouse.keep(connection, f"{header.table}_totals", stated)


def _exact(rows, name):
    return rows[f"{name}__exact"] if f"{name}__exact" in rows.columns else rows[name]
