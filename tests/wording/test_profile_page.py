"""Sentences of a customer's page, in both languages."""

from datetime import date

import pytest

from custlib import wording
from custlib.actions import DONE, OUTCOMES
from custlib.wording import sentences

P = "\N{NO-BREAK SPACE}%"
OWED = {
    "receivables": 212_000.0, "as_of": "2025Q4", "dso_days": 73.714, "more_than_days": None, "overdue": 32_000.0,
    "terms_days": 60, "limit": 250_000.0, "limit_used_share": 0.848, "reconciles": True, "difference": 0.0,
}  # fmt: skip


def said(facts, sentence, lang):
    return sentences.text(f"profile_page.{sentence}", facts, lang=lang)


@pytest.mark.parametrize(
    ("changed", "en", "zh"),
    [
        (
            {},
            f"It owes ¥212,000 at the end of 2025Q4: its sales of the last 74 days. **¥32,000 is overdue** (terms of 60 days). 85{P} of its limit of ¥250,000 is used.",
            "截至 2025Q4 应收款 21.2 万元，相当于最近 74 天的销售额。**逾期 3.2 万元**（账期 60 天）。授信额度 25 万元，已用 85%。",
        ),
        ({"receivables": -5.0}, "It owes nothing at the end of 2025Q4: it pays ahead.", "截至 2025Q4 没有欠款，属于预付。"),
        ({"receivables": None}, "What it owes is not known.", "应收款未知。"),
        (
            {"dso_days": None, "more_than_days": 300, "overdue": None, "limit": None, "reconciles": False, "difference": 9_000.0},
            "It owes ¥212,000 at the end of 2025Q4: more than all its sales of 300 days. No terms are signed, so what is overdue is not known. Sales, payments and receivables do not add up: ¥9,000 is unexplained.",
            "截至 2025Q4 应收款 21.2 万元，超过其 300 天内的全部销售额。没有已签字的账期，逾期金额未知。销售、回款与应收款对不上，有 9,000 元无法解释。",
        ),
        (
            {"overdue": 0.0, "limit": None},
            "It owes ¥212,000 at the end of 2025Q4: its sales of the last 74 days. Nothing is overdue (terms of 60 days).",
            "截至 2025Q4 应收款 21.2 万元，相当于最近 74 天的销售额。没有逾期（账期 60 天）。",
        ),
    ],
)  # fmt: skip
def test_what_is_owed(changed, en, zh):
    facts = wording.page_owed(OWED | changed)
    assert said(facts, "page_owed", "en") == en
    assert said(facts, "page_owed", "zh") == zh


def test_the_age_of_stock_adds_up_over_models():
    ages = [
        {"stock_at_list": 60.0, "slow_at_list": 0.0, "days_0_90": 60.0, "days_91_180": 0.0, "days_181_365": 0.0, "days_over_365": None},
        {"stock_at_list": 40.0, "slow_at_list": 30.0, "days_0_90": 10.0, "days_91_180": 0.0, "days_181_365": 30.0, "days_over_365": None},
    ]  # fmt: skip
    facts = wording.page_stock(ages)
    assert (facts["total"], facts["slow_share"], list(facts["parts"].values())) == (100.0, 0.3, [70.0, 0, 30.0, 0])
    assert said(facts, "page_stock", "en") == f"Stock of ¥100 at list price; 30{P} of it lies longer than 180 days."
    assert wording.page_stock([]) is None


def test_who_it_is_and_who_looks_after_it():
    judged = {"region": "华东", "area_type": "城市", "store_format": "个体", "key_account": True, "strategic": True}
    facts = wording.page_who("K1", judged, {"account_manager": "Li"})
    assert (
        said(facts, "page_who", "en")
        == "K1 · 个体 · 城市 · 华东 · looked after by Li · key account · strategic customer"
    )
    assert said(facts, "page_who", "zh") == "K1 · 个体 · 城市 · 华东 · 客户经理：Li · 大客户 · 战略客户"
    assert said(wording.page_who("K1", None, None), "page_who", "en") == "K1"


def test_how_sure_a_class_is_and_who_decided_it():
    judged = {
        "how_sure": 0.6,
        "more_often": "B",
        "joint_class": "A",
        "decided_class": "C",
        "step": "",
        "class_before": "",
    }
    facts = wording.page_class(judged, None, "2025Q4")
    assert said(facts, "page_class", "en") == (
        "A person decided on class C; the figures alone would say A. "
        f"With other invoices of the same kind it would be A in 60{P} of cases, more often B."
    )
    assert (
        said(facts, "page_class", "zh")
        == "人工定为 C 类；单看数字应为 A 类。换一批同类单据，仍为 A 类的比例是 60%，更常为 B 类。"
    )


@pytest.mark.parametrize(
    ("service", "en"),
    [
        ({"made": 1, "asked": 13.0}, "1 contact this quarter of 13 asked."),
        ({"made": 0, "asked": None}, "0 contacts this quarter; nothing says how many are asked."),
        (
            {"made": 5, "asked": 13.0, "reviews_asked": 3.0, "reviews_made": None, "complaints": 2, "last_contact": date(2025, 12, 1)},
            "5 contacts this quarter of 13 asked. Business reviews: 0 of 3. Complaints: 2, 0 still open. Last contact on 2025-12-01.",
        ),
    ],
)  # fmt: skip
def test_what_was_asked_of_us_and_what_we_did(service, en):
    assert said(wording.page_visits(service), "page_visits", "en") == en


def test_prices_ask_and_do_not_judge():
    price = {"price_index": 0.65, "compared_share": 0.9, "given_away": 350.0, "contribution": None, "question": True}
    assert said(wording.page_price(price), "page_price", "en") == (
        f"It pays 65{P} of the usual price, compared on 90{P} of its purchases. Below the usual price: ¥350 this quarter. "
        "**Why?** A question to the account manager, not a verdict."
    )
    assert wording.page_price({"price_index": None}) is None


def test_new_models_and_doubtful_counts_are_told_only_where_there_are_any():
    new = {"carried": 3, "offered": 5, "low": 0.2307, "high": 0.8824, "share_of_sales": None}
    assert said(wording.page_new(new), "page_new", "en") == (
        f"It carries 3 of 5 new models (with so few models anything from 23{P} to 88{P} could be chance)."
    )
    assert wording.page_new({"offered": 0}) is None
    assert wording.page_flow_doubt([{"doubt": False}]) is None
    assert wording.page_flow_doubt([{"doubt": True}, {"doubt": None}]) == {"doubtful": 1, "intervals": 2}


def test_what_the_last_report_asked_and_what_we_do_with_such_a_customer():
    (became,) = wording.page_last_report(
        [{"action": "win_back", "amount": 1.0, "outcome": "more", "recorded": "not_recorded"}]
    )
    assert said(became, "page_last_report", "zh").endswith("进货明显多于当时预期，未记录。")
    assert said(became, "page_last_report", "en").endswith("Bought more than was expected then; not recorded.")
    assert wording.page_measure(None, "en") is None
    told = {"measure_name_en": "Retain", "visit_rhythm_en": "Weekly", "terms_en": "", "next_step_en": "Plan"}
    assert said(wording.page_measure(told, "en"), "page_measure", "en") == "**Retain** · Visits: weekly · Next: plan"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("recorded", DONE.values())
def test_every_outcome_of_an_order_has_its_words(lang, outcome, recorded):
    (facts,) = wording.page_last_report([{"action": "check_stock", "outcome": outcome, "recorded": recorded}])
    assert "_" not in said(facts, "page_last_report", lang)


def test_a_manager_is_told_how_many_customers_of_which_class_and_how_many_promises_were_missed():
    classes = [{"decided_class": "B", "customers": 2, "size": 1e5}, {"decided_class": "A", "customers": 1, "size": 9e5}]
    facts = wording.manager_who(classes, [{}] * 5, [{}] * 2)
    assert said(facts, "manager_who", "en") == (
        "Looks after 3 customers with business in the quarter (1 of class A and 2 of class B); payments received of the quarter: "
        "¥1 million. Of 5 promises to them this year, 2 were missed."
    )
    assert said(facts, "manager_who", "zh") == (
        "负责本季有往来的客户 3 家（A 类 1 家、B 类 2 家）；本季回款 100 万元。今年对这些客户的 5 项承诺中，2 项未兑现。"
    )
    both = wording.manager_accounts(
        [{"key_account": True, "strategic": True}, {"key_account": True, "strategic": False}]
    )
    assert both == {"key_account": 2, "strategic": 1, "customers": 2}
    assert said(wording.manager_accounts([]), "manager_accounts", "en").startswith("Nobody has decided")
