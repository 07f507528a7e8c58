"""The parts of an .xlsx file: its sheets, calendar and number formats. Read as a stream, nothing is expanded."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, NamedTuple
from xml.parsers import expat

# What reading a broken or forged part may raise.
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, RuntimeError)
_PIECE = 1 << 20
ZIP = b"PK\x03\x04"  # how a zip file begins
# Formats without a code of their own that matter here: none carries a unit or leading zeros.
_GENERAL = "General"


class Damaged(Exception):
    """A part of the workbook is missing or is not what it should be. key: of `words/refusal_facts.csv`."""

    def __init__(self, key: str, **facts):
        super().__init__(key)
        self.key, self.facts = key, facts


class Book(NamedTuple):
    """parts: sheet's name → its part of the file; date_system: "1900" or "1904"; uncomputed: whether whoever wrote it
    leaves it to Excel to compute its formulas; formats: style of a cell → code of its number format (only those written
    out)."""

    parts: dict
    date_system: str
    uncomputed: bool
    formats: dict


def book(parts: zipfile.ZipFile) -> Book:
    """What an open `zipfile.ZipFile` says of the workbook. Raises Damaged and what `BROKEN` lists."""
    start = _relations(parts, "")
    main = next((target for kind, target in start.values() if kind == "officeDocument"), "xl/workbook.xml")
    settings: dict[str, dict] = {}
    sheets: dict[str, str] = {}
    relations = _relations(parts, main)

    def see(name, attributes):
        settings.setdefault(name, attributes)
        if name == "sheet":
            own = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            sheets[attributes.get("name", "")] = relations.get(own, ("", ""))[1]

    stream(parts, main, see)
    return Book(
        sheets,
        "1904" if is_true(settings.get("workbookPr", {}).get("date1904")) else "1900",
        is_true(settings.get("calcPr", {}).get("fullCalcOnLoad")),
        _formats(parts, next((target for kind, target in relations.values() if kind == "styles"), None)),
    )


def stream(parts: zipfile.ZipFile, name: str, see: Callable[[str, dict], None]):
    """Call `see(element's name without prefix, attributes)` at the start of each element of a part."""
    parser = parser_of(lambda element, attributes: see(element.rpartition(":")[2], attributes))
    with opened(parts, name) as content:
        feed(parser, content)


def parser_of(start: Callable[[str, dict], None]) -> expat.XMLParserType:
    """An expat parser that refuses document types: no workbook has one, and they are how XML explodes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def feed(parser: expat.XMLParserType, content: IO[bytes]):
    """Parse a stream piece by piece, so that memory does not grow with it."""
    while piece := content.read(_PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def opened(parts: zipfile.ZipFile, name: str) -> IO[bytes]:
    """One part of the file as a stream, its name written as it may be. Raises Damaged if there is none."""
    names = {own.lower(): own for own in parts.namelist()}
    if name.lower() not in names:
        raise Damaged("part_missing", part=name)
    return parts.open(names[name.lower()])


def is_true(attribute: str | None) -> bool:
    """Whether an attribute of XML says yes."""
    return attribute in ("1", "true")


def _refuse_doctype(*declaration):
    raise Damaged("document_type")


def _relations(parts, name):
    """Id → (kind, part) of the parts that the part `name` points to ("": the file itself)."""
    folder, own = posixpath.split(name)
    where = posixpath.join(folder, "_rels", f"{own}.rels")
    relations = {}

    def see(element, attributes):
        if element == "Relationship":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            relations[attributes.get("Id")] = attributes.get("Type", "").rpartition("/")[2], target

    stream(parts, where, see)
    return relations


def _formats(parts, name):
    """Style of a cell (its position among `cellXfs`) → code of its number format."""
    codes, styles, within = {}, [], [""]

    def see(element, attributes):
        if element == "numFmt" and within[0] != "dxfs":
            codes[attributes.get("numFmtId")] = attributes.get("formatCode", _GENERAL)
        elif element == "xf" and within[0] == "cellXfs":
            styles.append(attributes.get("numFmtId"))
        elif element.endswith(("Xfs", "xfs", "Styles")):
            within[0] = element

    if name:
        stream(parts, name, see)
    return {style: codes[number] for style, number in enumerate(styles) if number in codes}
