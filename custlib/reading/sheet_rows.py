"""What one sheet of a workbook holds: facts about it, then its rows as text, as the formula bar would show them."""

import datetime
import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

from custlib.reading import book_xml, number_format, open_document, sheet_xml
from custlib.refusals import Refused

CELLS_AT_ONCE = 50_000
# More than this is no table that a person made; a bomb may promise a thousand times as much.
UNPACKED = 1 << 30
_KINDS = {
    "WorkSheet": "worksheet",
    "ChartSheet": "chart",
    "DialogSheet": "dialog",
    "MacroSheet": "macro",
    "Vba": "macro",
}


def tell(path: Path, file: str, sheet: str | None = None) -> Iterator:
    """Yield a dict of facts, then lists of rows, each a list of text.

    sheet: its name; None takes the only visible one that holds anything. facts: name; total (rows); date_system; sheets
    (a dict for each: sheet, kind, visible, rows, hidden_rows, read); hidden (rows, from 0); merged (ranges of more than
    one row: first row, column, last row); units, currencies ((column, unit or currency or None, last row) of numeric
    cells); notes (name → count). Raises Refused (`not_an_xlsx`, `too_large_workbook`, `missing_sheet`,
    `several_sheets`, `formula_without_value`).
    """
    import python_calamine as calamine

    try:
        with _Parts(path, file) as parts:
            yield from _tell(calamine.CalamineWorkbook.from_path(str(path)), parts, file, sheet)
    except calamine.PasswordError as error:
        raise Refused("not_an_xlsx", file=file, found="encrypted") from error
    except (calamine.CalamineError, *book_xml.BROKEN) as error:
        raise Refused("not_an_xlsx", file=file, found="damaged_workbook") from error
    except book_xml.Damaged as error:
        raise Refused("not_an_xlsx", file=file, found=error.key, **error.facts) from error


class _Parts:
    """The XML of a workbook; an old .xls has none, an .xlsb another: then nothing is seen in it."""

    def __init__(self, path, file):
        # By its first bytes: WPS Office puts a whole zip into its old .xls files.
        with path.open("rb") as stream:
            is_zip = stream.read(4) == book_xml.ZIP
        self.zip = zipfile.ZipFile(path) if is_zip else None
        kind = path.suffix.lower()
        if self.zip and sum(part.file_size for part in self.zip.infolist()) > UNPACKED:
            raise Refused("too_large_workbook", file=file, limit=f"{UNPACKED >> 30} GB")
        self.book = None if kind in (".ods", ".xlsb") or not self.zip else book_xml.book(self.zip)
        self.seen = open_document.look(self.zip) if kind == ".ods" and self.zip else {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.zip:
            self.zip.close()

    def look(self, name: str) -> sheet_xml.Seen | None:
        """`sheet_xml.Seen` of a sheet, None for an old .xls and an .xlsb."""
        if not self.book:
            return self.seen.get(name)
        if name not in self.book.parts:
            raise book_xml.Damaged("sheet_without_part", sheet=name)
        return sheet_xml.look(self.zip, self.book.parts[name], self.book)


def _tell(book, parts, file, name):
    contents, sheets = {}, []
    for sheet in book.sheets_metadata:
        kind, visible = _KINDS[_word(sheet.typ)], _word(sheet.visible) == "Visible"
        seen = parts.look(sheet.name) if kind == "worksheet" else None
        content = book.get_sheet_by_name(sheet.name) if kind == "worksheet" else None
        rows = content.end[0] + 1 if content and content.end else 0
        hidden = len(seen.hidden) if seen else 0
        sheets.append({"sheet": sheet.name, "kind": kind, "visible": visible, "rows": rows, "hidden_rows": hidden})
        # No more than is needed is kept: a large sheet beside the one that is read costs time, but no memory.
        if content and sheet.name == name or name is None and visible and rows:
            contents[sheet.name] = content, seen
    name = name or _only_visible(sheets, file)
    if name not in [sheet["sheet"] for sheet in sheets if sheet["kind"] == "worksheet"]:
        raise Refused("missing_sheet", file=file, sheet=name, known=_names(sheets))
    content, seen = contents.get(name) or (book.get_sheet_by_name(name), parts.look(name))
    if seen and seen.unfounded:
        raise Refused("formula_without_value", file=file, sheet=name, cell=seen.unfounded)
    yield _facts(name, content, seen, sheets) | {"date_system": parts.book.date_system if parts.book else None}
    yield from _rows(content, seen)


def _facts(name, content, seen, sheets):
    ranges = content.merged_cell_ranges or ()
    down = [(first[0], first[1], last[0]) for first, last in ranges if last[0] > first[0]]
    return {
        "name": name,
        "total": content.end[0] + 1 if content.end else 0,
        "sheets": [sheet | {"read": sheet["sheet"] == name} for sheet in sheets],
        "hidden": seen.hidden if seen else [],
        "merged": [*down, *(seen.merged if seen else ())],
        "units": [(*place, last) for place, last in seen.units.items()] if seen else [],
        "currencies": [(*place, last) for place, last in seen.currencies.items()] if seen else [],
        "notes": _notes(seen),
    }


def _word(member):
    """The bare name of a member of calamine's enumerations, which have no `name`."""
    return str(member).rpartition(".")[2]


def _names(sheets):
    return ", ".join(sheet["sheet"] for sheet in sheets)


def _only_visible(sheets, file):
    visible = [sheet for sheet in sheets if sheet["kind"] == "worksheet" and sheet["visible"]]
    if not visible:
        raise Refused("missing_sheet", file=file, sheet="(visible)", known=_names(sheets))
    filled = [sheet["sheet"] for sheet in visible if sheet["rows"]] or [visible[0]["sheet"]]
    if len(filled) > 1:
        raise Refused("several_sheets", file=file, known=", ".join(filled), sheets=sheets)
    return filled[0]


def _notes(seen):
    if seen is None:
        return {"old_xls": 1}
    counts = {
        "active_filter": int(seen.filtered),
        "hidden_columns": seen.hidden_columns,
        "leading_zeros": sum(map(len, seen.zeros.values())),
    }
    return {name: count for name, count in counts.items() if count}


def _rows(content, seen):
    """Lists of rows, with what calamine does not see put into its place; a blank row is an empty list."""
    before = content.start[1] if content.start else 0
    width = content.end[1] + 1 if content.end else 0
    left, start = content.iter_rows(), 0
    # A row may be 16,384 cells wide, and a million may follow it.
    while batch := list(islice(left, max(1, CELLS_AT_ONCE // max(1, width)))):
        texts = [_texts(row, before) for row in batch]
        if seen:
            _put_in(seen, texts, start, width)
        yield texts
        start += len(batch)


def _texts(row, before):
    if row.count("") == len(row):
        return []
    return [""] * before + [value if type(value) is str else text(value) for value in row]


def _put_in(seen, texts, start, width):
    for row, column, error in _within(seen.errors, start, len(texts)):
        texts[row] = texts[row] or [""] * width
        texts[row][column] = error
    for row, column, template in _within(seen.zeros, start, len(texts)):
        if texts[row][column].isdigit():
            texts[row][column] = number_format.with_zeros(texts[row][column], template)


def _within(places, start, count):
    """(row from `start`, column, what) of the places among the next `count` rows."""
    for (column, what), rows in places.items():
        for row in rows[bisect_left(rows, start) : bisect_left(rows, start + count)]:
            yield row - start, column, what


def text(value) -> str:
    """One value as text: 12.5, 2025-03-01, TRUE."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time(0):
        return value.date().isoformat()
    return str(value)


def _number(value):
    if abs(value) >= 1e15:
        # Excel keeps fifteen digits: what comes after them is made up, and the exponent says so.
        return f"{value:.15e}"
    return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")
