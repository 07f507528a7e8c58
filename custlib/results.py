"""Writes and reads result tables, for all notebooks. Only tables and columns of the codebook can be published.

The kinds of columns are explained in `custlib.codebook`; `TYPES` says how each is stored.
"""

import csv
import os
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from custlib import codebook, escaping, project
from custlib.refusals import Refused

TYPES = {
    "text": pa.string(),
    "class": pa.string(),
    "key": pa.string(),
    "whole": pa.int64(),
    "money": pa.float64(),
    "share": pa.float64(),
    "exact": pa.decimal128(38, 18),
    "date": pa.date32(),
    "yes_no": pa.bool_(),
}
_DECIMALS = {"money": 2, "share": 6}


def save(frame: pd.DataFrame, name: str, out_dir: str | Path) -> pd.DataFrame:
    """Writes a result table as `<out_dir>/tables/<name>.parquet` and `.csv`, and returns it as written.

    frame: DataFrame, rows in the order to write; a named index becomes a column. Columns are put in the codebook's
    order, values rounded as their kind says, classes written as text; a listed column that the frame lacks is written
    empty. Equal frames give equal bytes.
    The CSV is for people (UTF-8 with BOM): a text that a spreadsheet would take for a formula (it begins with = + - @
    or a tab) gets an apostrophe before it. The Parquet file keeps every text exactly.
    Raises Refused (`unlisted_table`, `unlisted_column`) for what the codebook does not list, ValueError for a value
    that is not of its column's kind.
    """
    frame = frame.reset_index() if any(frame.index.names) else frame
    if not codebook.columns(name):
        lines = codebook.lacking(name, list(frame.columns), frame)["line"]
        raise Refused("unlisted_table", table=name, line=lines)
    kinds = _kinds(name)
    if unlisted := [column for column in frame.columns if column not in kinds]:
        raise Refused("unlisted_column", **codebook.lacking(name, unlisted, frame))
    table = pa.table([_array(frame, column, kind) for column, kind in kinds.items()], names=list(kinds))
    tables = project.resolve(out_dir) / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    _replace(tables / f"{name}.parquet", lambda path: pq.write_table(table, path, compression="zstd"))
    _replace(tables / f"{name}.csv", lambda path: _write_csv(table, kinds, path))
    return table.to_pandas()


def load(name: str, out_dir: str | Path) -> pd.DataFrame:
    """A result table as saved. Raises Refused (`missing_result`), naming the notebook that makes it."""
    _kinds(name)
    path = project.resolve(out_dir) / "tables" / f"{name}.parquet"
    if not path.is_file():
        raise Refused("missing_result", table=name, notebook=_maker(name))
    return pq.read_table(path).to_pandas()


def promised(notebook: str) -> list[str]:
    """The result tables that a notebook (its stem, such as "20_abc_analysis") makes, in the codebook's order."""
    return list(dict.fromkeys(row["table"] for row in codebook.lines() if row["made_by"] == notebook))


def folder(out_dir: str | Path, quarter: str) -> Path:
    """The folder that a notebook writes to, created if missing: `out_dir`, or else `reports/.draft/<quarter>`."""
    path = project.resolve(out_dir or f"reports/.draft/{quarter}")
    path.mkdir(parents=True, exist_ok=True)
    return path


def _kinds(name):
    kinds = {column: line["kind"] for column, line in codebook.stored(name).items()}
    if not kinds:
        raise Refused("unlisted_table", table=name, line=codebook.line_to_add(name, "its_column"))
    return kinds


def _maker(name):
    return next(row["made_by"] for row in codebook.lines() if row["table"] == name)


def _array(frame, column, kind):
    if column not in frame:
        return pa.nulls(len(frame), TYPES[kind])
    values = frame[column].astype("object")
    try:
        cells = [None if missing else _cell(value, kind) for value, missing in zip(values, values.isna(), strict=True)]
        return pa.array(cells, TYPES[kind])
    except (ValueError, TypeError, ArithmeticError) as error:
        raise ValueError(f"column {column} of kind {kind}: {error}") from error


def _cell(value, kind):
    if kind in _DECIMALS:
        return round(float(value), _DECIMALS[kind]) + 0.0  # no minus zero
    if kind == "exact":
        return Decimal(str(value))
    if kind == "whole" and value != int(value):
        raise ValueError(f"{value} is not a whole number")
    return value


def _write_csv(table, kinds, path):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.column_names)
        columns = [[_as_text(value, kind) for value in table[name].to_pylist()] for name, kind in kinds.items()]
        writer.writerows(zip(*columns, strict=True))


def _as_text(value, kind):
    if value is None:
        return ""
    if kind in _DECIMALS:
        return f"{value:.{_DECIMALS[kind]}f}"
    if kind == "exact":
        cents = value.quantize(Decimal("0.01"))
        return str(cents) if value == cents else f"{value:f}".rstrip("0")
    return escaping.cell(value) if kind in ("text", "key") else str(value)


def _replace(path, write):
    # a kernel that dies while writing leaves no half table under the table's name
    half = path.with_name(path.name + ".half")
    write(half)
    os.replace(half, path)
