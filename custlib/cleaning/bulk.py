"""Large files of text, and Parquet: the engine types the lines that are plain throughout, cuts the others into cells, and leaves to the careful
reader only those that are more than delimiters and cells."""

import ibis
import pyarrow.compute as pc

from custlib import schema, warehouse
from custlib.cleaning import fast_path, tables
from custlib.cleaning.tables import FAULT, REASON, forms_of

_DELIMITERS = {",": ",", "\t": r"\t", ";": ";", "|": r"\|", "\x1f": r"\x1f"}
# Names that no column of an export can have: reading leaves no two underscores in them.
_TEXT, _PLAIN, _CELLS, _REST, _CAREFUL = "row__text", "row__plain", "row__cells", "row__rest", "row__careful"


def pattern(found, currency):
    """The regular expression that a whole line of a file matches if each of its cells is plain, or None where no line of it can be.

    found: a bulk `reading.Reading`. A column without a declared kind may hold whatever has no quotation mark and no control
    character.
    """
    source, header = found.source, found.header
    columns = {column.name: column for column in schema.TABLES[header.table].columns}
    forms = forms_of(schema.TABLES[header.table], source, header.units, currency, found.forms)
    if source.fixed or source.computed or not all(map(fast_path.may_be, forms.values())):
        return None
    delimiter = _DELIMITERS[found.bulk.delimiter]
    cells = [_cell(columns.get(name), delimiter, found.bulk.quoted) for name in header.names[: header.named]]
    cells += [""] * (len(header.names) - header.named)
    return "^" + delimiter.join(cells) + delimiter * found.bulk.surplus + r"\z"


def take(connection, found, period, currency, target):
    """Write the lines of a bulk Reading as one Parquet file, a row for each in order: for plain lines each column typed, with
    `x__raw` where its text is not the value's own form; else the line's text, in one column where its cells can be cut at the
    delimiters, in another where a careful reader must see it.

    period: (column that places a row in time or None, first value, last value): a row outside is not plain, nor is one with a value
    that cannot be.
    Raises what the engine raises for a file that it cannot read.
    """
    bulk = found.bulk
    if bulk.quoted:
        lines = warehouse.read_lines(connection, bulk.survey.path, bulk.survey.end, bulk.first)
    else:
        lines = warehouse.read_joined(connection, bulk.survey.path, bulk.delimiter)
    form = pattern(found, currency)
    matches = lines.text.re_search(form) if form else ibis.literal(False)
    rows = _typed(_cut(lines.select(**{_TEXT: lines.text, _PLAIN: matches}), found), found)
    rows = rows.mutate(**{_PLAIN: (rows[_PLAIN] & _within(rows, found, period)).coalesce(False)})
    nothing, names = ibis.null("string"), [name for name in rows.columns if name not in (_TEXT, _PLAIN)]
    # Nearly all are null here, and what is null costs next to nothing below.
    rows = rows.mutate(**{_TEXT: rows[_PLAIN].ifelse(nothing, rows[_TEXT])})
    simple = _is_simple(rows[_TEXT], found)
    left = {_REST: simple.ifelse(rows[_TEXT], nothing), _CAREFUL: simple.ifelse(nothing, rows[_TEXT])}
    # Read once and thrown away.
    warehouse.write(
        connection, rows.select(**left, **{name: rows[name] for name in names}), target, compression="snappy"
    )


def for_careful(found, path):
    """(line, text) of the lines that a careful reader must see, in order, from a file that `take` wrote."""
    line = found.bulk.first
    for batch in warehouse.batches(path, [_CAREFUL]):
        texts = batch[_CAREFUL]
        places = pc.indices_nonzero(texts.is_valid())
        yield from zip((line + at for at in places.to_pylist()), texts.take(places).to_pylist(), strict=True)
        line += len(texts)


def cells(connection, found):
    """The cells of the lines that are not plain but could be cut at their delimiters, as `reading` gives cells."""
    rows = warehouse.read_numbered(connection, found.plain)
    rows = rows.filter(rows[_REST].notnull())
    rows = rows.mutate(**{_CELLS: rows[_REST].split(found.bulk.delimiter)})
    return rows.select(**_place(rows, found), **{name: rows[_CELLS][at] for at, name in enumerate(found.header.names)})


def judged(connection, found, layout):
    """The plain rows of a file that `take` wrote, as `tables.with_reason` would judge them: nothing is set aside."""
    rows = warehouse.read_numbered(connection, found.plain)
    rows = rows.filter(rows[_REST].isnull() & rows[_CAREFUL].isnull())
    nothing = ibis.null("string")

    def held(name, otherwise):
        return rows[name] if name in rows.columns else otherwise

    columns = {}
    for name, kind in ((column.name, column.kind) for column in layout.table.columns):
        value = held(name, ibis.null(fast_path.type_of(kind)))
        rule = ibis.literal("number_form") if kind in fast_path.OWN else nothing
        columns |= {name: value, f"{name}__raw": held(f"{name}__raw", nothing)}
        columns |= {f"{name}__reason": nothing, f"{name}__rule": rule}
        if kind == "amount":
            columns[f"{name}__exact"] = fast_path.exact(value)
    columns |= {name: held(name, nothing) for name in layout.extras}
    return rows.select(**_place(rows, found), **columns, **{REASON: nothing, FAULT: nothing})


def _place(rows, found):
    # Casts, because a bare literal is written in the narrowest type.
    here = {"file": ibis.literal(found.file), "sheet": ibis.literal("")}
    return here | {"line": rows.row__number + found.bulk.first, "lines": ibis.literal(1).cast("int64")}


def _cell(column, delimiter, quoted):
    """A cell of a column in plain form, with or without quotation marks where there are any; blank where nothing need stand."""
    if column is None:
        return rf"[^\x00-\x1f\x22{delimiter}]*"
    form = fast_path.FORMS[column.kind]
    cell, blank = (f'(?:{form}|"{form}")', '|""') if quoted else (form, "")
    return cell if column.filled and column.required else f"(?:{cell}{blank})?"


def _cut(rows, found):
    """Cut plain lines at their delimiters: without quotation marks, for no cell of theirs holds a delimiter. A cell that is
    declared to mean “missing” makes its line no plain one."""
    text = rows[_PLAIN].ifelse(rows[_TEXT].replace('"', ""), ibis.null("string"))
    rows = rows.mutate(**{_CELLS: text.split(found.bulk.delimiter)})
    rows = rows.mutate(**{f"{name}__cell": rows[_CELLS][at] for at, name in enumerate(found.header.names)})
    for name in found.source.missing.keys() & set(found.header.names):
        rows = rows.mutate(
            **{_PLAIN: rows[_PLAIN] & ~rows[f"{name}__cell"].isin(fast_path.tokens(found.source.missing[name]))}
        )
    return rows.drop(_CELLS)


def _typed(rows, found):
    kinds = {column.name: column.kind for column in schema.TABLES[found.header.table].columns}
    columns = {}
    for name in found.header.names:
        cell, kind = rows[f"{name}__cell"], kinds.get(name)
        columns[name] = cell if kind is None else fast_path.value(cell.nullif(""), kind)
        if kind in fast_path.OWN:
            own = cell.re_search(fast_path.OWN[kind])
            columns[f"{name}__raw"] = own.ifelse(ibis.null("string"), cell.nullif(""))
    return rows.select(_TEXT, _PLAIN, **columns)


def _is_simple(text, found):
    """Whether a line is no more than cells between delimiters, as many as the header has, and a row of data: no totals row has a
    digit where rows have their id or day."""
    cells, width = text.split(found.bulk.delimiter), len(found.header.names)
    simple = cells.length() == width + found.bulk.surplus
    if found.bulk.quoted:
        simple &= ~text.contains('"')
    for at in range(found.header.named, width + found.bulk.surplus):
        simple &= cells[at] == ""
    numbered = ibis.literal(False)
    for at in found.header.ids:
        numbered |= cells[at].re_search("[0-9]")
    return (simple & numbered).coalesce(False)


def _within(rows, found, period):
    """Whether a row lies in the period and each value within what is possible."""
    time, first, last = period
    inside = ibis.literal(True)
    if time in rows.columns and first:
        inside &= rows[time] >= first
    if time in rows.columns and last:
        inside &= rows[time] <= last
    for column in tables.bounded(schema.TABLES[found.header.table]):
        if column.name in rows.columns:
            inside &= rows[column.name].between(*column.possible) | rows[column.name].isnull()
    return inside
