"""Exports as files: CSV in large pieces, Excel with a title line; and the physical line of every planted fault."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from pyarrow import csv

from custlib.sample import columns as cols
from custlib.sample.dirt import VERBATIM, Fault

ROWS_AT_ONCE = 200_000
_MADE_ON = datetime.datetime(2026, 1, 5, 8, 0, 0)


@dataclass(frozen=True)
class Export:
    """One file. `columns` and `headers` go by the table's column names; `before` are the lines above the header.

    A header of two rows is written as `upper/lower`. `summed` names the columns of the totals row, `subtotal` the row
    after which a subtotal stands.
    """

    file: str
    table: str
    columns: dict
    headers: dict
    spots: tuple = ()
    before: tuple = ()
    header_rows: int = 1
    encoding: str = "utf-8-sig"
    summed: tuple = ()
    subtotal: int | None = None

    @property
    def rows(self):
        """Data rows, without those written twice."""
        return cols.length(next(iter(self.columns.values())))

    @property
    def first_line(self):
        """The physical line of the first data row."""
        return len(self.before) + self.header_rows + 1

    @property
    def sheet(self):
        """The name of its Excel sheet."""
        return self.file.split(".")[0].split("_")[0]

    @property
    def edits(self):
        """(row, whether the repeated one) → {column: (raw text, kind)}; a row to be repeated always has an entry."""
        edits: dict = {}
        for spot in self.spots:
            cell = {spot.column: (spot.raw, spot.kind)} if spot.column else {}
            edits.setdefault((spot.row, spot.again), {}).update(cell)
        return edits

    def line(self, row: int, again: bool = False) -> int:
        """The physical line of a data row; of the totals row if row is the number of rows."""
        repeats = sum(1 for spot in self.spots if spot.again and spot.row < row)
        subtotals = self.subtotal is not None and row > self.subtotal
        return self.first_line + row + repeats + subtotals + again

    def faults(self) -> list[Fault]:
        """Every planted fault of this file, by line."""
        faults = [self._fault(spot) for spot in self.spots]
        for number, text in enumerate(self.before, 1):
            kind = "blank" if not text else "preamble"
            faults.append(Fault(self.file, number, kind, kind, raw=text))
        if self.subtotal is not None:
            faults.append(Fault(self.file, self.line(self.subtotal + 1) - 1, "subtotal", "footer", raw="小计"))
        if self.summed:
            faults.append(Fault(self.file, self.line(self.rows), "total", "footer", raw="合计"))
        return sorted(faults, key=lambda fault: (fault.line, fault.column))

    def _fault(self, spot):
        value = str(self.line(spot.row)) if spot.kind == "duplicate_of" else spot.value
        raw = spot.raw.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return Fault(self.file, self.line(spot.row, spot.again), spot.kind, spot.outcome, spot.column, raw, value)

    def totals(self, word: str, until: int | None = None) -> list:
        """The cells of a totals row over the rows up to `until` (None: all); those written twice count twice."""
        within = [spot for spot in self.spots if spot.again and (until is None or spot.row <= until)]
        stop = self.rows if until is None else until + 1
        cells: dict = dict.fromkeys(self.headers, "")
        for name in self.summed:
            column = self.columns[name]
            again = [spot.raw if spot.column == name else cols.text(column, spot.row) for spot in within]
            cells[name] = sum(map(Decimal, again), Decimal(cols.total(cols.part(column, 0, stop))))
        return [word, *list(cells.values())[1:]]


def save(export: Export, folder: Path):
    """Write one export into the folder."""
    path = folder / export.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        _save_excel(export, path)
    else:
        _save_csv(export, path)


def _save_csv(export, path):
    with path.open("wb") as out:
        head = [*export.before, ",".join(export.headers.values())]
        out.write("".join(line + "\r\n" for line in head).encode(export.encoding))
        encoding = export.encoding.removesuffix("-sig")
        for start in range(0, export.rows, ROWS_AT_ONCE):
            lines = _plain_lines(export, start, start + ROWS_AT_ONCE)
            out.write(_with_spots(export, lines, start).encode(encoding, "surrogateescape"))
        if export.summed:
            out.write((",".join(map(str, export.totals("合计"))) + "\r\n").encode(encoding))


def _plain_lines(export, start, stop):
    """The lines without spots, as one text."""
    arrays = [cols.arrow(cols.part(export.columns[name], start, stop)) for name in export.headers]
    sink = pa.BufferOutputStream()
    options = csv.WriteOptions(include_header=False, quoting_style="none")
    csv.write_csv(pa.table(arrays, names=list(export.headers)), sink, options)
    return sink.getvalue().to_pybytes().decode("utf-8").replace("\n", "\r\n")


def _with_spots(export, text, start):
    """The same lines with the spots of these rows put in; only then is the text taken apart."""
    edits = {place: cells for place, cells in export.edits.items() if start <= place[0] < start + ROWS_AT_ONCE}
    marks = {row for row, _ in edits} | ({export.subtotal} & set(range(start, start + ROWS_AT_ONCE)))
    if not marks:
        return text
    lines = text.split("\r\n")
    for row in marks:
        plain = lines[row - start]
        written = [_edited(export, plain, edits.get((row, False), {}))]
        if (row, True) in edits:
            written.append(_edited(export, plain, edits[row, True]))
        if row == export.subtotal:
            written.append(",".join(map(str, export.totals("小计", row))))
        lines[row - start] = "\r\n".join(written)
    return "\r\n".join(lines)


def _edited(export, line, cells):
    values = dict(zip(export.headers, line.split(","), strict=True))
    for name, (raw, kind) in cells.items():
        quoted = kind not in VERBATIM and any(mark in raw for mark in ',"')
        values[name] = f'"{raw}"' if quoted else raw
    return ",".join(values.values())


def _save_excel(export, path):
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": _MADE_ON, "author": "ERP"})
        sheet = book.add_worksheet(export.sheet)
        formats = _formats(book, export)
        _write_head(book, sheet, export)
        edits = export.edits
        line = export.first_line - 1
        for start in range(0, export.rows, ROWS_AT_ONCE):
            stop = start + ROWS_AT_ONCE
            columns = [cols.cells(cols.part(export.columns[name], start, stop)) for name in export.headers]
            for row, values in enumerate(zip(*columns, strict=True), start):
                for again in (False, True)[: 1 + ((row, True) in edits)]:
                    cells = dict(zip(export.headers, values, strict=True))
                    cells |= {name: raw for name, (raw, _) in edits.get((row, again), {}).items()}
                    _write_row(sheet, line, cells.values(), formats)
                    line += 1
        if export.summed:
            cells = export.totals("合计")
            _write_row(sheet, line, [float(cell) if isinstance(cell, Decimal) else cell for cell in cells], formats)


def _formats(book, export):
    date, amount = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
    by_kind = {True: amount, False: None}
    return [
        date if getattr(column, "dtype", None) == "datetime64[D]" else by_kind[isinstance(column, cols.Money)]
        for column in (export.columns[name] for name in export.headers)
    ]


def _write_row(sheet, line, cells, formats):
    for place, (cell, style) in enumerate(zip(cells, formats, strict=True)):
        sheet.write(line, place, cell, style)


def _write_head(book, sheet, export):
    """Title and header rows. In constant memory no row is written again: merged cells are listed by hand."""
    bold = book.add_format({"bold": True, "align": "center"})
    last = len(export.headers) - 1
    for line, text in enumerate(export.before):
        sheet.write(line, 0, text, bold)
    top = len(export.before)
    heads = [(header.split("/") if export.header_rows > 1 else [header]) for header in export.headers.values()]
    for level in range(export.header_rows):
        for place, parts in enumerate(heads):
            if level < len(parts) and (level or place == 0 or parts[0] != heads[place - 1][0]):
                sheet.write(top + level, place, parts[level], bold)
    for line in range(len(export.before)):
        sheet.merge.append([line, 0, line, last])
    sheet.merge.extend(_merged_heads(heads, top, export.header_rows))
    sheet.set_column(0, last, 16)


def _merged_heads(heads, top, levels):
    """Cells to merge in a header of several rows: single heads downwards, those under one upper head sideways."""
    if levels == 1:
        return []
    down = [[top, place, top + levels - 1, place] for place, parts in enumerate(heads) if len(parts) == 1]
    uppers = [parts[0] for parts in heads if len(parts) > 1]
    groups = [
        [place for place, parts in enumerate(heads) if len(parts) > 1 and parts[0] == upper]
        for upper in dict.fromkeys(uppers)
    ]
    return down + [[top, group[0], top, group[-1]] for group in groups if len(group) > 1]
