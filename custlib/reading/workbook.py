"""An Excel sheet → rows of text cells, as a person would read them in the formula bar."""

import datetime

from custlib.reading.record import Record
from custlib.refusals import Refused

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def rows(path, file, sheet=None):
    """The rows of one sheet, from sheet row 1: (sheet's name, list of lists of text).

    sheet: its name; None takes the first visible one. Raises Refused (`not_an_xlsx`, `missing_sheet`).
    """
    import python_calamine as calamine

    _refuse_other_kinds(path, file)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise Refused("not_an_xlsx", file=file, found="it is protected by a password") from error
    except calamine.CalamineError as error:
        raise Refused("not_an_xlsx", file=file, found="it is damaged or cut short") from error
    name = sheet or _first_visible(book, file)
    if name not in book.sheet_names:
        raise Refused("missing_sheet", file=file, sheet=name, known=", ".join(book.sheet_names))
    cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return name, [[_text(value) for value in row] for row in cells]


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
        found = "it is a web page" if head.lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<meta")) else "it is text"
        raise Refused("not_an_xlsx", file=file, found=found)


def _first_visible(book, file):
    import python_calamine as calamine

    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    if not shown:
        raise Refused("missing_sheet", file=file, sheet="(visible)", known=", ".join(book.sheet_names))
    return shown[0]


def _text(value):
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time(0):
        return value.date().isoformat()
    return str(value)
