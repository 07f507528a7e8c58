"""Reads all exports of a folder and writes the clean tables, and beside them what became of every line (`ledgers`)."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa

from custlib import reading, schema, warehouse
from custlib.cleaning import (
    aliases,
    ambiguity,
    bulk,
    currency_column,
    footers,
    judging,
    ledgers,
    likely_doubles,
    mojibake,
)
from custlib.cleaning.ledgers import together
from custlib.sources import Sources

# How many keys are compared at once; more take more memory than `warehouse.MEMORY`.
KEYS_AT_ONCE = 16_000_000


def clean(
    folder: Path,
    files: list[str],
    sources: Sources,
    merges: pd.DataFrame,
    target: Path,
    connection,
    said: Callable[[str], None] = lambda text: None,
) -> dict[str, int]:
    """Clean every file of `files` (relative to `folder`) into the new folder `target`; returns table → clean rows.

    merges: customers that a person declared to be one, as `reference.merges` gives them. connection: of the engine that
    cleans. said: called with one line of text at each step. Raises Refused with file and line for what cannot be
    cleaned with certainty.
    """
    exports = _read_all(folder, files, sources, target, said)
    by_table = defaultdict(list)
    for export in exports:
        by_table[export.header.table].append(export)
    parts: dict[str, list] = defaultdict(list)
    counts, unmerged, signed = {}, {}, aliases.table(connection, merges)
    for name, group in sorted(by_table.items()):
        said(f"cleaning {name}")
        layout, unmerged[name] = _judge_table(connection, schema.TABLES[name], group, sources)
        rows = aliases.merge(unmerged[name], layout, signed)
        counts[name] = _write_table(connection, rows, layout, sources, target, parts)
    aliases.check(connection, merges, unmerged)
    _write_likely_doubles(connection, target)
    ledgers.write(connection, exports, parts, target)
    for passing in (*(target / "raw").glob("*-plain.parquet"), *(target / "raw").glob("*.txt")):
        passing.unlink()
    return counts


def _read_all(folder, files, sources, target, said):
    (target / "raw").mkdir()
    exports = []
    # Text is read on this machine whatever the engine is: what it becomes is Parquet that any engine reads.
    with warehouse.opened() as connection:
        engine = bulk.engine(connection, sources)
        for number, file in enumerate(files, 1):
            if not sources.of(file).ignore:
                said(f"reading {file}")
                cells = target / "raw" / f"{number:04d}.parquet"
                exports.append(reading.read(folder, file, sources, cells, engine))
    return exports


def _judge_table(connection, table, exports, sources):
    """The layout of one table and all its rows, typed and judged."""
    layout = judging.Layout(table, _extras(table, exports))
    period = judging.period(table, sources)
    judged = defaultdict(list)
    for number, (key, group) in enumerate(_groups(table, exports).items()):
        source, units = group[0].source, group[0].header.units
        large = [export for export in group if export.plain]
        cells = warehouse.read(connection, [export.cells for export in group])
        cells = _alike([cells, *(bulk.cells(connection, export) for export in large)])
        typed = judging.typed(cells, layout, source, units, sources.currency, group[0].forms)
        typed = mojibake.mark(typed, table.columns, mojibake.found(connection, cells, table.columns))
        typed = _as_merged(connection, typed, group, f"{table.name}_filled_{number}")
        rows = judging.with_reason(typed, layout, period)
        judged[key[-1]].append(warehouse.keep(connection, f"{table.name}_{number}", rows))
        judged[key[-1]] += [bulk.judged(connection, export, layout) for export in large]
    rows = _with_doubles(connection, layout, judged, sum(export.total for export in exports))
    ambiguity.check(connection, rows, table)
    currency_column.check(connection, rows, exports, sources.currency)
    footers.check(connection, rows, exports, sources.currency)
    return layout, rows


def _write_table(connection, rows, layout, sources, target, parts):
    """Write the rows of one table that stay; its ledgers are added to `parts`. Returns the number of clean rows."""
    table = layout.table
    path = target / f"{table.name}.parquet"
    warehouse.write(connection, judging.clean(rows, layout), path, judging.PLACE[:3])
    aside = warehouse.keep(connection, f"{table.name}_aside", judging.aside(rows))
    cells = target / "raw" / f"aside-{table.name}.parquet"
    warehouse.write(connection, judging.cells_of(aside, layout), cells, judging.PLACE[:3])
    parts["quarantine"].append(judging.quarantined(aside, layout))
    parts["changes"].append(warehouse.reused(connection, f"{table.name}_changes", judging.changes(rows, layout)))
    parts["lines"].append(rows.select(*judging.PLACE, reason=rows[judging.REASON]))
    money = judging.controls(rows, layout, judging.period(table, sources))
    if money is not None:
        parts["controls"].append(money)
    return warehouse.read(connection, path).count().execute()


def _as_merged(connection, rows, exports, name):
    places = defaultdict(list)
    for export in exports:
        for line, column in export.filled:
            places[export.file, line].append(column)
    if not places:
        return rows
    columns = sorted({column for filled in places.values() for column in filled})
    filled = [
        {"file": file, "line": line} | {column: column in own for column in columns}
        for (file, line), own in places.items()
    ]
    return judging.as_merged(rows, warehouse.keep(connection, name, pa.Table.from_pylist(filled)), columns)


def _write_likely_doubles(connection, target):
    if (target / "customers.parquet").is_file():
        listed = warehouse.read(connection, target / "customers.parquet").select("customer_id", "name")
        customers = zip(*connection.to_pyarrow(listed).to_pydict().values(), strict=True)
        likely_doubles.write(customers, target / likely_doubles.FILE)


def _with_doubles(connection, layout, judged, lines):
    """Doubles are looked for among all files with the same key, however else they are declared."""
    of, name = 1, layout.table.name
    while lines > of * KEYS_AT_ONCE:
        of *= 2
    by_key = []
    for number, (key, parts) in enumerate(judged.items()):
        rows = together(parts)
        marked = [
            warehouse.keep(connection, f"{name}_doubles_{number}_{part}", judging.doubles(rows, layout, key, part, of))
            for part in range(of)
        ]
        by_key.append(judging.with_doubles(rows, together(marked)))
    return warehouse.reused(connection, f"{name}_judged", together(by_key))


def _extras(table, exports):
    declared = {column.name for column in table.columns}
    return tuple(sorted({name for export in exports for name in export.header.names} - declared))


def _groups(table, exports):
    """Files that are read alike, by their declarations; the last part of a group's name is the key of its rows."""
    groups = defaultdict(list)
    for export in exports:
        source = export.source
        present = {*export.header.names, *source.fixed, *source.computed}
        key = table.key_among(present) if source.key is None else tuple(source.key)
        units = sorted(export.header.units.items())
        declared = (export.forms, source.missing, source.fixed, source.computed, units)
        groups[repr(declared), key].append(export)
    return groups


def _alike(parts):
    """Tables of cells as one; what a file does not have is null."""
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    nothing = ibis.null("string")
    return together([part.select(**{n: part[n] if n in part.columns else nothing for n in names}) for part in parts])
