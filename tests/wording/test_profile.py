import pandas as pd
import pytest

from custlib import wording
from custlib.wording.sentences import text

P = "\N{NO-BREAK SPACE}%"
NAMES = pd.DataFrame({"name": ["One", "Two", "Three"]}, ["k1", "k2", "k3"])


def en(name, facts):
    return text(f"profile.{name}", facts, lang="en")


def zh(name, facts):
    return text(f"profile.{name}", facts, lang="zh")


def test_what_the_exports_lack_is_named_and_nothing_where_nothing_lacks():
    held = ["visits", "inventory", "dealer_profit", "plans", "plan_checks", "targets"]
    days = pd.Series(pd.to_datetime(["2025-01-01"]))
    assert wording.profile_missing(held, days) is None
    lacks = wording.profile_missing(held[1:-1], days[:0])
    assert lacks == {"lacks": ["visits", "targets", "launched_on"]}
    assert en("profile_missing", lacks) == (
        "The exports hold no visits, customers' targets and launched on; what this page would say of them is left out."
    )
    assert zh("profile_missing", lacks) == "导出文件中没有拜访记录、客户目标和上市日期，本页相应内容从略。"


def customers(**other):
    row = {"customer_id": "k1", "name": "One", "region": "East", "account_manager": "Li", "decided_class": "A"}
    row |= {
        "joint_class": "A",
        "how_sure": 0.97,
        "size": 1e6,
        "measure_name_en": "Retain",
        "measure_name_zh": "稳固合作",
    }
    return pd.DataFrame([row | {"key_account": False, "strategic": False} | other])


HISTORY = pd.DataFrame(
    [("k1", "2025Q3", "B"), ("k1", "2025Q4", "A"), ("k2", "2025Q4", "C")],
    columns=["customer_id", "quarter", "joint_class"],
)


def test_who_it_is_with_its_classes_and_how_sure():
    told = wording.profile_who("k1", customers(key_account=True), HISTORY, NAMES)
    assert en("profile_who", told) == (
        f"**One** (East), looked after by Li, is class A; payments received of the quarter: ¥1 million. In 97{P} of re-drawn quarters "
        "its class by the figures is A. By a person's decision it is a key account. Measure: Retain. Classes from 2025Q3 to 2025Q4: B A."
    )
    assert zh("profile_who", told) == (
        "**One**（East），由Li负责，为 A 类；本季回款 100 万元。重抽本季单据时，97% 的情形下按数据仍为 A 类。经人工认定为大客户。"
        "措施：稳固合作。2025Q3 至 2025Q4 的类别依次为：B A。"
    )


def test_a_class_that_a_person_set_stands_beside_that_of_the_figures():
    told = wording.profile_who("k1", customers(decided_class="C", how_sure=None), HISTORY[:1], NAMES)
    assert "is class C by a person's decision (A by the figures)" in en("profile_who", told)
    assert "为 C 类（人工指定，按数据为 A 类）" in zh("profile_who", told)


def test_a_customer_that_is_gone_and_no_customer_at_all():
    told = wording.profile_who("k2", customers(), HISTORY, NAMES)
    assert en("profile_who", told) == "**Two** neither bought nor paid in the quarter and has no class."
    assert zh("profile_who", told) == "**Two**本季既无购货也无回款，没有类别。"
    assert wording.profile_who("", customers(), HISTORY, NAMES) is None


def test_pieces_between_the_last_two_counts():
    flow = pd.DataFrame(
        [("k1", "2025-09-30", "2025-12-31", 120.0, 300.0, 330.0, 90.0, 25.0, False)],
        columns=["customer_id", "from", "to", "opening", "sold_in", "sold_through", "closing", "cover_days", "doubt"],
    )
    told = wording.pieces_reading(flow, "k1")
    assert en("pieces_reading", told) == (
        r"Between 2025\-09\-30 and 2025\-12\-31: 120 pieces in stock, 300 sold in, 330 sold through, 90 left. At that pace the stock lasts 25 days."
    )
    told = wording.pieces_reading(flow.assign(sold_through=-30.0, doubt=True, cover_days=None), "k1")
    assert "the count or a delivery is in doubt" in en("pieces_reading", told)
    assert zh("pieces_reading", told).endswith("动销为负，盘点或供货存疑。")
    assert wording.pieces_reading(flow, "k2") is None


def test_a_picture_of_pieces_in_words():
    table = pd.DataFrame(
        [("sold_in", "2025-01-01", 20.0), ("sold_in", "2025-02-01", 10.0), ("stock", "2025-02-28", 40.0)],
        columns=["kind", "begin", "pieces"],
    )
    table = table.assign(begin=pd.to_datetime(table["begin"]), end=pd.to_datetime(table["begin"]))
    told = wording.sell_in_out_alt(table)
    assert "from 10 to 20 a month" in en("sell_in_out_alt", told) and "最近一次 40 件" in zh("sell_in_out_alt", told)
    assert (
        zh("sell_in_out_alt", wording.sell_in_out_alt(table[:2]))
        == r"2025\-01 至 2025\-02 各月柱形图：每月进货 10 至 20 件。"
    )


def credit(*rows):
    columns = [
        "customer_id",
        "receivables",
        "as_of",
        "dso_days",
        "more_than_days",
        "overdue",
        "terms_days",
        "limit_used_share",
    ]
    return pd.DataFrame(rows, columns=columns)


def test_what_is_owed_by_one_and_by_all():
    rows = credit(("k1", 2e6, "2025Q4", 73.7, None, 1e6, 60, 0.4), ("k2", 1e6, "2025Q4", None, 800, None, None, None))
    assert en("owed_reading", wording.owed_reading(rows, "k1")) == (
        f"This customer owed ¥2 million at the end of 2025Q4, 74 days of its purchases; its terms are 60 days, and ¥1 million is overdue; 40{P} of "
        "its credit limit is used. Of 2 customers with a statement of 2025Q4, together ¥3 million with a median of 74 days, 1 is overdue with ¥1 million. "
        "For 1 the terms are not known."
    )
    assert "超过 800 天的进货额。" in zh("owed_reading", wording.owed_reading(rows, "k2"))
    stale = pd.concat([rows, credit(("k3", 9e6, "2024Q1", 90, None, 9e6, 60, 0.4))])
    assert wording.owed_reading(stale, "k1") == wording.owed_reading(rows, "k1")
    assert "2024Q1 末该客户应收账款" in zh("owed_reading", wording.owed_reading(stale, "k3"))
    assert wording.owed_reading(rows[:0], "k1") is None


def test_new_models_of_one_and_of_all():
    new = pd.DataFrame(
        [("k1", 2, 5, 0.4, 0.12, 0.77, 0.1), ("k2", 0, 5, 0.0, 0.0, 0.43, None)],
        columns=["customer_id", "carried", "offered", "penetration", "low", "high", "share_of_sales"],
    )
    told = wording.new_models_reading(new, "k1")
    assert en("new_models_reading", told).startswith("This customer carries 2 of 5 models launched within 12 months")
    assert "占其本季净销售额的 10%" in zh("new_models_reading", told)
    assert "净销售额" not in zh("new_models_reading", wording.new_models_reading(new, "k2"))
    assert wording.new_models_reading(new, "gone")["own"] is None
    assert wording.new_models_reading(new.assign(offered=0), "k1") is None
    assert wording.new_models_reading(new[:0], "k1") is None


def prices(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "price_index", "given_away", "contribution", "question"])


def test_who_pays_far_less_and_what_everybody_else_pays():
    rows = prices(("k1", 0.6, 350.0, -50.0, True), ("k2", 1.0, 0.0, 10.0, False), ("k3", None, None, 1.0, False))
    told = wording.prices_reading(rows, NAMES, "k2")
    assert en("prices_reading", told) == (
        f"This customer pays 100{P} of the usual prices of what it buys. 1 of 2 customers pays under 85{P} of usual prices: One; that is ¥350 less "
        f"than usual in the quarter, and 1 of them buys below our cost. Everybody else pays 100{P} or more. A low price is a question, no verdict: "
        "terms may have been agreed."
    )
    assert "2 家客户中有 1 家的进货价不到常见价格的 85%：One" in zh("prices_reading", told)
    assert wording.prices_reading(rows[2:], NAMES, "k1") is None
    nobody = wording.prices_reading(rows[1:], NAMES, "k9")
    assert en("prices_reading", nobody).startswith(f"All 1 customer with a price to compare pay 85{P}")


def sums(*rows):
    columns = ["value", "asked", "made", "none_made", "reviews_asked", "reviews_made", "by"]
    return pd.DataFrame(rows, columns=columns)


CONTACTS = pd.DataFrame(
    [
        ("k1", "complaint", "2025-11-01", "open", 60.0),
        ("k2", "complaint", "2025-10-01", "solved", 4.0),
        ("k2", "other", "2025-10-03", "", None),
    ],
    columns=["customer_id", "kind", "date", "outcome", "open_days"],
)


def test_contacts_asked_and_made_by_class():
    rows = sums(
        ("A", 13.0, 3, 1, 3.0, 1, "decided_class"),
        ("B", 6.5, 2, 0, 1.0, 0, "decided_class"),
        ("Li", 19.5, 5, 1, 4.0, 1, "account_manager"),
    )
    told = wording.service_reading(rows, CONTACTS, "2025Q3")
    assert en("service_reading", told) == (
        f"5 visits and calls were made of 20 that the measures ask for (25{P}): A 3 of 13 and B 2 of 6. Of 4 business reviews asked for, 1 was held. "
        "1 customer in A had neither a visit nor a call. What is asked stands in measures.csv, for the measures of the report of 2025Q3. "
        "1 contact of a kind that words.csv does not list is not counted."
    )
    assert zh("service_reading", told).startswith(
        "按措施要求应拜访或致电 20 次，实际 5 次（25%）：A 类应 13 次、实际 3 次；B 类应 6 次、实际 2 次。"
    )
    assert wording.service_reading(rows[:0], CONTACTS[:0], "2025Q3") is None


def test_open_complaints_and_who_left_with_one():
    losses = pd.DataFrame({"lost_on": ["2025-12-31"]}, ["k1"])
    told = wording.complaints_reading(CONTACTS, losses, NAMES)
    assert en("complaints_reading", told) == (
        "1 complaint of 1 customer is open, half of them for 60 days or longer. Of 1 that was solved, half took 4 days or less. "
        "These customers left with a complaint open: One."
    )
    assert "投诉未解决就已流失的客户：One。" in zh("complaints_reading", told)
    earlier = wording.complaints_reading(CONTACTS, losses.assign(lost_on="2025-10-31"), NAMES)
    assert earlier["left"]["names"] == []
    assert wording.complaints_reading(CONTACTS[2:], losses, NAMES) is None


def test_the_one_finding_and_none_without_either():
    rows = sums(("A", 13.0, 3, 1, 3.0, 1, "decided_class"))
    low = prices(("k1", 0.6, 350.0, -50.0, True))
    told = wording.profile_finding(rows, low)
    assert en("profile_finding", told) == (
        f"**3 of 13** visits and calls asked for were made. 1 customer pays under 85{P} of usual prices."
    )
    assert (
        zh("profile_finding", told)
        == "要求的 13 次拜访和电话中，**实际完成 3 次**。1 家客户的进货价不到常见价格的 85%。"
    )
    assert wording.profile_finding(rows[:0], low.assign(price_index=None, question=False)) is None
    assert "Nobody pays under" in en("profile_finding", wording.profile_finding(rows[:0], low.assign(question=False)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_how_many_have_a_page_and_by_which_rules(lang):
    told = wording.profile_pages(pd.DataFrame({"customer_id": ["k1"]}), customers().assign(customer_id="k2"))
    assert told == {"pages": 1, "former": 1, "without": 1, "customers": 1} and "1" in text(
        "profile.profile_pages", told, lang=lang
    )
    assert "85" in text("profile.profile_method", wording.profile_method(), lang=lang)
