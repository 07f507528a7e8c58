"""One export written and read, without cleaning it."""

import openpyxl
import pytest

from custlib import reading, sources

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
