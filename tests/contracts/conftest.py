"""Clean tables typed out row by row, without exports: contracts look at nothing else."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from custlib import schema, warehouse
from custlib.cleaning import Clean

_TYPES = {
    "date": pa.date32(),
    "amount": pa.decimal128(18, 2),
    "price": pa.decimal128(22, 6),
    "number": pa.decimal128(18, 6),
    "whole": pa.int64(),
}


@pytest.fixture
def tables(tmp_path):
    """Makes clean tables: table → (columns, rows); a row may begin with the file it is from (`a.csv` else), a line is its number."""

    def make(fees=(), **given):
        for name, (columns, *rows) in given.items():
            _write(tmp_path, schema.TABLES[name], columns.split(), rows)
        for counted in tmp_path.glob("contracts-*"):  # a folder of clean tables never changes elsewhere
            counted.unlink()
        counts = {name: len(rows) - 1 for name, rows in given.items()}
        period = date(2025, 1, 1), date(2025, 12, 31)
        return Clean(tmp_path, "key", "", "CNY", *period, (), counts, {}, tuple(fees))

    return make


def _write(folder, table, columns, rows):
    kinds = {column.name: _TYPES.get(column.kind, pa.string()) for column in table.columns}
    place = [("file", pa.string()), ("sheet", pa.string()), ("line", pa.int64())]
    layout = pa.schema([*place, *kinds.items(), ("repeated", pa.bool_())])
    cells = []
    for number, row in enumerate(rows, 1):
        told = dict(zip(columns, row, strict=True))
        typed = {name: _typed(value, kinds.get(name)) for name, value in told.items()}
        cells.append({"file": "a.csv", "sheet": "", "line": number, "repeated": False} | typed)
    warehouse.write_arrow(pa.Table.from_pylist(cells, schema=layout), folder / f"{table.name}.parquet")


def _typed(value, kind):
    if value is None or kind is None:
        return value
    if pa.types.is_decimal(kind):
        return Decimal(str(value))
    return date.fromisoformat(value) if pa.types.is_date(kind) else value
