from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from custlib import warehouse


def test_the_same_rows_in_any_order_give_the_same_bytes(tmp_path):
    rows = [{"id": n, "amount": Decimal(n)} for n in range(500)]
    for name, order in (("a", rows), ("b", rows[::-1])):
        connection = warehouse.connect()
        table = connection.create_table("t", pa.Table.from_pylist(order))
        warehouse.write(connection, table, tmp_path / name, ("id",))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_many_threads_write_at_once_is_whole_and_the_same_each_time(tmp_path):
    connection = warehouse.connect()
    files = [f"流失客户_{n}.csv" for n in range(3_000)]
    lines = [n // 3_000 for n in range(450_000)]
    rows = warehouse.keep(connection, "t", pa.table({"file": files * 150, "line": lines}))
    for n in range(4):  # written as ENUM, one of 25 lacked files and most differed (DuckDB 2.0)
        warehouse.write(connection, rows, tmp_path / f"{n}", ("file", "line"))
    written = warehouse.read(connection, tmp_path / "0").to_pyarrow()
    assert written["file"].to_pylist() == sorted(files * 150)
    assert len({(tmp_path / f"{n}").read_bytes() for n in range(4)}) == 1


def test_a_column_that_one_file_lacks_is_missing_there(tmp_path):
    warehouse.write_arrow(pa.table({"a": [1], "b": ["x"]}), tmp_path / "1.parquet")
    warehouse.write_arrow(pa.table({"a": [2]}), tmp_path / "2.parquet")
    table = warehouse.read(warehouse.connect(), [tmp_path / "1.parquet", tmp_path / "2.parquet"])
    assert table.order_by("a").to_pyarrow().to_pylist() == [{"a": 1, "b": "x"}, {"a": 2, "b": None}]


def test_rows_are_counted(tmp_path):
    for rows in ([], [1, 2, 3]):
        warehouse.write_arrow(pa.table({"a": rows}), tmp_path / "1.parquet")
        assert warehouse.number(tmp_path / "1.parquet") == len(rows)


def test_the_first_rows_of_each_group(tmp_path):
    warehouse.write_arrow(pa.table({"g": ["x", "x", None, "x"], "n": [3, 1, 9, 2]}), tmp_path / "1.parquet")
    table = warehouse.read(warehouse.connect(), tmp_path / "1.parquet")
    found = warehouse.first_rows(table, ["g"], ["n"], 2).order_by("n").to_pyarrow().to_pylist()
    assert found == [{"g": "x", "n": 1}, {"g": "x", "n": 2}, {"g": None, "n": 9}]


def test_few_rows_are_held_and_many_are_computed_again():
    connection = warehouse.connect()
    rows = warehouse.keep(connection, "t", pa.table({"id": [3, 1, 2]})).filter(lambda t: t.id > 1)
    assert warehouse.reused(connection, "held", rows, 3).get_name().endswith("held")
    assert warehouse.reused(connection, "never", rows, warehouse.FEW + 1) is rows
    assert warehouse.reused(connection, "held", rows, 3).order_by("id").to_pyarrow()["id"].to_pylist() == [2, 3]


def test_what_does_not_fit_in_memory_at_once_is_put_down_first(tmp_path, monkeypatch):
    connection = warehouse.connect()
    table = warehouse.keep(connection, "t", pa.table({"id": [3, 1, 2]}))
    real, failed = connection.to_parquet, []

    def too_large(*args, **options):
        if not failed:
            failed.append(args)
            raise duckdb.OutOfMemoryException("no room")
        real(*args, **options)

    monkeypatch.setattr(connection, "to_parquet", too_large)
    warehouse.write(connection, table, tmp_path / "a.parquet", ("id",))
    found = warehouse.read(connection, tmp_path / "a.parquet").to_pyarrow()
    left = connection.raw_sql("SELECT table_name FROM duckdb_tables()").fetchall()
    assert (len(failed), found["id"].to_pylist(), left) == (1, [1, 2, 3], [("t",)])


def test_what_is_kept_is_made_once_and_a_failure_keeps_nothing(tmp_path):
    path = tmp_path / "kept.parquet"
    with pytest.raises(ZeroDivisionError):
        warehouse.once(path, lambda: pa.table({"id": [1 // 0]}))
    assert not list(tmp_path.iterdir())
    for number in (1, 2):
        assert warehouse.once(path, lambda number=number: pa.table({"id": [number]}))["id"].to_pylist() == [1]
