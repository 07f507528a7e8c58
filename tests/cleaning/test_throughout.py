import ibis
import pytest

from custlib import warehouse
from custlib.cleaning import parsers, throughout

FORMS = {
    "day": parsers.Form("date"),
    "shop": parsers.Form("name"),
    "paid": parsers.Form("amount"),
    "note": parsers.Form("text"),
    "unit": parsers.Form("name"),
}
PLAIN = {"day": "2025-01-31", "shop": "东明贸易", "paid": "12.50", "unit": "元"}


def held(connection, fixed, *rows, forms=FORMS):
    """What holds of cells without a column `note`."""
    cells = ibis.memtable({name: [row[name] for row in rows] for name in PLAIN}, schema=dict.fromkeys(PLAIN, "string"))
    return throughout.of(connection, cells, forms, fixed)


@pytest.fixture(scope="module")
def connection():
    return warehouse.connect()


def test_a_column_is_plain_where_every_cell_is_plain_or_empty(connection):
    found = held(connection, {}, PLAIN, PLAIN | {"day": "", "shop": None}, PLAIN | {"paid": "约3万"})
    assert (found.plain, found.suspect) == ({"day", "shop", "unit", "note"}, set())


def test_a_column_with_a_declared_value_is_not_for_its_cells_to_judge(connection):
    assert held(connection, {"unit": "元", "note": "-"}, PLAIN).plain == {"day", "shop", "paid"}


def test_a_cell_that_is_declared_to_mean_missing_is_not_plain(connection):
    forms = FORMS | {"shop": parsers.Form("name", missing=("东明贸易",))}
    assert "shop" not in held(connection, {}, PLAIN, forms=forms).plain


def test_a_column_of_amounts_in_wan_is_never_plain(connection):
    assert "paid" not in held(connection, {}, PLAIN, forms=FORMS | {"paid": parsers.Form("amount", 10_000)}).plain


def test_words_that_may_have_been_read_in_a_wrong_encoding_are_suspect(connection):
    assert held(connection, {}, PLAIN, PLAIN | {"shop": "涓滄槑璐告槗"}).suspect == {"shop"}


def test_of_no_rows_every_column_is_plain(connection):
    assert held(connection, {}).plain == set(FORMS)
