"""Large files of text, and Parquet: the engine types the lines that are plain throughout, cuts the others into cells,
and leaves to the careful reader only those that are more than delimiters and cells."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import ibis
import pyarrow.compute as pc

from custlib import reading, schema, warehouse
from custlib.cleaning import fast_path, judging, mojibake
from custlib.cleaning.judging import FAULT, REASON, forms_of
from custlib.sources import Sources

_DELIMITERS = {",": ",", "\t": r"\t", ";": ";", "|": r"\|", "\x1f": r"\x1f"}
# Names that no column of an export can have: reading leaves no two underscores in them.
_TEXT, _PLAIN, _CELLS, _REST, _CAREFUL = "row__text", "row__plain", "row__cells", "row__rest", "row__careful"


def engine(connection, sources: Sources) -> Callable[[reading.Reading], reading.Reading | None]:
    """The reader of large files that `reading.read` asks first: the engine reads plain lines, care reads the others.

    It gives None where the engine does not find the lines that were counted from outside, or where a quotation mark
    stands astray.
    """

    def complete(export):
        path = export.cells.with_name(f"{export.cells.stem}-plain.parquet")
        time = judging.period(schema.TABLES[export.header.table], sources)
        try:
            take(connection, export, time, sources.currency, path)
        except duckdb.InvalidInputException:  # such as a line too long for it: the careful reader says why, or reads it
            return None
        survey = export.survey
        if warehouse.read(connection, path).count().execute() != survey.lines - survey.blank_tail - export.header.end:
            return None
        whole = reading.careful(export, for_careful(export, path))
        return whole and replace(whole, plain=path)

    return complete


def pattern(export: reading.Reading, currency: str) -> str | None:
    """The regular expression of a whole line of a file whose cells are all plain; None where no line can be.

    export: a `reading.Reading` with a survey. A column without a declared kind may hold whatever has no quotation mark
    and no control character.
    """
    source, header = export.source, export.header
    columns = {column.name: column for column in schema.TABLES[header.table].columns}
    forms = forms_of(export, currency)
    if source.fixed or source.computed or source.headed or not all(map(fast_path.may_be, forms.values())):
        return None
    delimiter = _DELIMITERS[export.delimiter]
    cells = [_cell(columns.get(name), delimiter, export.quoted) for name in header.names[: header.named]]
    cells += [""] * (len(header.names) - header.named)
    return "^" + delimiter.join(cells) + delimiter * export.surplus + r"\z"


def take(connection, export: reading.Reading, period: tuple, currency: str, target: Path):
    """Write the lines of a bulk Reading as one Parquet file, a row for each in order: for plain lines each column
    typed, with `x__raw` where its text is not the value's own form; else the line's text, in one column where its cells
    can be cut at the delimiters, in another where a careful reader must see it.

    period: (column that places a row in time or None, first value, last value): a row outside is not plain, nor is one
    with a value that cannot be.
    Raises what the engine raises for a file that it cannot read.
    """
    lines = _lines(connection, export)
    form = pattern(export, currency)
    matches = lines.text.re_search(form) if form else ibis.literal(False)
    matches &= lines.text != export.delimiter.join(export.header.texts)  # the header once more
    matches &= ~lines.text.re_search(mojibake.SUSPECT)
    rows = _typed(_cut(lines.select(**{_TEXT: lines.text, _PLAIN: matches}), export), export)
    rows = rows.mutate(**{_PLAIN: (rows[_PLAIN] & _within(rows, export, period)).coalesce(False)})
    nothing, names = ibis.null("string"), [name for name in rows.columns if name not in (_TEXT, _PLAIN)]
    # Nearly all are null here, and what is null costs next to nothing below.
    rows = rows.mutate(**{_TEXT: rows[_PLAIN].ifelse(nothing, rows[_TEXT])})
    simple = _is_simple(rows[_TEXT], export)
    left = {_REST: simple.ifelse(rows[_TEXT], nothing), _CAREFUL: simple.ifelse(nothing, rows[_TEXT])}
    # Read once and thrown away.
    warehouse.write(
        connection, rows.select(**left, **{name: rows[name] for name in names}), target, compression="snappy"
    )


def for_careful(export: reading.Reading, path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of the lines that a careful reader must see, in order, from a file that `take` wrote."""
    line = export.first
    for batch in warehouse.batches(path, [_CAREFUL]):
        texts = batch[_CAREFUL]
        places = pc.indices_nonzero(texts.is_valid())
        yield from zip((line + at for at in places.to_pylist()), texts.take(places).to_pylist(), strict=True)
        line += len(texts)


def cells(connection, export: reading.Reading) -> ibis.Table:
    """The cells of the lines that are not plain but could be cut at their delimiters, as `reading` gives cells."""
    rows = _numbered(connection, export)
    rows = rows.filter(rows[_REST].notnull())
    rows = rows.mutate(**{_CELLS: rows[_REST].split(export.delimiter)})
    return rows.select(
        **_place(rows, export), **{name: rows[_CELLS][at] for at, name in enumerate(export.header.names)}
    )


def judged(connection, export: reading.Reading, layout: judging.Layout) -> ibis.Table:
    """The plain rows of a file that `take` wrote, as `judging.with_reason` would judge them: nothing is set aside."""
    rows = _numbered(connection, export)
    rows = rows.filter(rows[_REST].isnull() & rows[_CAREFUL].isnull())
    nothing = ibis.null("string")

    def held(name, otherwise):
        return rows[name] if name in rows.columns else otherwise

    columns: dict[str, ibis.Value] = {}
    for name, kind in ((column.name, column.kind) for column in layout.table.columns):
        value = held(name, ibis.null(fast_path.type_of(kind)))
        rule = ibis.literal("number_form") if kind in fast_path.OWN else nothing
        columns |= {name: value, f"{name}__raw": held(f"{name}__raw", nothing)}
        columns |= {f"{name}__reason": nothing, f"{name}__rule": rule}
        if kind == "amount":
            columns[f"{name}__exact"] = fast_path.exact(value)
    columns |= {name: held(name, nothing) for name in layout.extras}
    return rows.select(**_place(rows, export), **columns, **{REASON: nothing, FAULT: nothing})


def _numbered(connection, export):
    """The lines of a file that `take` wrote, with their numbers."""
    return warehouse.read_numbered(connection, export.plain)


def _lines(connection, export):
    """An Ibis table of one column, `text`."""
    if export.quoted:
        return warehouse.read_lines(connection, export.survey.path, export.survey.end, export.first)
    return warehouse.read_joined(connection, export.survey.path, export.delimiter)


def _place(rows, export):
    # Casts, because a bare literal is written in the narrowest type.
    here = {"file": ibis.literal(export.file), "sheet": ibis.literal("")}
    return here | {"line": rows.row__number + export.first, "lines": ibis.literal(1).cast("int64")}


def _cell(column, delimiter, quoted):
    """A cell of a column in plain form, with or without quotation marks where allowed; blank where allowed."""
    if column is None:
        return rf"[^\x00-\x1f\x22{delimiter}]*"
    form = fast_path.FORMS[column.kind]
    cell, blank = (f'(?:{form}|"{form}")', '|""') if quoted else (form, "")
    return cell if column.filled else f"(?:{cell}{blank})?"


def _cut(rows, export):
    """Cut plain lines at their delimiters: without quotation marks, for no cell of theirs holds a delimiter. A cell
    that is declared to mean “missing” makes its line no plain one."""
    text = rows[_PLAIN].ifelse(rows[_TEXT].replace('"', ""), ibis.null("string"))
    rows = rows.mutate(**{_CELLS: text.split(export.delimiter)})
    rows = rows.mutate(**{f"{name}__cell": rows[_CELLS][at] for at, name in enumerate(export.header.names)})
    for name in export.source.missing.keys() & set(export.header.names):
        rows = rows.mutate(
            **{_PLAIN: rows[_PLAIN] & ~rows[f"{name}__cell"].isin(fast_path.tokens(export.source.missing[name]))}
        )
    return rows.drop(_CELLS)


def _typed(rows, export):
    kinds = {column.name: column.kind for column in schema.TABLES[export.header.table].columns}
    columns = {}
    for name in export.header.names:
        cell, kind = rows[f"{name}__cell"], kinds.get(name)
        columns[name] = cell if kind is None else fast_path.value(cell.nullif(""), kind)
        if kind in fast_path.OWN:
            own = cell.re_search(fast_path.OWN[kind])
            columns[f"{name}__raw"] = own.ifelse(ibis.null("string"), cell.nullif(""))
    return rows.select(_TEXT, _PLAIN, **columns)


def _is_simple(text, export):
    """Whether a line is no more than cells between delimiters, as many as the header has, and a row of data: no totals
    row has a digit where rows have their id or day."""
    cells, width = text.split(export.delimiter), len(export.header.names)
    simple = cells.length() == width + export.surplus
    if export.quoted:
        simple &= ~text.contains('"')
    for at in range(export.header.named, width + export.surplus):
        simple &= cells[at] == ""
    numbered = ibis.literal(False)
    for at in export.header.ids:
        numbered |= cells[at].re_search("[0-9]") & (cells[at].strip() != export.header.texts[at])
    return (simple & numbered).coalesce(False)


def _within(rows, export, period):
    """Whether a row lies in the period and each value within what is possible."""
    time, first, last = period
    inside = ibis.literal(True)
    if time in rows.columns and first:
        inside &= rows[time] >= first
    if time in rows.columns and last:
        inside &= rows[time] <= last
    for column in judging.bounded(schema.TABLES[export.header.table]):
        if column.name in rows.columns:
            inside &= judging.within(rows[column.name], *column.possible)
    return inside
