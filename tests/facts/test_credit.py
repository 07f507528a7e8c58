from datetime import date

import pandas as pd

from custlib import facts

SALES = [
    ("2025-01-10", "K1", 100, 60),
    ("2025-01-10", "K1", 50, 30),
    ("2025-04-02", "K1", 80, 60),
    ("2025-04-03", "K1", -30, -20),
    ("2025-04-05", None, 7, 5),
    ("2025-07-01", "K1", 999, 1),
]
STATEMENTS = [
    ("2025Q1", "K1", 10, 20, 40, 2, 3),
    ("2025Q2", "K1", 12, 20, 70, 1, None),
    ("2025Q1", "K2", 5, 9, 30),
    ("2025Q2", "K2", 5, 9, None),
]


def test_each_customers_net_sales_by_day_up_to_the_quarters_end(company):
    rows = facts.daily_sales(company(sales=SALES), "2025Q2")
    assert rows.astype({"date": "str"}).to_numpy().tolist() == [
        ["K1", "2025-01-10", 150],
        ["K1", "2025-04-02", 80],
        ["K1", "2025-04-03", -30],
    ]


def test_nothing_is_counted_back_over_a_month_that_is_absent(company):
    clean = company(sales=SALES, closed=["2025-02", "2025-03", "2025-05"])
    assert facts.known_since(clean, "2025Q1") == date(2025, 1, 1)
    assert facts.known_since(company(sales=SALES, closed=["2025-02", "2025-05"]), "2025Q2") == date(2025, 7, 1)
    lacking = company(sales=SALES, closed=["2025-03", "2025-05", "2025-06"])
    assert facts.known_since(lacking, "2025Q2") == date(2025, 3, 1)
    assert facts.daily_sales(lacking, "2025Q2")["date"].min() == pd.Timestamp(2025, 4, 2)


def test_receivables_as_stated_and_those_not_stated_are_none(company):
    rows = facts.receivables(company(sales=SALES, dealer_profit=STATEMENTS), "2025Q2")
    assert rows.to_records(index=False).tolist() == [("2025Q1", "K1", 40), ("2025Q1", "K2", 30), ("2025Q2", "K1", 70)]


def test_what_was_bought_paid_and_owed_more_between_two_statements(company):
    paid = [("2025-02-01", "K1", 500), ("2025-05-01", "K1", 20), ("2025-08-01", "K1", 900)]
    flows = facts.money_flows(company(sales=SALES, dealer_profit=STATEMENTS, payments=paid), "2025Q2")
    assert flows.loc["K1"].to_dict() == {"sold": 50, "paid": 20, "owed_more": 30}
    assert "K2" not in flows.index


def test_support_as_stated(company):
    rows = facts.support(company(sales=SALES, dealer_profit=STATEMENTS), "2025Q2")
    assert rows.loc[("2025Q1", "K1")].tolist() == [2, 3, 10]
    assert rows.loc[("2025Q2", "K1")].isna().tolist() == [False, True, False]


def test_without_the_tables_there_is_nothing(company):
    clean = company(sales=SALES)
    for empty in (facts.receivables, facts.support, facts.money_flows):
        assert empty(clean, "2025Q2").empty
