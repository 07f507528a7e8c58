"""Any export → text cells, each with its file, sheet and line. Every physical line is a record or is marked as what it is."""

import hashlib
import stat
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from custlib import sources as declared
from custlib.reading import delimited, encoding, headers, workbook
from custlib.reading.record import Mark, Record, is_blank, is_footer
from custlib.reading.survey import Survey, survey
from custlib.refusals import Refused

TEXT, EXCEL = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm", ".xls")
BATCH = 50_000
# A smaller text file is read line by line as quickly as the engine starts.
ENGINE_FROM = 4_000_000
_HEAD = 1 << 18


@dataclass(frozen=True)
class Reading:
    """What reading one file gave. `cells` is the Parquet file of its data rows (text; file, sheet, line, lines and a column
    for each header cell); `marks` are all other lines; `total` is the number of physical lines (sheet rows); `notes` are
    (note, count) of what was accepted in the file as a whole.

    bulk: for a large text file, how the engine may read its data rows: then `cells` and `marks` wait for `careful`, and
    `plain` becomes the Parquet file of the rows that the engine could type at once.
    """

    file: str
    sheet: str
    encoding: str
    header: headers.Header
    source: declared.Source
    cells: Path
    marks: list
    total: int
    stamp: tuple
    notes: tuple = ()
    bulk: "Bulk | None" = None
    plain: Path | None = None


@dataclass(frozen=True)
class Bulk:
    """A text file whose lines the engine can tell apart: its survey, delimiter, first data line, whether each row ends with one
    delimiter too many (0 or 1)."""

    survey: Survey
    delimiter: str
    first: int
    surplus: int

    @property
    def rows(self):
        """How many lines the engine must find: an outside count, and no line among them is blank."""
        return self.survey.lines - self.survey.blank_tail - self.first + 1


def exports(folder):
    """The files of a folder that are exports, as paths relative to it, sorted. Hidden files and `reference/` are left out.

    Raises Refused: `missing_folder`, `no_exports`, `not_a_file`.
    """
    if not folder.is_dir():
        raise Refused("missing_folder", folder=folder)
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in TEXT + EXCEL and not _set_apart(path, folder)
    ]
    if not found:
        raise Refused("no_exports", folder=folder)
    for path in found:
        _refuse_special(path, path.relative_to(folder).as_posix())
    return [path.relative_to(folder).as_posix() for path in found]


def fingerprints(folder, files):
    """File → SHA-256 of its content. Raises Refused (`same_file_twice`) when two have the same content."""
    digests, seen = {}, {}
    for file in files:
        with open(folder / file, "rb") as stream:
            digests[file] = hashlib.file_digest(stream, "sha256").hexdigest()
        if digests[file] in seen and (folder / file).stat().st_size:
            raise Refused("same_file_twice", file=file, other=seen[digests[file]])
        seen[digests[file]] = file
    return digests


def read(folder, file, sources, target, careful=False):
    """Read one export and write its data rows to the Parquet file `target`.

    A large text file is only looked at from outside, for the engine to read (`Reading.bulk`), unless `careful`.
    Raises Refused with the file and line for whatever cannot be read with certainty.
    """
    path, source = folder / file, sources.of(file)
    stamp = _stamp(path)
    if not stamp[0]:
        raise Refused("empty_file", file=file)
    excel = path.suffix.lower() in EXCEL
    if (
        not (careful or excel)
        and stamp[0] >= ENGINE_FROM
        and (found := _for_engine(path, file, sources, target, stamp))
    ):
        return found
    opener = _open_excel if excel else _open_text
    sheet, how, head, total, follow = opener(path, file, source)
    header = headers.find(head, source, file, sources.currency)
    start = header.line - 1 + header.lines
    found = Reading(file, sheet, how, header, source, target, _above(head, header), total, stamp)
    records = follow(start, header)
    first = list(islice(records, headers.SEARCH_LINES))
    found = _written(found, chain(first, records), _surplus(first, header))
    check_unchanged(folder, found)
    return found


def careful(found, lines):
    """Read those lines of a bulk file that the engine left, as a reader that keeps every line would.

    lines: (line, text) in order. Returns the Reading with `cells` and `marks`; None if a quotation mark stands astray in one
    of them: then the whole file must be read so, for the next lines may be part of it.
    """
    bulk = found.bulk
    try:
        return _written(found, _whole(lines, bulk.delimiter), bulk.surplus)
    except _Astray:
        return None


def check_unchanged(folder, found):
    """Refuse a file that is no longer what it was when its reading began (`input_changed`)."""
    if _stamp(folder / found.file) != found.stamp:
        raise Refused("input_changed", file=found.file)


class _Astray(Exception):
    pass


def _whole(lines, delimiter):
    for line, text in lines:
        cells = delimited.split(text, delimiter)
        if cells is None:
            raise _Astray
        yield Record(line, 1, cells, None, text)


def _stamp(path):
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _above(head, header):
    """The marks of the header and of the lines before it."""
    marks = [_before(line, cells) for line, cells in head if line < header.line]
    return marks + [Mark(header.line + n, 1, "header", None, "") for n in range(header.lines)]


def _for_engine(path, file, sources, target, stamp):
    """The Reading of a text file that the engine may read, or None. Whatever is in doubt is left to the careful reader, which
    also knows how to refuse it."""
    source = sources.of(file)
    try:
        decoded, delimiter = _decoded_head(path, file, source)
        head = _split_head(decoded.lines, delimiter)
        header = headers.find(head, source, file, sources.currency)
        start = header.line - 1 + header.lines
        first = islice(delimited.records(decoded, start, delimiter, len(header.names), file), headers.SEARCH_LINES)
        surplus = _surplus(list(first), header)
    except Refused:
        return None
    known = None if decoded.broken else survey(path, decoded.encoding, target.with_suffix(".txt"))
    if known is None:
        return None
    marks = _above(head, header)
    marks += [Mark(known.lines - n, 1, "blank", None, "") for n in reversed(range(known.blank_tail))]
    bulk = Bulk(known, delimiter, start + 1, surplus)
    return Reading(file, "", decoded.encoding, header, source, target, marks, known.lines, stamp, bulk=bulk)


def _decoded_head(path, file, source):
    with path.open("rb") as stream:
        data = stream.read(_HEAD)
    return _decode(data[: data.rfind(b"\n") + 1], file, source)


def open_head(path, file, source):
    """The first rows of an export with their line numbers, for whoever wants to see its header only."""
    opener = _open_excel if path.suffix.lower() in EXCEL else _open_text
    return opener(path, file, source)[2]


def _open_text(path, file, source):
    data = path.read_bytes()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Refused("not_text", file=file, found="it is an Excel workbook")

    decoded, delimiter = _decode(data, file, source)

    def follow(start, header):
        return delimited.records(decoded, start, delimiter, len(header.names), file)

    return "", decoded.encoding, _split_head(decoded.lines, delimiter), len(decoded.lines), follow


def _decode(data, file, source):
    def knows(lines):
        return any(headers.is_known(_split_head(lines, delimiter), source) for delimiter in delimited.DELIMITERS)

    decoded = encoding.decode(data, file, source.encoding, knows)
    return decoded, _delimiter(decoded.lines, source)


def _open_excel(path, file, source):
    sheet, rows = workbook.rows(path, file, source.sheet)
    head = list(enumerate(rows[: headers.SEARCH_LINES + source.header_rows], 1))
    return sheet, "excel", head, len(rows), lambda start, header: workbook.records(rows, start)


def _split_head(lines, delimiter):
    head = lines[: headers.SEARCH_LINES + 3]
    return [(number, _cells(line, delimiter)) for number, line in enumerate(head, 1)]


def _cells(line, delimiter):
    return (len(line) <= headers.LONGEST and delimited.split(line, delimiter)) or [line[: headers.LONGEST]]


def _delimiter(lines, source):
    """The delimiter under which a header is known; failing that, the one that splits most."""
    for delimiter in delimited.DELIMITERS:
        if headers.is_known(_split_head(lines, delimiter), source):
            return delimiter
    return max(
        delimited.DELIMITERS, key=lambda delimiter: sum(line.count(delimiter) for line in lines[: headers.SEARCH_LINES])
    )


def _before(line, cells):
    return Mark(line, 1, "blank" if is_blank(cells) else "preamble", None, "")


def _written(found, records, surplus):
    """The Reading with its data rows written and the marks of all other lines."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    header = found.header
    place = [("file", pa.string()), ("sheet", pa.string()), ("line", pa.int64()), ("lines", pa.int64())]
    layout = pa.schema(place + [(name, pa.string()) for name in header.names])
    ids, width = header.ids, len(header.names)
    marks, batch, rows = [], [], 0
    with pq.ParquetWriter(found.cells, layout, compression="zstd") as writer:
        for record in records:
            mark = _sort_out(record, width, ids, surplus)
            if mark is None:
                batch.append(record)
            else:
                marks.append(mark)
            if len(batch) == BATCH:
                writer.write_table(_table(batch, layout, found.file, found.sheet))
                rows, batch = rows + BATCH, []
        writer.write_table(_table(batch, layout, found.file, found.sheet))
    notes = (("trailing_delimiter", rows + len(batch)),) if surplus else ()
    return replace(found, marks=found.marks + marks, notes=found.notes + notes)


def _surplus(first, header):
    """1 where the rows of a file all end with one delimiter too many, else 0; one row alone is taken for a faulty one."""
    ids, width = header.ids, len(header.names)
    rows = [one.cells for one in first if one.cells and not is_blank(one.cells) and not is_footer(one.cells, ids)]
    return int(len(rows) > 1 and all(len(cells) == width + 1 and not cells[-1].strip() for cells in rows))


def _sort_out(record, width, ids, surplus):
    """The Mark of a line that is no data row, else None."""
    cells = record.cells
    if cells is None:
        return Mark(record.line, record.lines, "quarantined", record.reason, record.raw)
    if is_blank(cells):
        return Mark(record.line, record.lines, "blank", None, record.raw)
    if len(cells) <= width + 1 and is_footer(cells, ids):
        return Mark(record.line, record.lines, "footer", None, "\x1f".join(cells[:width]))
    if len(cells) != width + surplus or surplus and cells[-1].strip():
        return Mark(record.line, record.lines, "quarantined", "width", record.raw)
    return None


def _table(batch, layout, file, sheet):
    import pyarrow as pa

    cells = (
        zip(*(record.cells[: len(layout) - 4] for record in batch), strict=True) if batch else [[]] * (len(layout) - 4)
    )
    place = [[file] * len(batch), [sheet] * len(batch), [r.line for r in batch], [r.lines for r in batch]]
    return pa.Table.from_arrays(
        [pa.array(c, t) for c, t in zip([*place, *cells], layout.types, strict=True)], schema=layout
    )


def _set_apart(path, folder):
    parts = path.relative_to(folder).parts
    return parts[0] == "reference" or any(part.startswith((".", "~$")) for part in parts)


def _refuse_special(path, file):
    mode = path.lstat().st_mode
    kinds = ((stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISREG, None))
    found = next((what for test, what in kinds if test(mode)), "a pipe or device")
    if found:
        raise Refused("not_a_file", file=file, found=found)
