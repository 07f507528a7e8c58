"""Which line is the header, which table it belongs to, and which column each cell names."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from custlib import currencies, schema
from custlib.reading import units
from custlib.reading.record import is_blank, is_footer
from custlib.reading.units import LIST_PRICE
from custlib.refusals import Refused
from custlib.sources import PLACE, Source

# How far down an export's own title, date and blank lines may reach.
SEARCH_LINES = 30
# A longer line or a wider row is no header: looking for words in it would take minutes.
LONGEST, WIDEST = 20_000, 1_000
_NAMING = ("id", "quarter", "date")


class Header(NamedTuple):
    """A header: its table, where it stands (first line, number of lines), its cells and the columns they name.

    units: amount column → 1 (元) or 10 000 (万元); currencies: amount column → its currency, where that is not the
    company's; rows: the cells of each of its lines as they stand.
    """

    table: str
    line: int
    lines: int
    texts: tuple
    names: tuple
    units: dict
    rows: tuple = ()
    currencies: dict = {}

    @property
    def end(self) -> int:
        """Its last line."""
        return self.line - 1 + self.lines

    @property
    def named(self) -> int:
        """How many columns there are up to the last that has a name: what stands behind it belongs to none."""
        return max((at for at, text in enumerate(self.texts, 1) if text), default=0)

    @property
    def ids(self) -> list[int]:
        """Positions of the columns that name a row or its day: no data row leaves them all blank."""
        kinds = {
            column.name for column in schema.TABLES[self.table].columns if column.kind in _NAMING and column.filled
        }
        return [position for position, name in enumerate(self.names) if name in kinds]


def find(
    rows: list[tuple[int, list[str]]],
    source: Source,
    file: str,
    currency: str = "CNY",
    formats: Callable[[int], dict] = lambda line: {},
) -> Header:
    """The header among the first rows of a file.

    rows: list of (line number, list of cells), in order. source: what `sources.toml` says of the file. formats: line →
    what number formats say of the numbers below that line, as `excel.Sheet.formats` gives it.
    Raises Refused: `unknown_header`, `ambiguous_header`, `missing_column`, `duplicate_header`, `second_header`, and
    what `units.of` refuses.
    """
    candidates = list(_candidates(rows, source))
    best = max(candidates, key=lambda candidate: (not candidate[0], candidate[1]), default=None)
    if best is None:
        line, cells = next(((line, cells) for line, cells in rows if any(cells)), (1, []))
        raise Refused("unknown_header", file=file, line=line, text=", ".join(cells)[:80])
    lacking, recognised, start, texts, table = best
    rivals = {name for gap, count, at, _, name in candidates if (gap, count, at) == (lacking, recognised, start)}
    if len(rivals) > 1:
        raise Refused("ambiguous_header", file=file, tables=", ".join(sorted(rivals)))
    line = rows[start][0]
    names = names_of(texts, schema.TABLES[table], source)
    _refuse_doubles(names, file, line)
    missing = _missing(names, schema.TABLES[table], source)
    if missing:
        raise Refused("missing_column", file=file, line=line, columns=", ".join(missing), table=table)
    by_format = {
        what: {names[at]: said for at, said in columns.items() if at < len(names)}
        for what, columns in formats(line + source.header_rows - 1).items()
    }
    shown, above = dict(zip(names, texts, strict=True)), units.above(rows[:start])
    own_currency = source.currency or currency
    place = units.Place(file, line, own_currency)
    factors, foreign = units.of(shown, schema.TABLES[table], source, place, by_format, above)
    if own_currency != currency:
        foreign = {n: own_currency for n in factors if not currencies.is_own(shown.get(n, ""))} | foreign
    own = tuple(tuple(cells) for _, cells in rows[start : start + source.header_rows])
    header = Header(table, line, _lines(rows, start, source.header_rows), tuple(texts), names, factors, own, foreign)
    _refuse_second_row(rows[start + source.header_rows :], header, file)
    return header


def is_known(rows: list[tuple[int, list[str]]], source: Source) -> bool:
    """Whether a complete header of a known table stands among the rows."""
    return any(not lacking for lacking, *_ in _candidates(rows, source))


def _candidates(rows, source):
    """(columns lacking, cells recognised, index of the row, texts, table) for each row that could be a header."""
    tables = [schema.TABLES[source.table]] if source.table else [t for t in schema.TABLES.values() if not t.declared]
    for start in range(min(len(rows) - source.header_rows + 1, SEARCH_LINES)):
        texts = joined([cells for _, cells in rows[start : start + source.header_rows]])
        if len(texts) > WIDEST:
            continue
        for table in tables:
            names = _recognised(texts, table, source)
            recognised = {column.name for column in table.columns} & set(names)
            lacking = len(_missing(names, table, source))
            if len(recognised) >= 2 and (source.table or not lacking):
                yield lacking, len(recognised), start, texts, table.name


def joined(rows: list[list[str]]) -> list[str]:
    """Header rows as one: a merged cell above speaks for the blank cells to its right, levels are joined by “/”."""
    width = max(map(len, rows))
    filled = []
    for row in rows[:-1]:
        last, out = "", []
        for cell in [*row, *[""] * (width - len(row))]:
            last = cell.strip() or last
            out.append(last)
        filled.append(out)
    filled.append([cell.strip() for cell in [*rows[-1], *[""] * (width - len(rows[-1]))]])
    # A column in which no header row has a cell of its own is no part of the merged cell to its left.
    own = [any(at < len(row) and row[at].strip() for row in rows) for at in range(width)]
    joined = ("/".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*filled, strict=True))
    return [text if named else "" for text, named in zip(joined, own, strict=True)]


def _lines(rows, start, count):
    """How many lines a header of `count` rows takes: where its cells have line breaks, up to the next row."""
    below = rows[start + count : start + count + 1]
    return below[0][0] - rows[start][0] if below else rows[start + count - 1][0] - rows[start][0] + 1


def names_of(texts: Sequence[str], table: schema.Table, source: Source) -> tuple[str, ...]:
    """The column that each header cell names; an unknown one is carried along under its own text."""
    names, taken = [], {*PLACE, *(column.name for column in table.columns)}
    for position, (name, text) in enumerate(zip(_recognised(texts, table, source), texts, strict=True), 1):
        # Of two columns that could name the customer, the first does.
        name = None if name in names and schema.is_carried(name) else name
        # Lower case, because engines do not tell “Memo” in one file from “memo” in the next.
        names.append(name or _own_name(text.lower() or f"column {position}", taken))
        taken.add(names[-1])
    return tuple(names)


def _recognised(texts, table, source):
    """The column that each header cell names, or None."""
    declared = {schema.plain_header(header): column for header, column in source.columns.items()}
    columns = [_named(text, declared) for text in texts]
    # Where a header is declared to be a column, or the column is computed, a synonym beside it is not.
    spoken = {*columns, *source.computed}
    synonyms = {form: column for form, column in schema.synonyms(table).items() if column not in spoken}
    return [name or _named(text, synonyms) for name, text in zip(columns, texts, strict=True)]


def _named(text, columns):
    bare = schema.without_unit(text)
    forms = [schema.plain_header(text), bare, bare.replace("/", "")]
    # The lowest level of a header may stand alone, but 含税/金额 is another quantity than 金额.
    forms += [] if schema.says_taxed(text) else [bare.rsplit("/")[-1]]
    return next((columns[form] for form in forms if form in columns), None)


def _own_name(text, taken):
    # Two underscores mark the columns that cleaning works with.
    text = re.sub("_{2,}", "_", re.sub(r"\s*[\r\n]+\s*", "", text))
    name, count = text, 2
    while name in taken:
        name, count = f"{text} ({count})", count + 1
    return name


def _missing(names, table, source):
    present = {*names, *source.fixed, *source.computed}
    heads = {column.name for column in schema.TABLES["sales_heads"].columns[1:]} if source.headed else set()
    lacking = [column.name for column in table.columns if column.required and column.name not in present | heads]
    # The number finds a line's head; the price in the list of products is looked up.
    needed = source.operands() - {LIST_PRICE} | ({"invoice_id"} if source.headed else set())
    return lacking + sorted(needed - present)


def _refuse_doubles(names, file, line):
    first: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        if name in first:
            raise Refused("duplicate_header", file=file, line=line, first=first[name], second=position, column=name)
        first[name] = position


def _refuse_second_row(below, header, file):
    """A line of words under the header, with nothing where each data row has its id and date, is more header."""
    line, cells = below[0] if below else (0, [])
    named = any(cells[at].strip() for at in header.ids if at < len(cells))
    words = any(cell.strip() and not any(map(str.isdigit, cell)) for cell in cells)
    if words and not named and not is_blank(cells) and not is_footer(cells, header.ids):
        raise Refused("second_header", file=file, line=line, text=", ".join(filter(None, cells))[:80])
