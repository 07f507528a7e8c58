"""What in a file is read as an export: the file itself, or each sheet of a workbook that holds several."""

from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from custlib.reading import excel
from custlib.refusals import Refused
from custlib.sources import Source, Sources


class Part(NamedTuple):
    """file: its name in all ledgers, `book.xlsx/客户` for one of several sheets; path: where its bytes lie; source:
    what is said of it, with the name of its sheet."""

    file: str
    path: Path
    source: Source

    def told(self, sources: Sources) -> Sources:
        """`sources` as they speak of this part."""
        return replace(sources, source=(replace(self.source, files="*"),))


def parts_in(path: Path, file: str, sources: Sources, kinds: tuple) -> list[Part]:
    """What is to be read in the file at `path`, without what is declared as not to be read.

    kinds: suffixes of workbooks. Raises Refused: `undeclared_sheets` where entries name sheets and others have rows,
    and what `excel.open_sheet` raises.
    """
    if sources.ignores(file):
        return []
    told = [source for source in sources.source if source.speaks_of(file)]
    one = len(told) == 1 and told[0].sheet and not set(told[0].sheet) & set("*?[")
    if path.suffix.lower() not in kinds or one or not path.stat().st_size:
        return [Part(file, path, sources.of(file))]
    sheets = [sheet for sheet in excel.sheets(path, file) if sheet["kind"] == "worksheet"]
    filled = [sheet["sheet"] for sheet in sheets if sheet["visible"] and sheet["rows"]]
    if len(told) < 2 and len(filled) < 2 and not (told and told[0].sheet):
        return [Part(file, path, sources.of(file))]
    named = [sheet["sheet"] for sheet in sheets if any(_names(source, sheet["sheet"]) for source in told)]
    by_sheet = {name: sources.of(f"{file}/{name}") for name in [*filled, *named]}
    if any(source.sheet for source in told):
        _refuse_undeclared(file, [name for name in filled if not any(s.speaks_of(f"{file}/{name}") for s in told)])
    return [
        Part(f"{file}/{name}", path, replace(source, sheet=name))
        for name, source in by_sheet.items()
        if not source.ignore
    ]


def check_sheets(file: str, sheets: tuple):
    """Refuse (`undeclared_sheets`) a workbook of which one sheet was read and others have rows of which nobody said
    anything. sheets: as in `Reading.sheets`."""
    others = [sheet["sheet"] for sheet in sheets if sheet["visible"] and sheet["rows"] and not sheet["read"]]
    _refuse_undeclared(file, others)


def _names(source, sheet):
    """Whether an entry means a sheet by its name: a hidden one is read only then."""
    return source.sheet is not None and (sheet == source.sheet or fnmatchcase(sheet, source.sheet))


def _refuse_undeclared(file, sheets):
    if sheets:
        raise Refused("undeclared_sheets", file=file, sheets=", ".join(sheets), first=sheets[0])
