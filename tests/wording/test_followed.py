import pandas as pd
import pytest

from custlib import actions
from custlib.wording import effect_reading, followed_limits, followed_texts, since_report

TOTALS = pd.DataFrame({"quarter": ["2025Q3", "2025Q4"], "payments": [200.0, 250.0]})


def on_list(*pairs):
    return pd.DataFrame(pairs, columns=["action", "customer_id"])


BEFORE = actions.Earlier("2025Q3", on_list(("win_back", "k1"), ("keep_new", "k2")), TOTALS[:1])


def since(before):
    now = on_list(("win_back", "k1"), ("win_back", "k2"), ("stop_loss", "k1"))
    return since_report(before, now, TOTALS, "2025Q4")


def with_payments(yuan):
    return BEFORE._replace(totals=pd.DataFrame({"quarter": ["2025Q3"], "payments": [yuan]}))


def test_size_then_and_now_and_what_is_new_on_the_list(said):
    facts = since(BEFORE)
    assert facts["size"] == {"then": 200.0, "now": 250.0, "change": 0.25}
    # k2 was to be secured and is now to be won back: a new thing to do, and the old one is off the list
    assert facts["listed"] == {"all": 3, "new": 2, "still": 1, "off": 1}
    assert said("followed.since_report", facts) == (
        "Since the report of 2025Q3, payments received went from ¥200 to ¥250 (+25\N{NO-BREAK SPACE}%). "
        "Of 3 things to do with a customer 2 are new and 1 stood in that report already; 1 of its own are off the list."
    )
    assert said("followed.since_report", facts, "zh") == (
        "与 2025Q3 的报告相比，回款额由 200 元变为 250 元（+25%）。"
        "需对客户采取的 3 项行动中，2 项为新增，1 项上次已列出；上次所列的 1 项不再列出。"
    )


@pytest.mark.parametrize("then, change", [(500.0, "−50\N{NO-BREAK SPACE}%"), (250.0, "±0")])
def test_the_figure_of_then_is_the_one_that_was_published(said, then, change):
    assert f"from ¥{then:.0f} to ¥250 ({change})" in said("followed.since_report", since(with_payments(then)))


def test_a_measure_that_the_report_before_did_not_have_is_not_compared(said):
    facts = since(with_payments(float("nan")))
    assert facts["size"] is None
    assert said("followed.since_report", facts).startswith("The report before is that of 2025Q3. Of 3")


def test_without_a_report_before_it_is_said(said):
    assert said("followed.since_report", since(None)) == "No earlier report of these customers to compare with."


RECORDS = ["done", "not_done", "not_recorded"]
SUMMARY = pd.DataFrame(
    [("win_back", 4, 300.0, 2, 1, 0, 0, 0, 1, 0, 0, 0, 4), ("check_stock", 2, 50.0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 2)],
    columns=["action", "customers", "amount", *actions.OUTCOMES, *RECORDS],
)


@pytest.fixture
def texts(said):
    def read(summary, lang="en"):
        return [said("followed.followed_texts", facts, lang, markdown=False) for facts in followed_texts(summary)]

    return read


def test_each_action_tells_what_became_of_its_customers(texts):
    assert texts(SUMMARY) == [
        "Win back 4 customers (¥300 a year): 2 bought more than was to be expected of them then, 1 as much as was to be expected "
        "and 1 no customer any more.",
        "Check the stock of 2 customers: 1 no longer overstocked and 1 still overstocked.",
    ]
    assert texts(SUMMARY, "zh") == [
        "挽回 4 家客户（每年 300 元）：2 家进货多于当时的预期，1 家与预期相当，1 家已不再是客户。",
        "核实 2 家客户的库存：1 家已不再压货，1 家仍有压货迹象。",
    ]


def test_what_is_recorded_is_told(texts):
    recorded = SUMMARY[:1].assign(done=1200, not_done=1, not_recorded=1)
    assert texts(recorded)[0].endswith(" Recorded: done for 1,200; not done for 1; not recorded for 1.")
    assert texts(recorded, "zh")[0].endswith("记录：已落实 1,200 家；未落实 1 家；未记录 1 家。")


@pytest.mark.parametrize("action", actions.ACTIONS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_action_and_outcome_has_words(texts, action, lang):
    row = {"action": action, "customers": 8, "amount": 1.0} | dict.fromkeys(actions.OUTCOMES, 2)
    (text,) = texts(pd.DataFrame([row | dict.fromkeys(RECORDS, 0)]), lang)
    assert text.count("2 ") >= 4


EFFECT = pd.DataFrame(
    [("win_back", 5, 200, 0.04, -0.1, 0.2), ("keep_new", 3, 200, 0.3, 0.1, 0.5)],
    columns=["action", "customers", "others", "difference", "low", "high"],
)


def test_whether_it_helped_is_told_with_what_was_tested_and_how_sure_it_is(said):
    text = said("followed.effect_reading", effect_reading(EFFECT, BEFORE), markdown=False)
    assert text.startswith(
        "The 5 customers to be won back bought +4\N{NO-BREAK SPACE}% against the 200 not named, each beside what was expected of it "
        "(−10\N{NO-BREAK SPACE}% to +20\N{NO-BREAK SPACE}%): no more than chance gives."
    )
    assert text.endswith("more than chance gives.") and text.count("no more than chance") == 1
    zh = said("followed.effect_reading", effect_reading(EFFECT[:1], BEFORE), "zh")
    assert zh == (
        "需挽回的 5 家客户的进货（相对于各自当时的预期）与未列出的 200 家相比为 +4%（−10% 至 +20%）：未超出偶然波动。"
    )


def test_too_few_customers_tell_nothing(said):
    assert said("followed.effect_reading", effect_reading(EFFECT[:0], BEFORE)).startswith("Too few customers")
    assert effect_reading(EFFECT[:0], None) is None


def limits(summary, unused, said, lang="en"):
    return said("followed.followed_limits", followed_limits(summary, unused), lang)


def test_what_the_outcomes_do_not_say_and_where_nothing_is_recorded(said):
    some = SUMMARY.assign(not_recorded=0, done=1)
    assert followed_limits(some, []) == {"nothing_recorded": False, "unused_lines": []}
    assert limits(some, [], said).endswith("better after it was done is no proof that it helped.")
    assert "Nothing is recorded" in limits(SUMMARY, [], said) and "尚无落实情况" in limits(SUMMARY, [], said, "zh")
    assert followed_limits(SUMMARY[:0], []) is None


def test_lines_that_name_nobody_are_told(said):
    assert "line 3, 5:" in limits(SUMMARY, [3, 5], said) and "第 3, 5 行" in limits(SUMMARY, [3, 5], said, "zh")
    assert "Nothing is recorded" not in limits(SUMMARY, [3], said)
