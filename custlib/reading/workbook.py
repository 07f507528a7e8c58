"""An Excel sheet → rows of text cells, as a person would read them in the formula bar."""

import datetime
import zipfile
from decimal import Decimal

from custlib.reading.record import Record
from custlib.refusals import Refused

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ERROR_CELL = b' t="e"'
_PIECE = 1 << 20


def rows(path, file, sheet=None):
    """The rows of one sheet, from sheet row 1: (sheet's name, list of lists of text).

    sheet: its name; None takes the only visible one that holds anything. Raises Refused (`not_an_xlsx`, `missing_sheet`,
    `several_sheets`).
    """
    import python_calamine as calamine

    _refuse_other_kinds(path, file)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        name = sheet or _only_visible(book, file)
        if name not in book.sheet_names:
            raise Refused("missing_sheet", file=file, sheet=name, known=", ".join(book.sheet_names))
        cells = [
            [_text(value) for value in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
    except calamine.PasswordError as error:
        raise Refused("not_an_xlsx", file=file, found="it is protected by a password") from error
    except calamine.CalamineError as error:
        raise Refused("not_an_xlsx", file=file, found="it is damaged or cut short") from error
    for row, column, text in _errors(path, name):
        cells[row][column] = text
    return name, cells


def records(rows, start):
    """Yield a Record for each row from index `start` on."""
    for index in range(start, len(rows)):
        yield Record(index + 1, 1, rows[index], None, "\t".join(rows[index]))


def _refuse_other_kinds(path, file):
    with open(path, "rb") as stream:
        head = stream.read(512)
    if head.startswith(_OLE) and path.suffix.lower() != ".xls":
        raise Refused("not_an_xlsx", file=file, found="it is protected by a password or an old .xls")
    if not head.startswith((_ZIP, _OLE)):
        found = (
            "it is a web page"
            if head.lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<meta"))
            else "it is text"
        )
        raise Refused("not_an_xlsx", file=file, found=found)


def _errors(path, sheet):
    """(row, column, text) of the cells that show an error such as #DIV/0!, which calamine gives as blank."""
    if path.suffix.lower() == ".xls" or not _holds_errors(path):
        return []
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = (cell for row in book[sheet].iter_rows() for cell in row if cell.data_type == "e")
    found = [(cell.row - 1, cell.column - 1, cell.value) for cell in cells]
    book.close()
    return found


def _holds_errors(path):
    """Whether any sheet holds one, seen without parsing it: the second reading is slow and mostly not needed."""
    with zipfile.ZipFile(path) as parts:
        return any(_holds_error(parts, name) for name in parts.namelist() if name.startswith("xl/worksheets/"))


def _holds_error(parts, name):
    end = b""
    with parts.open(name) as stream:
        while piece := stream.read(_PIECE):
            if _ERROR_CELL in end + piece:
                return True
            end = piece[-len(_ERROR_CELL) :]
    return False


def _only_visible(book, file):
    import python_calamine as calamine

    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    if not shown:
        raise Refused("missing_sheet", file=file, sheet="(visible)", known=", ".join(book.sheet_names))
    filled = [name for name in shown if book.get_sheet_by_name(name).to_python()] or shown[:1]
    if len(filled) > 1:
        raise Refused("several_sheets", file=file, known=", ".join(filled))
    return filled[0]


def _text(value):
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time(0):
        return value.date().isoformat()
    return str(value)


def _number(value):
    if abs(value) >= 1e15:
        # Excel keeps fifteen digits: what comes after them is made up, and the exponent says so.
        return f"{value:.15e}"
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
