"""Large text files: looked at from outside, left to the engine where that is safe, and read with care where the engine leaves a
line."""

from itertools import islice

from custlib.reading import delimited, headers, opened, rows
from custlib.reading.record import Mark, Record
from custlib.reading.survey import survey
from custlib.refusals import Refused

# A smaller text file is read line by line as quickly as the engine starts.
ENGINE_FROM = 4_000_000
_HEAD = 1 << 18


def for_engine(path, file, sources, target, stamp):
    """The Reading of a text file that the engine may read, or None. Whatever is in doubt is left to the careful reader, which
    also knows how to refuse it."""
    source = sources.of(file)
    try:
        decoded, delimiter = _decoded_head(path, file, source)
        head = opened.split_head(decoded.lines, delimiter)
        header = headers.find(head, source, file, sources.currency)
        start = header.line - 1 + header.lines
        first = islice(delimited.records(decoded, start, delimiter, len(header.names), file), headers.SEARCH_LINES)
        extra = rows.surplus(list(first), header)
    except Refused:
        return None
    known = None if decoded.broken else survey(path, decoded.encoding, target.with_suffix(".txt"))
    if known is None:
        return None
    marks = rows.above(head, header)
    marks += [Mark(known.lines - n, 1, "blank", None, "") for n in reversed(range(known.blank_tail))]
    bulk = rows.Bulk(known, delimiter, start + 1, extra)
    return rows.Reading(file, "", decoded.encoding, header, source, target, marks, known.lines, stamp, bulk=bulk)


def careful(found, lines):
    """Read those lines of a bulk file that the engine left, as a reader that keeps every line would.

    lines: (line, text) in order. Returns the Reading with `cells` and `marks`; None if a quotation mark stands astray in one
    of them: then the whole file must be read so, for the next lines may be part of it.
    """
    try:
        return rows.written(found, _whole(lines, found.bulk.delimiter), found.bulk.surplus)
    except _Astray:
        return None


class _Astray(Exception):
    pass


def _whole(lines, delimiter):
    for line, text in lines:
        cells = delimited.split(text, delimiter)
        if cells is None:
            raise _Astray
        yield Record(line, 1, cells, None, text)


def _decoded_head(path, file, source):
    with path.open("rb") as stream:
        data = stream.read(_HEAD)
    return opened.decode(data[: data.rfind(b"\n") + 1], file, source)
