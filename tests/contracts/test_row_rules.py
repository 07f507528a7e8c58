import pytest

from custlib import schema
from custlib.contracts import row_rules

SALES = "customer_id product_id quantity net_amount"


def broken(clean, name):
    """(rule, column) → lines of the rows that break it."""
    held = clean.table(name)
    found = row_rules.conditions(schema.TABLES[name], held, clean)
    lines = {key: held.filter(condition).line.to_pyarrow().to_pylist() for key, condition in found.items()}
    return {key: sorted(numbers) for key, numbers in lines.items() if numbers}


def test_what_a_sales_line_can_break_by_itself(tables):
    lines = [
        ("C1", "P1", 1, 10),
        (None, "P1", 1, 10),
        ("C1", "P1", 2, 0),
        ("C1", "P1", 0, 0),
        ("C1", "B", 1, -11062.06),
    ]
    lines += [("C1", "P1", -1, -10), ("C1", "m", 1, 5), ("C1", "P1", -1, 10)]
    assert broken(tables(fees=["M", "B"], sales=(SALES, *lines)), "sales") == {
        ("no_customer", "customer_id"): [2],
        ("zero_amount", "net_amount"): [3],
        ("zero_quantity", "quantity"): [4],
        ("against_sign", "net_amount"): [5, 8],
        ("fee_lines", "product_id"): [5, 7],
    }


@pytest.mark.parametrize(
    ("table", "column", "usual", "odd"),
    [
        ("customers", "floor_area_m2", [1, 1_000_000, None], [0, -5, 1_000_001]),
        ("products", "list_price", [0.01, 9], [0, -1]),
        ("consumers", "birth_year", [1900, 2025], [1899]),
        ("consumers", "household_size", [1, 20], [0, 21]),
        ("inventory", "quantity", [0, 5], [-1]),
        ("plans", "year", [2025], [25]),
    ],
)
def test_values_outside_what_is_usual_are_counted_not_refused(tables, table, column, usual, odd):
    clean = tables(**{table: (column, *[(value,) for value in usual + odd])})
    assert broken(clean, table) == {("out_of_range", column): list(range(len(usual) + 1, len(usual) + len(odd) + 1))}


def test_dates_in_an_order_that_cannot_be(tables):
    stock = ("snapshot_date received_on", ("2025-03-31", "2025-03-31"), ("2025-03-31", "2025-04-01"))
    people = ("registered_on birth_year", ("2025-03-31", 2025), ("2025-03-31", 2026), ("2025-03-31", None))
    clean = tables(inventory=stock, consumers=people)
    assert broken(clean, "inventory") == {("wrong_order", "received_on"): [2]}
    assert broken(clean, "consumers") == {("wrong_order", "birth_year"): [2]}


def test_identical_rows_are_known_by_the_mark_that_cleaning_gave_them(tables):
    clean = tables(visits=("customer_id repeated", ("C1", False), ("C1", True)))
    assert broken(clean, "visits") == {("repeated_rows", ""): [2]}
