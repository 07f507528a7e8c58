"""A file opened so far that its first rows are known."""

from collections.abc import Callable
from typing import NamedTuple

from custlib.reading import delimited, encoding, headers, workbook
from custlib.refusals import Refused

TEXT, EXCEL = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm", ".xls")


class Opened(NamedTuple):
    """follow: (index to start from, header) → records; units: line → what number formats say of the columns below it; told: what
    there is to say after the last record, as fields of `Reading`."""

    sheet: str
    encoding: str
    head: list
    total: int
    follow: Callable
    units: Callable = lambda line: {}
    told: Callable = dict


def open_file(path, file, source):
    """An `Opened` export. Raises Refused for what is no such file, has an unknown encoding, or is no sheet that can be read."""
    return (_excel if path.suffix.lower() in EXCEL else _text)(path, file, source)


def decode(data, file, source):
    """(`encoding.Decoded`, delimiter) of a text file's bytes."""

    def knows(lines):
        return any(headers.is_known(split_head(lines, delimiter), source) for delimiter in delimited.DELIMITERS)

    decoded = encoding.decode(data, file, source.encoding, knows)
    return decoded, _delimiter(decoded.lines, source)


def split_head(lines, delimiter):
    """(line, cells) of the lines among which a header may stand."""
    head = lines[: headers.SEARCH_LINES + 3]
    return [(number, _cells(line, delimiter)) for number, line in enumerate(head, 1)]


def _text(path, file, source):
    data = path.read_bytes()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refused("not_text", file=file, found="it is an Excel workbook")
    decoded, delimiter = decode(data, file, source)

    def follow(start, header):
        return delimited.records(decoded, start, delimiter, len(header.names), file)

    return Opened("", decoded.encoding, split_head(decoded.lines, delimiter), len(decoded.lines), follow)


def _excel(path, file, source):
    sheet = workbook.open_sheet(path, file, source.sheet)
    head = list(enumerate(sheet.head[: headers.SEARCH_LINES + source.header_rows], 1))

    def follow(start, header):
        return workbook.records(sheet, header, source.hidden_rows, file)

    return Opened(sheet.name, "excel", head, sheet.total, follow, sheet.units, sheet.told)


def _cells(line, delimiter):
    return (len(line) <= headers.LONGEST and delimited.split(line, delimiter)) or [line[: headers.LONGEST]]


def _delimiter(lines, source):
    """The delimiter under which a header is known; failing that, the one that splits most."""
    for delimiter in delimited.DELIMITERS:
        if headers.is_known(split_head(lines, delimiter), source):
            return delimiter
    return max(
        delimited.DELIMITERS, key=lambda delimiter: sum(line.count(delimiter) for line in lines[: headers.SEARCH_LINES])
    )
