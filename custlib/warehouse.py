"""The one door to tables of any size: Ibis over DuckDB, Parquet on disk. Ibis is imported when first used: it is heavy."""

import tempfile
from pathlib import Path

# What an analyst's laptop can spare; more than this spills to the system's temporary folder.
MEMORY = "4GB"


def connect():
    """A new in-memory DuckDB connection of Ibis; larger than memory spills beside the system's temporary files."""
    import ibis

    connection = ibis.duckdb.connect()
    connection.raw_sql("SET preserve_insertion_order = true")
    connection.raw_sql(f"SET memory_limit = '{MEMORY}'")
    connection.raw_sql(f"SET temp_directory = '{tempfile.gettempdir()}/custlib-spill'".replace("\\", "/"))
    return connection


def read(connection, paths):
    """An Ibis table over one or more Parquet files; columns that a file lacks are null."""
    paths = [str(path) for path in ([paths] if isinstance(paths, (str, Path)) else paths)]
    return connection.read_parquet(paths, union_by_name=True)


def read_lines(connection, path, end, first):
    """The lines of a UTF-8 text file from line `first` on, as an Ibis table of one column, `text`, in order.

    end: what ends each line. Lines of nothing are not seen; a line of two megabytes raises.
    """
    # Two characters that `reading.survey` has not found in the file.
    options = {"delim": "\x01", "nullstr": "\x02", "quote": "", "escape": "", "columns": {"text": "VARCHAR"}}
    new_line = end.encode("unicode_escape").decode()
    return connection.read_csv(str(path), auto_detect=False, header=False, skip=first - 1, new_line=new_line, **options)


def read_numbered(connection, path):
    """An Ibis table over one Parquet file, with `row__number`: the place of each row in it, from 0. Numbering rows while they are
    written would keep the engine to one core."""
    rows = connection.read_parquet(str(path), file_row_number=True)
    return rows.rename(row__number="file_row_number")


def batches(path, columns):
    """Some columns of a Parquet file as pyarrow record batches, in the order of its rows."""
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        yield from file.iter_batches(columns=columns)


def write(connection, expression, path, order_by=()):
    """Write an expression as one Parquet file, sorted, so that the same rows give the same bytes."""
    rows = expression.order_by(list(order_by)) if order_by else expression
    connection.to_parquet(rows, str(path), compression="zstd")


def write_arrow(table, path):
    """Write a pyarrow Table as Parquet."""
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, path, compression="zstd")
