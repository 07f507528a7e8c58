import pytest

from custlib import schema
from custlib.contracts import amounts


def jumps(clean, name="sales"):
    """(column, file, rows, first line) of whatever is far off."""
    found = amounts.jumps(clean, schema.TABLES[name])
    return [tuple(row) for row in found[["column", "file", "n", "line"]].itertuples(index=False)]


def sales(*rows):
    return "file date net_amount", *rows


Q1, Q2, Q3 = "2025-01-05", "2025-04-05", "2025-07-05"
THREE = [("a.csv", Q1, 5), ("a.csv", Q1, 7), ("b.csv", Q2, 6), ("c.csv", Q3, 4)]


@pytest.mark.parametrize(("factor", "found"), [(10_000, True), (0.001, True), (900, False), (1, False)])
def test_a_file_a_thousand_times_off_the_others_is_found(tables, factor, found):
    rows = [(file, day, amount * (factor if file == "c.csv" else 1) * 1000) for file, day, amount in THREE]
    assert jumps(tables(sales=sales(*rows))) == ([("net_amount", "c.csv", 1, 4)] if found else [])


def test_it_takes_more_than_one_large_line_to_put_a_file_off(tables):
    rows = [("c.csv", Q3, 5), ("c.csv", Q3, 9_000_000), ("c.csv", Q3, 6), *THREE]
    assert jumps(tables(sales=sales(*rows))) == []


def test_returns_count_by_their_size_and_zeros_not_at_all(tables):
    rows = [("a.csv", Q1, -50_000), ("a.csv", Q1, 0), ("b.csv", Q1, 5), ("c.csv", Q1, 6)]
    assert jumps(tables(sales=sales(*rows))) == [("net_amount", "a.csv", 1, 1)]


def test_in_one_file_a_quarter_is_laid_beside_the_one_before(tables):
    rows = [("a.csv", Q1, 5), ("a.csv", Q2, 60_000), ("a.csv", Q2, 50_000), ("a.csv", Q3, 70_000)]
    assert jumps(tables(sales=sales(*rows))) == [("net_amount", "a.csv", 2, 2)]


def test_quarters_given_as_such_and_prices_without_a_time(tables):
    profits = ("file quarter total_profit", ("a.csv", "2025Q1", 5), ("a.csv", "2025Q2", 50_000))
    prices = ("file list_price", ("a.csv", 5), ("b.csv", 6), ("c.csv", 0.005))
    clean = tables(dealer_profit=profits, products=prices)
    assert jumps(clean, "dealer_profit") == [("total_profit", "a.csv", 1, 2)]
    assert jumps(clean, "products") == [("list_price", "c.csv", 1, 3)]


def test_of_two_files_that_disagree_both_are_named(tables):
    rows = [("a.csv", Q1, 5), ("b.csv", Q1, 50_000)]
    assert jumps(tables(sales=sales(*rows))) == [("net_amount", "a.csv", 1, 1), ("net_amount", "b.csv", 1, 2)]
