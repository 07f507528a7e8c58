"""Toy exports typed out; every figure below can be worked out by hand."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from custlib import abc_classes, facts

SALES = """单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)
S0,1,2024-12-30,C1,P1,1,5,1
S1,1,2025-01-10,C1,P1,1,100.10,60
S1,2,2025-01-10,C1,P2,1,-30,-20
S2,1,2025-01-20,C1,P1,-1,-40,-25
S3,1,2025-03-01,C1,P1,1,8,9
S3,2,2025-04-01,C1,P1,1,7,5
S4,1,2025-02-01,C2,P1,1,50,30
S4,2,2025-02-01,C2,P2,1,20,
S5,1,2025-02-02,,P1,1,999,1
S6,1,2025-02-02,C2,POST,1,12,0
"""
PAYMENTS = """回款单号,日期,客户编码,回款金额(元)
H1,2025-01-05,C1,90.25
H2,2025-01-06,C1,-0.25
H3,2025-02-09,C3,40
H4,2025-05-01,C3,1
"""


def test_what_each_customer_bought_and_paid_by_month(cleaned_apart):
    found = facts.customer_months(cleaned_apart({"销售.csv": SALES, "回款.csv": PAYMENTS}), "2025Q1")
    assert found.values.tolist() == [
        ["C1", "2024-12", 5, 0, 1],
        ["C1", "2025-01", 30.10, 90, 1],  # two invoices, one of them a return
        ["C1", "2025-03", 8, 0, 1],
        ["C2", "2025-02", 70, 0, 1],
        ["C3", "2025-02", 0, 40, 0],
    ]
    assert found.columns.tolist() == ["customer_id", "month", "net_sales", "payments", "orders"]


def test_without_payments_their_months_are_not_known(cleaned_apart):
    found = facts.customer_months(cleaned_apart({"销售.csv": SALES}), "2025Q1")
    assert found["payments"].isna().all() and found["payments"].dtype == "float64"
    assert found["net_sales"].tolist() == [5, 30.10, 8, 70]


def test_one_row_per_invoice_and_payment_in_whole_fen(cleaned_apart):
    found = facts.documents(cleaned_apart({"销售.csv": SALES, "回款.csv": PAYMENTS}), "2025Q1")
    assert found.reset_index().fillna({"profit_fen": -1}).values.tolist() == [
        ["C1", "invoice", 0, 3010],
        ["C1", "invoice", 0, -1500],
        ["C1", "invoice", 0, -100],  # the line of April is another quarter's
        ["C1", "payment", 9025, 0],
        ["C1", "payment", -25, 0],
        ["C2", "invoice", 0, -1],  # one cost is unknown, so the profit is
        ["C3", "payment", 4000, 0],
    ]
    assert found.dtypes.astype("str").to_dict() == {"kind": "str", "size_fen": "int64", "profit_fen": "Int64"}


def test_without_payments_an_invoice_adds_its_net_amount_to_size(cleaned_apart):
    found = facts.documents(cleaned_apart({"销售.csv": SALES}), "2025Q1")
    assert found["size_fen"].tolist() == [7010, -4000, 800, 7000]
    assert found.dtypes.astype("str").to_dict() == {"kind": "str", "size_fen": "int64", "profit_fen": "Int64"}


def test_without_cost_no_profit_is_known(cleaned_apart):
    without = "\n".join(line.rpartition(",")[0] for line in SALES.splitlines()) + "\n"
    found = facts.documents(cleaned_apart({"销售.csv": without, "回款.csv": PAYMENTS}), "2025Q1")
    assert found.loc[found["kind"] == "invoice", "profit_fen"].isna().all()
    assert found.loc[found["kind"] == "payment", "profit_fen"].eq(0).all()


@pytest.mark.parametrize("files", [{"销售.csv": SALES}, {"销售.csv": SALES, "回款.csv": PAYMENTS}], ids=len)
def test_documents_and_months_add_up_to_the_indicators(cleaned_apart, files):
    clean = cleaned_apart(files)
    found = facts.indicators(clean, "2025Q1")
    sure = abc_classes.how_sure(found.table, facts.documents(clean, "2025Q1"), resamples=5)
    assert sure["how_sure"].notna().all()
    months = facts.customer_months(clean, "2025Q1")
    of_quarter = months[months["month"] >= "2025-01"].groupby("customer_id")[["net_sales", "payments"]].sum()
    pd.testing.assert_series_equal(of_quarter[found.size_is], found.table["size"], check_names=False)


@pytest.mark.parametrize(
    "until, last",
    [("2025-12-31", "2025-12"), ("2025-12-30", "2025-11"), ("2026-03-31", "2025-12"), ("2025-10-09", "2025-10")],
)
def test_the_last_month_is_one_that_the_data_fill(until, last):
    assert facts.last_month(SimpleNamespace(data_until=date.fromisoformat(until)), "2025Q4") == last
