"""What is cut and parsed by the distinct text is what the parsers make of each cell."""

from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import schema, sources, warehouse
from custlib.cleaning import judging, taken
from custlib.reading import Reading, delimited
from custlib.reading.headers import Header

NAMES = ("invoice_id", "line_no", "date", "customer_id", "product_id", "quantity", "net_amount", "cost")
GOOD = ["A1", "1", "2025-01-02", "C1", "P1", "3", "30.50", "20.25"]
CELLS = st.sampled_from(
    ["A1", "", " C1 ", "2025/1/3", "2025-01-31", "30", "3.0", "1,000", "￥5", "(7)", "约3万", "#N/A", "-", "锟斤拷"]
)
LAYOUT = judging.Layout(schema.TABLES["sales"], ())
MISSING = sources.Source(missing={"net_amount": ["-"]})


@pytest.fixture(scope="module")
def connection():
    with warehouse.opened() as connection:
        yield connection


def export(folder, source=MISSING, quoted=True):
    header = Header("sales", 1, 1, NAMES, NAMES, {})
    place = {"cells": folder / "1.parquet", "plain": folder / "1-plain.parquet"}
    return Reading(
        "a.csv", "", "utf-8", header, source, marks=[], total=0, stamp=(), delimiter=",", quoted=quoted, **place
    )


def cut(connection, lines, source=MISSING):
    """A Reading whose lines none are plain, cut."""
    import tempfile

    found = export(Path(tempfile.mkdtemp()), source)
    warehouse.write(connection, ibis.memtable({taken.OTHER: lines}, schema={taken.OTHER: "string"}), found.plain)
    taken.cut(connection, found, ("date", None, None), "CNY")
    return found


@settings(derandomize=True, deadline=None, max_examples=5)
@given(st.lists(st.tuples(*(CELLS | st.just(good) for good in GOOD[1:])), min_size=20, max_size=20))
def test_each_row_is_typed_as_the_parsers_type_it(connection, rows):
    cells = [["A1", *row] for row in rows]
    lines = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in cells]
    found = cut(connection, lines)
    place = {"file": "a.csv", "sheet": "", "line": 0, "lines": 1}
    texts = [place | {"line": at} | dict(zip(NAMES, row, strict=True)) for at, row in enumerate(cells, 2)]
    layout = {"file": "string", "sheet": "string", "line": "int64", "lines": "int64"} | dict.fromkeys(NAMES, "string")
    careful = judging.typed(ibis.memtable(texts, schema=layout), LAYOUT, found, "CNY")
    rest = taken.typed(connection, taken.rest(connection, found, LAYOUT, "CNY"), LAYOUT, found, "CNY", "t")
    expected = {row["line"]: row for row in connection.to_pyarrow(careful).to_pylist()}
    rows = connection.to_pyarrow(rest.select(careful.columns)).to_pylist()
    rules = [name for name in careful.columns if name.endswith("__rule")]
    for row in rows:
        own = expected.pop(row["line"])
        for name in rules:  # a rule says something of cells that were changed, and only of them
            if row[name] != own[name]:
                assert row[name.replace("__rule", "__raw")] == str(row[name.removesuffix("__rule")] or "")
        assert {n: v for n, v in row.items() if n not in rules} == {n: v for n, v in own.items() if n not in rules}
    plain = [
        line
        for part, _ in taken.judged(connection, found, LAYOUT)
        for line in connection.to_pyarrow(part.line).to_pylist()
    ]
    assert expected.keys() == {*plain}


@pytest.mark.parametrize(
    "line",
    [
        'A1,"x',
        'A1,1,2025-01-02,C1,P1,3,30.50,"2""0"',
        "A1,1",
        'A1,1,2025-01-02,C1,P1,3,30.50, "20"',
        "合计,,,,,,30.50,20.25",
    ],
)
def test_a_line_that_is_more_than_cells_is_left_to_the_careful_reader(connection, line):
    found = cut(connection, [",".join(GOOD), line])
    assert list(taken.for_careful(found)) == [(3, line)]


@settings(derandomize=True, deadline=None, max_examples=5)
@given(st.lists(st.lists(st.text(alphabet='a1,"= ', max_size=4), min_size=8, max_size=8), min_size=30, max_size=30))
def test_cells_are_those_that_the_careful_reader_would_cut(connection, rows):
    lines = [",".join(["A1", *row[1:]]) for row in rows]
    lines += [",".join(["A1", *(f'"{cell}"' for cell in row[1:])]) for row in rows]
    found = cut(connection, lines)
    left = {line for line, _ in taken.for_careful(found)}
    table = taken.rest(connection, found, LAYOUT, "CNY")
    got = {row["line"]: [row[f"{name}__raw"] for name in NAMES] for row in connection.to_pyarrow(table).to_pylist()}
    for line, text in enumerate(lines, 2):
        assert line in left or got[line] == delimited.split(text, ",")


def test_a_line_is_plain_that_is_so_but_for_quotation_marks_and_zeros(connection):
    found = cut(connection, ['"A1","1","2025-01-02","C1","P1","3.0","30.5","20"'])
    (whole, others) = (connection.to_pyarrow(part).to_pylist() for part, _ in taken.judged(connection, found, LAYOUT))
    assert (whole, [str(others[0][name]) for name in ("quantity", "net_amount__raw")]) == ([], ["3.000000", "30.5"])
