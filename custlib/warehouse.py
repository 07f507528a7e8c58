"""The one door to tables of any size: Ibis over DuckDB, Parquet on disk. Ibis is imported when first used: it is heavy."""

from pathlib import Path


def connect():
    """A new in-memory DuckDB connection of Ibis; larger than memory spills beside the system's temporary files."""
    import ibis

    connection = ibis.duckdb.connect()
    connection.raw_sql("SET preserve_insertion_order = true")
    return connection


def read(connection, paths):
    """An Ibis table over one or more Parquet files; columns that a file lacks are null."""
    paths = [str(path) for path in ([paths] if isinstance(paths, (str, Path)) else paths)]
    return connection.read_parquet(paths, union_by_name=True)


def first_rows(table, by, order_by, n):
    """The first n rows of each group of an Ibis table, in the order given; nulls are a group of their own."""
    import ibis

    place = ibis.row_number().over(ibis.window(group_by=list(by), order_by=list(order_by)))
    return table.mutate(row__place=place).filter(lambda t: t.row__place < n).drop("row__place")


def write(connection, expression, path, order_by):
    """Write an expression as one Parquet file, sorted, so that the same rows give the same bytes."""
    connection.to_parquet(expression.order_by(list(order_by)), str(path), compression="zstd")


def write_arrow(table, path):
    """Write a pyarrow Table as Parquet."""
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, path, compression="zstd")
