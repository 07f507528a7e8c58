from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custlib import schema
from custlib.contracts import between

SALES = "date customer_id product_id quantity net_amount"
DAY = "2025-01-02"


def broken(clean, name):
    """(rule, column) → lines of the rows that break it."""
    found = between.checks(clean, schema.TABLES[name], between.alike_ids(clean))
    lines = {key: sorted(rows.line.to_pyarrow().to_pylist()) for key, rows in found.items()}
    return {key: numbers for key, numbers in lines.items() if numbers}


def test_a_row_of_someone_or_something_that_no_list_holds(tables):
    clean = tables(
        fees=["POST"],
        customers=("customer_id", ("C1",)),
        products=("product_id", ("P1",)),
        consumers=("consumer_id customer_id", ("U1", "C1"), ("U2", "C8")),
        sales=(
            SALES,
            (DAY, "C1", "P1", 1, 1),
            (DAY, "C9", "P1", 1, 1),
            (DAY, None, "P9", 1, 1),
            (DAY, "C1", "post", 1, 1),
        ),
        purchases=("consumer_id product_id purchase_id", ("U1", "P1", "1"), ("U9", "P1", "2")),
    )
    assert broken(clean, "sales") == {("unknown_customer", "customer_id"): [2], ("unknown_product", "product_id"): [3]}
    assert broken(clean, "purchases") == {("unknown_consumer", "consumer_id"): [2]}
    assert broken(clean, "consumers") == {("unknown_customer", "customer_id"): [2]}


def test_without_a_list_nobody_is_unknown(tables):
    assert broken(tables(sales=(SALES, (DAY, "C1", "P1", 1, 1))), "sales") == {}


def test_capitals_tell_variants_of_a_product_apart_but_not_customers(tables):
    clean = tables(sales=(SALES, (DAY, "k1", "85123a", 1, 1), (DAY, "K1", "85123A", 1, 1)))
    assert broken(clean, "sales") == {("alike_ids", "customer_id"): [1, 2]}


def test_ids_that_differ_by_leading_zeros_only_stay_two_and_are_found_wherever_they_stand(tables):
    clean = tables(
        sales=(
            SALES,
            (DAY, "00123", "P1", 1, 1),
            (DAY, "123", "P1", 1, 1),
            (DAY, "0124", "P1", 1, 1),
            (DAY, None, "00", 1, 1),
        ),
        payments=("customer_id payment_id", ("124", "1"), ("125", "2"), ("1230", "3")),
    )
    assert broken(clean, "sales") == {("alike_ids", "customer_id"): [1, 2, 3]}
    assert broken(clean, "payments") == {("alike_ids", "customer_id"): [1]}


def test_rows_that_share_a_whole_key(tables):
    profits = [("2025Q1", "C1"), ("2025Q1", "C1"), ("2025Q1", "C2"), ("2025Q2", "C1")]
    clean = tables(
        dealer_profit=("quarter customer_id", *profits), sales=("invoice_id line_no", ("A", None), ("A", None))
    )
    assert broken(clean, "dealer_profit") == {("key_repeated", ""): [1, 2]}
    assert broken(clean, "sales") == {}


def test_a_return_without_an_earlier_sale_of_the_same_product_to_the_same_customer(tables):
    lines = [
        ("2025-01-05", "C1", "P1", 2, 20),
        ("2025-01-05", "C1", "P1", -1, -10),
        ("2025-01-04", "C1", "P1", -1, -9),
        ("2025-02-01", "C1", "P2", -1, -8),
        ("2025-02-01", "C2", "P1", -1, -7),
        ("2025-02-01", None, "P1", -1, -6),
        ("2025-02-01", "C3", "D", -1, -5),
    ]
    clean = tables(fees=["D"], sales=(SALES, *lines))
    assert broken(clean, "sales") == {
        ("unmatched_return", "product_id"): [3, 4, 5],
        ("returns_exceed_sales", "net_amount"): [2, 3, 4, 5],
    }


def test_returns_of_a_customer_that_gave_back_more_than_it_bought(tables):
    lines = [(DAY, "C1", "P1", 1, 10), (DAY, "C1", "P1", -1, -11), (DAY, "C2", "P1", 1, 10), (DAY, "C2", "P1", -1, -9)]
    assert broken(tables(sales=(SALES, *lines)), "sales") == {("returns_exceed_sales", "net_amount"): [2]}


def offset(clean):
    return sorted(between.offsetting(clean).line.to_pyarrow().to_pylist())


def test_a_sale_and_a_return_that_cancel_each_other_the_same_day_are_both_flagged_and_both_kept(tables):
    lines = [
        (DAY, "C1", "P1", 80995, 168469.60),
        (DAY, "C1", "P1", -80995, -168469.60),
        (DAY, "C1", "P1", 80995, 168469.60),
        ("2025-01-03", "C1", "P1", -80995, -168469.60),
        (DAY, "C2", "P1", -80995, -168469.60),
        (DAY, None, "P2", 1, 5),
        (DAY, None, "P2", -1, -5),
        (DAY, "C1", "P3", 1, 5),
        (DAY, "C1", "P3", -1, -5.01),
    ]
    assert offset(tables(sales=(SALES, *lines))) == [1, 2, 6, 7]


@settings(deadline=None, max_examples=15, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["C1", None]), st.sampled_from([1, 2, -1, -2])), min_size=1, max_size=12))
def test_as_many_sales_as_returns_are_flagged_and_no_more_could_be(tables, lines):
    clean = tables(sales=(SALES, *[(DAY, who, "P1", quantity, quantity) for who, quantity in lines]))
    flagged = [lines[line - 1] for line in offset(clean)]
    expected = [
        (who, size * sign)
        for who in ("C1", None)
        for size in (1, 2)
        for sign in (1, -1)
        for _ in range(min(lines.count((who, size)), lines.count((who, -size))))
    ]
    assert sorted(map(str, flagged)) == sorted(map(str, expected))
