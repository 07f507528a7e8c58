"""Toy tables typed out; every figure below can be worked out by hand."""

import pandas as pd
import pytest

from custlib import facts
from custlib.refusals import Refused

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
PROFITS = [
    ("2025Q1", "C1", "25", "100"),
    ("2025Q1", "C2", "5", "-10"),
    ("2025Q1", "C9", "1", "4"),
    ("2025Q2", "C1", "5", "0"),
]


def same(frame, columns, *rows):
    expected = pd.DataFrame(rows, columns=columns.split())
    pd.testing.assert_frame_equal(frame.reset_index(drop="customer_id" not in expected), expected, check_dtype=False)


def test_what_each_customer_bought_paid_and_stated_in_each_quarter(company):
    rows = facts.customer_quarters(company(sales=SALES, payments=PAYMENTS, dealer_profit=PROFITS))
    same(
        rows.set_index("customer_id")[
            ["quarter", "net_sales", "gross_profit", "payments", "brand_profit", "total_profit"]
        ],
        "customer_id quarter net_sales gross_profit payments brand_profit total_profit",
        ("C1", "2025Q1", 150.10, 60.10, 90, 25, 100),
        ("C2", "2025Q1", 50, -20, 0, 5, -10),
        ("C3", "2025Q1", 0, 0, 40, NAN, NAN),
        ("C9", "2025Q1", 0, 0, 0, 1, 4),
        ("C1", "2025Q2", 7, 2, 1, 5, 0),
    )


def test_the_three_indicators_of_those_who_bought_or_paid(company):
    found = facts.indicators(company(sales=SALES, payments=PAYMENTS, dealer_profit=PROFITS), "2025Q1")
    assert (found.size_is, found.missing) == ("payments", ())
    columns = "customer_id size contribution brand_share"
    same(found.table, columns, ("C1", 90, 60.10, 0.25), ("C2", 0, -20, NAN), ("C3", 40, 0, NAN))
    same(found.amounts, columns, ("C1", 90, 60.10, 25), ("C2", 0, -20, 5), ("C3", 40, 0, NAN))


def test_a_customer_that_earned_nothing_has_no_brand_share():
    rows = pd.DataFrame({"brand_profit": [5.0, 5.0, 5.0, -5.0], "total_profit": [-10.0, 0.0, NAN, 10.0]})
    assert facts.brand_share(rows).fillna(99).tolist() == [99, 99, 99, -0.5]


def test_without_payments_and_profits_size_is_net_sales_and_the_rest_is_named(company):
    found = facts.indicators(company(sales=SALES), "2025Q1")
    assert (found.size_is, found.missing) == ("net_sales", ("brand_share",))
    same(found.table, "customer_id size contribution", ("C1", 150.10, 60.10), ("C2", 50, -20))
    lacking = facts.missing_indicators(found)
    assert lacking.values.tolist() == [["size", "net_sales", "payments"], ["brand_share", "", "dealer_profit"]]


def test_without_cost_there_is_no_contribution(company):
    found = facts.indicators(company(sales=[(*row[:3], None) for row in SALES]), "2025Q1")
    assert found.missing == ("contribution", "brand_share")
    same(found.table, "customer_id size", ("C1", 150.10), ("C2", 50))


def test_who_bought_at_an_unknown_cost_brought_an_unknown_profit_not_none(company):
    sales = [("2025-01-15", "C1", "100", "60"), ("2025-01-15", "C2", "80", None)]
    rows = facts.customer_quarters(company(sales=sales, payments=[("2025-01-20", "C3", "90")]))
    assert rows["gross_profit"].fillna(99).tolist() == [40, 99, 0]


def test_earlier_quarters_are_judged_too_as_far_as_the_data_fill_them(company):
    clean = company("2025-01-02", "2025-12-31", sales=[*SALES, ("2025-09-30", "C2", "1", "1")])
    assert list(facts.indicator_history(clean, "2025Q3")) == ["2025Q2", "2025Q3"]
    assert list(facts.indicator_history(clean, "2025Q1")) == ["2025Q1"]


def test_customers_are_known_by_their_list_or_else_by_their_ids(company):
    unnamed = facts.customers(company(sales=SALES))
    assert unnamed["name"].to_dict() == {"C1": "C1", "C2": "C2"}
    named = facts.customers(company(sales=SALES, customers=[("C2", "华盛", None, "超市", None, "王")]))
    assert named.loc["C2"].tolist() == ["华盛", "", "超市", "", "王"]


@pytest.mark.parametrize(
    ("quarter", "code"),
    [
        ("2024Q4", "quarter_outside_data"),
        ("2025Q3", "quarter_outside_data"),
        ("2025Q2", "quarter_unfinished"),
        ("2025", "not_a_quarter"),
    ],
)
def test_a_quarter_that_the_data_do_not_fill_is_refused(company, quarter, code):
    clean = company("2025-01-01", "2025-06-29", sales=SALES)
    facts.check_quarter(clean, "2025Q1")
    with pytest.raises(Refused) as refused:
        facts.check_quarter(clean, quarter)
    assert refused.value.code == code


def test_an_unfinished_quarter_may_be_asked_for_and_one_without_data_may_not(company):
    clean = company("2025-01-02", "2025-04-01", sales=SALES)
    facts.check_quarter(clean, "2025Q2", unfinished=True)
    facts.check_quarter(clean, "2025Q1", unfinished=True)
    with pytest.raises(Refused, match="outside the data, which run from 2025-01-02 to 2025-04-01"):
        facts.check_quarter(clean, "2025Q3", unfinished=True)


def test_a_report_from_no_sales_is_refused(company):
    with pytest.raises(Refused, match="no sales"):
        facts.check_quarter(company(payments=PAYMENTS), "2025Q1")


def test_a_customer_missing_from_the_list_goes_by_its_id(company):
    clean = company(sales=SALES, customers=[("C1", "Alpha", "North", "", "", "Li")])
    who = facts.customers(clean)
    assert who.loc["C1", ["name", "region"]].tolist() == ["Alpha", "North"]
    assert who.loc["C2"].tolist() == ["C2", "", "", "", ""]


def test_a_quarter_with_statements_only_is_no_quarter_to_compare_with(company):
    clean = company(data_from="2024-10-01", sales=SALES, dealer_profit=[("2024Q4", "C1", "5", "9")])
    assert list(facts.indicator_history(clean, "2025Q1")) == ["2025Q1"]


def test_weights_of_indicators_that_are_not_there_count_for_nothing_and_a_strange_name_is_refused():
    table = pd.DataFrame({"size": [1.0], "contribution": [2.0]})
    assert facts.known_weights(table, {"size": 2, "brand_share": 1}) == {"size": 2, "contribution": 0}
    assert facts.known_weights(table, {}) is None
    with pytest.raises(ValueError, match="no indicator is called sise"):
        facts.known_weights(table, {"sise": 2})


def test_weights_that_name_only_what_the_data_do_not_give_are_refused(company):
    clean = company(sales=SALES, payments=PAYMENTS)
    for weights in ({}, {"size": 1}, {"contribution": 1, "brand_share": 2}):
        facts.check_weights(clean, "2025Q1", weights)
    with pytest.raises(Refused, match="only brand_share has a weight.* 2025Q1.* one of: size, contribution;"):
        facts.check_weights(clean, "2025Q1", {"brand_share": 2, "size": 0})
    facts.check_weights(company(sales=SALES, dealer_profit=PROFITS[:1]), "2025Q2", {"brand_share": 1})


def test_of_a_customer_that_is_listed_twice_the_first_line_counts(cleaned_apart):
    files = {
        "s.csv": "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-01-01,C1,P,1,10\n",
        "c.csv": "客户编码,客户名称,大区\nC1,华盛,华东\nC1,华盛二,华南\n",
    }
    who = facts.customers(cleaned_apart(files, '[[source]]\nfiles = "c.csv"\nkey = []\n'))
    assert who.loc[["C1"], ["name", "region"]].values.tolist() == [["华盛", "华东"]]


FOUR = ("2025-01-01", "2025-12-31")


def test_four_quarters_together_are_summed_and_a_share_is_of_the_sums(company):
    sales = [(f"2025-{month}-15", who, "100", "60") for month in ("02", "05", "08", "11") for who in ("C1", "C2")][:-1]
    profits = [("2025Q1", "C1", "10", "100"), ("2025Q4", "C1", "30", "60"), ("2025Q2", "C1", "5", None)]
    found = facts.year_together(company(*FOUR, sales=sales, dealer_profit=profits), "2025Q4")
    # C2 bought nothing in the fourth quarter: it is not judged in it; the second statement lacks the total
    same(found, "customer_id size contribution brand_share", ("C1", 400, 160, 40 / 160))


def test_four_quarters_that_the_data_do_not_fill_are_not_judged_together(company):
    assert facts.year_together(company(sales=SALES), "2025Q2") is None


def test_systems_of_customers():
    who = pd.DataFrame({"region": ["north", ""], "account_manager": ["Li", "Wu"]}, index=["C1", "C2"])
    assert facts.systems(who, "company").tolist() == ["", ""]
    assert facts.systems(who, "region").tolist() == ["north", ""]
    with pytest.raises(ValueError, match="not within “town”"):
        facts.systems(who, "town")


SHARES = [
    ("2024Q1", "C1", "30", "100"),
    ("2024Q2", "C2", "1", "2"),
    ("2024Q4", "C2", "5", "-1"),
    ("2024Q3", "C3", "1", "4"),
]
BOUGHT = [
    (f"{day}", who, "10", "6") for day in ("2024-02-01", "2025-01-15", "2025-04-15") for who in ("C1", "C2", "C3")
]


def test_where_a_statement_is_missing_the_last_known_share_counts_for_four_quarters_and_is_dated(company):
    history = facts.indicator_history(company("2024-01-01", "2025-06-30", sales=BOUGHT, dealer_profit=SHARES), "2025Q2")
    first, second = history["2025Q1"], history["2025Q2"]
    # C2 earned nothing in 2024Q4: the share before it is the last one known
    assert first.table["brand_share"].tolist() == [0.3, 0.5, 0.25]
    assert first.share_of.tolist() == ["2024Q1", "2024Q2", "2024Q3"]
    assert second.table["brand_share"].fillna(99).tolist() == [99, 0.5, 0.25]
    assert second.share_of.tolist() == ["", "2024Q2", "2024Q3"]
    assert "brand_share" not in first.amounts


def test_a_statement_of_no_profit_at_all_is_not_missing(company):
    profits = [("2025Q1", "C1", "30", "100"), ("2025Q2", "C1", "5", "0")]
    found = facts.indicators(company("2024-01-01", "2025-06-30", sales=BOUGHT, dealer_profit=profits), "2025Q2")
    assert (found.missing, found.share_of["C1"]) == (("brand_share",), "")


def test_over_four_quarters_without_a_statement_the_last_known_share_counts(company):
    sales = [(f"2025-{month}-15", who, "100", "60") for month in ("02", "05", "08", "11") for who in ("C1", "C2")]
    profits = [("2024Q4", "C1", "1", "4"), ("2025Q1", "C2", "1", "2")]
    clean = company("2024-10-01", "2025-12-31", sales=sales, dealer_profit=profits)
    assert facts.year_together(clean, "2025Q4")["brand_share"].tolist() == [0.25, 0.5]
