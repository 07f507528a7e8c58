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


def conclusion(totals=TOTALS, **options):
    return wording.conclusion(totals, SUMMARY, "2025Q4", **options)


def test_conclusion_in_one_sentence(said):
    assert conclusion()["of_a"] == {"customers": 54, "share": 0.71}
    assert said("summary.conclusion", conclusion()) == (
        f"In 2025Q4, payments received came to ¥10.8 million from 268 customers, 8{P} more than the quarter before; "
        f"54 A customers brought 71{P} of it."
    )
    assert said("summary.conclusion", conclusion(), "zh") == (
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
def test_change_against_the_quarter_before(said, before, en, zh):
    facts = conclusion(TOTALS.assign(payments=[before, 10_800_000.0]))
    assert en in said("summary.conclusion", facts) and zh in said("summary.conclusion", facts, "zh")


def test_a_quarter_missing_in_between_is_not_the_quarter_before():
    assert conclusion(TOTALS.assign(quarter=["2025Q2", "2025Q4"]))["change"] is None


def test_conclusion_of_a_company_that_has_only_sales(said):
    totals, sales = TOTALS[1:].assign(payments=float("nan"), without_customer_share=0.143), {"size_is": "net_sales"}
    facts = conclusion(totals, **sales)
    text = said("summary.conclusion", facts, currency="GBP", **sales)
    assert text.startswith("In 2025Q4, net sales came to GBP 12 million from 268 customers; 54 A")
    assert text.endswith(f"Sales without a customer id, 14{P} of net sales, are in no class.")
    zh = said("summary.conclusion", facts, "zh", currency="GBP", **sales)
    assert "销售净额 1,200 万英镑" in zh and zh.endswith("没有客户编码的销售（占销售净额的 14%）未参与分类。")


def test_the_share_of_class_a_is_of_everything_also_of_what_has_no_customer():
    totals = TOTALS[1:].assign(net_sales=15_336_000.0, without_customer_share=0.3)
    assert conclusion(totals, size_is="net_sales")["of_a"]["share"] == 0.5


def test_of_a_part_nothing_is_said_of_sales_without_a_customer(said):
    facts = conclusion(TOTALS.assign(without_customer_share=float("nan")))
    assert said("summary.conclusion", facts).endswith("of it.")


def test_fees_are_said_to_be_nobodys(said):
    facts = conclusion(TOTALS.assign(fees=1234.0))
    assert said("summary.conclusion", facts).endswith(
        "Net sales hold ¥1,230 of fees, such as postage, which are no customer's."
    )
    assert said("summary.conclusion", facts, "zh").endswith("销售净额中含邮费等费用 1,234 元，不计入任何客户。")
    assert "fees" not in said("summary.conclusion", conclusion(TOTALS.assign(fees=0.0)))


@pytest.fixture
def texts(said):
    def read(concerned, lang="en"):
        return [said("summary.action_texts", one, lang, markdown=False) for one in wording.action_texts(concerned)]

    return read


def test_actions_name_amounts_and_whom_to_start_with(texts):
    assert texts(CONCERNED) == [
        "Win back 4 customers that were A a quarter ago and shrank or left: ¥450,000 lost. "
        "Start with Alpha <b> (¥300,000, Li Wei), Beta (¥100,000) and Gamma (¥50,000, Wu).",
        "Secure 1 customer newly in A, worth ¥120,000 this quarter. Start with 华金商贸 (¥120,000, 李伟).",
        "Grow with 1 customer of size A that earns ¥2.1 million with other brands. Start with Eta (¥2.1 million, Wu).",
    ]
    assert texts(CONCERNED, "zh") == [
        "挽回上季为 A 类、本季萎缩或流失的 4 家客户：共减少 45 万元。"
        "先从Alpha <b>（30 万元，Li Wei）、Beta（10 万元）和Gamma（5 万元，Wu）着手。",
        "稳住新晋 A 类的 1 家客户：本季共 12 万元。先从华金商贸（12 万元，李伟）着手。",
        "与规模为 A 类、但靠其他品牌获利 210 万元的 1 家客户共同做大本品牌。先从Eta（210 万元，Wu）着手。",
    ]


def test_only_the_three_most_urgent_actions_are_named():
    more = pd.concat([CONCERNED, CONCERNED[:1].assign(action="stop_loss")])
    assert [facts["action"] for facts in wording.action_texts(more)] == ["win_back", "keep_new", "close_gap"]


@pytest.mark.parametrize("lang, text", [("en", "Keep on"), ("zh", "保持现状")])
def test_a_quiet_quarter_says_so(texts, lang, text):
    (only,) = texts(CONCERNED[:0], lang)
    assert only.startswith(text)


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
        r"**2011Q3 is not complete: data begin 2011-07-20 and no row of sales 2011\-08.**"
    )
