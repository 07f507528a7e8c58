"""Physical lines of a delimited file → records, each knowing the lines it came from. No line is ever lost or joined silently."""

import csv
import io
import re
from functools import lru_cache

from custlib.reading.record import Record
from custlib.refusals import Refused

DELIMITERS = (",", "\t", ";", "|")


def split(line, delimiter):
    """The cells of one physical line that holds a whole record, or None if its quotation marks do not pair."""
    if '"' not in line:
        return line.split(delimiter)
    if not _whole(delimiter).fullmatch(line):
        return None
    return next(csv.reader([line], delimiter=delimiter, strict=True))


def records(decoded, start, delimiter, width, file):
    """Yield a Record for each line from index `start` on.

    decoded: `encoding.Decoded`; width: number of cells that the header has. A record over several lines is accepted only
    where it cannot be a stray quotation mark that swallowed others. Raises Refused (`open_quote`) if one never closes.
    """
    lines, broken = decoded.lines, decoded.broken
    index = start
    while index < len(lines):
        line = lines[index]
        if index in broken:
            yield Record(index + 1, 1, None, "broken_bytes", broken[index])
        elif (cells := split(line, delimiter)) is not None:
            yield Record(index + 1, 1, cells, None, line)
        elif not _opens(delimiter).fullmatch(line):
            yield Record(index + 1, 1, None, "open_quote", line)
        else:
            count = _block(lines, index, file)
            yield from _joined(lines[index : index + count], index, delimiter, width)
            index += count - 1
        index += 1


@lru_cache
def _whole(delimiter):
    return re.compile(f"{_field(delimiter)}(?:{re.escape(delimiter)}{_field(delimiter)})*")


@lru_cache
def _opens(delimiter):
    return re.compile(f'(?:{_field(delimiter)}{re.escape(delimiter)})*"(?:[^"]|"")*')


def _field(delimiter):
    return f'(?:"(?:[^"]|"")*"|[^"{re.escape(delimiter)}]*)'


def _block(lines, start, file):
    """How many lines until the open quotation mark closes."""
    for index in range(start + 1, len(lines)):
        if lines[index].count('"') % 2:
            return index - start + 1
    raise Refused("open_quote", file=file, line=start + 1)


def _joined(lines, start, delimiter, width):
    text = "\n".join(lines)
    if _whole(delimiter).fullmatch(text):
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        swallowed = max(cell.count(delimiter) for cell in cells if "\n" in cell)
        if len(cells) == width and swallowed < width - 1:
            yield Record(start + 1, len(lines), cells, None, text)
            return
    for offset, line in enumerate(lines):
        yield Record(start + offset + 1, 1, None, "open_quote", line)
