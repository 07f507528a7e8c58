"""Reads all exports of a folder and writes the clean tables, the quarantine, the change log, the ledger of lines and the control totals."""

from collections import defaultdict
from dataclasses import replace

import duckdb
import ibis
import pyarrow as pa

from custlib import quarters, reading, schema, warehouse
from custlib.cleaning import aliases, ambiguity, bulk, footers, names, tables
from custlib.refusals import Refused

# How many keys are compared at once; more take more memory than `warehouse.MEMORY`.
KEYS_AT_ONCE = 16_000_000
_LINES = pa.schema(
    [("file", pa.string()), ("sheet", pa.string()), ("line", pa.int64()), ("lines", pa.int64())]
    + [("class", pa.string()), ("reason", pa.string())]
)
_BROKEN = pa.schema(
    [("file", pa.string()), ("sheet", pa.string()), ("line", pa.int64()), ("reason", pa.string()), ("raw", pa.string())]
)

_NOTES = pa.schema([("file", pa.string()), ("sheet", pa.string()), ("note", pa.string()), ("count", pa.int64())])
_SHEETS = pa.schema(
    [("file", pa.string()), ("sheet", pa.string()), ("kind", pa.string()), ("visible", pa.bool_())]
    + [("rows", pa.int64()), ("hidden_rows", pa.int64()), ("read", pa.bool_())]
)


def build(folder, files, sources, merges, target, connection, said=lambda text: None):
    """Clean every file of `files` (relative to `folder`) into the new folder `target`; returns table → clean rows.

    merges: customers that a person declared to be one, as `reference.merges` gives them. connection: of the engine that cleans.
    said: called with one line of text at each step. Raises Refused with file and line for what cannot be cleaned with certainty.
    """
    # Text is read on this machine whatever the engine is: what it becomes is Parquet that any engine reads.
    with warehouse.opened() as reader:
        readings = _read_all(reader, folder, files, sources, target, said)
    by_table = defaultdict(list)
    for found in readings:
        by_table[found.header.table].append(found)
    parts = defaultdict(list)
    counts, came, signed = {}, {}, aliases.table(connection, merges)
    for name, group in sorted(by_table.items()):
        said(f"cleaning {name}")
        layout, came[name] = _judge_table(connection, schema.TABLES[name], group, sources)
        rows = aliases.merge(came[name], layout, signed)
        counts[name] = _write_table(connection, rows, layout, sources, target, parts)
    aliases.check(connection, merges, came)
    _write_likely_doubles(connection, target)
    _write_ledgers(connection, readings, parts, target)
    for passing in (*(target / "raw").glob("*-plain.parquet"), *(target / "raw").glob("*.txt")):
        passing.unlink()
    return counts


def _read_all(connection, folder, files, sources, target, said):
    (target / "raw").mkdir()
    readings = []
    for number, file in enumerate(files, 1):
        if not sources.of(file).ignore:
            said(f"reading {file}")
            cells = target / "raw" / f"{number:04d}.parquet"
            found = reading.read(folder, file, sources, cells)
            if found.bulk:
                found = _read_bulk(connection, folder, found, sources) or reading.read(
                    folder, file, sources, cells, by_line=True
                )
            readings.append(found)
    return readings


def _read_bulk(connection, folder, found, sources):
    """The Reading of a large text file, its plain lines read by the engine and all others with care. None where the engine does
    not find the lines that were counted from outside, or where a quotation mark stands astray."""
    path = found.cells.with_name(f"{found.cells.stem}-plain.parquet")
    period = _period(schema.TABLES[found.header.table], sources)
    try:
        bulk.take(connection, found, period, sources.currency, path)
    except duckdb.InvalidInputException:  # such as a line too long for it: the careful reader says why, or reads it
        return None
    if warehouse.read(connection, path).count().execute() != found.bulk.rows:
        return None
    done = reading.careful(found, bulk.for_careful(found, path))
    reading.check_unchanged(folder, found)
    return done and replace(done, plain=path)


def _judge_table(connection, table, readings, sources):
    """The layout of one table and all its rows, typed and judged."""
    layout = tables.Layout(table, _extras(table, readings))
    period = _period(table, sources)
    judged = defaultdict(list)
    for number, (key, group) in enumerate(_groups(table, readings).items()):
        source, units = group[0].source, group[0].header.units
        large = [found for found in group if found.plain]
        cells = warehouse.read(connection, [found.cells for found in group])
        cells = _together([cells, *(bulk.cells(connection, found) for found in large)])
        typed = tables.typed(cells, layout, source, units, sources.currency, group[0].forms)
        typed = _as_merged(connection, typed, group, f"{table.name}_filled_{number}")
        rows = tables.with_reason(typed, layout, period)
        judged[key[-1]].append(warehouse.keep(connection, f"{table.name}_{number}", rows))
        judged[key[-1]] += [bulk.judged(connection, found, layout) for found in large]
    lines = sum(found.total for found in readings)
    rows = _with_doubles(connection, table, layout, judged, lines)
    ambiguity.check(connection, rows, table)
    footers.check(connection, rows, readings, sources.currency)
    return layout, rows


def _write_table(connection, rows, layout, sources, target, parts):
    """Write the rows of one table that stay; its ledgers are added to `parts`. Returns the number of clean rows."""
    table = layout.table
    path = target / f"{table.name}.parquet"
    warehouse.write(connection, tables.clean(rows, layout), path, tables.PLACE[:3])
    aside = warehouse.keep(connection, f"{table.name}_aside", tables.aside(rows))
    cells = target / "raw" / f"aside-{table.name}.parquet"
    warehouse.write(connection, tables.cells_of(aside, layout), cells, tables.PLACE[:3])
    parts["quarantine"].append(tables.quarantined(aside, layout))
    parts["changes"].append(warehouse.reused(connection, f"{table.name}_changes", tables.changes(rows, layout)))
    parts["lines"].append(rows.select(*tables.PLACE, reason=rows[tables.REASON]))
    money = tables.controls(rows, layout, _period(table, sources))
    if money is not None:
        parts["controls"].append(money)
    return warehouse.read(connection, path).count().execute()


def _as_merged(connection, rows, readings, name):
    places = defaultdict(list)
    for found in readings:
        for line, column in found.filled:
            places[found.file, line].append(column)
    if not places:
        return rows
    columns = sorted({column for filled in places.values() for column in filled})
    filled = [
        {"file": file, "line": line} | {column: column in own for column in columns}
        for (file, line), own in places.items()
    ]
    return tables.as_merged(rows, warehouse.keep(connection, name, pa.Table.from_pylist(filled)), columns)


def _write_likely_doubles(connection, target):
    if (target / "customers.parquet").is_file():
        listed = warehouse.read(connection, target / "customers.parquet").select("customer_id", "name")
        names.write(zip(*connection.to_pyarrow(listed).to_pydict().values(), strict=True), target / names.FILE)


def _period(table, sources):
    """(the column that places a row in time or None, its first value, its last one), as far as declared."""
    first, last = sources.data_from, sources.data_until
    if table.time and table.column(table.time).kind == "quarter":
        first, last = (day and str(quarters.of(day)) for day in (first, last))
    return table.time, first, last


def _with_doubles(connection, table, layout, judged, lines):
    """Doubles are looked for among all files with the same key, however else they are declared."""
    of = 1
    while lines > of * KEYS_AT_ONCE:
        of *= 2
    together = []
    for number, (key, parts) in enumerate(judged.items()):
        rows = _union(parts)
        found = {f"{table.name}_doubles_{number}_{at}": tables.doubles(rows, layout, key, at, of) for at in range(of)}
        marked = _union([warehouse.keep(connection, name, one) for name, one in found.items()])
        together.append(tables.with_doubles(rows, marked))
    return warehouse.reused(connection, f"{table.name}_judged", _union(together))


def _extras(table, readings):
    declared = {column.name for column in table.columns}
    return tuple(sorted({name for found in readings for name in found.header.names} - declared))


def _groups(table, readings):
    """Files that are read alike, by what is declared of them; the last part of a group's name is the key of its rows."""
    groups = defaultdict(list)
    for found in readings:
        source = found.source
        present = {*found.header.names, *source.fixed, *source.computed}
        key = table.key if source.key is None else tuple(source.key)
        if source.key is None and not present.issuperset(key):
            key = ()
        units = sorted(found.header.units.items())
        said = (found.forms, source.missing, source.fixed, source.computed, units)
        groups[repr(said), key].append(found)
    return groups


def _write_ledgers(connection, readings, parts, target):
    marks = _marks(readings)
    for name in ("quarantine", "changes", "controls"):
        if parts[name]:
            rows = _union(parts[name])
            order = [c for c in ("table", "file", "sheet", "line", "month", "column") if c in rows.columns]
            warehouse.write(connection, rows, target / f"{name}.parquet", order)
    warehouse.write_arrow(pa.Table.from_pylist(_broken(readings), schema=_BROKEN), target / "broken.parquet")
    warehouse.write_arrow(pa.Table.from_pylist(_noted(readings), schema=_NOTES), target / "notes.parquet")
    sheets = [{"file": found.file} | sheet for found in readings for sheet in found.sheets]
    warehouse.write_arrow(pa.Table.from_pylist(sheets, schema=_SHEETS), target / "sheets.parquet")
    data = [
        rows.mutate(**{"class": rows.reason.isnull().ifelse("clean", "quarantined")}).select(*_LINES.names)
        for rows in parts["lines"]
    ]
    path = target / "lines.parquet"
    marks = warehouse.keep(connection, "marks", marks)
    warehouse.write(connection, _union([marks, *data]), path, ("file", "sheet", "line"))
    _refuse_gaps(warehouse.read(connection, path), readings)
    warehouse.write_arrow(pa.Table.from_pylist([_file(found) for found in readings]), target / "files.parquet")


def _union(parts):
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _together(parts):
    """Tables of cells as one; what a file does not have is null."""
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    nothing = ibis.null("string")
    return _union([part.select(**{n: part[n] if n in part.columns else nothing for n in names}) for part in parts])


def _marks(readings):
    rows = [
        (found.file, found.sheet, mark.line, mark.lines, mark.kind, mark.reason)
        for found in readings
        for mark in found.marks
    ]
    return pa.Table.from_pylist([dict(zip(_LINES.names, row, strict=True)) for row in rows], schema=_LINES)


def _noted(readings):
    return [
        {"file": found.file, "sheet": found.sheet, "note": note, "count": count}
        for found in readings
        for note, count in found.notes
    ]


def _broken(readings):
    return [
        {"file": found.file, "sheet": found.sheet, "line": mark.line, "reason": mark.reason, "raw": mark.raw}
        for found in readings
        for mark in found.marks
        if mark.kind == "quarantined"
    ]


def _refuse_gaps(lines, readings):
    """Every physical line is in the ledger once: the numbers of lines add up to the file's."""
    sums = lines.group_by("file").agg(n=lines.lines.sum()).to_pyarrow().to_pylist()
    found = {row["file"]: row["n"] for row in sums}
    for one in readings:
        if found.get(one.file, 0) != one.total:
            raise Refused("lines_unaccounted", file=one.file, found=found.get(one.file, 0), expected=one.total)


def _file(found):
    return {
        "file": found.file,
        "table": found.header.table,
        "sheet": found.sheet,
        "encoding": found.encoding,
        "lines": found.total,
        "columns": list(found.header.names),
        "cells": found.cells.name,
    }
