"""One export written and read, without cleaning it."""

import zipfile

import openpyxl
import pytest

from custlib import reading, sources
from custlib.reading import sheet_rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)"


@pytest.fixture
def read(tmp_path):
    """Reads one export: its text or bytes and what `sources.toml` says of it → the Reading."""

    def go(content, file="sales.csv", **said):
        (tmp_path / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        told = sources.Sources(source=(sources.Source(**said),))
        return reading.read(tmp_path, file, told, tmp_path / "cells.parquet")

    return go


@pytest.fixture
def excel(tmp_path):
    """Writes rows into an Excel file (`sheets`: more sheets by name) and gives its bytes."""

    def make(rows, change=lambda book: None):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        change(book)
        book.save(tmp_path / "made.xlsx")
        return (tmp_path / "made.xlsx").read_bytes()

    return make


@pytest.fixture
def cells():
    """The data rows of a Reading as lists of text."""

    def of(found):
        import pyarrow.parquet

        rows = pyarrow.parquet.read_table(found.cells).to_pylist()
        return [list(row.values())[4:] for row in rows]

    return of


@pytest.fixture
def by_hand(tmp_path):
    """Writes the XML of a workbook with one sheet, S: `rows` is what stands in `sheetData` (a text or pieces of one)."""

    def make(rows, after="", styles="", book="", name="by_hand.xlsx", start=f'<worksheet xmlns="{MAIN}">'):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.xml")))
            linked = relations(("worksheet", "/xl/worksheets/sheet1.xml"), ("styles", "styles.xml"))
            parts.writestr("xl/_rels/workbook.xml.rels", linked)
            parts.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
            sheets = '<sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets>'
            parts.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}{sheets}</workbook>')
            with parts.open("xl/worksheets/sheet1.xml", "w") as out:
                for piece in (
                    start,
                    "<sheetData>",
                    *([rows] if isinstance(rows, str) else rows),
                    "</sheetData>",
                    after,
                ):
                    out.write(piece.encode())
                out.write(b"</x:worksheet>" if "<x:" in start else b"</worksheet>")
        return tmp_path / name

    return make


def relations(*targets):
    found = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(targets))
    return f'<Relationships xmlns="{RELATIONS}">{found}</Relationships>'


@pytest.fixture
def tell():
    """The facts and the rows of a sheet, read in this process."""

    def go(path, name=None):
        facts, *batches = sheet_rows.tell(path, path.name, name)
        return facts, [row for batch in batches for row in batch]

    return go


@pytest.fixture
def styled():
    """The styles of a workbook whose style n (from 1) has the n-th of these number formats."""

    def of(*codes):
        formats = "".join(
            f'<numFmt numFmtId="{n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
            for n, code in enumerate(codes, 200)
        )
        cells = "".join(f'<xf numFmtId="{n}"/>' for n in (0, *range(200, 200 + len(codes))))
        return (
            f'<numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="200"/></cellStyleXfs><cellXfs>{cells}</cellXfs>'
        )

    return of
