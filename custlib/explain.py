"""The story of one raw line: where it stands, what was read in it, what became of it and why."""

import csv
import difflib
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import PurePath
from typing import NamedTuple

from custlib import contracts, lines, project, reading, schema, sources
from custlib.cleaning import mojibake
from custlib.reading import archives, physical
from custlib.refusals import Refused

_PLACE = ("file", "sheet", "line")


class Cell(NamedTuple):
    """One cell: its column, what the header calls it, its raw text (None: computed or declared, no cell), its clean
    text (None: the line is not clean), and the rule that changed it (None: nothing did)."""

    column: str
    header: str
    raw: str | None
    clean: str | None
    rule: str | None


@dataclass(frozen=True)
class Story:
    """What is known of one physical line (sheet row).

    kind: its class; first, last: the physical lines of its record; text: those lines as they stand (empty for Excel and
    what cannot be shown); columns: what the file's header names; reason, column, first_place: why it was set aside;
    flags: what else is true of it, such as "repeated" or "unmatched_return";
    likely: what the garbled cell at fault was before, as far as that can be told (`cleaning.mojibake`);
    aliases: ids in it that a person signed to be another customer's (rows of `aliases.csv`).
    """

    file: str
    line: int
    of_lines: int
    sheet: str
    table: str
    kind: str
    first: int
    last: int
    text: tuple
    reason: str | None
    column: str | None
    first_place: str | None
    columns: tuple
    cells: tuple
    flags: tuple
    aliases: tuple
    likely: str | None = None


def tell(clean, data_dir, place):
    """The `Story` of a line of the exports in `data_dir`.

    place: `FILE:LINE`; the file as it is called in the folder, or by a path that ends so. Raises Refused
    (`not_a_place`, `unknown_export`, `line_beyond`, `file_not_read`).
    """
    file, line = locate(clean, place)
    told = lines.file_entry(clean, file)
    if not 1 <= line <= told["lines"]:
        raise Refused("line_beyond", file=file, line=line, lines=told["lines"])
    entry = lines.in_ledger(clean, file, line)
    record = lines.record(clean, file, line) or entry
    first, last = record["line"], record["line"] + record["lines"] - 1
    judged = next(iter(lines.at(clean, "quarantine", file, first)), {})
    values = _clean_row(clean, told["table"], file, first) if entry["class"] == "clean" else {}
    folder = project.resolve(data_dir)
    return Story(
        file=file,
        line=line,
        of_lines=told["lines"],
        sheet=told["sheet"],
        table=told["table"],
        kind=entry["class"],
        first=first,
        last=last,
        text=() if told["encoding"] == "excel" else _text(folder, file, told["encoding"], first, last),
        reason=entry["reason"],
        column=judged.get("column"),
        first_place=judged.get("place"),
        columns=tuple(told["columns"]),
        cells=_cells(clean, folder, told, first, values),
        flags=_flags(clean, told["table"], file, first, values),
        aliases=_aliases(data_dir, values),
        likely=mojibake.reading(judged["raw"] or "") if entry["reason"] == "mojibake" and judged else None,
    )


def _text(folder, file, encoding, first, last):
    with archives.lying(folder, file) as path:
        return physical.lines(path, encoding, first, last - first + 1)


def _flags(clean, table, file, line, values):
    own = tuple(name for name, value in values.items() if value is True)
    if table != "sales" or not values:
        return own
    marked = contracts.flags(clean).filter(lambda t: (t.file == file) & (t.line == line))
    return own + tuple(sorted(marked.to_pyarrow()["flag"].to_pylist()))


def locate(clean, place):
    """(file, line) of a text `FILE:LINE`; a colon or a space in the file's name does no harm."""
    name, colon, number = place.rpartition(":")
    if not (colon and name and number.isascii() and number.isdigit()):
        raise Refused("not_a_place", place=place)
    known = clean.table("files").order_by("file").select("file").to_pyarrow()["file"].to_pylist()
    if name in clean.not_read:
        raise Refused("file_not_read", file=name)
    meant = [file for file in known if file == name] or _by_path(name, known)
    if len(meant) != 1:
        nearest = next(iter(difflib.get_close_matches(name, known, 1, 0)), "-")
        raise Refused("unknown_export", file=name, nearest=nearest)
    return meant[0], int(number)


def _by_path(name, known):
    """Files that a path ends in, or that end in a bare name."""
    parts = PurePath(name).parts
    ends = [(file, PurePath(file).parts) for file in known]
    return [file for file, own in ends if parts[-len(own) :] == own or own[-len(parts) :] == parts]


def _cells(clean, folder, told, line, values):
    raw = lines.raw_cells(clean, told["file"], line)
    if not raw or "line_text" in raw:
        return ()
    headers = dict(zip(told["columns"], _header(clean, folder, told["file"]), strict=False))
    changed = {row["column"]: row for row in lines.at(clean, "changes", told["file"], line)} if values else {}
    names = [*raw, *(name for name, value in values.items() if name not in (*raw, *_PLACE) and _shown(value))]
    return tuple(_cell(name, headers.get(name, ""), raw.get(name), changed.get(name), values) for name in names)


def _cell(name, header, raw, change, values):
    if change:
        return Cell(name, header, raw, change["clean"], change["rule"])
    clean = raw if raw is not None else str(values[name])
    return Cell(name, header, raw, clean if values else None, None)


def _shown(value):
    return value is not None and not isinstance(value, bool)


def _header(clean, folder, file):
    """What the header says above each column: in a header of several lines the lowest text there is."""
    marked = clean.table("lines").filter(lambda t: (t.file == file) & (t["class"] == "header"))
    numbers = sorted(marked.select("line").to_pyarrow()["line"].to_pylist())
    book, sheet = sources.split_sheet(file)
    told = sources.load(folder).of(file)
    with archives.lying(folder, book) as path:
        head = dict(reading.open_head(path, file, replace(told, sheet=sheet or told.sheet)))
    rows = [head.get(number, []) for number in numbers]
    columns = zip_longest(*rows, fillvalue="")
    return [next((text.strip() for text in reversed(texts) if text.strip()), "") for texts in columns]


def _clean_row(clean, table, file, line):
    return next(iter(lines.at(clean, table, file, line)), {}) if table in schema.TABLES else {}


def _aliases(data_dir, values):
    """The signed aliases (dicts of aliases.csv) that a row's customer was known by, or was brought to."""
    path = project.reference("aliases.csv", data_dir)
    if not path.is_file() or not values.get("customer_id"):
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(row for row in rows if values["customer_id"] in (row.get("alias_id"), row.get("customer_id")))
