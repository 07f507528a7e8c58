"""What calamine does not tell of an .ods workbook, from its XML: errors, formats, hidden rows, merged cells."""

import re
import zipfile
from array import array
from collections import defaultdict
from functools import partial
from itertools import accumulate

from custlib.reading import book_xml, number_format
from custlib.reading.sheet_xml import Seen

_STYLES, _CONTENT = "styles.xml", "content.xml"
_OF_NUMBERS = ("number-style", "currency-style", "percentage-style")
_NUMERIC = ("float", "currency", "percentage")
_HIDDEN = ("collapse", "filter")
_READ = (number_format.unit, number_format.currency, number_format.zeros)
_MOST = {"rows": 1 << 20, "columns": 1 << 14}  # of a sheet
_ERROR = re.compile(r"#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|N/A|NULL!)|Err:\d+")


def look(parts: zipfile.ZipFile) -> dict[str, Seen]:
    """Sheet → `Seen`. Raises `book_xml.Damaged` and what `book_xml.BROKEN` lists."""
    formats = _Formats()
    for name in (_STYLES, _CONTENT):
        if name in parts.namelist():
            _parse(parts, name, formats)
    sheets = _Sheets(formats.of_style())
    _parse(parts, _CONTENT, sheets)
    return sheets.seen


def _parse(parts, name, reader):
    """Hand the reader each start (name and attributes without prefixes), end and text of a part."""
    parser = book_xml.parser_of(
        lambda element, attributes: reader.start(_local(element), {_local(key): attributes[key] for key in attributes})
    )
    parser.EndElementHandler = lambda element: reader.end(_local(element))
    parser.CharacterDataHandler = reader.text.append
    with book_xml.opened(parts, name) as content:
        book_xml.feed(parser, content)


def _local(name):
    return name.rpartition(":")[2]


class _Formats:
    """The number formats of a workbook, each written as Excel would, so that `number_format` reads it."""

    def __init__(self):
        self.codes, self.styles, self.own, self.text = {}, {}, None, []

    def of_style(self):
        """Style of a cell → code of its number format."""
        return {style: code for style in self.styles if (code := self._code(style))}

    def _code(self, style):
        seen: list = []
        while style in self.styles and style not in seen:
            seen.append(style)
            style, data = self.styles[style]
            if data:
                sections = [self.codes.get(own, "") for own in self.codes.get(f"{data} maps", ())]
                return ";".join(filter(None, [*sections, self.codes.get(data, "")]))
        return ""

    def start(self, name, attributes):
        """Begin a style, or a part of one."""
        if name == "style" and attributes.get("family") == "table-cell":
            own = attributes.get("parent-style-name"), attributes.get("data-style-name")
            self.styles[attributes.get("name")] = own
        elif name in _OF_NUMBERS:
            self.own = attributes.get("name")
            self.codes |= {self.own: "", f"{self.own} maps": []}
        elif self.own and name == "number":
            self.number = attributes
            self.digits = ["0"] * max(int(attributes.get("min-integer-digits", 1)), 1)
        elif self.own and name == "map":
            self.codes[f"{self.own} maps"].append(attributes.get("apply-style-name"))
        elif name in ("currency-symbol", "embedded-text"):
            self.place = attributes
        self.text.clear()

    def end(self, name):
        """Write down the part that ends."""
        if name in _OF_NUMBERS:
            self.own = None
        elif self.own and name in ("text", "currency-symbol", "number"):
            self.codes[self.own] += getattr(self, f"_{name.replace('-', '_')}")("".join(self.text))
        elif self.own and name == "embedded-text":
            at = int(self.place.get("position", 0))
            self.digits = ["0"] * (at + 1 - len(self.digits)) + self.digits
            self.digits.insert(len(self.digits) - at, self._text("".join(self.text)))

    def _text(self, text):
        return '"{}"'.format(text.replace('"', "")) if text else ""

    def _currency_symbol(self, text):
        language = "-".join(filter(None, (self.place.get("language"), self.place.get("country"))))
        return f"[${text}-{language}]"

    def _number(self, text):
        decimals = int(self.number.get("decimal-places", 0) or 0)
        thousands = (len(self.number.get("display-factor", "1").partition(".")[0]) - 1) // 3
        grouped = "#,##" if book_xml.is_true(self.number.get("grouping")) else ""
        return grouped + "".join(self.digits) + ("." + "0" * decimals if decimals else "") + "," * thousands


class _Sheets:
    """One pass over all sheets; rows and cells may be written once and stand for many."""

    def __init__(self, codes):
        self.of = {style: tuple(read(code) for read in _READ) for style, code in codes.items()}
        self.seen, self.text = {}, []

    def start(self, name, attributes):
        """Begin a sheet, row or cell."""
        if name == "table":
            self.errors, self.zeros = (defaultdict(partial(array, "I")) for _ in range(2))
            self.units, self.currencies, self.hidden, self.merged, self.columns = {}, {}, [], [], []
            self.name, self.row, self.last, self.width = attributes.get("name"), 0, -1, 0
            self.unfounded, self.filtered = None, False
        elif name == "table-column":
            self.columns.append((_repeated(attributes, "columns"), attributes))
        elif name == "table-row":
            self.attributes, self.column, self.filled = attributes, 0, False
            self.repeated = _repeated(attributes, "rows")
        elif name in ("table-cell", "covered-table-cell"):
            self.cell = attributes
            self.text.clear()
        elif name == "annotation":
            self.before = "".join(self.text)

    def end(self, name):
        """Take note of the cell, row or sheet that ends."""
        if name == "annotation":
            self.text[:] = [self.before]
        elif name in ("table-cell", "covered-table-cell"):
            self._judge("".join(self.text).strip())
            self.column += _repeated(self.cell, "columns")
        elif name == "table-row":
            self._judge_row()
        elif name == "table":
            hidden = sum(count for count, own in self._within() if own.get("visibility") in _HIDDEN)
            rows = [row for first, count in self.hidden for row in range(first, min(first + count, self.last + 1))]
            told = (of if any(named for _, named in of) else {} for of in (self.units, self.currencies))
            self.seen[self.name] = Seen(
                dict(self.errors), dict(self.zeros), *told, self.unfounded, rows, hidden, self.filtered, self.merged
            )

    def _within(self):
        """(number, attributes) of the columns as far as there are cells."""
        at = 0
        for count, own in self.columns:
            yield max(min(count, self.width - at), 0), own
            at += count

    def _judge_row(self):
        kind = self.attributes.get("visibility")
        if kind in _HIDDEN:
            self.hidden.append((self.row, self.repeated))
        self.filtered |= kind == "filter"
        self.row += self.repeated
        self.last = self.row - 1 if self.filled else self.last

    def _judge(self, text):
        kind, cell = self.cell.get("value-type"), self.cell
        down = int(cell.get("number-rows-spanned", 1))
        if kind or text:
            self.filled, self.width = True, max(self.width, self.column + _repeated(cell, "columns"))
        if down > 1:
            self.merged.append((self.row, self.column, self.row + down - 1))
        if "formula" in cell and not (kind or text):
            self.unfounded = self.unfounded or f"row {self.row + 1}"
        if kind == "error" or ("formula" in cell and _ERROR.fullmatch(text)):
            self._note_error("#VALUE!" if text.startswith("Err") else text)
        elif kind in _NUMERIC:
            self._note_format(cell)

    def _note_format(self, cell):
        own = number_format.currency(f"[${cell['currency']}]0") if "currency" in cell else None
        for column in range(self.column, self.column + _repeated(cell, "columns")):
            unit, currency, zeros = self.of.get(self._style(cell, column), (None, None, None))
            self.units[column, unit] = self.currencies[column, currency or own] = self.row + self.repeated - 1
            if zeros:
                self.zeros[column, zeros].extend(self._rows())

    def _style(self, cell, column):
        """The style of a cell: its own, or that of its row, or of its column."""
        ends = accumulate(count for count, _ in self.columns)
        own = next((own for end, (_, own) in zip(ends, self.columns, strict=True) if end > column), {})
        of_row = self.attributes.get("default-cell-style-name")
        return cell.get("style-name") or of_row or own.get("default-cell-style-name")

    def _note_error(self, error):
        for column in range(self.column, self.column + _repeated(self.cell, "columns")):
            self.errors[column, error].extend(self._rows())

    def _rows(self):
        return range(self.row, self.row + self.repeated)


def _repeated(attributes, of):
    return min(int(attributes.get(f"number-{of}-repeated", 1)), _MOST[of])
