"""Excel forms that go out to people and come back: yellow cells are filled in, everything else is protected.

A hidden sheet holds the form as it was written (kind, version, quarter, ids, keys of columns, every cell), so that
reading back needs no language and sees each change.
"""

import contextlib
import datetime
import json
import math
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import reference
from custlib.refusals import Refused

_HIDDEN = "_form"
_CHUNK = 30_000  # a cell holds 32,767 characters
_MADE_ON = datetime.datetime(2000, 1, 1)  # the same form is the same file
_LINE, _TO_WRITE = 15, 24  # points: of a line of text; at least, of a row that is filled in
_CLOSE = 1e-9  # another program may write the last digit of a number otherwise


class Column(NamedTuple):
    """A column of a form. open: its cells are filled in, from choices or by a number between two; with both, any such
    number is taken and the choices are offered; whole: no fractions; day: a day; with none of these, any text, number
    or day is taken."""

    name: str
    header: str
    width: int = 20
    open: bool = False
    choices: tuple = ()
    between: tuple[float, ...] = ()
    whole: bool = False
    day: bool = False


class Sheet(NamedTuple):
    """A sheet of a form. above: lines over the header, the first its title; rows: DataFrame, one line each, with the
    columns and with ids that are not shown (text or numbers)."""

    name: str
    above: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: pd.DataFrame


class _Record(NamedTuple):
    """A sheet as it was written: its name, the place of the header, columns, all cells, and ids by name."""

    name: str
    header: int
    columns: list
    cells: list
    ids: dict


def write(path: str | Path, sheets: list[Sheet], kind: str, version: int, quarter: str = "") -> None:
    """Writes a form; equal sheets give equal bytes. A text that looks like a formula or a link stays a text.

    kind, version, quarter: what `read` asks for again. Raises Refused (`file_exists`, `cannot_write`).
    """
    with new_workbook(path) as book:
        for sheet in sheets:
            _fill(book, book.add_worksheet(sheet.name), sheet)
        hidden = book.add_worksheet(_HIDDEN)
        hidden.hide()
        hidden.protect()
        hidden.write_row(0, 0, [kind, str(version), quarter])
        for row, sheet in enumerate(sheets, 1):
            record = json.dumps(_record(sheet)._asdict())
            hidden.write_row(row, 0, [record[at : at + _CHUNK] for at in range(0, len(record), _CHUNK)])


def read(path: str | Path, kind: str, version: int, quarter: str = "") -> dict[str, pd.DataFrame]:
    """What came back, by sheet: one row per line of the form with its columns and ids, sheet and line; None where
    nothing is written. Numbers are numbers, days are text such as 2025-12-31.

    Raises Refused: `no_workbook`, `not_a_form`; `form_other` for another kind, version or quarter; `form_sheets`;
    `form_changed` for a row or protected cell that is not as it was, `answer_strange` for what is no answer, both with
    sheet and cell.
    """
    file, cells = Path(path).name, _cells(path)
    hidden = _hidden(cells.pop(_HIDDEN, []))
    try:
        head, records = hidden[0], [_Record(**json.loads("".join(row))) for row in hidden[1:]]
        records = [record._replace(columns=[Column(**each) for each in record.columns]) for record in records]
    except (IndexError, TypeError, ValueError) as error:
        raise Refused("not_a_form", file=file) from error
    found, expected = (" ".join(filter(None, words)) for words in (map(str, head), (kind, str(version), quarter)))
    if found != expected:
        raise Refused("form_other", file=file, found=found, expected=expected)
    names = [record.name for record in records]
    if list(cells) != names:
        raise Refused("form_sheets", file=file, found=", ".join(cells), expected=", ".join(names))
    return {record.name: _answers(file, record, cells[record.name]) for record in records}


def told(path: str | Path) -> tuple[str, str]:
    """(kind, quarter) that a form's hidden sheet tells. Raises Refused (`no_workbook`, `not_a_form`)."""
    head: list = next(iter(_hidden(_cells(path).get(_HIDDEN, []))), [])
    if len(head) < 2:
        raise Refused("not_a_form", file=Path(path).name)
    return str(head[0]), "".join(map(str, head[2:]))


@contextlib.contextmanager
def new_workbook(path: str | Path) -> Iterator:
    """A new workbook of xlsxwriter, without a date of its own, written when the block ends.

    Raises Refused (`file_exists`, `cannot_write`).
    """
    import xlsxwriter

    if Path(path).exists():
        raise Refused("file_exists", file=path)
    try:
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"created": _MADE_ON})
            yield book
    except xlsxwriter.exceptions.FileCreateError as error:
        raise Refused("cannot_write", folder=path, reason=error.__context__.strerror) from error


def plain(name: str) -> str:
    """A name without the characters that Excel forbids in a sheet's name, short enough."""
    return "".join(char for char in name if char not in "[]:*?/\\'")[:25]


def _fill(book, sheet, form):
    cell_look = {"text_wrap": True, "valign": "top", "align": "left", "border": 1, "border_color": "#BBBBBB"}
    title, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({**cell_look, "bold": True})
    shown = book.add_format(cell_look)
    answer = book.add_format({**cell_look, "locked": False, "bg_color": "#FFF7D6", "border_color": "#000000"})
    grid, header, lines = _grid(form), len(form.above), len(form.rows)
    for row, texts in enumerate(grid[:header]):
        sheet.write_row(row, 0, texts, title if row == 0 else None)
    for row, cells in enumerate(grid[header:], header):
        sheet.set_row(row, _height(cells, form.columns))
        for place, (cell, column) in enumerate(zip(cells, form.columns, strict=True)):
            sheet.write(row, place, cell, head if row == header else answer if column.open else shown)
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, column.width)
        if lines and (rule := _validation(column)):
            sheet.data_validation(header + 1, place, header + lines, place, rule)
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _height(cells, columns):
    """The height of a row in points: not every program makes room for text that is wrapped."""
    lines = [_wrapped(cell, column.width) for cell, column in zip(cells, columns, strict=True) if isinstance(cell, str)]
    return max(_LINE * max(lines, default=1), _TO_WRITE * any(column.open for column in columns))


def _wrapped(text, width):
    """On how many lines a text stands in a column; a Chinese character takes the room of two letters."""
    room = [2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text]
    return max(1, math.ceil(1.1 * sum(room) / width))


def _grid(form):
    """All cells of a sheet, row by row; None is blank."""
    names = [column.name for column in form.columns]
    rows = form.rows.reindex(columns=names).astype("object")
    lines = rows.where(rows.notna(), None).to_numpy().tolist()
    return [*([text] for text in form.above), [column.header for column in form.columns], *lines]


def _validation(column):
    if column.choices:
        return {"validate": "list", "source": list(column.choices)}
    if column.day:
        return {"validate": "date", "criteria": ">=", "value": _MADE_ON}
    if column.between:
        low, high = column.between
        kind = "integer" if column.whole else "decimal"
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    return None


def _record(form):
    names = [column.name for column in form.columns]
    ids = form.rows.drop(columns=names, errors="ignore").astype("object")
    ids = {name: values.where(values.notna(), None).tolist() for name, values in ids.items()}
    columns = [column._asdict() for column in form.columns]
    return _Record(form.name, len(form.above), columns, _grid(form), ids)


def place_of(sheet: pd.DataFrame, row: dict, name: str, file: str) -> dict[str, str]:
    """file, sheet and cell of an answer, as refusals name them. sheet: as `read` gives it; row: a line of it as a dict;
    name: the column."""
    return {"file": file, "sheet": row["sheet"], "cell": _cell(row["line"] - 1, list(sheet).index(name))}


def _hidden(rows):
    return [[cell for cell in row if cell != ""] for row in rows]


def _cells(path):
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (OSError, CalamineError) as error:
        raise Refused("no_workbook", file=path, reason=error) from error


def _answers(file, record, cells):
    _unchanged(file, record, cells)
    rows = []
    for line in range(record.header + 1, len(record.cells)):
        place = {"file": file, "sheet": record.name, "line": line + 1}
        answers = [
            _answer(_at(cells, line, at), column, {**place, "cell": _cell(line, at)})
            for at, column in enumerate(record.columns)
        ]
        rows.append([*answers, record.name, line + 1])
    names = [column.name for column in record.columns]
    return pd.DataFrame(rows, columns=[*names, "sheet", "line"], dtype="object").assign(**record.ids)


def _unchanged(file, record, cells):
    """Refuses the first cell that is not as it was written, in the form or around it; open cells may be anything."""
    width = max(map(len, [*record.cells, *cells]))
    is_open = [at < len(record.columns) and record.columns[at].open for at in range(width)]
    for row in range(max(len(record.cells), len(cells))):
        for at in range(width):
            found, expected = _at(cells, row, at), _at(record.cells, row, at)
            if not (is_open[at] and record.header < row < len(record.cells) or _alike(found, expected)):
                facts = {
                    name: "" if cell is None else cell for name, cell in (("value", found), ("expected", expected))
                }
                raise Refused("form_changed", file=file, sheet=record.name, cell=_cell(row, at), **facts)


def _at(cells, row, place):
    """A cell, None if it is blank or outside."""
    cell = cells[row][place] if row < len(cells) and place < len(cells[row]) else None
    return None if isinstance(cell, str) and not cell.strip() else cell


def _alike(found, expected):
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return abs(found - expected) <= _CLOSE * max(1, abs(expected))
    return found == expected or " ".join(str(found).split()) == " ".join(str(expected).split())


def _answer(cell, column, place):
    """The cell of a line as it is given on; refused where it is none of those that the form asks for."""
    if cell is None or not column.open:
        return cell
    text = cell.isoformat() if isinstance(cell, datetime.date) else str(cell).strip()
    if column.between:
        low, high = column.between
        number = pd.to_numeric(text, errors="coerce")
        if not low <= number <= high or (column.whole and number % 1):
            ends = (f"{end:,.0f}" if end % 1 == 0 else f"{end:.4g}" for end in (low, high))
            raise Refused("answer_strange", **place, value=cell, expected=" … ".join(ends))
        return float(number)
    if column.day:
        if not (day := reference.day(text.split("T")[0])):
            raise Refused("answer_strange", **place, value=cell, expected="2025-12-31")
        return day.isoformat()
    if column.choices and text not in column.choices:
        raise Refused("answer_strange", **place, value=cell, expected=", ".join(column.choices))
    return cell if isinstance(cell, (int, float)) else text


def _cell(row, place):
    from xlsxwriter.utility import xl_rowcol_to_cell

    return xl_rowcol_to_cell(row, place)
