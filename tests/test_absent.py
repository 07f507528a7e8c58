"""Months that are not there: named, and compared with nothing. Toy companies typed out."""

import pytest

from custlib import absent, changes, facts
from custlib.refusals import Refused
from tests.facts import conftest

company = conftest.company
MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]


def sold(*months, customer="k1"):
    return [(f"{month}-05", customer, "10", "5") for month in months]


def test_a_month_without_sales_or_payments_is_missing_and_the_quarter_is_refused(company):
    clean = company(
        "2024-01-01", "2024-06-30", closed=(), sales=sold("2024-01", "2024-02", "2024-03", "2024-04", "2024-06")
    )
    assert (absent.gaps(clean, "2024Q1"), absent.gaps(clean, "2024Q2")) == ([], ["sales 2024-05"])
    facts.check_quarter(clean, "2024Q1")
    with pytest.raises(Refused, match=r'no row of sales 2024-05.*closed = \["2024-05"\]'):
        facts.check_quarter(clean, "2024Q2")
    facts.check_quarter(clean, "2024Q2", unfinished=True)


def test_a_missing_month_long_before_the_quarter_is_refused_too_until_it_is_declared(company):
    rows = sold(*MONTHS[:3], *MONTHS[6:])
    with pytest.raises(Refused, match="sales 2024-04 – 2024-06"):
        facts.check_quarter(company("2024-01-01", "2024-12-31", closed=(), sales=rows), "2024Q4")
    facts.check_quarter(company("2024-01-01", "2024-12-31", closed=tuple(MONTHS[3:6]), sales=rows), "2024Q4")


def test_payments_are_expected_from_the_first_one_and_sales_from_the_first_day(company):
    clean = company(
        "2023-12-01", "2024-03-31", closed=(), sales=sold(*MONTHS[:3]), payments=[("2024-02-03", "k1", "1")]
    )
    assert absent.missing(clean, "2024Q1") == ["sales 2023-12", "payments 2024-03"]
    # but nothing is compared with the time before them
    assert absent.months(clean, ["payments"]) == ["2023-12", "2024-01", "2024-03"]


def test_months_after_the_end_of_the_data_are_not_missing(company):
    clean = company("2024-01-01", "2024-02-10", closed=(), sales=sold("2024-01"))
    assert absent.missing(clean, "2024Q1") == ["sales 2024-02"]


def test_neighbouring_months_are_named_as_one():
    assert absent.spans(["sales 2024-11", "sales 2024-12", "sales 2025-01", "sales 2025-03", "payments 2025-04"]) == [
        *("sales 2024-11 – 2025-01", "sales 2025-03", "payments 2025-04")
    ]


@pytest.fixture
def lacking(company):
    """Two customers in every month of 2023 and 2024 but the third quarter of 2024."""
    months = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
    months = [month for month in months if month not in ("2024-07", "2024-08", "2024-09")]
    rows = sold(*months) + sold(*months, customer="k2")
    return company("2023-01-01", "2024-12-31", closed=(), sales=rows)


def test_an_absent_quarter_is_in_no_history_and_no_year(lacking):
    assert "2024Q3" not in facts.indicator_history(lacking, "2024Q4")
    assert list(facts.by_quarter(lacking, "net_sales", "2024Q4"))[-2:] == ["2024Q2", "2024Q4"]
    assert facts.year_together(lacking, "2024Q4") is None
    assert facts.year_together(lacking, "2024Q2") is not None


def test_what_changed_since_an_absent_quarter_is_not_known(lacking):
    change = facts.change(lacking, "2024Q3", "2024Q4")
    assert change.customers["net_sales_before"].isna().all() and change.totals["net_sales"] == 60
    assert facts.change(lacking, "2024Q2", "2024Q4").totals["net_sales_before"] == 60


def test_the_days_of_an_absent_quarter_are_no_silence(lacking):
    quiet = facts.order_rhythm(lacking, "2024Q4")["silence_days"]
    assert quiet.tolist() == [26, 26]
    before = facts.order_rhythm(lacking, "2024Q3")["silence_days"]
    assert before.tolist() == [25, 25]  # since 5 June, to the end of June


def test_nobody_rose_from_an_absent_quarter(lacking):
    judged = changes.judged(facts.by_quarter(lacking, "net_sales", "2024Q4"), "2024Q4")
    assert (judged["change"] == "").all()
    assert judged["year_ago"].tolist() == [30, 30]
