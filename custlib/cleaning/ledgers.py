"""What became of every line: quarantine, changes, controls, lines, broken lines, notes, sheets, files."""

from collections import defaultdict
from pathlib import Path

import ibis
import pyarrow as pa

from custlib import sources as declared
from custlib import warehouse
from custlib.reading import Reading
from custlib.refusals import Refused

_PLACE = [("file", pa.string()), ("sheet", pa.string())]
_LINES = pa.schema(
    [*_PLACE, ("line", pa.int64()), ("lines", pa.int64()), ("class", pa.string()), ("reason", pa.string())]
)
_BROKEN = pa.schema([*_PLACE, ("line", pa.int64()), ("reason", pa.string()), ("raw", pa.string())])
_NOTES = pa.schema([*_PLACE, ("note", pa.string()), ("count", pa.int64())])
_SHEETS = pa.schema(
    [*_PLACE, ("kind", pa.string()), ("visible", pa.bool_())]
    + [("rows", pa.int64()), ("hidden_rows", pa.int64()), ("read", pa.bool_())]
)


def write(connection, exports: list[Reading], parts: dict[str, list], target: Path):
    """Write all ledgers into `target`.

    parts: ledger → its rows by table, Ibis tables: quarantine, changes, controls, and lines (place and reason, null:
    clean). Raises Refused (`lines_unaccounted`) where a physical line is in no ledger, or in two.
    """
    for name in ("quarantine", "changes", "controls"):
        if parts[name]:
            rows = together(parts[name])
            columns = ("table", "file", "sheet", "line", "month", "column")
            order = [column for column in columns if column in rows.columns]
            warehouse.write(connection, rows, target / f"{name}.parquet", order)
    for name, layout, entries in (
        ("broken", _BROKEN, _broken(exports)),
        ("notes", _NOTES, _notes(exports)),
        ("sheets", _SHEETS, _sheets(exports)),
    ):
        warehouse.write_arrow(pa.Table.from_pylist(entries, schema=layout), target / f"{name}.parquet")
    _write_lines(connection, exports, parts["lines"], target / "lines.parquet")
    warehouse.write_arrow(pa.Table.from_pylist([_file(export) for export in exports]), target / "files.parquet")


def together(parts: list[ibis.Table]) -> ibis.Table:
    """Ibis tables with the same columns as one."""
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _write_lines(connection, exports, parts, path):
    marks = warehouse.keep(connection, "marks", pa.Table.from_pylist(_marks(exports), schema=_LINES))
    data = [
        rows.mutate(**{"class": rows.reason.isnull().ifelse("clean", "quarantined")}).select(*_LINES.names)
        for rows in parts
    ]
    warehouse.write(connection, together([marks, *data]), path, ("file", "sheet", "line"))
    _refuse_gaps(warehouse.read(connection, path), exports)


def _refuse_gaps(lines, exports):
    """Every physical line is in the ledger once: the numbers of lines add up to the file's."""
    sums = lines.group_by("file").agg(n=lines.lines.sum()).to_pyarrow().to_pylist()
    counts = defaultdict(int, {row["file"]: row["n"] for row in sums})
    for export in exports:
        if counts[export.file] != export.total:
            raise Refused("lines_unaccounted", file=export.file, found=counts[export.file], expected=export.total)


def _marks(exports):
    return [
        dict(
            zip(
                _LINES.names,
                (export.file, export.sheet, mark.line, mark.lines, mark.kind, mark.reason),
                strict=True,
            )
        )
        for export in exports
        for mark in export.marks
    ]


def _notes(exports):
    return [
        {"file": export.file, "sheet": export.sheet, "note": note, "count": count}
        for export in exports
        for note, count in export.notes
    ]


def _sheets(exports):
    """The sheets of each workbook once, read if one of its exports was this one."""
    rows: dict = {}
    for export in exports:
        book = declared.split_sheet(export.file)[0]
        for sheet in export.sheets:
            row = rows.setdefault((book, sheet["sheet"]), {"file": book} | sheet)
            row["read"] |= sheet["read"]
    return list(rows.values())


def _broken(exports):
    return [
        {"file": export.file, "sheet": export.sheet, "line": mark.line, "reason": mark.reason, "raw": mark.raw}
        for export in exports
        for mark in export.marks
        if mark.kind == "quarantined"
    ]


def _file(export):
    return {
        "file": export.file,
        "table": export.header.table,
        "sheet": export.sheet,
        "encoding": export.encoding,
        "lines": export.total,
        "columns": list(export.header.names),
        "cells": export.cells.name,
    }
