import pytest

from custlib import facts
from custlib.facts.absence import Absence


def sale(customer, month):
    return f"2025-{month:02d}-05", customer, 10, 5


def test_customers_of_the_quarter_before_that_did_nothing_are_absent(company):
    before = [sale(f"K{n}", 2) for n in range(5)]
    clean = company(sales=[*before, sale("K0", 5), sale("X", 5)], payments=[("2025-05-01", "K1", 3)])
    assert facts.absence(clean, "2025Q2") == Absence(5, 3)
    assert facts.absence(clean, "2025Q1") == Absence(0, 0)


@pytest.mark.parametrize(
    ("before", "absent", "doubtful"), [(5, 4, True), (5, 3, False), (4, 4, False), (100, 79, False), (0, 0, False)]
)
def test_the_data_are_asked_about_where_four_fifths_are_absent(before, absent, doubtful):
    assert Absence(before, absent).doubtful == doubtful
