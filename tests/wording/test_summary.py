from datetime import date

import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
TOTALS = pd.DataFrame(
    [("2025Q3", 11_000_000.0, 10_000_000.0, 250, 0.0), ("2025Q4", 12_000_000.0, 10_800_000.0, 268, 0.0)],
    columns=["quarter", "net_sales", "payments", "customers", "without_customer_share"],
)
SUMMARY = pd.DataFrame(
    [
        ("2025Q3", "joint", "A", 50, 5_000_000.0),
        ("2025Q4", "size", "A", 54, 8_000_000.0),
        ("2025Q4", "joint", "A", 54, 7_668_000.0),
        ("2025Q4", "joint", "C", 100, 1_000_000.0),
    ],
    columns=["quarter", "indicator", "class", "customers", "value"],
)
CONCERNED = pd.DataFrame(
    [
        ("win_back", "Alpha <b>", "Li Wei", 300_000.0),
        ("win_back", "Beta", "", 100_000.0),
        ("win_back", "Gamma", "Wu", 50_000.0),
        ("win_back", "Delta", "Wu", 0.0),
        ("keep_new", "华金商贸", "李伟", 120_000.0),
        ("close_gap", "Eta", "Wu", 2_100_000.0),
    ],
    columns=["action", "name", "account_manager", "amount"],
)


def test_conclusion_in_one_sentence():
    assert wording.conclusion(TOTALS, SUMMARY, "2025Q4", lang="en") == (
        f"In 2025Q4, payments received came to ¥10.8 million from 268 customers, 8{P} more than the quarter before; "
        f"54 A customers brought 71{P} of it."
    )
    assert wording.conclusion(TOTALS, SUMMARY, "2025Q4", lang="zh") == (
        "2025 年第四季度回款额 1,080 万元，来自 268 家客户，比上季增长 8%；54 家 A 类客户贡献了其中的 71%。"
    )


@pytest.mark.parametrize(
    "before, en, zh",
    [
        (12_000_000, f", 10{P} less than the quarter before;", "，比上季下降 10%；"),
        (10_800_001, ", level with the quarter before;", "，与上季持平；"),
        (0, "268 customers; 54", "268 家客户；54"),
        (float("nan"), "268 customers; 54", "268 家客户；54"),
    ],
)
def test_change_against_the_quarter_before(before, en, zh):
    totals = TOTALS.assign(payments=[before, 10_800_000.0])
    assert en in wording.conclusion(totals, SUMMARY, "2025Q4", lang="en")
    assert zh in wording.conclusion(totals, SUMMARY, "2025Q4", lang="zh")


def test_a_quarter_missing_in_between_is_not_the_quarter_before():
    gap = TOTALS.assign(quarter=["2025Q2", "2025Q4"])
    assert "quarter before" not in wording.conclusion(gap, SUMMARY, "2025Q4", lang="en")


def test_conclusion_of_a_company_that_has_only_sales():
    totals = TOTALS[1:].assign(payments=float("nan"), without_customer_share=0.143)
    text = wording.conclusion(totals, SUMMARY, "2025Q4", lang="en", size_is="net_sales", currency="GBP")
    assert text.startswith("In 2025Q4, net sales came to GBP 12 million from 268 customers; 54 A")
    assert text.endswith(f"Sales without a customer id, 14{P} of net sales, are in no class.")
    zh = wording.conclusion(totals, SUMMARY, "2025Q4", lang="zh", size_is="net_sales", currency="GBP")
    assert "销售净额 1,200 万英镑" in zh and zh.endswith("没有客户编码的销售（占销售净额的 14%）未参与分类。")


def test_the_share_of_class_a_is_of_everything_also_of_what_has_no_customer():
    totals = TOTALS[1:].assign(net_sales=15_336_000.0, without_customer_share=0.3)
    text = wording.conclusion(totals, SUMMARY, "2025Q4", lang="en", size_is="net_sales")
    assert f"54 A customers brought 50{P} of it." in text


def test_actions_name_amounts_and_whom_to_start_with():
    assert wording.action_texts(CONCERNED, lang="en") == [
        "Win back 4 customers that were A a quarter ago and shrank or left: ¥450 thousand lost. "
        "Start with Alpha <b> (¥300 thousand, Li Wei), Beta (¥100 thousand) and Gamma (¥50 thousand, Wu).",
        "Secure 1 customer newly in A, worth ¥120 thousand this quarter. Start with 华金商贸 (¥120 thousand, 李伟).",
        "Grow with 1 customer of size A that earns ¥2.1 million with other brands. Start with Eta (¥2.1 million, Wu).",
    ]
    assert wording.action_texts(CONCERNED, lang="zh") == [
        "挽回上季为 A 类、本季萎缩或流失的 4 家客户：共减少 45 万元。"
        "先从Alpha <b>（30 万元，Li Wei）、Beta（10 万元）和Gamma（5 万元，Wu）着手。",
        "稳住新晋 A 类的 1 家客户：本季共 12 万元。先从华金商贸（12 万元，李伟）着手。",
        "与规模为 A 类、但靠其他品牌获利 210 万元的 1 家客户共同做大本品牌。先从Eta（210 万元，Wu）着手。",
    ]


@pytest.mark.parametrize("lang, text", [("en", "Keep on"), ("zh", "保持现状")])
def test_a_quiet_quarter_says_so(lang, text):
    (only,) = wording.action_texts(CONCERNED[:0], lang=lang)
    assert only.startswith(text)


def test_where_the_data_end_is_said_only_of_an_unfinished_quarter():
    assert wording.unfinished_note("2011Q3", date(2011, 7, 1), date(2011, 8, 31), lang="en") == (
        "**2011Q3 is not complete: data end 2011-08-31.** Its figures will change, and a comparison with a whole quarter misleads."
    )
    assert wording.unfinished_note("2011Q3", date(2011, 7, 1), date(2011, 8, 31), lang="zh") == (
        "**2011 年第三季度尚不完整：数据截至 2011-08-31**。数字还会变化，与完整季度比较会产生误导。"
    )
    assert wording.unfinished_note("2011Q3", date(2011, 7, 1), date(2011, 9, 30), lang="en") == ""


def test_data_that_begin_within_the_quarter_are_said_too():
    note = wording.unfinished_note("2011Q3", date(2011, 7, 20), date(2011, 9, 30), lang="en")
    assert note.startswith("**2011Q3 is not complete: data begin 2011-07-20.**")


def test_a_month_without_a_row_is_said_of_a_quarter_that_ended():
    note = wording.unfinished_note("2011Q3", date(2011, 7, 1), date(2011, 9, 30), lang="en", gaps="sales 2011-08")
    assert note.startswith("**2011Q3 is not complete: no row of sales 2011-08.**")


@pytest.mark.parametrize(
    "call",
    [
        lambda: wording.conclusion(TOTALS, SUMMARY, "2025Q4", lang="fr"),
        lambda: wording.action_texts(CONCERNED, lang="fr"),
        lambda: wording.action_texts(CONCERNED[:0], lang="fr"),
        lambda: wording.unfinished_note("2011Q3", date(2011, 7, 1), date(2011, 8, 31), lang="fr"),
    ],
)
def test_another_language_is_refused(call):
    with pytest.raises(ValueError, match="fr"):
        call()


def test_fees_are_said_to_be_nobodys():
    said = [
        wording.conclusion(TOTALS.assign(fees=1234.0), SUMMARY, TOTALS["quarter"].iloc[-1], lang=lang)
        for lang in ("en", "zh")
    ]
    assert said[0].endswith("Net sales hold ¥1.23 thousand of fees, such as postage, which are no customer's.")
    assert said[1].endswith("销售净额中含邮费等费用 1,234 元，不计入任何客户。")
    assert "fees" not in wording.conclusion(TOTALS.assign(fees=0.0), SUMMARY, TOTALS["quarter"].iloc[-1], lang="en")
