"""What an export looks like before anybody has said what it is: its header, its first rows, its days, what is above."""

import re
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from custlib import reading, schema
from custlib.reading import headers, opening
from custlib.reading.record import is_blank
from custlib.refusals import Refused
from custlib.sources import Source, Sources, split_sheet

# Rows that are kept to judge a column by, and lines that are gone through for the first and last day.
SAMPLE, LINES = 300, 300_000
FEW = 40  # different values of a column, above which they are no list
_NUMBER = re.compile(r"[-(−]?[¥￥$€£]?\s?-?\d[\d,. ]*%?(元|万元)?\)?")
DATE = re.compile(
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(19|20)\d{6}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))([ T(（].*)?"
)
_LONGEST_HEADER = 40
# What else than Chinese in GB18030 a text may be, as far as its bytes go.
_ENCODINGS = ("gb18030", "big5", "cp1252")


class Look(NamedTuple):
    """One sheet of one export.

    sheet: "" where the file has no other; encodings: those that may be meant, the likeliest first, where the file does
    not tell; line: that of the header, 0 where none is seen; texts: its cells; rows: the cells of the first rows below;
    days: position → days as they are written, of all lines; lists: position → values, where there are few; above: the
    texts over the header; units: position → what number formats say; seen: lines gone through; header_rows: 2 for a
    header of two levels; refused: why it cannot be looked at, as a Refused.
    """

    file: str
    sheet: str = ""
    encodings: tuple = ()
    line: int = 0
    texts: tuple = ()
    rows: tuple = ()
    days: dict = {}
    lists: dict = {}
    above: tuple = ()
    units: dict = {}
    seen: int = 0
    header_rows: int = 1
    refused: Refused | None = None

    def column(self, position: int) -> list[str]:
        """The texts of a column in the first rows, without blanks."""
        return [row[position].strip() for row in self.rows if position < len(row) and row[position].strip()]


def look(folder: Path, file: str) -> list[Look]:
    """A Look at each part of an export: itself, the sheets of a workbook, what an archive holds; one that says why,
    where it cannot be read."""
    with tempfile.TemporaryDirectory() as place:
        try:
            parts = reading.parts_of(folder, file, Sources(), Path(place) / "unpacked")
        except Refused as refusal:
            return [Look(file, refused=refusal)]
        return [_at(part) for part in parts]


def _at(part):
    file, sheet = split_sheet(part.file)
    try:
        if not part.path.stat().st_size:
            raise Refused("empty_file", file=file)
        return _looked(part.path, file, part.source)._replace(sheet=sheet or "")
    except Refused as refusal:
        if refusal.code != "unknown_encoding":
            return Look(file, sheet or "", refused=refusal)
    encodings = _ranked(part.path.read_bytes())
    try:
        return _looked(part.path, file, Source(encoding=encodings[0]))._replace(encodings=encodings)
    except Refused:  # its line would speak of a declaration that nobody has made
        return Look(file, encodings=encodings)


def is_number(text: str) -> bool:
    """Whether a text reads as a number or an amount."""
    return bool(_NUMBER.fullmatch(text))


def _looked(path, file, source):
    opened = opening.open_file(path, file, source)
    at = _header_at(opened.head)
    if at is None:
        return Look(file, rows=tuple(cells for _, cells in opened.head[:1]))
    line, levels = opened.head[at][0], _levels(opened.head, at)
    texts = tuple(headers.joined([cells for _, cells in opened.head[at : at + levels]]))
    above = tuple(cell.strip() for _, row in opened.head[:at] for cell in row if cell.strip())
    header = headers.Header("sales", line, levels, texts, texts, {})
    rows, days, lists, seen = _gone_through(opened.records(header), len(texts))
    units = {
        place: tuple(filter(None, found)) for place, found in opened.formats(header.end)["units"].items() if any(found)
    }
    return Look(file, "", (), line, texts, rows, days, lists, above, units, seen, levels)


def _header_at(head):
    """Index of the row that reads like a header, or None: words that differ, over rows in which some are numbers.

    A row that only might be one is none: its cells would be shown, and might be somebody's.
    """
    rated = []
    for at, (_, cells) in enumerate(head[: headers.SEARCH_LINES]):
        texts = [cell.strip() for cell in cells if cell.strip()]
        if len(texts) < 2 or len(texts) > headers.WIDEST or any(map(_is_value, texts)):
            continue
        known = max(_known(texts, table) for table in schema.TABLES.values())
        width = max(len(row) for _, row in head[at:])
        shape = len(texts) * 2 > width and _over_values(cells, [row for _, row in head[at + 1 :]])
        if known >= 2 or shape:
            rated.append((known, shape, -at))
    return -max(rated)[2] if rated else None


def _levels(head, at):
    """2 where the row below the header holds words only, and nothing where other columns have their one level."""
    pairs = list(zip(*(cells for _, cells in head[at : at + 2]), strict=False)) if len(head) > at + 1 else []
    below = [cell.strip() for _, cell in pairs if cell.strip()]
    words = below and not any(any(map(str.isdigit, text)) or _is_value(text) for text in below)
    return 2 if words and any(above.strip() and not cell.strip() for above, cell in pairs) else 1


def _known(texts, table):
    synonyms = schema.synonyms(table)
    return len({synonyms[form] for text in texts if (form := schema.without_unit(text)) in synonyms})


def _is_value(text):
    return is_number(text) or bool(DATE.fullmatch(text)) or len(text) > _LONGEST_HEADER or "@" in text


def _over_values(cells, below):
    below = [row for row in below if not is_blank(row)]
    columns = [[row[at].strip() for row in below if at < len(row) and row[at].strip()] for at in range(len(cells))]
    return any(values and all(map(_is_value, values)) for values in columns)


def _gone_through(records, width):
    """(first rows, days, lists, number of lines), see Look."""
    read: Iterator = (record for record in records if record.cells and not is_blank(record.cells))
    first = list(islice(read, SAMPLE))
    dated = [at for at in range(width) if _is_dated([r.cells[at].strip() for r in first if at < len(r.cells)])]
    days: dict = {at: set() for at in dated}
    lists: dict = {at: set() for at in range(width)}
    seen = 0
    for rows in (first, islice(read, LINES)):
        for record in rows:
            seen += 1
            for at in dated:
                if at < len(record.cells):
                    days[at].add(re.split("[ T(（]", record.cells[at].strip(), maxsplit=1)[0])
            for at in [at for at in lists if at < len(record.cells)]:
                lists[at].add(record.cells[at].strip())
                if len(lists[at]) > FEW:
                    del lists[at]
    return tuple(record.cells for record in first), days, lists, seen


def _is_dated(texts):
    texts = [text for text in texts if text]
    return bool(texts) and sum(bool(DATE.fullmatch(text)) for text in texts) > 0.8 * len(texts)


def _ranked(data):
    """Encodings that read the bytes, the likeliest first: Chinese comes in runs, an accent stands among letters."""
    runs = re.findall(rb"[\x80-\xff]+[\x30-\xff]?", data[:1_000_000])
    lonely = sum(len(run.rstrip(b"".join(bytes([c]) for c in range(0x80)))) == 1 for run in runs)
    order = ("cp1252", *_ENCODINGS[:2]) if lonely * 2 > len(runs) else _ENCODINGS
    return tuple(name for name in order if _reads(data, name)) or order


def _reads(data, encoding):
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
