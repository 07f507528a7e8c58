"""Rows of text → judged rows: each keeps its place, typed values, raw text, and why it is set aside, if it is."""

import functools
import operator
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import ibis

from custlib import quarters, schema
from custlib.cleaning import fast_path, parsers
from custlib.cleaning.numbers import EXACT
from custlib.reading import Reading
from custlib.sources import Sources

PLACE = ("file", "sheet", "line", "lines")
# Judgements of a row; two underscores, because a table may have a column called `reason`.
REASON, FAULT, FIRST, AGAIN = "row__reason", "row__fault", "row__first", "row__again"


class Layout(NamedTuple):
    """Which columns the rows of one table have: declared ones and extras carried along as text."""

    table: schema.Table
    extras: tuple

    @property
    def names(self) -> tuple[str, ...]:
        """All column names, declared first."""
        return (*(column.name for column in self.table.columns), *self.extras)


def typed(cells: ibis.Table, layout: Layout, export: Reading, currency: str, plain: Collection[str] = ()) -> ibis.Table:
    """Parse one group of files that are declared alike.

    cells: Ibis table of text (`PLACE` and the columns of the files). export: one of them; currency: the company's;
    plain: columns in which every cell is plain or empty (`throughout.of`).
    Gives for each column of the layout `x` (typed), `x__raw` (text, null where no cell is), `x__reason`, `x__rule`, and
    `x__exact` for money; of the operands of computed columns, which `computed.add` fills, `x__exact` and `x__reason`.
    """
    source, columns = export.source, forms_of(export, currency)
    nothing = ibis.null("string")
    raws = {f"{name}__raw": cells[name] if name in cells.columns else nothing for name in (*columns, *layout.extras)}
    declared = {f"{name}__raw": ibis.literal(value) for name, value in source.fixed.items()}
    rows = fast_path.parse(cells.select(*PLACE, **(raws | declared)), columns, plain)
    # A declared value stood in no cell, so it is no change of one.
    rows = rows.mutate(**{name: nothing for name in declared}, **{name: rows[f"{name}__raw"] for name in layout.extras})
    kept = [*columns_of(layout), *(f"{name}__{part}" for name in source.operands() for part in ("exact", "reason"))]
    return rows.select(*PLACE, *(name for name in dict.fromkeys(kept) if name in rows.columns))


def forms_of(export: Reading, currency: str) -> dict[str, parsers.Form]:
    """Column → `parsers.Form`, for the columns of a file's table and the operands of its computed ones: those may have
    as many decimals as an amount. currency: the company's."""
    source, header = export.source, export.header
    kinds = {column.name: column.kind for column in schema.TABLES[header.table].columns}
    operands = source.operands() - set(kinds)
    return {
        name: parsers.Form(
            kind,
            header.units.get(name, 1),
            header.currencies.get(name, currency),
            missing=tuple(source.missing.get(name, ())),
            **export.forms,
        )
        for name, kind in (kinds | dict.fromkeys(operands, "amount")).items()
    }


def as_merged(rows: ibis.Table, filled: ibis.Table, columns: list[str]) -> ibis.Table:
    """Cells that a merged range filled: blank in the sheet, so that what stands there now is a change by `merged_cell`.

    filled: Ibis table of file, line, and for each of `columns` whether its cell was filled.
    """
    joined = rows.left_join(filled, ["file", "line"], rname="{name}__filled")
    judged = {}
    for name in columns:
        was = joined[f"{name}__filled"].coalesce(False)
        judged[f"{name}__raw"] = was.ifelse("", joined[f"{name}__raw"])
        judged[f"{name}__rule"] = was.ifelse("merged_cell", joined[f"{name}__rule"])
    return joined.mutate(**judged).drop(*(f"{name}__filled" for name in ("file", "line", *columns)))


def columns_of(layout: Layout) -> Iterator[str]:
    """The columns in which rows of a layout are judged, beside their place."""
    for column in layout.table.columns:
        yield from (column.name, *(f"{column.name}__{part}" for part in ("raw", "reason", "rule", "exact")))
    yield from layout.extras


def with_reason(rows: ibis.Table, layout: Layout, period: tuple) -> ibis.Table:
    """Add `REASON` and `FAULT`: why a row is set aside (null: it is not) and the column at fault.

    period: (column, first day or None, last day or None); column None where nothing places the row in time.
    """
    table, faults = layout.table, []
    for column in table.columns:
        reason = rows[f"{column.name}__reason"]
        if column.filled:
            empty = reason.isnull() & rows[column.name].isnull()
            # A file may lack the whole column: then there is no cell.
            empty = empty if column.required else empty & rows[f"{column.name}__raw"].notnull()
            reason = empty.ifelse("missing_key" if column.name in table.key else "missing_value", reason)
        faults.append((column.name, reason))
    for column in bounded(table):
        can_be = within(rows[column.name], *column.possible)
        faults.append((column.name, can_be.ifelse(ibis.null("string"), "out_of_range")))
    time, first, last = period
    for day, outside in ((first, operator.lt), (last, operator.gt)):
        if time and day:
            faults.append((time, outside(rows[time], day).ifelse("out_of_period", ibis.null("string"))))
    reason = ibis.coalesce(*(reason for _, reason in faults))
    column = ibis.cases(*((reason.notnull(), name) for name, reason in faults))
    return rows.mutate(**{REASON: reason, FAULT: column})


def period(table: schema.Table, sources: Sources) -> tuple:
    """(the column that places a row in time or None, its first value, its last one), as far as declared."""
    first, last = sources.data_from, sources.data_until
    if table.time and table.column(table.time).kind == "quarter":
        return table.time, first and str(quarters.of(first)), last and str(quarters.of(last))
    return table.time, first, last


def bounded(table: schema.Table) -> list[schema.Column]:
    """The columns in which a value may be one that cannot be."""
    return [column for column in table.columns if column.possible != (None, None)]


def within(value: ibis.Value, low: float | None, high: float | None) -> ibis.Value:
    """Whether a value is missing or lies within these bounds (None: none)."""
    bounds = [keeps(value, bound) for keeps, bound in ((operator.ge, low), (operator.le, high)) if bound is not None]
    return functools.reduce(operator.and_, bounds) | value.isnull()


def clean(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """The rows that stay: place, typed columns, extras, `repeated`."""
    return rows.filter(rows[REASON].isnull()).select(*PLACE[:3], *layout.names, repeated=rows[AGAIN])


def aside(rows: ibis.Table) -> ibis.Table:
    """The rows set aside, as they are judged."""
    return rows.filter(rows[REASON].notnull())


def quarantined(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Of rows set aside: place, reason, column at fault, its raw text, and for duplicates the place of the first."""
    raw = ibis.cases(*((rows[FAULT] == c.name, rows[f"{c.name}__raw"]) for c in layout.table.columns))
    judged = {"reason": rows[REASON], "column": rows[FAULT], "place": rows[FIRST]}
    return rows.select(*PLACE, **judged, table=ibis.literal(layout.table.name), raw=raw)


def cells_of(rows: ibis.Table, layout: Layout) -> ibis.Table:
    """Of rows set aside: place, and all their cells as they came."""
    texts = {
        column.name: rows[f"{column.name}__raw"].coalesce(parsers.text(column.kind, rows[column.name])).coalesce("")
        for column in layout.table.columns
    }
    return rows.select(*PLACE, **texts, **{name: rows[name] for name in layout.extras})


def changed(connection, rows: ibis.Table, layout: Layout) -> list[schema.Column]:
    """The columns in which a cell of rows that stay is not in its value's own form."""
    stay = rows.filter(rows[REASON].isnull())
    found = stay.agg(**{column.name: _is_changed(stay, column).any() for column in layout.table.columns})
    told = connection.to_pyarrow(found).to_pylist()[0]
    return [column for column in layout.table.columns if told[column.name]]


def _is_changed(rows, column):
    # An empty cell is what a missing value looks like, so it is no change.
    raw, new = rows[f"{column.name}__raw"], parsers.text(column.kind, rows[column.name]).coalesce("")
    return raw.notnull() & (raw != new)


def changes(rows: ibis.Table, layout: Layout, columns: Sequence[schema.Column] = ()) -> ibis.Table:
    """The change log of rows that stay: place, column, raw, clean, rule of each cell not in its value's own form.

    columns: those to look in, as `changed` finds them; none: all.
    """
    stay = rows.filter(rows[REASON].isnull())
    parts = []
    for column in columns or layout.table.columns:
        changed = stay.filter(_is_changed(stay, column))
        parts.append(
            changed.select(
                *PLACE[:3],
                table=ibis.literal(layout.table.name),
                column=ibis.literal(column.name),
                raw=changed[f"{column.name}__raw"],
                clean=parsers.text(column.kind, changed[column.name]).coalesce(""),
                rule=changed[f"{column.name}__rule"],
            )
        )
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def controls(rows: ibis.Table, layout: Layout, period: tuple) -> ibis.Table | None:
    """Control totals of money by file, month and column: exact sums in, clean, quarantined, and what rounding added.

    amount_in = amount_clean - rounding + amount_quarantined, to the last decimal. Rows whose amount cannot be read are
    in none.
    """
    time, zero = period[0], ibis.literal(0, EXACT)
    names = [column.name for column in layout.table.columns if column.kind == "amount"]
    if not names:
        return None
    # Day by day first: there are far fewer of them than rows, and a month is a text.
    sums = {part: value for name in names for part, value in _sums(rows, name).items()}
    days = rows.group_by("file", row__time=rows[time] if time else ibis.null("string")).agg(**sums)
    months = days.group_by("file", month=days.row__time.cast("string").substr(0, 7)).agg(
        **{part: days[part].sum() for part in sums}
    )
    parts = [
        months.select(
            "file",
            "month",
            table=ibis.literal(layout.table.name),
            column=ibis.literal(name),
            amount_in=months[f"{name}__in"],
            amount_clean=months[f"{name}__clean"].cast(EXACT).coalesce(zero),
            amount_quarantined=months[f"{name}__aside"].coalesce(zero),
            rounding=months[f"{name}__rounding"].coalesce(zero),
        )
        for name in names
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _sums(rows, name):
    exact, value, stays = rows[f"{name}__exact"], rows[name], rows[REASON].isnull()
    return {
        f"{name}__in": exact.sum(),
        f"{name}__clean": value.sum(where=stays),
        f"{name}__aside": exact.sum(where=~stays),
        f"{name}__rounding": (value.cast(EXACT) - exact).sum(where=stays),
    }
