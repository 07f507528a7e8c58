"""Records → data rows in Parquet, and a mark for every other line."""

from dataclasses import dataclass, replace
from pathlib import Path

from custlib import sources as declared
from custlib.reading.headers import Header
from custlib.reading.record import Mark, is_blank, is_footer
from custlib.reading.survey import Survey

BATCH = 50_000


@dataclass(frozen=True)
class Reading:
    """What reading one file gave. `cells` is the Parquet file of its data rows (text; file, sheet, line, lines and a column
    for each header cell); `marks` are all other lines; `total` is the number of physical lines (sheet rows).

    stamp: size and time of the file when its reading began; notes: (note, count) of what was seen beside the cells; sheets: a
    dict for each sheet of a workbook; date_system: "1900" or "1904" for an .xlsx, else None; filled: (line, column) of each cell
    that a merged range filled.
    bulk: for a large text file, how the engine may read its data rows: then `cells` and `marks` wait for `large.careful`, and
    `plain` becomes the Parquet file of the rows that the engine could type at once.
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
    notes: tuple = ()
    sheets: tuple = ()
    date_system: str | None = None
    filled: tuple = ()
    bulk: "Bulk | None" = None
    plain: Path | None = None

    @property
    def forms(self):
        """How the cells of this file write dates and numbers, by the fields of `parsers.Form`: what is declared, and what a
        workbook says of itself: its date system, and that a number in a cell has a decimal point."""
        said = self.source
        return {
            "date_order": said.date_order,
            "date_system": self.date_system or said.date_system,
            "time_zone": said.time_zone,
            "century": said.century,
            "decimal": "." if self.encoding == "excel" else said.decimal,
        }


@dataclass(frozen=True)
class Bulk:
    """A file whose lines the engine can tell apart: its survey, delimiter, first data line, whether each row ends with one
    delimiter too many (0 or 1), whether cells may stand in quotation marks."""

    survey: Survey
    delimiter: str
    first: int
    surplus: int
    quoted: bool = True

    @property
    def rows(self):
        """How many lines the engine must find: an outside count, and no line among them is blank."""
        return self.survey.lines - self.survey.blank_tail - self.first + 1


def above(head, header):
    """The marks of the header and of the lines before it. head: (line, cells) of the first lines."""
    marks = [_before(line, cells) for line, cells in head if line < header.line]
    return marks + [Mark(header.line + n, 1, "header", None, "") for n in range(header.lines)]


def surplus(first, header):
    """1 where the rows of a file all end with one delimiter too many, else 0; one row alone is taken for a faulty one.

    first: its first Records.
    """
    ids, width = header.ids, len(header.names)
    rows = [one.cells for one in first if one.cells and not is_blank(one.cells) and not is_footer(one.cells, ids)]
    return int(len(rows) > 1 and all(len(cells) == width + 1 and not cells[-1].strip() for cells in rows))


def written(found, records, extra):
    """The Reading `found` with its data rows written, and the marks of all other lines beside those it has.

    extra: what `surplus` says of its rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    header = found.header
    place = [("file", pa.string()), ("sheet", pa.string()), ("line", pa.int64()), ("lines", pa.int64())]
    layout = pa.schema(place + [(name, pa.string()) for name in header.names])
    ids, named, width = header.ids, header.named, len(header.names)
    marks, batch, rows = [], [], 0
    with pq.ParquetWriter(found.cells, layout, compression="zstd") as writer:
        for record in records:
            mark = _sort_out(record, ids, named, width + extra)
            if mark is None:
                batch.append(record)
            else:
                marks.append(mark)
            if len(batch) == BATCH:
                writer.write_table(_table(batch, layout, found))
                rows, batch = rows + BATCH, []
        writer.write_table(_table(batch, layout, found))
    notes = (("trailing_delimiter", rows + len(batch)),) if extra else ()
    return replace(found, marks=found.marks + marks, notes=found.notes + notes)


def _before(line, cells):
    return Mark(line, 1, "blank" if is_blank(cells) else "preamble", None, "")


def _sort_out(record, ids, named, width):
    """The Mark of a line that is no data row, else None. named: columns up to the last that has a name; width: cells of a row."""
    cells = record.cells
    if cells is None:
        return Mark(record.line, record.lines, "quarantined", record.reason, record.raw)
    if is_blank(cells):
        return Mark(record.line, record.lines, "blank", None, record.raw)
    if len(cells) <= width + 1 and is_footer(cells, ids):
        return Mark(record.line, record.lines, "footer", None, "\x1f".join(cells))
    if len(cells) != width or not is_blank(cells[named:]):
        return Mark(record.line, record.lines, "quarantined", "width", record.raw)
    return None


def _table(batch, layout, found):
    import pyarrow as pa

    width, count = len(layout) - 4, len(batch)
    cells = zip(*(record.cells[:width] for record in batch), strict=True) if batch else [[]] * width
    place = [[found.file] * count, [found.sheet] * count, [r.line for r in batch], [r.lines for r in batch]]
    return pa.Table.from_arrays(
        [pa.array(c, t) for c, t in zip([*place, *cells], layout.types, strict=True)], schema=layout
    )
