"""A toy company of two regions, worked by hand."""

import pytest

from custlib import facts
from custlib.refusals import Refused

CUSTOMERS = [
    ("C1", "One", "North", "chain", "urban", "Wu", "f", "s", "2"),
    ("C2", "Two", "South", "chain", "urban", "Wu", "f", "s", "3"),
    ("C3", "Three", "", "chain", "urban", "Li", "f", "s", "4"),
    ("C4", "Four", "West", "chain", "urban", "Li", "f", "s", "5"),
]
SALES = [
    ("2025-01-15", "C1", "10", "6"),
    ("2025-01-16", "C2", "60", "30"),
    ("2025-02-01", "C3", "30", "30"),
    ("2025-04-01", "C4", "9", "9"),
]


@pytest.fixture
def clean(company):
    return company(sales=SALES, customers=CUSTOMERS)


def test_the_parts_of_a_quarter_are_those_in_which_somebody_bought_and_the_largest_comes_first(clean):
    found = facts.parts(clean, "2025Q1", "region")
    assert found.values.tolist() == [["South", 1, 60, 0.6], ["", 1, 30, 0.3], ["North", 1, 10, 0.1]]
    assert facts.parts(clean, "2025Q1", "account_manager")[["part", "customers"]].values.tolist() == [
        ["Wu", 2],
        ["Li", 1],
    ]


@pytest.mark.parametrize(
    ("part", "expected"),
    [("", "C1 C2 C3 C4"), ("region=South", "C2"), ("region=", "C3"), ("account_manager=Li", "C3 C4"), ("region=x", "")],
)
def test_whose_customers_a_part_has(clean, part, expected):
    who = facts.customers(clean)
    assert list(who.index[facts.in_part(who, part)]) == expected.split()


def test_another_way_to_part_is_refused(clean):
    with pytest.raises(Refused, match="“town”"):
        facts.parts(clean, "2025Q1", "town")
    with pytest.raises(Refused, match="“North”"):
        facts.in_part(facts.customers(clean), "North")


def test_the_totals_and_the_change_of_a_part_are_those_of_its_customers(company):
    sales = [*SALES, ("2025-02-02", None, "1000", "1"), ("2025-04-02", "C3", "20", "12")]
    clean = company(sales=sales, customers=CUSTOMERS, payments=[("2025-01-20", "C4", "5")])
    mine = facts.in_part(facts.customers(clean), "account_manager=Li")
    columns = ["quarter", "net_sales", "gross_profit", "payments", "customers", "fees"]
    found = facts.totals_within(clean, mine)
    # C3 bought for 30 at a cost of 30, then 20 at 12; C4 paid 5, then bought for 9 at 9
    assert found[columns].values.tolist() == [["2025Q1", 30, 0, 5, 2, 0], ["2025Q2", 29, 8, 0, 2, 0]]
    assert list(found) == list(facts.totals(clean)) and found["without_customer_share"].isna().all()
    change = facts.change_within(facts.change(clean, "2025Q1", "2025Q2"), mine)
    assert list(change.customers.index) == ["C3", "C4"] and not change.apart.fillna(0).any(axis=None)
    assert change.totals[["net_sales_before", "net_sales", "payments_before"]].tolist() == [30, 29, 5]
    assert set(change.totals.index) == set(facts.change(clean, "2025Q1", "2025Q2").totals.index)
