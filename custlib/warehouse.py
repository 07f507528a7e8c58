"""The one door to tables of any size: Ibis over DuckDB or Spark, Parquet on disk. Ibis is imported when first used.

What the two engines do not do alike is done here and in `spark`; expressions over their tables never ask which one it
is.
"""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from custlib import spark

if TYPE_CHECKING:
    import ibis
    import pyarrow

# What an analyst's laptop can spare; more than this spills to the system's temporary folder.
MEMORY = "1500MB"
# Rows that are held rather than computed again: writing the engine's queries takes longer than these rows do.
FEW = 200_000
# Numbers as differences, and no dictionary of texts that are nearly all different: looking each up takes longer than
# writing it.
_PARQUET = {"parquet_version": "V2", "dictionary_size_limit": 5_000}


def connect(engine: str | None = None) -> "ibis.BaseBackend":
    """A new connection of Ibis: DuckDB in memory, spilling to temporary files; or Spark at `pyspark://MASTER`.

    Raises Refused (`engine`, `no_spark`).
    """
    import ibis

    ibis.options.sql.fuse_selects = False  # what is fused is for people to read, and takes longer than the engine does
    if engine:
        return ibis.pyspark.connect(spark.session(engine))
    connection = ibis.duckdb.connect()
    connection.raw_sql("SET preserve_insertion_order = true")
    connection.raw_sql(f"SET memory_limit = '{MEMORY}'")
    connection.raw_sql(f"SET temp_directory = '{tempfile.gettempdir()}/custlib-spill'".replace("\\", "/"))
    return connection


def check(engine: str | None):
    """Refuse (`engine`) what is no address of an engine; None is DuckDB. Starts nothing."""
    if engine:
        spark.master(engine)


@contextlib.contextmanager
def opened(engine: str | None = None) -> Iterator["ibis.BaseBackend"]:
    """A connection as `connect` gives it, ended afterwards; a Spark that was started for it gives its machines back."""
    shared = bool(engine) and spark.runs()
    connection = connect(engine)
    try:
        yield connection
    finally:
        if not shared:
            connection.disconnect()


def read(connection, paths: str | Path | Sequence[str | Path]) -> "ibis.Table":
    """An Ibis table over one or more Parquet files; columns that a file lacks are null."""
    paths = [str(path) for path in ([paths] if isinstance(paths, (str, Path)) else paths)]
    if not is_spark(connection):
        return connection.read_parquet(paths, union_by_name=True)
    import ibis

    name = ibis.util.gen_name("read")
    spark.view(connection._session, name, paths)
    return connection.table(name)


def keep(connection, name: str, rows) -> "ibis.Table":
    """Compute rows (an expression or a pyarrow Table) once and keep them under a name while the connection lives."""
    if not is_spark(connection):
        if hasattr(rows, "op"):
            return _held(connection, name, rows)
        return connection.create_table(name, rows, temp=True, overwrite=True)
    if hasattr(rows, "op"):
        spark.hold(connection._session, name, connection.compile(rows))
    else:
        spark.view(connection._session, name, rows)
    return connection.table(name)


def _held(connection, name, rows):
    # Ibis makes an empty table, fills it and renames it, which takes DuckDB up to four times as long as this does.
    connection._run_pre_execute_hooks(rows)
    connection.raw_sql(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {connection.compile(rows)}')
    held = connection.table(name, database=("temp", "main"))
    others = {name: kind for name, kind in rows.schema().items() if held[name].type() != kind.copy(nullable=True)}
    return held.cast(others) if others else held


def reused(connection, name: str, rows: "ibis.Table", number: int) -> "ibis.Table":
    """An expression of about so many rows that several others will be made of, kept under a name. Many rows DuckDB
    computes each time, which costs it less than to hold them; Spark keeps them, for its plans grow with every use."""
    return keep(connection, name, rows) if is_spark(connection) or number <= FEW else rows


def read_lines(connection, path: Path, end: str, first: int) -> "ibis.Table":
    """The lines of a UTF-8 text file from line `first` on, as an Ibis table of one column, `text`, in order.

    end: what ends each line. Lines of nothing are not seen; a line of two megabytes raises.
    """
    # Two characters that `reading.survey` has not found in the file.
    options = {"delim": "\x01", "nullstr": "\x02", "quote": "", "escape": "", "columns": {"text": "VARCHAR"}}
    new_line = end.encode("unicode_escape").decode()
    return connection.read_csv(str(path), auto_detect=False, header=False, skip=first - 1, new_line=new_line, **options)


def read_texts(connection, path: Path, names: Sequence[str]) -> "ibis.Table":
    """The rows of a Parquet file as an Ibis table of text under other names, in the order of its columns."""
    rows = connection.read_parquet(str(path))
    cells = {name: rows[own].cast("string").coalesce("") for name, own in zip(names, rows.columns, strict=True)}
    return rows.select(**cells)


def read_numbered(connection, path: Path | None) -> "ibis.Table":
    """An Ibis table over one Parquet file, with `row__number`: the place of each row in it, from 0. Numbering rows
    while they are written would keep the engine to one core."""
    if not is_spark(connection):
        rows = connection.read_parquet(str(path), file_row_number=True)
        return rows.rename(row__number="file_row_number")
    import ibis

    name = ibis.util.gen_name("read")
    spark.view(connection._session, name, [path], number="row__number")
    return connection.table(name)


def number(path: Path) -> int:
    """How many rows a Parquet file has."""
    import pyarrow.parquet

    return pyarrow.parquet.read_metadata(path).num_rows


def batches(path: Path, columns: list[str]) -> Iterator["pyarrow.RecordBatch"]:
    """Some columns of a Parquet file as pyarrow record batches, in the order of its rows."""
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        yield from file.iter_batches(columns=columns)


def first_rows(table: "ibis.Table", by: Sequence[str], order_by: Sequence[str], n: int) -> "ibis.Table":
    """The first n rows of each group of an Ibis table, in the order given; nulls are a group of their own."""
    import ibis

    place = ibis.row_number().over(ibis.window(group_by=list(by), order_by=list(order_by)))
    return table.mutate(row__place=place).filter(lambda t: t.row__place < n).drop("row__place")


def write(
    connection,
    expression: "ibis.Table",
    path: Path,
    order_by: Sequence[str] = (),
    compression: str = "zstd",
):
    """Write an expression as one Parquet file, sorted, so that the same rows give the same bytes.

    Texts stay texts: entries of an ENUM that several threads write are lost (DuckDB 2.0).
    """
    if not is_spark(connection):
        _write_by_duckdb(connection, expression, order_by, path, compression)
        return
    ordered = expression.order_by(list(order_by)) if order_by else expression
    with tempfile.TemporaryDirectory(dir=Path(path).parent) as folder:
        query = connection.compile(ordered)
        parts = spark.write_parts(connection._session, query, Path(folder) / "parts")
        single = connect()
        # Spark's decimals are of other widths than DuckDB's.
        joined = read(single, parts).cast(expression.schema())
        single.to_parquet(joined, str(path), compression="zstd")


def _write_by_duckdb(connection, rows, order_by, path, compression):
    import duckdb

    def write_sorted(rows):
        rows = rows.order_by(list(order_by)) if order_by else rows
        connection.to_parquet(rows, str(path), compression=compression, **_PARQUET)

    try:
        write_sorted(rows)
    except duckdb.OutOfMemoryException:
        # What is joined and sorted in one go may not spill (DuckDB 2.0); put down in between, it does.
        write_sorted(keep(connection, "row__unsorted", rows))
        connection.drop_table("row__unsorted")


def write_arrow(table: "pyarrow.Table", path: Path):
    """Write a pyarrow Table as Parquet."""
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, path, compression="zstd")


def read_arrow(path: Path) -> "pyarrow.Table":
    """A Parquet file as a pyarrow Table."""
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        return file.read()


def once(path: Path, make: Callable[[], "pyarrow.Table"]) -> "pyarrow.Table":
    """The pyarrow Table that `make()` gives, kept as a Parquet file, as it is read from there."""
    if not path.is_file():
        with tempfile.TemporaryDirectory(dir=path.parent) as own:
            write_arrow(make(), Path(own) / path.name)
            os.replace(Path(own) / path.name, path)
    return read_arrow(path)


def is_spark(connection) -> bool:
    """Whether a connection is to Spark."""
    return connection.name == "pyspark"
