from datetime import date

import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
TOTALS = pd.DataFrame(
    [
        ("2024Q3", 10_000_000.0, 9_000_000.0, 240, 0.0),
        ("2024Q4", 11_000_000.0, 10_000_000.0, 250, 0.0),
        ("2025Q3", 10_000_000.0, 10_000_000.0, 260, 0.0),
        ("2025Q4", 12_100_000.0, 10_800_000.0, 268, 0.0),
    ],
    columns=["quarter", "net_sales", "payments", "customers", "without_customer_share"],
)


def conclusion(totals=TOTALS, **options):
    return wording.conclusion(totals, "2025Q4", **options)


def test_the_quarter_against_last_year_and_without_the_season_against_the_quarter_before(said):
    # 12.1 ÷ 11 = +10 %; from Q3 to Q4 × 1.21 where × 1.1 is usual: +10 %; payments 10.8 ÷ 10 = +8 %
    assert said("summary.conclusion", conclusion()) == (
        f"In 2025Q4, net sales to 268 customers came to ¥12.1 million, 10{P} more than in 2024Q4; season aside, 10{P} more than in "
        f"2025Q3. Payments received: ¥10.8 million, 8{P} more than in 2024Q4."
    )
    assert said("summary.conclusion", conclusion(), "zh") == (
        "2025 年第四季度销售净额 1,210 万元，来自 268 家客户，同比增长 10%；剔除季节因素后环比增长 10%。回款额 1,080 万元，同比增长 8%。"
    )


@pytest.mark.parametrize(
    "now, en, zh",
    [
        (9_900_000.0, f", 10{P} less than in 2024Q4;", "，同比下降 10%；"),
        (11_000_001.0, ", level with 2024Q4;", "，同比持平；"),
    ],
)
def test_less_and_level(said, now, en, zh):
    facts = conclusion(TOTALS.assign(net_sales=[10_000_000.0, 11_000_000.0, 10_000_000.0, now]))
    assert en in said("summary.conclusion", facts) and zh in said("summary.conclusion", facts, "zh")


def test_without_a_year_ago_the_quarter_before_is_compared_season_included(said):
    facts = conclusion(TOTALS[2:])
    assert f"¥12.1 million; 21{P} more than in 2025Q3, season included." in said("summary.conclusion", facts)
    assert "；环比增长 21%（未剔除季节因素）。" in said("summary.conclusion", facts, "zh")


def test_conclusion_of_a_company_that_has_only_sales(said):
    totals, sales = TOTALS[3:].assign(payments=float("nan"), without_customer_share=0.143), {"size_is": "net_sales"}
    facts = conclusion(totals, **sales)
    text = said("summary.conclusion", facts, currency="GBP", **sales)
    assert text == (
        f"In 2025Q4, net sales to 268 customers came to GBP 12.1 million. "
        f"Sales without a customer id, 14{P} of net sales, are in no class."
    )
    zh = said("summary.conclusion", facts, "zh", currency="GBP", **sales)
    assert "销售净额 1,210 万英镑" in zh and zh.endswith("没有客户编码的销售（占销售净额的 14%）未参与分类。")


def test_of_a_part_nothing_is_said_of_sales_without_a_customer(said):
    facts = conclusion(TOTALS.assign(without_customer_share=float("nan")))
    assert "without a customer" not in said("summary.conclusion", facts)


def test_fees_are_said_to_be_nobodys(said):
    facts = conclusion(TOTALS.assign(fees=1234.0))
    assert said("summary.conclusion", facts).endswith(
        "Net sales hold ¥1,230 of fees, such as postage, which are no customer's."
    )
    assert said("summary.conclusion", facts, "zh").endswith("销售净额中含邮费等费用 1,230 元，不计入任何客户。")
    assert "fees" not in said("summary.conclusion", conclusion(TOTALS.assign(fees=0.0)))


def note(begin, end, gaps=""):
    return wording.unfinished_note({"data_from": begin, "data_until": end, "gaps": gaps}, "2011Q3")


def test_where_the_data_end_is_said_only_of_an_unfinished_quarter(said):
    facts = note(date(2011, 7, 1), date(2011, 8, 31))
    assert said("summary.unfinished_note", facts) == (
        "**2011Q3 is not complete: data end 2011-08-31.** Its figures will change, and a comparison with a whole quarter misleads."
    )
    assert said("summary.unfinished_note", facts, "zh") == (
        "**2011 年第三季度尚不完整：数据截至 2011-08-31**。数字还会变化，与完整季度比较会产生误导。"
    )
    assert note(date(2011, 7, 1), date(2011, 9, 30)) is None


def test_data_that_begin_late_and_months_without_a_row_are_said_too(said):
    facts = note(date(2011, 7, 20), date(2011, 9, 30), "sales 2011-08")
    assert said("summary.unfinished_note", facts).startswith(
        "**2011Q3 is not complete: data begin 2011-07-20 and no row of sales 2011-08.**"
    )


def test_where_four_fifths_are_absent_the_data_are_asked_about(said):
    facts = wording.absent_customers(pd.Series({"customers_before": 10, "customers_absent": 9}), "2025Q1")
    assert said("summary.absent_customers", facts) == (
        "**9 of 10 customers of 2024Q4 are absent in 2025Q1: ask about the data before the customers.** "
        "Is a file missing, or are customer ids written another way? Until this is settled, nobody is ordered to be won back."
    )
    assert said("summary.absent_customers", facts, "zh").startswith(
        "**2024 年第四季度的 10 家客户中有 9 家在 2025 年第一季度没有出现"
    )
    assert wording.absent_customers(pd.Series({"customers_before": 10, "customers_absent": 7}), "2025Q1") is None
