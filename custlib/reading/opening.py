"""A file opened so far that its first rows are known."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from custlib.reading import delimited, encoding, excel, headers
from custlib.reading.headers import Header
from custlib.reading.record import Record
from custlib.reading.survey import Survey
from custlib.refusals import Refused
from custlib.sources import Source

TEXT, EXCEL, PARQUET = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), (".parquet",)
# Archives: a text file packed by itself, and several exports in one.
PACKED, ARCHIVE = tuple(f"{kind}.gz" for kind in TEXT), (".zip",)


class Opened(NamedTuple):
    """head: (line, cells) of the first rows; total: number of lines; records: header → the records below it; formats:
    line → what number formats say of the columns below it (`excel.Sheet.formats`); findings: what there is to say after
    the last record, as fields of `Reading`; survey, delimiter, quoted: as in `Reading`, for a file that an engine may
    read."""

    sheet: str
    encoding: str
    head: list
    total: int
    records: Callable[[Header], Iterator[Record]]
    formats: Callable[[int], dict] = lambda line: {"units": {}, "currencies": {}}
    findings: Callable[[], dict] = dict
    survey: Survey | None = None
    delimiter: str = ""
    quoted: bool = True


def open_file(path: Path, file: str, source: Source) -> Opened:
    """An `Opened` export. Raises Refused for an unknown kind of file or encoding, or a sheet that cannot be read."""
    kind = path.suffix.lower()
    return (_excel if kind in EXCEL else _parquet if kind in PARQUET else _text)(path, file, source)


def parquet_head(path: Path, file: str) -> tuple[list[str], int]:
    """(names of the columns, number of rows) of a Parquet file. Raises Refused (`not_a_parquet`)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as parquet:
            layout, count = parquet.schema_arrow, parquet.metadata.num_rows
    except pa.ArrowInvalid as error:
        raise Refused("not_a_parquet", file=file, found="damaged_parquet") from error
    nested = next((field.name for field in layout if pa.types.is_nested(field.type)), None)
    if nested:
        raise Refused("not_a_parquet", file=file, found="nested_column", nested=nested)
    return layout.names, count


def decode(data: bytes, file: str, source: Source) -> tuple[encoding.Decoded, str]:
    """(`encoding.Decoded`, delimiter) of a text file's bytes."""

    def knows(lines):
        return any(headers.is_known(split_head(lines, delimiter), source) for delimiter in delimited.DELIMITERS)

    decoded = encoding.decode(data, file, source.encoding, knows)
    return decoded, _delimiter(decoded.lines, source)


def split_head(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of the rows among which a header may stand; a row may take several lines."""
    head, rows, at = lines[: headers.SEARCH_LINES + delimited.HEADER_LINES], [], 0
    while at < min(len(head), headers.SEARCH_LINES + 3):
        short = len(head[at]) <= headers.LONGEST
        row = short and delimited.first_row(head, at, delimiter)
        cells, count = row or ([head[at][: headers.LONGEST]], 1)
        rows.append((at + 1, cells))
        at += count
    # So that whoever counts lines up to the next row finds one.
    return [*rows, (at + 1, [])] if rows and at > rows[-1][0] else rows


def _text(path, file, source):
    data = path.read_bytes()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refused("not_text", file=file, found="an_excel_workbook")
    decoded, delimiter = decode(data, file, source)

    def records(header):
        return delimited.records(decoded, header.end, delimiter, len(header.names), file)

    return Opened("", decoded.encoding, split_head(decoded.lines, delimiter), len(decoded.lines), records)


def _excel(path, file, source):
    sheet = excel.open_sheet(path, file, source.sheet)
    head = list(enumerate(sheet.head[: headers.SEARCH_LINES + source.header_rows], 1))

    def records(header):
        return excel.records(sheet, header, source.hidden_rows, file)

    return Opened(sheet.name, "excel", head, sheet.total, records, sheet.formats, sheet.findings)


def _parquet(path, file, source):
    """The names of the columns are line 1; row n is line n + 1."""
    names, count = parquet_head(path, file)

    def records(header):
        import pyarrow.parquet as pq

        with pq.ParquetFile(path) as parquet:
            line = 2
            for batch in parquet.iter_batches():
                texts = [[text or "" for text in column.cast("string").to_pylist()] for column in batch.columns]
                for number, cells in enumerate(zip(*texts, strict=True), line):
                    yield Record(number, 1, list(cells), None, "\x1f".join(cells))
                line += len(batch)

    return Opened("", "parquet", [(1, list(names))], count + 1, records)


def _delimiter(lines, source):
    """The delimiter under which a header is known; failing that, the one that splits most."""
    for delimiter in delimited.DELIMITERS:
        if headers.is_known(split_head(lines, delimiter), source):
            return delimiter
    head = lines[: headers.SEARCH_LINES]
    return max(delimited.DELIMITERS, key=lambda delimiter: sum(line.count(delimiter) for line in head))
