"""Doubles found by hashes are those that comparing every row with every other finds."""

import ibis
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custlib import schema, warehouse
from custlib.cleaning import doubles
from custlib.cleaning.judging import AGAIN, FIRST, REASON, Layout

LAYOUT = Layout(schema.TABLES["lost_customers"], ())
NAMES = LAYOUT.names
TYPES = {"file": "string", "sheet": "string", "line": "int64", "lines": "int64", REASON: "string"}
ROW = st.tuples(st.sampled_from(["C1", "C2", "C3", "C4", None]), st.sampled_from(["x", "y", None]), st.booleans())


@pytest.fixture(scope="module")
def connection():
    with warehouse.opened() as connection:
        yield connection


def table(rows, file):
    """Judged rows: a key, something else, and whether the row is set aside already."""
    place = {"file": file, "sheet": "", "lines": 1}
    texts = [
        dict.fromkeys(NAMES) | place | {"line": at, NAMES[0]: key, NAMES[1]: other, REASON: "x" if aside else None}
        for at, (key, other, aside) in enumerate(rows, 2)
    ]
    return ibis.memtable(texts, schema=TYPES | dict.fromkeys(NAMES, "string"))


def expected(rows, key):
    """(file, line) → (reason, again, first), by comparing all rows with all."""
    judged = {}
    sound = [(place, row[:2]) for place, row in rows if not row[2]]
    for place, row in rows:
        alike = [(where, one) for where, one in sound if one[: len(key) or 2] == row[: len(key) or 2]]
        earlier = [where for where, one in alike if one == row[:2] and where < place]
        differs = any(one != row[:2] for _, one in alike)
        again = not row[2] and bool(earlier) and not differs
        reason = "conflict" if differs else "duplicate_of" if again else None
        judged[place] = (
            "x" if row[2] else reason if key else None,
            again,
            "{}:{}".format(*earlier[0]) if again else None,
        )
    return judged


@settings(derandomize=True, deadline=None, max_examples=6, phases=[Phase.generate])
@given(st.lists(ROW, max_size=12), st.lists(ROW, max_size=12), st.booleans(), st.booleans())
def test_doubles_are_those_that_comparing_all_rows_finds(connection, first, second, with_key, all_suspect):
    key = NAMES[:1] if with_key else ()
    parts = [(table(first, "a"), True), (table(second, "b"), False)]
    rows = [((file, at), row) for file, own in (("a", first), ("b", second)) for at, row in enumerate(own, 2)]
    rows = [(place, row) for place, row in rows if row[0] or not with_key]
    parts = [(part.filter(part[NAMES[0]].notnull()) if with_key else part, plain) for part, plain in parts]
    with pytest.MonkeyPatch.context() as patch:
        if all_suspect:  # as if all hashes were the same
            patch.setattr(doubles, "_shared", lambda connection, hashes, _: np.unique(hashes.to_pandas().iloc[:, 0]))
        told, odd = doubles.told(connection, LAYOUT, {key: parts}, warehouse.FEW + 1)
        found, some = (connection.to_pyarrow(table).to_pylist() for table in (told, odd))

    def judgement(row):
        return (row["file"], row["line"]), (row[REASON], row[AGAIN], row[FIRST])

    assert dict(map(judgement, found)) == expected(rows, key)
    more = {
        place
        for place, judged in expected(rows, key).items()
        if place[0] == "b" or judged[1] or judged[0] == "conflict"
    }
    assert more <= {judgement(row)[0] for row in some}
    assert all(judgement(row) in map(judgement, found) for row in some)


def test_doubles_are_found_alike_however_many_keys_are_compared_at_once(cleaned, sales, rows_of, monkeypatch):
    rows = [f"A{n % 9 if n % 9 else ''},{n % 4},2025-01-02,C{n % 5},P1,1,10,{n % 2}" for n in range(60)]
    rows += ["Z,1,2025-01-02,C1,P1,1,10,5"] * 2
    found = []
    for at_once in (doubles.KEYS_AT_ONCE, 7):
        monkeypatch.setattr(doubles, "KEYS_AT_ONCE", at_once)
        clean = cleaned({"a.csv": sales(*rows)})
        found.append([rows_of(clean, name) for name in ("sales", "quarantine", "lines")])
        clean.folder.rename(clean.folder.with_name(f"at-once-{at_once}"))
    assert found[0] == found[1]
    assert {row["reason"] for row in found[0][1]} == {"conflict", "duplicate_of"}
