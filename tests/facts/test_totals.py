"""Toy tables typed out; every figure below can be worked out by hand."""

import pandas as pd
import pytest

from custlib import facts

NAN = float("nan")
SALES = [
    ("2025-01-15", "C1", "100.10", "60"),
    ("2025-03-31", "C1", "50", "30"),
    ("2025-02-01", "C2", "80", "90"),
    ("2025-02-02", "C2", "-30", "-20"),
    ("2025-02-03", None, "20", "10"),
    ("2025-04-01", "C1", "7", "5"),
]
PAYMENTS = [("2025-01-20", "C1", "90"), ("2025-02-20", "C3", "40"), ("2025-05-01", "C1", "1")]


def same(frame, columns, *rows):
    expected = pd.DataFrame(rows, columns=columns.split())
    pd.testing.assert_frame_equal(frame.reset_index(drop="customer_id" not in expected), expected, check_dtype=False)


def test_lines_without_a_customer_count_for_the_company_and_for_no_customer(company):
    totals = facts.totals(company(sales=SALES, payments=PAYMENTS))
    same(
        totals,
        "quarter net_sales gross_profit payments payments_without_tax customers without_customer_share fees",
        ("2025Q1", 220.10, 50.10, 130, NAN, 3, 20 / 220.10, 0),
        ("2025Q2", 7, 2, 1, NAN, 1, 0, 0),
    )


def test_a_share_of_returns_is_none(company):
    totals = facts.totals(company(sales=[("2025-01-01", "C1", "10", None), ("2025-01-01", None, "-20", None)]))
    assert totals[["gross_profit", "payments", "without_customer_share"]].isna().all(axis=None)


def test_one_line_at_an_unknown_cost_makes_the_profit_unknown_not_smaller(company):
    sales = [("2025-01-15", "C1", "100", "60"), ("2025-02-15", "C1", "80", None), ("2025-03-15", "C2", "50", "20")]
    rows = facts.customer_quarters(company(sales=sales)).set_index("customer_id")
    assert pd.isna(rows.at["C1", "gross_profit"]) and rows.at["C2", "gross_profit"] == 30
    assert pd.isna(facts.totals(company(sales=sales)).at[0, "gross_profit"])


def test_fees_count_for_the_company_and_for_no_customer(cleaned_apart):
    header = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
    rows = [
        "A,1,2025-01-02,C1,P1,1,100",
        "B,1,2025-01-02,C1,post,1,7",
        "D,1,2025-01-02,C2,M,1,9000",
        "E,1,2025-01-02,,P1,1,5",
    ]
    clean = cleaned_apart({"a.csv": header + "\n".join(rows)})
    known = facts.customer_quarters(clean)
    assert known[["customer_id", "net_sales"]].values.tolist() == [["C1", 100.0]]
    totals = facts.totals(clean).iloc[0]
    assert (totals["net_sales"], totals["fees"], totals["customers"]) == (9112, 9007, 1)
    assert list(facts.customers(clean).index) == ["C1"]


def test_what_belongs_to_no_customer_stands_apart(company):
    found = facts.apart(company(sales=SALES, payments=PAYMENTS))
    same(found, "part quarter net_sales gross_profit payments", ("without_customer", "2025Q1", 20, 10, 0))


def test_what_changed_between_two_quarters_by_customer_apart_and_as_a_whole(company):
    found = facts.change(company(sales=SALES, payments=PAYMENTS), "2025Q1", "2025Q2")
    assert found.customers.loc["C1"].to_dict() == {
        "net_sales_before": pytest.approx(150.10),
        "payments_before": 90,
        "gross_profit_before": pytest.approx(60.10),
        "net_sales": 7,
        "payments": 1,
        "gross_profit": 2,
    }
    assert found.customers.loc["C3", ["payments_before", "payments"]].tolist() == [40, 0]
    assert found.apart["net_sales_before"].to_dict() == {"without_customer": 20, "fees": 0}
    assert found.totals["payments_before"] == 130 and found.totals["payments"] == 1


def test_a_figure_as_customers_by_quarters_that_the_data_fill(company):
    found = facts.by_quarter(company(sales=SALES, payments=PAYMENTS), "payments", "2025Q2")
    assert found.columns.tolist() == ["2025Q1", "2025Q2"]
    assert found.loc["C1"].tolist() == [90, 1] and found.loc["C3"].fillna(-1).tolist() == [40, -1]
    assert facts.by_quarter(company(sales=SALES), "net_sales", "2025Q1").columns.tolist() == ["2025Q1"]
