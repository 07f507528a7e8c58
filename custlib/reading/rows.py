"""Records → data rows in Parquet, and a mark for every other line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from custlib import sources as declared
from custlib.reading import again, delimited
from custlib.reading.headers import Header
from custlib.reading.record import Mark, Record, is_blank, is_footer
from custlib.reading.survey import Survey
from custlib.refusals import Refused

BATCH = 50_000


@dataclass(frozen=True)
class Reading:
    """What reading one file gave. `cells` is the Parquet file of its data rows (text; file, sheet, line, lines and a
    column for each header cell); `marks` are all other lines; `total` is the number of physical lines (sheet rows).

    stamp: size and time of the file when its reading began; surplus: 1 where each row ends with one delimiter too many,
    else 0; notes: (note, count) of what was seen beside the cells; sheets: a dict for each sheet of a workbook;
    date_system: "1900" or "1904" for an .xlsx, else None; filled: (line, column) of each cell that a merged range
    filled. Of a large file that an engine reads: survey: the look at it from outside; delimiter; quoted: whether its
    cells may stand in quotation marks; plain: the Parquet file of the rows that the engine could type at once.
    """

    file: str
    sheet: str
    encoding: str
    header: Header
    source: declared.Source
    cells: Path
    marks: list
    total: int
    stamp: tuple
    surplus: int = 0
    notes: tuple = ()
    sheets: tuple = ()
    date_system: str | None = None
    filled: tuple = ()
    survey: Survey | None = None
    delimiter: str = ""
    quoted: bool = True
    plain: Path | None = None

    @property
    def first(self) -> int:
        """The first line below the header."""
        return self.header.end + 1

    @property
    def forms(self) -> dict:
        """How the cells of this file write dates and numbers, by the fields of `parsers.Form`: what is declared, and
        what a workbook says of itself: its date system, and that a number in a cell has a decimal point."""
        source = self.source
        return {
            "date_order": source.date_order,
            "date_system": self.date_system or source.date_system,
            "time_zone": source.time_zone,
            "century": source.century,
            "decimal": "." if self.encoding == "excel" else source.decimal,
        }


def marks_around(head: list[tuple[int, list[str]]], header: Header, survey: Survey | None) -> list[Mark]:
    """The marks of the header, of the lines before it, and of blank lines that a survey saw at the end.

    head: (line, cells) of the first lines.
    """
    cells = dict(head)
    # A line that is not among them is the rest of a record over several.
    before = [
        Mark(line, 1, "blank" if is_blank(cells.get(line, ["-"])) else "preamble", None, "")
        for line in range(1, header.line)
    ]
    own = [Mark(header.line + n, 1, "header", None, "") for n in range(header.lines)]
    blank = range(survey.lines - survey.blank_tail + 1, survey.lines + 1) if survey else ()
    return before + own + [Mark(line, 1, "blank", None, "") for line in blank]


def surplus(first: list[Record], header: Header) -> int:
    """1 where the rows of a file all end with one delimiter too many, else 0; one row alone is taken for a faulty one.

    first: its first Records.
    """
    ids, width = header.ids, len(header.names)
    rows = [
        record.cells
        for record in first
        if record.cells and not is_blank(record.cells) and not is_footer(record.cells, ids)
    ]
    rows = [cells for cells in rows if cells[:width] != list(header.texts)]
    return int(len(rows) > 1 and all(len(cells) == width + 1 and not cells[-1].strip() for cells in rows))


def refuse_single_quotes(first: list[Record], header: Header, file: str) -> None:
    """Refuse (`single_quotes`) a file whose texts stand in '…': a delimiter inside one would part it.

    first: its first Records. A column is so if its header is, or all its cells are and there are at least two.
    """
    rows = [record.cells for record in first if record.cells and len(record.cells) == len(header.texts)]
    columns = [[row[at] for row in rows if row[at].strip()] for at in range(len(header.texts))]
    for text, cells in zip(header.texts, columns, strict=True):
        if _in_single_quotes(text) or (len(cells) > 1 and all(map(_in_single_quotes, cells))):
            raise Refused("single_quotes", file=file, line=header.line, column=text)


def _in_single_quotes(text):
    return len(text.strip()) > 2 and text.strip()[0] == "'" == text.strip()[-1]


def with_rows(reading: Reading, records: Iterable[Record]) -> Reading:
    """The Reading with its data rows written, and the marks of all other lines beside those it has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    header = reading.header
    place = [("file", pa.string()), ("sheet", pa.string()), ("line", pa.int64()), ("lines", pa.int64())]
    layout = pa.schema(place + [(name, pa.string()) for name in header.names])
    ids, named, width = header.ids, header.named, len(header.names) + reading.surplus
    is_again = again.finder(header, reading.file)
    marks: list[Mark] = []
    batch: list[Record] = []
    rows = 0
    with pq.ParquetWriter(reading.cells, layout, compression="zstd") as writer:
        for record in records:
            mark = _mark(record, ids, named, width, is_again)
            if mark is None:
                batch.append(record)
            else:
                marks.append(mark)
            if len(batch) == BATCH:
                writer.write_table(_table(batch, layout, reading))
                rows, batch = rows + BATCH, []
        writer.write_table(_table(batch, layout, reading))
    if repeated := [mark.line for mark in marks if mark.kind == "header"]:
        again.refuse_copies(reading.cells, [header.line, *repeated], reading.file)
    notes = (("trailing_delimiter", rows + len(batch)),) if reading.surplus else ()
    return replace(reading, marks=reading.marks + marks, notes=reading.notes + notes)


def careful(reading: Reading, lines: Iterable[tuple[int, str]]) -> Reading | None:
    """Read those lines of a large file that an engine left, as a reader that keeps every line would.

    lines: (line, text) in order. None if a quotation mark stands astray in one of them, or a header comes again: then
    the whole file must be read so, for the next lines may be part of it, or a table once more.
    """
    try:
        whole = with_rows(reading, _whole(lines, reading))
    except _Astray:
        return None
    repeated = any(mark.kind == "header" for mark in whole.marks[len(reading.marks) :])
    return None if repeated else whole


class _Astray(Exception):
    pass


def _whole(lines, reading):
    for line, text in lines:
        cells = delimited.split(text, reading.delimiter) if reading.quoted else text.split(reading.delimiter)
        if cells is None:
            raise _Astray
        yield Record(line, 1, cells, None, text)


def _mark(record, ids, named, width, is_again):
    """The Mark of a line that is no data row, else None. named: columns up to the last named; width: cells of a row."""
    cells = record.cells
    if cells is None:
        return Mark(record.line, record.lines, "quarantined", record.reason, record.raw)
    if is_blank(cells):
        return Mark(record.line, record.lines, "blank", None, record.raw)
    if is_again(record.line, cells):
        return Mark(record.line, record.lines, "header", None, record.raw)
    if len(cells) <= width + 1 and is_footer(cells, ids):
        return Mark(record.line, record.lines, "footer", None, "\x1f".join(cells))
    if len(cells) != width or not is_blank(cells[named:]):
        return Mark(record.line, record.lines, "quarantined", "width", record.raw)
    return None


def _table(batch, layout, reading):
    import pyarrow as pa

    width, count = len(layout) - 4, len(batch)
    cells = zip(*(record.cells[:width] for record in batch), strict=True) if batch else [[]] * width
    lines = [record.line for record in batch], [record.lines for record in batch]
    columns = [[reading.file] * count, [reading.sheet] * count, *lines, *cells]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, layout.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=layout)
