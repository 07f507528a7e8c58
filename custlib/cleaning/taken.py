"""What `bulk.take` made of a large file: plain rows as they are, the other lines cut and each text parsed once."""

import functools
import operator
from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow.compute as pc

from custlib import reading, schema, warehouse
from custlib.cleaning import fast_path, judging, mojibake, parsers
from custlib.cleaning.judging import FAULT, REASON, forms_of
from custlib.cleaning.ledgers import together

DELIMITERS = {",": ",", "\t": r"\t", ";": ";", "|": r"\|", "\x1f": r"\x1f"}
OTHER = "row__other"
# Stands for a delimiter within quotation marks while a line is cut; `reading.survey` has not found it in the file.
_WITHIN = "\x02"
_PARTS = ("reason", "rule", "exact")
_TURNS, _CELLS, _SIMPLE = "row__turns", "row__cells", "row__simple"
_PLAIN, _CAREFUL = "row__plain", "row__careful"


def cut(connection, export: reading.Reading, period: tuple, currency: str):
    """Write those lines that are not plain throughout beside the plain ones, in order: `line`, and for each column `x`,
    its value where the cell is plain, and `x__raw`, its text where that is not the value's own form.

    `_PLAIN` tells rows whose cells are all plain; `_CAREFUL` holds the text of lines that a careful reader must see.
    period: as `bulk.take` takes it.
    """
    forms = forms_of(export, currency)
    rows = warehouse.read_numbered(connection, export.plain)
    rows = rows.filter(rows[OTHER].notnull())
    rows = rows.select(OTHER, line=rows.row__number + export.first)
    quoted = rows[OTHER].contains('"') if export.quoted else ibis.literal(False)
    # Held in a column of its own, because what is written in several places the engine does as often.
    rows = rows.mutate(**{_TURNS: quoted.ifelse(rows[OTHER].split('"'), ibis.null("array<string>"))})
    rows = rows.mutate(**{_CELLS: _cut(rows, export).split(export.delimiter)}).drop(_TURNS)
    rows = rows.mutate(**{_SIMPLE: _is_simple(rows[_CELLS], export)})
    rows = _typed(_celled(rows, export), export, forms)
    plain = _is_plain(rows, export, forms, period) if may_be_plain(export, forms) else ibis.literal(False)
    careful = rows[_SIMPLE].ifelse(ibis.null("string"), rows[OTHER])
    rows = rows.mutate(**{_PLAIN: plain, _CAREFUL: careful})
    rows = rows.drop(OTHER, _SIMPLE, *(name for name in rows.columns if name.endswith(("__cell", "__fits"))))
    warehouse.write(connection, rows, _others(export), compression="snappy")


def for_careful(export: reading.Reading) -> Iterator[tuple[int, str]]:
    """(line, text) of the lines that a careful reader must see, in order, of those that `cut` wrote."""
    for batch in warehouse.batches(_others(export), ["line", _CAREFUL]):
        places = pc.indices_nonzero(batch[_CAREFUL].is_valid())
        yield from zip(*(batch[name].take(places).to_pylist() for name in ("line", _CAREFUL)), strict=True)


def may_be_plain(export: reading.Reading, forms: dict[str, parsers.Form]) -> bool:
    """Whether rows of a file can be plain: not where something is taken from elsewhere, or no cell of a column can."""
    source = export.source
    return not (source.fixed or source.computed or source.headed) and all(map(fast_path.may_be, forms.values()))


def within(rows: ibis.Table, export: reading.Reading, period: tuple) -> ibis.Value:
    """Whether a typed row lies in the period and each value within what is possible."""
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


def rest(connection, export: reading.Reading, layout: judging.Layout, currency: str) -> ibis.Table:
    """The rows with a cell that is not plain: place, extras, and for each column `x` (null where its cell is not
    plain, or blank) and `x__raw`, its text (null where the file lacks it)."""
    rows = warehouse.read(connection, _others(export))
    rows = rows.filter(~rows[_PLAIN] & rows[_CAREFUL].isnull())
    nothing, fixed = ibis.null("string"), export.source.fixed
    columns: dict[str, ibis.Value] = {}
    for name, form in forms_of(export, currency).items():
        held = name in rows.columns and name not in fixed
        value = rows[name] if held else ibis.null(fast_path.type_of(form.kind))
        raw = rows[f"{name}__raw"].coalesce(parsers.text(form.kind, value)) if held else nothing
        columns |= {name: value, f"{name}__raw": ibis.literal(fixed[name]) if name in fixed else raw}
    columns |= {name: rows[name] if name in rows.columns else nothing for name in layout.extras}
    return rows.select(**_place(export, rows.line), **columns)


def texts(rows: ibis.Table, layout: judging.Layout) -> ibis.Table:
    """The text of each cell of what `rest` gives, by column."""
    return rows.select(**{column.name: rows[f"{column.name}__raw"] for column in layout.table.columns})


def typed(connection, rows: ibis.Table, layout: judging.Layout, export: reading.Reading, currency: str, label: str):
    """What `rest` gives, of files that are declared alike, as `judging.typed` would: cells written alike are parsed
    once. label: a name of its own for what is kept."""
    forms = forms_of(export, currency)
    parsed: dict[str, ibis.Table] = {}
    for number, form in enumerate(dict.fromkeys(forms.values())):
        alike = [name for name in forms if forms[name] == form]
        found = together([rows.filter(rows[name].isnull()).select(x__raw=rows[f"{name}__raw"]) for name in alike])
        found = parsers.parse(found.distinct().drop_null(), {"x": form})
        kept = warehouse.keep(connection, f"{label}_texts_{number}", found)
        parsed |= dict.fromkeys(alike, kept)
    for name, form in forms.items():
        rows = _with_parsed(rows, name, form.kind, parsed[name])
    declared = dict.fromkeys((f"{name}__raw" for name in export.source.fixed), ibis.null("string"))
    kept = [
        *judging.columns_of(layout),
        *(f"{name}__{part}" for name in export.source.operands() for part in ("exact", "reason")),
    ]
    # A computed column's operand that is none of the table's own columns stays as its text.
    extras = {name: rows[f"{name}__raw"] for name in layout.extras if name in forms}
    rows = rows.mutate(**declared, **extras)
    return rows.select(*judging.PLACE, *(name for name in dict.fromkeys(kept) if name in rows.columns))


def _with_parsed(rows, name, kind, parsed):
    """Rows with what is parsed of a column's text, where it is not plain: value, reason, rule, exact amount."""
    parsed = parsed.rename({f"{name}__{part}": f"x__{part}" for part in _PARTS if f"x__{part}" in parsed.columns})
    parsed = parsed.rename({f"{name}__parsed": "x", f"{name}__text": "x__raw"})
    plain = rows[name].notnull()
    text = plain.ifelse(ibis.null("string"), rows[f"{name}__raw"])
    rows = rows.left_join(parsed, text == parsed[f"{name}__text"])
    plain, value = rows[name].notnull(), rows[name]
    columns = {name: value.coalesce(rows[f"{name}__parsed"])}
    if kind in fast_path.OWN:
        columns[f"{name}__rule"] = plain.ifelse("number_form", rows[f"{name}__rule"])
    if kind == "amount":
        columns[f"{name}__exact"] = plain.ifelse(fast_path.exact(value), rows[f"{name}__exact"])
    return rows.mutate(**columns).drop(f"{name}__parsed", f"{name}__text")


def judged(connection, export: reading.Reading, layout: judging.Layout) -> list[tuple[ibis.Table, bool]]:
    """The plain rows of a file, as `judging.with_reason` would judge them: nothing is set aside. First those of which
    every cell is its value's own form (true), then the others."""
    whole = warehouse.read_numbered(connection, export.plain)
    whole = whole.filter(whole[OTHER].isnull())
    others = warehouse.read(connection, _others(export))
    others = others.filter(others[_PLAIN])
    own = _judged(whole, whole.row__number + export.first, export, layout)
    return [(own, True), (_judged(others, others.line, export, layout), False)]


def _judged(rows, line, export, layout):
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
    # Of an operand of a computed column, see `typed`; where one is computed, no row is plain.
    columns |= {name: held(f"{name}__raw", held(name, nothing)) for name in layout.extras}
    return rows.select(**_place(export, line), **columns, **{REASON: nothing, FAULT: nothing})


def _others(export) -> Path:
    return export.plain.with_name(f"{export.cells.stem}-others.parquet")


def _place(export, line):
    # Casts, because a bare literal is written in the narrowest type.
    here = {"file": ibis.literal(export.file), "sheet": ibis.literal("")}
    return here | {"line": line, "lines": ibis.literal(1).cast("int64")}


def _cut(rows, export):
    """A line whose cells can be told apart at its delimiters: without quotation marks around whole cells, `_WITHIN` in
    place of a delimiter within them; null where one stands otherwise."""
    text, turns, delimiter = rows[OTHER], rows[_TURNS], export.delimiter
    if not export.quoted:
        return text
    cell = rf'(?:[^"{DELIMITERS[delimiter]}]*|"[^"]*")'
    whole = text.re_search(rf"^{cell}(?:{DELIMITERS[delimiter]}{cell})*\z")
    # By turns: text outside of quotation marks, text within them.
    parts = [turns[at].coalesce("") for at in range(2 * len(export.header.names) + 3)]
    parts[1::2] = [part.replace(delimiter, _WITHIN) for part in parts[1::2]]
    return turns.notnull().ifelse(whole.ifelse(functools.reduce(operator.add, parts), ibis.null("string")), text)


def _is_simple(cells, export):
    """Whether a line is no more than cells, as many as the header has, and a row of data: no totals row has a digit
    where rows have their id or day."""
    header, width = export.header, len(export.header.names) + export.surplus
    simple = cells.length() == width
    for at in range(header.named, width):
        simple &= cells[at] == ""
    numbered = ibis.literal(False)
    for at in reversed(header.ids):  # the engine asks the second only where the first is not so
        own = cells[at].re_search("[0-9]") & (cells[at].strip() != header.texts[at])
        numbered = own.ifelse(True, numbered)
    return (simple & numbered).coalesce(False)


def _celled(rows, export):
    cells = {f"{name}__cell": rows[_CELLS][at] for at, name in enumerate(export.header.names)}
    if export.quoted:
        cells = {name: cell.replace(_WITHIN, export.delimiter) for name, cell in cells.items()}
    return rows.mutate(**cells).drop(_CELLS)


def _typed(rows, export, forms):
    """Rows with each column `x`, and `x__raw` where a kind is declared; extras as they came."""
    names = [name for name in export.header.names if name in forms]
    rows = rows.mutate(**{f"{name}__fits": _fits(rows[f"{name}__cell"], forms[name]) for name in names})
    columns: dict[str, ibis.Value] = {name: rows[f"{name}__cell"] for name in export.header.names}
    for name in names:
        cell, fits, nothing = columns[name], rows[f"{name}__fits"], ibis.null("string")
        own = fits.ifelse(cell.re_search(fast_path.OWN.get(forms[name].kind, "")), False)
        columns |= {name: fast_path.value(fits.ifelse(cell, nothing), forms[name].kind)}
        columns |= {f"{name}__raw": own.ifelse(nothing, cell)}
    return rows.mutate(**columns)


def _fits(cell, form):
    return fast_path.is_plain(cell, form).coalesce(False) if fast_path.may_be(form) else ibis.literal(False)


def _is_plain(rows, export, forms, period):
    """Whether all cells are plain, or blank where they may be."""
    columns = {column.name: column for column in schema.TABLES[export.header.table].columns}
    plain = rows[_SIMPLE] & within(rows, export, period) & ~rows[OTHER].re_search(mojibake.SUSPECT)
    for name in (name for name in export.header.names if name in forms):
        blank = ibis.literal(False) if columns[name].filled else rows[f"{name}__cell"] == ""
        plain &= rows[f"{name}__fits"] | blank
    return plain.coalesce(False)
