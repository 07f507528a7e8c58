"""An export without invoice numbers: no number, one for all, or one that a header names."""

import pytest

from custlib import customer_classes, facts


@pytest.mark.parametrize(("number", "fixed"), [("", ""), ("单据编号,", ""), ("", 'fixed.invoice_id = "0"\n')])
def test_without_numbers_a_document_is_what_a_customer_bought_on_a_day(cleaned, number, fixed, reasons):
    days = [f"2025-01-{day:02d}" for day in (1, 1, 2, 3)]
    text = f"{number}日期,客户编码,存货编码,数量,金额(元)\n" + "".join(
        f"{'S1,' if number else ''}{day},K{customer},P1,1,{n + 1}\n"
        for customer in (1, 2)
        for n, day in enumerate(days)
    )
    clean = cleaned(
        {"销售.csv": text}, f'[[source]]\nfiles = "*"\ntable = "sales"\ntax = "excluded"\nkey = []\n{fixed}'
    )
    found = facts.documents(clean, "2025Q1")
    assert found["size_fen"].tolist() == [300, 300, 400] * 2
    assert facts.customer_months(clean, "2025Q1")["orders"].tolist() == [3, 3]
    assert reasons(clean) == []


def test_customers_that_buy_twice_as_much_on_twenty_days_are_surely_a(cleaned):
    days = [f"2025-{10 + n % 3}-{n + 1:02d}" for n in range(20)]
    lines = [
        f"{day},C{customer:02d},P1,1,{(2000 if customer < 4 else 1000) + 37 * (n * customer % 11)}"
        for customer in range(20)
        for n, day in enumerate(days)
    ]
    said = (
        'data_from = 2025-10-01\ndata_until = 2025-12-31\n[[source]]\nfiles = "*"\ntable = "sales"\ntax = "excluded"\n'
    )
    clean = cleaned(
        {"销售.csv": "日期,客户编码,存货编码,数量,金额(元)\n" + "\n".join(lines)}, said + 'fixed.invoice_id = "0"\n'
    )
    customers = customer_classes.judge(clean, "2025Q4", resamples=200).customers
    assert (
        customers.loc[["C00", "C01", "C02", "C03"], "sure_a"] >= 0.8
    ).all()  # a document each day; one for all would give a half
