"""An export without invoice numbers: no number, one for all, or one that a header names."""

import pytest

from custlib import facts


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
