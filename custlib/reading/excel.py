"""An Excel sheet → records of text cells, read in a process of its own; merged cells filled, hidden rows as told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from custlib import schema
from custlib.reading import book_xml, child
from custlib.reading.headers import Header
from custlib.reading.record import Record, is_blank, is_footer
from custlib.refusals import Refused

_OLE = b"\xd0\xcf\x11\xe0"
# One amount over three merged cells is one amount: filling in numbers would treble it.
_FILLED = ("id", "name", "text", "date", "quarter", "period")


@dataclass
class Sheet:
    """One opened sheet: what `sheet_rows.tell` says of it, and what there was while its rows were read (`filled`: line
    and column of each cell that a merged range filled; `hidden`: lines in hidden rows)."""

    facts: dict
    head: list
    batches: Iterator = field(repr=False)
    filled: list = field(default_factory=list)
    hidden: list = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name."""
        return self.facts["name"]

    @property
    def total(self) -> int:
        """How many rows it has, from the first to the last that holds anything."""
        return self.facts["total"]

    def formats(self, line: int) -> dict:
        """ "units" and "currencies" → column (from 0) → {unit or currency or None: a line that has it}, by the number
        formats of the numeric cells below a line."""
        found: dict = {"units": {}, "currencies": {}}
        for what, columns in found.items():
            for column, named, last in self.facts[what]:
                if last + 1 > line:
                    columns.setdefault(column, {})[named] = last + 1
        return found

    def findings(self) -> dict:
        """What is known when all rows are read, as fields of `reading.Reading`."""
        counts = self.facts["notes"] | {"merged_cells": len(self.filled), "hidden_rows": len(self.hidden)}
        return {
            "notes": tuple(sorted((note, count) for note, count in counts.items() if count)),
            "sheets": tuple(self.facts["sheets"]),
            "date_system": self.facts["date_system"],
            "filled": tuple(self.filled),
        }


def open_sheet(path: Path, file: str, sheet: str | None = None) -> Sheet:
    """Open one sheet; its rows follow by `records`.

    sheet: its name; None takes the only visible one that holds anything. Raises Refused (`not_an_xlsx`,
    `missing_sheet`, `several_sheets`, `formula_without_value`, `too_large_workbook`, `unreadable_workbook`).
    """
    _refuse_other_kinds(path, file)
    facts, batches = child.ask(path, file, sheet)
    first = next(batches, [])
    return Sheet(facts, first, chain([first], batches))


def sheets(path: Path, file: str) -> list[dict]:
    """The sheets of a workbook as `sheet_rows.tell` tells them. Raises Refused as `open_sheet` does."""
    _refuse_other_kinds(path, file)
    try:
        return child.ask(path, file)[0]["sheets"]
    except Refused as refusal:
        if "sheets" not in refusal.facts:
            raise
        return refusal.facts["sheets"]


def records(sheet: Sheet, header: Header, hidden: str | None, file: str) -> Iterator[Record]:
    """Yield a Record for each row below the header; neighbouring blank rows are one.

    hidden: "include", "exclude" or None, what is declared of hidden rows. Raises Refused (`hidden_rows`) where nothing
    is.
    """
    start = header.end
    blank = 0
    concealed = set(sheet.facts["hidden"])
    for index, cells in _filled(sheet, header, start):
        if is_blank(cells):
            blank += 1
            continue
        if blank:
            yield Record(index - blank + 1, blank, [], None, "")
            blank = 0
        raw = "\t".join(cells)
        if index not in concealed:
            yield Record(index + 1, 1, cells, None, raw)
            continue
        if hidden is None:
            count = sum(start <= row < sheet.total for row in concealed)
            raise Refused("hidden_rows", file=file, sheet=sheet.name, line=index + 1, count=count)
        sheet.hidden.append(index + 1)
        counts = hidden == "include"
        yield Record(index + 1, 1, cells if counts else None, None if counts else "hidden_row", raw)
    if blank:
        yield Record(sheet.total - blank + 1, blank, [], None, "")


def _filled(sheet, header, start):
    """(index, cells) of each row from `start` on, with what a merged range shows down its first column."""
    kinds = {column.name: column.kind for column in schema.TABLES[header.table].columns}
    ranges = sorted(
        (first, column, last)
        for first, column, last in sheet.facts["merged"]
        if first >= start and column < len(header.names) and kinds.get(header.names[column]) in _FILLED
    )
    ranges.reverse()
    over = {}
    for index, cells in enumerate(chain.from_iterable(sheet.batches)):
        if index < start:
            continue
        while ranges and ranges[-1][0] == index:
            _, column, last = ranges.pop()
            over[column] = last, cells[column] if cells else ""
        if over and not is_blank(cells) and not is_footer(cells, header.ids):
            for column, (last, text) in over.items():
                if index <= last and text and not cells[column]:
                    cells[column] = text
                    sheet.filled.append((index + 1, header.names[column]))
        yield index, cells


def _refuse_other_kinds(path, file):
    with open(path, "rb") as stream:
        head = stream.read(512)
    if head.startswith(_OLE) and path.suffix.lower() != ".xls":
        raise Refused("not_an_xlsx", file=file, found="encrypted_or_old")
    if not head.startswith((book_xml.ZIP, _OLE)):
        web = head.lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<meta"))
        raise Refused("not_an_xlsx", file=file, found="a_web_page" if web else "plain_text")
