"""Clean public data passes with nothing set aside and nothing changed.

The rows are the first of UCI Wholesale customers (yearly spending by category); the whole file of 440 passes alike.
"""

import pytest

from custlib import schema

ROWS = """Channel,Region,Fresh,Milk,Grocery,Frozen,Detergents_Paper,Delicassen
2,3,12669,9656,7561,214,2674,1338
2,3,7057,9810,9568,1762,3293,1776
2,3,6353,8808,7684,2405,3516,7844
"""


@pytest.fixture
def wholesale(monkeypatch):
    """A table that no company of ours has."""
    kinds = dict.fromkeys(("channel", "region"), "id") | dict.fromkeys(
        ("fresh", "milk", "grocery", "frozen", "detergents_paper", "delicassen"), "number"
    )
    columns = tuple(schema.Column(name, kind) for name, kind in kinds.items())
    monkeypatch.setitem(schema.TABLES, "wholesale", schema.Table("wholesale", columns, ()))


def test_wholesale_passes_under_a_schema_of_its_own(cleaned, wholesale, reasons, rows_of):
    clean = cleaned({"wholesale.csv": ROWS})
    assert (clean.counts, reasons(clean), rows_of(clean, "changes")) == ({"wholesale": 3}, [], [])
    assert [str(row["fresh"].normalize()) for row in rows_of(clean, "wholesale")] == ["12669", "7057", "6353"]
