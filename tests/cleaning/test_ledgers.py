from collections import defaultdict
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest

from custlib import sources, warehouse
from custlib.cleaning import ledgers
from custlib.reading import Reading
from custlib.reading.headers import Header
from custlib.reading.record import Mark
from custlib.refusals import Refused

MARKS = [Mark(1, 1, "header", None, ""), Mark(3, 2, "quarantined", "width", "x\ny")]
LINES = {"file": ["a.csv"], "sheet": [""], "line": [2], "lines": [1], "reason": [None]}


def export(total):
    header = Header("sales", 1, 1, ("日期",), ("date",), {})
    notes = (("trailing_delimiter", 1),)
    return Reading("a.csv", "", "utf-8", header, sources.Source(), Path("1.parquet"), MARKS, total, (), notes=notes)


def write(folder, total):
    parts = defaultdict(list)
    schema = {"file": "string", "sheet": "string", "line": "int64", "lines": "int64", "reason": "string"}
    parts["lines"] = [ibis.memtable(dict(LINES), schema=schema)]
    with warehouse.opened() as connection:
        ledgers.write(connection, [export(total)], parts, folder)
    return lambda name: pq.read_table(folder / f"{name}.parquet").to_pylist()


def test_every_line_is_in_the_ledger_and_what_no_row_is_has_its_text(tmp_path):
    ledger = write(tmp_path, 4)
    classes = [(row["line"], row["lines"], row["class"], row["reason"]) for row in ledger("lines")]
    assert classes == [(1, 1, "header", None), (2, 1, "clean", None), (3, 2, "quarantined", "width")]
    assert [(row["line"], row["raw"]) for row in ledger("broken")] == [(3, "x\ny")]
    assert [(row["note"], row["count"]) for row in ledger("notes")] == [("trailing_delimiter", 1)]
    assert [(row["file"], row["table"], row["columns"]) for row in ledger("files")] == [("a.csv", "sales", ["date"])]


def test_a_line_that_is_nowhere_is_refused(tmp_path):
    with pytest.raises(Refused) as refusal:
        write(tmp_path, 5)
    assert (refusal.value.code, refusal.value.facts["found"], refusal.value.facts["expected"]) == (
        "lines_unaccounted",
        4,
        5,
    )
