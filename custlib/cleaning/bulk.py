"""Large files of text, and Parquet: the engine types the lines that are plain throughout; the others are cut (`taken`),
and only those that are more than delimiters and cells are left to the careful reader."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import ibis

from custlib import reading, schema, warehouse
from custlib.cleaning import fast_path, judging, mojibake, taken
from custlib.cleaning.judging import forms_of
from custlib.sources import Sources

# Names that no column of an export can have: reading leaves no two underscores in them.
_TEXT, _OWN, _CELLS = "row__text", "row__own", "row__cells"


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
        export = replace(export, plain=path)
        taken.cut(connection, export, time, sources.currency)
        return reading.careful(export, taken.for_careful(export))

    return complete


def pattern(export: reading.Reading, currency: str) -> str | None:
    """The regular expression of a line whose cells are all plain, in their values' own form, without quotation marks;
    None where no line of the file can be.

    export: a `reading.Reading` with a survey. A column without a declared kind may hold whatever has no quotation mark
    and no control character.
    """
    header = export.header
    columns = {column.name: column for column in schema.TABLES[header.table].columns}
    if not taken.may_be_plain(export, forms_of(export, currency)):
        return None
    delimiter = taken.DELIMITERS[export.delimiter]
    cells = [_cell(columns.get(name), delimiter) for name in header.names[: header.named]]
    cells += [""] * (len(header.names) - header.named)
    return "^" + delimiter.join(cells) + delimiter * export.surplus + r"\z"


def take(connection, export: reading.Reading, period: tuple, currency: str, target: Path):
    """Write the lines of a bulk Reading as one Parquet file, a row for each in order: each column typed where the whole
    line is plain, else the line's text in `taken.OTHER`.

    period: (column that places a row in time or None, first value, last value): a row outside is not plain, nor is one
    with a value that cannot be.
    Raises what the engine raises for a file that it cannot read.
    """
    rows = _typed(_own(_lines(connection, export), export, pattern(export, currency)), export)
    plain = rows[_OWN].notnull() & taken.within(rows, export, period)
    other = plain.coalesce(False).ifelse(ibis.null("string"), rows[_TEXT])
    # Read once and thrown away.
    warehouse.write(connection, rows.mutate(**{taken.OTHER: other}).drop(_TEXT, _OWN), target, compression="snappy")


@ibis.udf.scalar.builtin
def strlen(text: str) -> int:  # type: ignore[empty-body]
    """How many bytes a text has, of DuckDB."""


def _lines(connection, export):
    """The lines' text, `_TEXT`, and of Parquet each cell, `x__cell`."""
    if export.quoted:
        lines = warehouse.read_lines(connection, export.survey.path, export.survey.end, export.first)
        return lines.select(**{_TEXT: lines.text})
    cells = warehouse.read_texts(connection, export.survey.path, [f"{name}__cell" for name in export.header.names])
    return cells.mutate(**{_TEXT: ibis.literal(export.delimiter).join([cells[name] for name in cells.columns])})


def _own(rows, export, form):
    """Rows with `_OWN`: the text of a line whose cells are all plain and in their values' own form, else null."""
    text = rows[_TEXT]
    # Most lines have no character that could be a garbled one.
    sound = (strlen(text) == text.length()).ifelse(True, ~text.re_search(mojibake.SUSPECT))
    header = export.delimiter.join(export.header.texts)  # once more
    own = text.re_search(form).ifelse(sound & (text != header), False) if form else ibis.literal(False)
    return rows.mutate(**{_OWN: own.ifelse(text, ibis.null("string"))})


def _typed(rows, export):
    columns = {column.name: column for column in schema.TABLES[export.header.table].columns}
    if export.quoted:
        # Cut once, whatever the number of columns; what is null costs next to nothing.
        rows = rows.mutate(**{_CELLS: rows[_OWN].split(export.delimiter)})
        cells = [rows[_CELLS][at] for at in range(len(export.header.names))]
    else:
        nothing = ibis.null("string")
        cells = [rows[_OWN].isnull().ifelse(nothing, rows[f"{name}__cell"]) for name in export.header.names]
    own = rows[_OWN]
    for name, cell in zip(export.header.names, cells, strict=True):
        if name in export.source.missing:  # a cell may hold what is declared to mean that nothing is known
            own = cell.isin(fast_path.tokens(export.source.missing[name])).ifelse(ibis.null("string"), own)
    values = {name: _value(cell, columns.get(name)) for name, cell in zip(export.header.names, cells, strict=True)}
    return rows.select(_TEXT, **{_OWN: own}, **values)


def _value(cell, column):
    if column is None:
        return cell
    return fast_path.value(cell if column.filled else cell.nullif(""), column.kind)


def _cell(column, delimiter):
    """A cell of a column in its value's own form; blank where allowed."""
    if column is None:
        return rf"[^\x00-\x1f\x22{delimiter}]*"
    form = fast_path.OWN.get(column.kind, fast_path.FORMS[column.kind]).removeprefix("^").removesuffix(r"\z")
    return form if column.filled else f"(?:{form})?"
