"""What a company says of its exports: `sources.toml` in the folder that holds them."""

import codecs
import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from fnmatch import fnmatchcase
from glob import escape
from pathlib import Path

from custlib import expressions, schema
from custlib.refusals import Refused

NAME = "sources.toml"
# Keys that take one of a few values.
CHOICES = {
    "date_order": ("ymd", "dmy", "mdy"),
    "tax": (None, "excluded", "included"),
    "date_system": (None, "1900", "1904"),
    "century": (None, 1900, 2000),
    "decimal": (".", ","),
    "hidden_rows": (None, "include", "exclude"),
}
_COMPUTED = ("amount", "price", "number")  # kinds of columns that can be computed
# Columns that reading and cleaning add to those of the export.
PLACE = ("file", "sheet", "line", "lines", "repeated")
# What Python takes for text and no export is written in: each may fail at any byte.
_NO_TEXT = ("punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
_ZONE = re.compile(r"[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00")
_SHEET = re.compile(r"(.+\.(?:xlsx|xlsm|xlsb|xls|ods))/([^/]+)", re.IGNORECASE | re.DOTALL)
_ARCHIVE = re.compile(r"\.zip/", re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Source:
    """One `[[source]]`: which files it speaks of, and what it says of them. Its fields are the keys of the file.

    date_system: numbers of five digits in date columns of a text file are Excel's days, counted from "1900" or "1904"
    (a workbook says so itself); time_zone: the zone, such as "+08:00", whose day a time with another zone falls on;
    century: what two-digit years belong to; decimal: the decimal sign of a text file, "." or ","; currency: that of the
    amounts, where it is another than the company's;
    computed: column → expression over columns (`expressions`); headed: the files are lines whose heads, with day and
    customer, stand in files of the table `sales_heads`.
    """

    files: str = "*"
    table: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header_rows: int = 1
    key: list | None = None
    date_order: str = "ymd"
    date_system: str | None = None
    time_zone: str | None = None
    century: int | None = None
    decimal: str = "."
    currency: str | None = None
    tax: str | None = None
    columns: dict = field(default_factory=dict)
    units: dict = field(default_factory=dict)
    missing: dict = field(default_factory=dict)
    fixed: dict = field(default_factory=dict)
    computed: dict = field(default_factory=dict)
    ignore: bool = False
    hidden_rows: str | None = None
    headed: bool = False

    def expressions(self) -> dict[str, tuple]:
        """Computed column → the tree of its expression; one that others are made of stands before them."""
        trees = {column: expressions.parse(text) for column, text in self.computed.items()}
        return dict(sorted(trees.items(), key=lambda item: not trees.keys().isdisjoint(expressions.names(item[1]))))

    def operands(self) -> set[str]:
        """The names of which computed columns are made."""
        return {name for tree in self.expressions().values() for name in expressions.names(tree)}

    def speaks_of(self, file: str) -> bool:
        """Whether it speaks of an export: of its path, or of an archive that holds it. Where several sheets of a
        workbook are exports of their own, as in `book.xlsx/客户`, `sheet` is the name of one, or a pattern."""
        book, sheet = split_sheet(file)
        names = [book, *(book[: end.end() - 1] for end in _ARCHIVE.finditer(book))]
        named = any(fnmatchcase(name, self.files) for name in names)
        if not named or sheet is None or self.sheet is None:
            return named
        return sheet == self.sheet or fnmatchcase(sheet, self.sheet)


@dataclass(frozen=True)
class Sources:
    """The whole of `sources.toml`; without one, everything is read by its headers and nothing is declared.

    closed: months ("2024-02") in which the company was closed, so that they hold no rows and are not missing.
    tax_rate: what amounts with tax have on top; the default is China's value added tax on goods.
    ignore: files, and sheets as `book.xlsx/客户`, that are not read; an entry of their own goes before it.
    """

    company: str = ""
    currency: str = "CNY"
    data_from: date | None = None
    data_until: date | None = None
    closed: list = field(default_factory=list)
    tax_rate: float = 0.13
    ignore: list = field(default_factory=list)
    source: tuple = ()

    def of(self, file: str) -> Source:
        """What is said of one file (its path relative to the folder, with `/`): the first entry that matches."""
        return next((source for source in self.source if source.speaks_of(file)), Source(files=file))

    def ignores(self, file: str) -> bool:
        """Whether a file is declared as not to be read: as a whole, not one of several sheets."""
        told = self.of(file)
        several = sum(source.speaks_of(file) for source in self.source) > 1
        return told.ignore and (told.sheet is None or split_sheet(file)[1] is not None or not several)


def split_sheet(file: str) -> tuple[str, str | None]:
    """`"book.xlsx/客户"` → `("book.xlsx", "客户")`; a file without a sheet behind it → (file, None)."""
    match = _SHEET.fullmatch(file)
    return (match[1], match[2]) if match else (file, None)


def load(folder: Path) -> Sources:
    """Read `folder/sources.toml`. Raises Refused (`declaration`) naming the entry and what is wrong in it."""
    path = folder / NAME
    if not path.is_file():
        return Sources()
    try:
        declaration = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        str(declaration)  # as deep as a refusal that shows it could not go
    except (ValueError, RecursionError) as error:
        raise Refused("declaration", file=NAME, problem="not_toml", reason=error) from error
    except OSError as error:
        raise Refused("cannot_read", file=NAME, reason=error.strerror) from error
    entries = declaration.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Refused("declaration", file=NAME, problem="one_bracket")
    declaration["source"] = tuple(_entry(entry, number) for number, entry in enumerate(entries, 1))
    told = _build(Sources, declaration, {"place": "top_level"})
    if not 0 < told.tax_rate < 1:
        raise Refused("declaration", file=NAME, problem="no_rate", value=told.tax_rate)
    if wrong := next((str(month) for month in told.closed if not _MONTH.fullmatch(str(month))), None):
        raise Refused("declaration", file=NAME, problem="no_month", value=wrong)
    return replace(told, source=(*told.source, *(_ignored(str(file)) for file in told.ignore)))


def _ignored(file):
    book, sheet = split_sheet(file)
    return Source(files=escape(book), sheet=sheet, ignore=True)


def _entry(entry, number):
    where = {"place": "entry", "number": number, "files": entry.get("files", Source.files)}
    source = _build(Source, entry, where)
    columns = schema.TABLES[source.table].columns if source.table in schema.TABLES else ()
    kinds, carried = {column.name: column.kind for column in columns}, schema.carried(source.table)
    unread = None if _not_text(source) else _no_expression(source)
    operands = set() if _not_text(source) or unread else source.operands()
    names = {*kinds, *carried, *operands, *map(str, source.columns.values())} if columns else set()
    astray = (name for name in map(str, source.columns.values()) if columns and schema.is_carried(name))
    columns_of = ("key", "computed", "fixed", "missing", "units")
    for problem, wrong, *facts in (
        ("no_such_table", source.table is not None and source.table not in schema.TABLES and source.table),
        ("bad_header_rows", source.header_rows < 1 and str(source.header_rows)),
        ("no_text", _not_text(source)),
        ("no_list", _not_a_list(source.missing)),
        *_not_chosen(source),
        ("no_encoding", _not_an_encoding(source.encoding), {"encoding": source.encoding}),
        ("own_column", _our_own(source)),
        ("no_zone", _not_a_zone(source.time_zone)),
        ("no_unit", next((str(u) for u in source.units.values() if u not in list(schema.UNITS)), None)),
        ("no_expression", unread),
        ("not_computable", next((name for name in source.computed if kinds.get(name, "price") not in _COMPUTED), None)),
        ("not_headed", source.headed and source.table != "sales" and str(source.table)),
        ("no_column", next((name for name in astray if name not in carried), None), {"name": "columns"}),
        *(("no_column", _stranger(getattr(source, name), names), {"name": name}) for name in columns_of),
    ):
        if wrong:
            raise Refused("declaration", file=NAME, problem=problem, value=wrong, **where, **dict(*facts))
    return source


def _not_chosen(source):
    for key, allowed in CHOICES.items():
        value = getattr(source, key)
        *some, last = (str(choice) for choice in allowed if choice is not None)
        # The text of a wrong value, so that an empty text or a zero is wrong, too.
        wrong = value not in allowed and (str(value) or " ")
        yield "not_a_choice", wrong, {"name": key, "some": ", ".join(some), "last": last}


def _not_an_encoding(name):
    try:
        found = name and codecs.lookup(name)
        if name is None or (found and found._is_text_encoding and found.name not in _NO_TEXT):
            return False
    except (LookupError, ValueError):  # unknown, or with a NUL in it
        pass
    return name or " "


def _our_own(source):
    named = [*source.columns.values(), *source.fixed, *source.computed]
    return next((name for name in named if isinstance(name, str) and (name.lower() in PLACE or "__" in name)), None)


def _not_a_zone(zone):
    return zone is not None and not _ZONE.fullmatch(zone) and (zone or " ")


def _stranger(columns, names):
    return next((name for name in columns or () if names and name not in names), None)


def _not_text(source):
    texts = [*source.columns.values(), *source.fixed.values(), *source.computed.values(), *(source.key or ())]
    return next((str(value) for value in texts if not isinstance(value, str)), None)


def _not_a_list(missing):
    words = missing.values()
    return next(
        (str(w) for w in words if not isinstance(w, list) or not all(isinstance(word, str) for word in w)), None
    )


def _no_expression(source):
    for text in source.computed.values():
        try:
            expressions.parse(text)
        except ValueError:
            return text or " "
    return None


def _build(kind, entry, where):
    keys = {field.name: field for field in fields(kind)}
    for name, value in entry.items():
        if name not in keys:
            near = difflib.get_close_matches(name, keys, 1, 0)[0]
            raise Refused("declaration", file=NAME, problem="no_such_key", name=name, near=near, **where)
        allowed = keys[name].type
        # A time of day is a date for Python, but not for a period.
        if not isinstance(value, allowed) or isinstance(value, datetime):
            kinds = getattr(allowed, "__name__", str(allowed))
            raise Refused("declaration", file=NAME, problem="wrong_type", name=name, kinds=kinds, value=value, **where)
    return kind(**entry)
