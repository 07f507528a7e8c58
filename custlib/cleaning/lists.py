"""The lists of customers and of products that a file of sales carries in its own columns, where no other file does."""

from collections.abc import Iterator

import ibis

from custlib import schema, warehouse
from custlib.cleaning import parsers
from custlib.cleaning.fast_path import parse, type_of
from custlib.cleaning.judging import PLACE, REASON
from custlib.cleaning.ledgers import together
from custlib.reading import Reading

_LATEST = ("date", *PLACE[:3])


def carried(exports: list[Reading], name: str) -> list[str]:
    """The columns of a list, "customers" or "products", that files of sales carry, sorted."""
    named = {column for export in exports for column in export.header.names}
    return sorted(named & {column for column in schema.carried("sales") if column.startswith(f"{name}.")})


def made(connection, name: str, rows: list[ibis.Table], exports: list[Reading], currency: str) -> ibis.Table:
    """The list of that name, as the rows of a clean table: each id once, with its most recent readable attributes.

    rows: judged rows of sales, and of heads; exports: the files that they come from. The place of a row of the list is
    that of the latest line with its id.
    """
    table, key, columns = schema.TABLES[name], schema.LISTS[name], carried(exports, name)
    parsed = _parsed(rows, key, columns, exports, currency)
    parsed = warehouse.keep(connection, f"{name}_carried", parsed)
    listed = _latest(parsed, key).select(*PLACE[:3], key)
    for column in columns:
        known = _latest(parsed.filter(parsed[column].notnull()), key).select(row__key=key, row__value=column)
        own = column.removeprefix(f"{name}.")
        listed = listed.left_join(known, listed[key] == known.row__key).drop("row__key").rename(**{own: "row__value"})
    lacking = {c.name: ibis.null(type_of(c.kind)) for c in table.columns if c.name not in listed.columns}
    listed = listed.mutate(**lacking, repeated=ibis.literal(False))
    return listed.select(*PLACE[:3], *(column.name for column in table.columns), "repeated")


def _latest(rows, key):
    """The last row of each id: of the last day, of one day the last line."""
    return warehouse.first_rows(rows, [key], [ibis.desc(rows[name]) for name in _LATEST], 1)


def _parsed(rows, key, columns, exports, currency):
    """Clean rows with an id: `_LATEST`, the id, and each carried column typed; null where it cannot be read."""
    parts = list(_texts(rows, key, columns))
    texts = together(parts)
    kinds = {column: schema.carried("sales")[column].kind for column in columns}
    forms = {column: _form(column, kinds[column], exports, currency) for column in columns}
    return parse(texts, forms).select(*_LATEST, key, *columns)


def _form(column, kind, exports, currency):
    """How a column is read: as its files say, of which the first with the column speaks for all."""
    export = next(export for export in exports if column in export.header.names)
    missing = {token for export in exports for token in export.source.missing.get(column, ())}
    return parsers.Form(kind, export.header.units.get(column, 1), currency, missing=tuple(missing), **export.forms)


def _texts(rows, key, columns) -> Iterator[ibis.Table]:
    nothing = ibis.null("string")
    for part in rows:
        if key in part.columns:
            clean = part.filter(part[REASON].isnull() & part[key].notnull())
            raws = {f"{name}__raw": clean[name] if name in clean.columns else nothing for name in columns}
            yield clean.select(*_LATEST, key, **raws)
