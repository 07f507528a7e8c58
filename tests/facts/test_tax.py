"""What six customers bought, paid and owed, typed out: with 13 % tax on what they pay unless said otherwise."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import facts
from custlib.facts import tax
from custlib.refusals import Refused

CUSTOMERS = [f"C{number}" for number in range(1, 7)]


@pytest.fixture
def traded(company):
    """Each buys 900 in the quarter of its first statement and 1000, 2000 after it; of these 3000 it pays 2500, and owes
    500 more at the end than at first."""

    def make(paid_tax=1.13, owed_tax=1.13, customers=CUSTOMERS, **data):
        bought = {"2025-03-01": 900, "2025-04-01": 1000, "2025-12-31": 2000}
        paid = {"2025-03-31": 99, "2025-10-01": 2500 * paid_tax}
        owed = {"2025Q1": 300 * owed_tax, "2025Q3": 7777, "2025Q4": 800 * owed_tax}
        return company(
            sales=[(day, who, str(yuan), None) for who in customers for day, yuan in bought.items()],
            payments=[(day, who, f"{yuan:.2f}") for who in customers for day, yuan in paid.items()],
            dealer_profit=[(day, who, "1", "1", f"{yuan:.2f}") for who in customers for day, yuan in owed.items()],
            **{"data_until": "2025-12-31"} | data,
        )

    return make


def basis(clean, quarter="2025Q4"):
    return facts.tax_basis(clean, quarter).set_index("table")


@pytest.mark.parametrize("paid, fits", [(1.13, "included"), (1.0, "excluded")])
def test_what_was_paid_and_is_owed_beside_what_was_sold_tells_the_tax(traded, paid, fits):
    found = basis(traded(paid, paid))
    # (2500 + 500) x 1.13 / 3000, and (3000 - 2500) / 500
    assert found.loc["payments"].tolist() == ["", fits, pytest.approx(paid), 6]
    assert found.loc["dealer_profit"].tolist() == ["", fits, pytest.approx(1), 6]


def test_receivables_may_be_on_another_basis_than_payments(traded):
    found = basis(traded(1.13, 1.0))
    # (2500 x 1.13 + 500) / 3000 = 1.108; (3000 - 2500) x 1.13 / 500 = 1.13
    assert found["fits"].to_dict() == {"payments": "included", "dealer_profit": "excluded"}
    assert found["ratio"].tolist() == [pytest.approx(1.10833, abs=1e-5), pytest.approx(1.13)]


def test_few_customers_or_amounts_that_fit_neither_tell_nothing(traded):
    few = basis(traded(customers=CUSTOMERS[:5]))
    assert few["fits"].tolist() == ["cannot_tell"] * 2 and few.at["payments", "customers"] == 5
    assert basis(traded(1.4))["fits"].tolist() == ["cannot_tell"] * 2


def test_up_to_a_quarter_with_one_statement_nobody_can_be_compared(traded):
    found = basis(traded(), "2025Q2")
    assert found["customers"].tolist() == [0, 0] and found["ratio"].isna().all()


def test_what_was_sold_before_the_data_begin_is_not_known(traded):
    assert basis(traded(data_from="2025-02-01")).at["payments", "ratio"] == pytest.approx(1.13)
    # from 2025Q3 to 2025Q4: 2000 sold, 2825 paid and 904 - 7777 owed
    found = basis(traded(data_from="2025-07-01"))
    assert found.at["payments", "ratio"] == pytest.approx((2825 + 904 - 7777) / 2000)


def test_without_payments_there_is_nothing_to_tell(company):
    found = facts.tax_basis(company(sales=[("2025-01-01", "C1", "5", None)]), "2025Q4")
    assert found.empty and list(found) == tax.BASIS


@given(st.lists(st.floats(0.5, 2), min_size=6, max_size=40))
def test_amounts_never_fit_both(ratios):
    fits = [tax._is_near(pd.Series(ratios), value, 1.13**0.5) for value in (1, 1.13)]
    assert not all(fits)


def test_payments_with_tax_are_shown_without_it_beside_net_sales(traded):
    clean = replace(traded(), taxes={"payments": "included", "dealer_profit": "excluded"})
    assert basis(clean)["declared"].tolist() == ["included", "excluded"]
    totals = facts.totals(clean).set_index("quarter")
    assert totals.loc["2025Q4", ["payments", "payments_without_tax"]].tolist() == [6 * 2825, pytest.approx(6 * 2500)]
    assert set(facts.money_lines(totals.reset_index())["label"]) == {"net_sales", "payments_without_tax"}


def test_payments_of_which_nobody_said_anything_stay_as_they_came(traded):
    clean = traded()
    assert math.isnan(clean.tax_factor("payments"))
    assert set(facts.money_lines(facts.totals(clean))["label"]) == {"net_sales", "payments"}


FILES = {
    "s.csv": "单据编号,日期,客户编码,存货编码,数量,无税金额(元)\nA,2025-01-01,C1,P,1,5\n",
    "p1.csv": "回款单号,回款日期,客户编码,回款金额(元)\nA,2025-01-01,C1,5\n",
    "p2.csv": "回款单号,回款日期,客户编码,回款金额(元)\nB,2025-01-02,C1,5\n",
}
TAX = '[[source]]\nfiles = "{}"\ntax = "{}"\n'


def test_what_a_company_declares_of_its_payments_is_known_to_the_clean_tables(cleaned_apart):
    clean = cleaned_apart(FILES, "tax_rate = 0.09\n" + TAX.format("p*.csv", "included"))
    assert (clean.taxes, clean.tax_factor("payments")) == ({"payments": "included"}, 1.09)


def test_files_of_one_table_that_say_another_tax_are_refused(cleaned_apart):
    with pytest.raises(Refused, match=r"payments.*p2.csv: –") as refused:
        cleaned_apart(FILES, TAX.format("p1.csv", "included"))
    assert refused.value.code == "two_taxes"


def test_the_sample_pays_and_owes_with_tax_as_it_declares(sample_clean):
    found = basis(sample_clean)
    assert (found[["declared", "fits"]] == "included").all(axis=None)
    assert found.at["payments", "ratio"] == pytest.approx(1.13, abs=0.002) and found["customers"].min() > 200
