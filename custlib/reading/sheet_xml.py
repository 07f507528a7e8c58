"""What calamine does not tell of a sheet, from its XML: errors, uncomputed formulas, formats, hidden rows, filter."""

import re
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from custlib.reading import book_xml, number_format

_PIECE = 1 << 20
# Without one of these bytes there is nothing to find, and a sheet need not be parsed a second time.
_SIGNS = (b'"e"', b"<f>", b"<f ", b"<f/", b"hidden", b'ht="0"', b"filterColumn", b"<!DOCTYPE", b"='")
_MANY = 40
_ORDINARY = re.compile(rb"<worksheet[\s>]")


class Seen(NamedTuple):
    """errors: (column, text) → rows, of the cells that show an error; zeros: (column, template) → rows, of those whose
    format puts zeros in front; units, currencies: (column, unit or currency or None) → last row of the numeric cells,
    empty where no format has one; unfounded: the first cell whose formula has no value, such as "G5"; hidden: rows;
    hidden_columns: how many; filtered: whether a filter is on; merged: (first row, column, last row), where calamine
    does not tell. Rows and columns count from 0."""

    errors: dict
    zeros: dict
    units: dict
    currencies: dict
    unfounded: str | None
    hidden: list
    hidden_columns: int
    filtered: bool
    merged: Sequence = ()


def look(parts: zipfile.ZipFile, name: str, book: book_xml.Book) -> Seen:
    """`Seen` of the sheet that lies in the part `name`. Raises `book_xml.Damaged` and what `book_xml.BROKEN` lists."""
    zeros = {str(style): zero for style, code in book.formats.items() if (zero := number_format.zeros(code))}
    units = {str(style): unit for style, code in book.formats.items() if (unit := number_format.unit(code))}
    money = {str(style): named for style, code in book.formats.items() if (named := number_format.currency(code))}
    sheet = _Sheet(zeros, units, money, book.uncomputed)
    if _has_signs(parts, name, [*_SIGNS, *(f' s="{style}"'.encode() for style in zeros | units | money)]):
        with book_xml.opened(parts, name) as content:
            sheet.read(content)
    return sheet.seen()


def _has_signs(parts, name, signs):
    longest = max(map(len, signs))
    with book_xml.opened(parts, name) as content:
        piece = content.read(_PIECE)
        # Another alphabet, or a prefix before each name: then signs look otherwise.
        if not _ORDINARY.search(piece) or len(signs) > _MANY:
            return True
        while piece:
            if any(sign in piece for sign in signs):
                return True
            end, piece = piece[-longest:], content.read(_PIECE)
            piece = piece and end + piece
    return False


class _Sheet:
    """One pass over a sheet. Only starts of elements are looked at: a cell is judged when the next one starts."""

    def __init__(self, zeros, units, currencies, uncomputed):
        self.styles, self.unit_of, self.currency_of, self.uncomputed = zeros, units, currencies, uncomputed
        self.errors, self.zeros = defaultdict(partial(array, "I")), defaultdict(partial(array, "I"))
        self.units, self.currencies, self.columns = {}, {}, {}
        self.unfounded, self.hidden, self.hidden_columns, self.filtered = None, [], 0, False
        self.row, self.column, self.cell, self.text = -1, -1, None, []

    def read(self, content):
        """Parse the whole sheet."""
        self.parser = book_xml.parser_of(self._first)
        book_xml.feed(self.parser, content)
        self._judge()

    def seen(self):
        """What there is in it."""
        # Whoever looks for rows by halving relies on their order, and a file may be in any.
        errors, zeros = ({key: sorted(rows) for key, rows in places.items()} for places in (self.errors, self.zeros))
        money = self.units, self.currencies
        return Seen(errors, zeros, *money, self.unfounded, self.hidden, self.hidden_columns, self.filtered)

    def _first(self, name, attributes):
        """The root tells under which prefix all names stand."""
        prefix = name.removesuffix("worksheet")
        names = ("c", "v", "f", "row", "col", "filterColumn")
        acts = (self._cell, self._value, self._formula, self._row, self._col, self._filter)
        self.acts = {prefix + own: act for own, act in zip(names, acts, strict=True)}
        self.parser.StartElementHandler = self._start

    def _start(self, name, attributes):
        self.parser.CharacterDataHandler = None
        act = self.acts.get(name)
        if act:
            act(attributes)

    def _row(self, attributes):
        self._judge()
        self.row = int(attributes.get("r", self.row + 2)) - 1
        self.column = -1
        if book_xml.is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
            self.hidden.append(self.row)

    def _cell(self, attributes):
        self._judge()
        self.cell, self.formula, self.text = attributes, False, []
        place = attributes.get("r", "").rstrip("0123456789")
        self.column = self._number_of(place) if place else self.column + 1

    def _formula(self, attributes):
        self.formula = True

    def _value(self, attributes):
        self.parser.CharacterDataHandler = self.text.append

    def _col(self, attributes):
        if book_xml.is_true(attributes.get("hidden")):
            self.hidden_columns += int(attributes.get("max", 1)) - int(attributes.get("min", 1)) + 1

    def _filter(self, attributes):
        self.filtered = True

    def _number_of(self, letters):
        if letters not in self.columns:
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self.columns[letters] = number - 1
        return self.columns[letters]

    def _judge(self):
        """Take note of the cell that has just ended, if there is one."""
        if self.cell is None:
            return
        kind, style, text = self.cell.get("t", "n"), self.cell.get("s", "0"), "".join(self.text).strip()
        if self.formula and not self.unfounded and self._is_unfounded(kind, text):
            self.unfounded = self.cell.get("r") or f"row {self.row + 1}"
        if kind == "e" and text:
            self.errors[self.column, text].append(self.row)
        elif kind == "n" and text:
            self._note_format(style)
        self.cell = None

    def _is_unfounded(self, kind, text):
        # An empty text is a value; a zero that nobody computed is what some writers put in place of one.
        return (not text and kind != "str") or (self.uncomputed and kind == "n" and text == "0")

    def _note_format(self, style):
        if style in self.styles:
            self.zeros[self.column, self.styles[style]].append(self.row)
        if self.unit_of:
            self.units[self.column, self.unit_of.get(style)] = self.row
        if self.currency_of:
            self.currencies[self.column, self.currency_of.get(style)] = self.row
