"""Writes and reads result tables, for all notebooks. Only tables and columns of the codebook can be published.

The kinds of columns are explained in `custlib.codebook`; `TYPES` says how each is stored.
"""

import os
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
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
_LINES = 100_000  # of a CSV, held as texts at a time


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
    table = pa.table(
        [_array(frame, column, kind) for column, kind in kinds.items()], names=list(kinds)
    ).combine_chunks()
    tables = project.resolve(out_dir) / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    _replace(tables / f"{name}.parquet", lambda path: pq.write_table(table, path, compression="zstd"))
    _replace(tables / f"{name}.csv", lambda path: _write_csv(table, kinds, path))
    return table.to_pandas()


def load(name: str, out_dir: str | Path) -> pd.DataFrame:
    """A result table as saved. Raises Refused (`missing_result`), naming the notebook that makes it."""
    return pq.read_table(_saved(name, out_dir)).to_pandas()


def shape(name: str, out_dir: str | Path) -> tuple[int, int]:
    """Rows and columns of a result table as saved, without loading it. Raises as `load`."""
    told = pq.read_metadata(_saved(name, out_dir))
    return told.num_rows, told.num_columns


def _saved(name, out_dir):
    _kinds(name)
    path = project.resolve(out_dir) / "tables" / f"{name}.parquet"
    if not path.is_file():
        raise Refused("missing_result", table=name, notebook=_maker(name))
    return path


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
    values = frame[column]
    if kind in _DECIMALS and values.dtype == "float64":
        return pa.array(_rounded(values.to_numpy(), _DECIMALS[kind]), from_pandas=True)
    if TYPES[kind] == pa.string() and isinstance(values.dtype, pd.StringDtype):
        return pa.array(values, pa.string())
    values = values.astype("object")
    values = values.where(values.notna(), None)
    try:
        if kind in _DECIMALS:
            return pa.array(_rounded(values.astype("float64").to_numpy(), _DECIMALS[kind]), from_pandas=True)
        if kind == "exact":
            values = values.map(lambda value: Decimal(str(value)), na_action="ignore")
        if kind == "whole":
            _refuse_parts(values.dropna())
        return pa.array(values, TYPES[kind], from_pandas=True)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise ValueError(f"column {column} of kind {kind}: {error}") from error


def _rounded(values, digits):
    """Numbers rounded as Python does, by what each exactly is, without minus zero."""
    scaled = np.abs(values) * 10**digits
    certain = (scaled < 1e11) & (np.abs(scaled % 1 - 0.5) > 1e-4)  # scaling errs by less
    rounded = np.round(values, digits)
    rounded[~certain] = [round(value, digits) for value in values[~certain].tolist()]
    return rounded + 0.0


def _refuse_parts(values):
    parts = values[values != values.astype("int64")]
    if len(parts):
        raise ValueError(f"{parts.iloc[0]} is not a whole number")


def _write_csv(table, kinds, path):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(table.column_names) + "\n")
        for at in range(0, len(table), _LINES):
            rows = table.slice(at, _LINES)
            texts = [_as_text(rows[name].combine_chunks(), kind) for name, kind in kinds.items()]
            file.write("\n".join([*pc.binary_join_element_wise(*texts, ",").to_pylist(), ""]))


def _as_text(column, kind):
    """A column as people read it: an Arrow array of texts, empty where a value is missing."""
    if column.null_count == len(column):
        return pa.repeat("", len(column))
    if kind in _DECIMALS:
        text = _decimals(column, _DECIMALS[kind])
    elif kind == "exact":
        text = pa.array([None if value is None else _amount(value) for value in column.to_pylist()], pa.string())
    elif kind == "yes_no":
        text = pc.if_else(column, "True", "False")
    elif kind in ("text", "key"):
        acts = pc.match_substring_regex(column, escaping.ACTS)  # as `escaping.cell` does
        text = _quoted(pc.if_else(acts, pc.binary_join_element_wise("'", column, ""), column))
    else:
        text = _quoted(column.cast(pa.string()))
    return text.fill_null("")


def _decimals(column, digits):
    if pc.all(pc.less(pc.abs(column), 10**13)).as_py() in (True, None):  # so many places a double holds for certain
        return column.cast(pa.decimal128(38, digits)).cast(pa.string())
    return pa.array([None if value is None else f"{value:.{digits}f}" for value in column.to_pylist()], pa.string())


def _amount(value):
    cents = value.quantize(Decimal("0.01"))
    return str(cents) if value == cents else f"{value:f}".rstrip("0")


def _quoted(texts):
    """Texts as cells of a CSV: in quotation marks where one, a comma or an end of a line stands inside."""
    within = pc.match_substring_regex(texts, '[",\\r\\n]')
    if not pc.any(within).as_py():
        return texts
    marked = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
    return pc.if_else(within, marked, texts)


def _replace(path, write):
    # a kernel that dies while writing leaves no half table under the table's name
    half = path.with_name(path.name + ".half")
    write(half)
    os.replace(half, path)
