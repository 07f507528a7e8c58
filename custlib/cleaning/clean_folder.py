"""Reads all exports of a folder and writes the clean tables, and beside them what became of every line (`ledgers`)."""

import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from custlib import refusals, schema, warehouse
from custlib.cleaning import (
    aliases,
    all_files,
    ambiguity,
    computed,
    conversion,
    doubles,
    footers,
    joined,
    judging,
    ledgers,
    likely_doubles,
    lists,
    mojibake,
    side_by_side,
    taken,
    throughout,
)
from custlib.cleaning.ledgers import together
from custlib.refusals import Refused
from custlib.sources import Sources

# A table's queries take as long to write as so many lines take to be cleaned.
_A_TABLE = 20_000


class _Given(NamedTuple):
    """What all tables are cleaned with; in_vain: something was refused already, so that nothing need be written."""

    exports: dict[str, list]
    sources: Sources
    merges: pd.DataFrame
    rates: dict
    target: Path
    in_vain: bool


class _Made(NamedTuple):
    """What came of some tables: table → clean rows; ledger → its rows, Ibis tables or the Parquet files that hold them;
    table → signed ids that it holds; table → what was refused."""

    counts: dict[str, int]
    ledgers: dict[str, list]
    holders: dict[str, set]
    refused: dict[str, list]


def clean(
    folder: Path,
    files: list[str],
    sources: Sources,
    merges: pd.DataFrame,
    target: Path,
    connection,
    rates: dict | None = None,
    said: Callable[[str], None] = lambda text: None,
) -> dict[str, int]:
    """Clean every file of `files` (relative to `folder`) into the new folder `target`; returns table → clean rows.

    merges: customers that a person declared to be one, as `reference.merges` gives them; rates: of other currencies, as
    `reference.rates` gives them. connection: of the engine that cleans. said: called with one line of text at each
    step. Raises Refused with file and line for what cannot be cleaned with certainty: all of it, where several files or
    tables cannot.
    """
    refused: list = []
    exports = all_files.read(folder, files, sources, target, said, refused)
    by_table = defaultdict(list)
    for export in exports:
        by_table[export.header.table].append(export)
    made = _clean_all(connection, _Given(by_table, sources, merges, rates or {}, target, bool(refused)), said)
    for name in _in_order(by_table):
        refused += [refusal for part in made for refusal in part.refused.get(name, ())]
    refusals.raise_all(refused)
    aliases.check(merges, {name: ids for part in made for name, ids in part.holders.items()})
    _write_likely_doubles(connection, target)
    ledgers.write(connection, exports, _ledgers(connection, made), target)
    for folder_passing in ("unpacked", "passing"):
        shutil.rmtree(target / folder_passing, ignore_errors=True)
    for passing in ("*-plain.parquet", "*-others.parquet", "*.txt"):
        for path in (target / "raw").glob(passing):
            path.unlink()
    return {name: count for part in made for name, count in part.counts.items()}


def _in_order(names):
    """Tables in the order in which they are cleaned: sales last, which take prices and heads from other tables."""
    return sorted(names, key=lambda name: (name == "sales", name))


def _clean_all(connection, given, said):
    """A `_Made` for each group of tables that need each other. What is small is cleaned side by side, and ledgers of
    another process are put down; what is large keeps all processors busy by itself."""
    sales = [name for name in _in_order(given.exports) if name in ("products", *schema.CARRIERS)]
    groups = [[name] for name in _in_order(given.exports) if name not in sales] + ([sales] if sales else [])
    for name in _in_order(given.exports):
        said(f"cleaning {name}")
    lines = {name: sum(export.total for export in exports) for name, exports in given.exports.items()}
    alone = warehouse.is_spark(connection)
    large = [group for group in groups if alone or sum(lines[name] for name in group) > warehouse.FEW]
    small = [group for group in groups if group not in large]

    def clean_here(some):
        return [_clean_tables(connection, group, given) for group in some]

    def clean_elsewhere(some):
        with warehouse.opened() as own:
            return [_put_down(own, _clean_tables(own, group, given), given.target / "passing", group) for group in some]

    (given.target / "passing").mkdir()
    efforts = [sum(_A_TABLE + lines[name] for name in group) for group in small]
    here = clean_elsewhere if large else clean_here  # beside what is large, nothing is held that need not be
    return side_by_side.done(clean_elsewhere, small, efforts, here=here) + clean_here(large)


def _clean_tables(connection, names, given):
    unmerged, merged, refused = {}, {}, {}
    counts, parts, signed = {}, defaultdict(list), aliases.table(connection, given.merges)
    for name in names:
        group, found = given.exports[name], []
        with refusals.collecting(found):
            judged = _judge_table(connection, schema.TABLES[name], group, given.sources, given.rates, unmerged)
            layout, unmerged[name], odd = judged
        refused[name] = found
        if given.in_vain or any(refused.values()):
            continue
        merged[name] = aliases.merge(unmerged[name], layout, signed)
        odd = odd if merged[name] is unmerged[name] else merged[name]
        counts[name] = _write_table(connection, merged[name], odd, layout, group, given, parts)
    counts |= _write_lists(connection, given.exports, merged, given.sources, given.target)
    return _Made(counts, parts, aliases.held(connection, given.merges, unmerged), refused)


def _put_down(connection, made, folder, names):
    """The same with its ledgers in Parquet files, for another process."""
    paths = {}
    for ledger, parts in made.ledgers.items():
        paths[ledger] = [folder / f"{ledger}-{names[-1]}.parquet"]
        warehouse.write(connection, together(parts), paths[ledger][0], compression="snappy")
    return made._replace(ledgers=paths)


def _ledgers(connection, made):
    """Ledger → its rows, as `ledgers.write` takes them."""
    parts: dict[str, list] = defaultdict(list)
    for ledger in dict.fromkeys(ledger for part in made for ledger in part.ledgers):
        held = [rows for part in made for rows in part.ledgers.get(ledger, ())]
        paths = [rows for rows in held if isinstance(rows, Path)]
        parts[ledger] = [rows for rows in held if not isinstance(rows, Path)]
        parts[ledger] += [warehouse.read(connection, paths)] if paths else []
    return parts


def _judge_table(connection, table, exports, sources, rates, others):
    """The layout of one table, all its rows, typed and judged, all money in the company's currency, and those of them
    that may be set aside or changed.

    rates: as `reference.rates` gives them; others: the judged rows of tables before it.
    """
    layout = judging.Layout(table, _extras(table, exports))
    period = judging.period(table, sources)
    judged = defaultdict(list)
    for number, (key, group) in enumerate(_groups(table, exports).items()):
        large = [export for export in group if export.plain]
        cells = warehouse.read(connection, [export.cells for export in group])
        held = throughout.of(connection, cells, judging.forms_of(group[0], sources.currency), group[0].source.fixed)
        typed = judging.typed(cells, layout, group[0], sources.currency, held.plain)
        suspect = [column for column in table.columns if column.name in held.suspect]
        garbled = mojibake.found(connection, cells, suspect)
        if large:
            rest = together([taken.rest(connection, export, layout, sources.currency) for export in large])
            garbled += mojibake.found(connection, taken.texts(rest, layout), table.columns)
            rest = taken.typed(connection, rest, layout, large[0], sources.currency, f"{table.name}_{number}")
            typed = together([typed, rest.select(typed.columns)])
        typed = mojibake.mark(typed, table.columns, garbled)
        typed = _as_declared(connection, typed, layout, group[0], others, f"{table.name}_{number}")
        typed = _as_merged(connection, typed, group, f"{table.name}_filled_{number}")
        rows = judging.with_reason(typed, layout, period)
        judged[key[-1]].append((warehouse.keep(connection, f"{table.name}_{number}", rows), False))
        judged[key[-1]] += [part for export in large for part in taken.judged(connection, export, layout)]
    rows, odd = doubles.told(connection, layout, judged, sum(export.total for export in exports))
    found: list = []
    with refusals.collecting(found):
        ambiguity.check(connection, rows, odd, table)
    with refusals.collecting(found):
        footers.check(connection, rows, exports, sources.currency)
    with refusals.collecting(found):
        converted = conversion.convert(connection, rows, layout, exports, sources.currency, rates)
    refusals.raise_all(found)
    return layout, converted, odd if converted is rows else converted


def _as_declared(connection, rows, layout, export, others, label):
    """Typed rows with what `sources.toml` takes from other tables and what it computes."""
    source, header = export.source, export.header
    if source.headed:
        lacking = [column.name for column in joined.HEADS.columns if column.name not in header.names]
        rows = joined.with_heads(rows, others.get("sales_heads"), lacking)
    if not source.computed:
        return rows
    if joined.LIST_PRICE in source.operands() - {*header.names}:
        if "products" not in others:
            facts = {"columns": joined.LIST_PRICE, "table": header.table}
            raise Refused("missing_column", file=export.file, line=header.line, **facts)
        rows = joined.with_prices(rows, others["products"])
    rows = computed.add(
        connection, warehouse.keep(connection, f"{label}_operands", rows), layout, source, header.units, label
    )
    return rows.select(*judging.PLACE, *(name for name in judging.columns_of(layout) if name in rows.columns))


def _write_lists(connection, by_table, rows, sources, target):
    """Write the lists that sales carry and no file holds; returns their clean rows. Their lines count as sales."""
    counts = {}
    exports = [export for table in schema.CARRIERS for export in by_table.get(table, ())]
    held = [rows[table] for table in schema.CARRIERS if table in rows]
    for name in schema.LISTS:
        if held and name not in by_table and lists.carried(exports, name):
            listed = lists.made(connection, name, held, exports, sources.currency)
            warehouse.write(connection, listed, target / f"{name}.parquet", judging.PLACE[:3])
            counts[name] = warehouse.number(target / f"{name}.parquet")
    return counts


def _write_table(connection, rows, odd, layout, exports, given, parts):
    """Write the rows of one table that stay; its ledgers are added to `parts`. Returns the number of clean rows.

    odd: of the rows those that may be set aside or changed.
    """
    table, target, sources = layout.table, given.target, given.sources
    lines = sum(export.total for export in exports)
    path = target / f"{table.name}.parquet"
    warehouse.write(connection, judging.clean(rows, layout), path, judging.PLACE[:3])
    aside = warehouse.keep(connection, f"{table.name}_aside", judging.aside(odd))
    cells = target / "raw" / f"aside-{table.name}.parquet"
    warehouse.write(connection, judging.cells_of(aside, layout), cells, judging.PLACE[:3])
    parts["quarantine"].append(judging.quarantined(aside, layout))
    # Of few lines it is quicker to ask first in which columns cells were changed: in most there are none.
    columns = judging.changed(connection, odd, layout) or layout.table.columns[:1] if lines <= warehouse.FEW else ()
    changes = judging.changes(odd, layout, columns)
    parts["changes"].append(warehouse.reused(connection, f"{table.name}_changes", changes, lines))
    parts["lines"].append(rows.select(*judging.PLACE, reason=rows[judging.REASON]))
    money = judging.controls(rows, layout, judging.period(table, sources))
    if money is not None:
        parts["controls"].append(money)
    return warehouse.number(path)


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
        listed = warehouse.read(connection, target / "customers.parquet").select("customer_id", "name").drop_null()
        customers = zip(*connection.to_pyarrow(listed).to_pydict().values(), strict=True)
        likely_doubles.write(customers, target)


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
        units = [sorted(of.items()) for of in (export.header.units, export.header.currencies)]
        looked_up = {*(column.name for column in joined.HEADS.columns), joined.LIST_PRICE} - {*export.header.names}
        own = (source.headed, sorted(looked_up)) if source.headed or source.computed else ()
        declared = (export.forms, source.missing, source.fixed, source.computed, units, own)
        groups[repr(declared), key].append(export)
    return groups
