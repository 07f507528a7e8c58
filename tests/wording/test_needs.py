import pandas as pd
import pytest

from custlib import accounts, wording
from custlib.page import vocabulary
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
NAMES = pd.DataFrame({"name": ["One", "Two"]}, ["k1", "k2"])
TALKS = [
    *[("2025Q3", "k1", "profit", 5, 9, 5), ("2025Q3", "k1", "convenience", 3, 6, 8)],
    *[("2025Q4", "k1", "profit", 5, 9, 6), ("2025Q4", "k1", "convenience", 3, 6, 8)],
    *[("2025Q4", "k2", "profit", 4, 8, 8), ("2025Q4", "k2", "convenience", 3, 7, 7)],
]
WRITTEN = {"question_kind": "reality", "said": "", "feasible": None, "cost": float("nan"), "by_when": pd.NaT}
COLUMNS = ["quarter", "customer_id", "need", "importance", "ideal", "actual"]
ANSWERS = pd.DataFrame(TALKS, columns=COLUMNS).assign(**WRITTEN)


@pytest.fixture(scope="module")
def context():
    return Context(vocabulary=vocabulary.of(None))


@pytest.fixture
def say(context):
    return lambda name, facts, lang="en": text(f"needs.{name}", facts, lang=lang, context=context)


def needs(answers=ANSWERS):
    return accounts.account_needs(answers, "2025Q4")


def test_what_would_be_ideal_for_a_customer_and_what_is_in_its_words(say):
    answers = ANSWERS.assign(said=["", "", "卖你们的货不赚钱", "", "", ""])
    told = wording.needs_ideal(needs(answers), "k1", NAMES)
    assert say("needs_ideal", told) == (
        "**One** in 2025Q4: profit, ideal 9.0, now 6.0. In its words: “卖你们的货不赚钱”."
    )
    assert say("needs_ideal", told, "zh") == (
        "**One**（2025Q4 访谈）：利润，理想 9.0，现实 6.0。客户原话：“卖你们的货不赚钱”。"
    )


def test_a_customer_that_lacks_nothing_one_that_was_not_asked_and_nobody(say):
    assert "told of no gap in 2025Q4" in say("needs_ideal", wording.needs_ideal(needs(), "k2", NAMES))
    only = needs()[needs()["customer_id"] == "k1"]
    assert "was not asked" in say("needs_ideal", wording.needs_ideal(only, "k2", NAMES))
    assert wording.needs_ideal(needs(), "", NAMES) is None and wording.needs_ideal(needs()[:0], "k1", NAMES) is None


def test_which_gap_comes_first_and_how_sure_that_is(say):
    rows = needs()
    told = wording.needs_first(rows.assign(prob_first3=0.97), "k1")
    assert say("needs_first", told) == (
        "In this order, by importance and gap: profit, a gap of 3, open for 2 quarters, "
        f"among the first three in 97{P} of draws."
    )
    told = wording.needs_first(rows.assign(prob_first3=0.7), "k1")
    assert say("needs_first", told).endswith("Before promising anything, ask again about profit.")
    assert say("needs_first", told, "zh").endswith("作出承诺之前，请就利润再问一次。")
    assert wording.needs_first(rows, "k2") is None  # no gap


def test_one_quarter_of_interviews_says_nothing_of_how_sure(say):
    rows = needs(ANSWERS[ANSWERS["quarter"] == "2025Q4"])
    said = say("needs_first", wording.needs_first(rows, "k1"))
    assert "Nobody was asked in two successive quarters" in said and "draws" not in said


def test_what_is_over_served_and_nothing_where_that_is_not_sure(say):
    rows = pd.DataFrame(
        {"customers": [20, 20], "served": [18, 9], "over": [6, 1], "sure": [True, False]},
        pd.Index(["convenience", "feeling"], name="need"),
    )
    assert say("needs_over_served", wording.needs_over_served(rows)).startswith(
        "Over-served: convenience, which 18 of 20 customers have as it would be ideal or better (6 better)."
    )
    assert wording.needs_over_served(rows[1:]) is None


def a_map():
    return pd.DataFrame(
        [
            ("profit", 20, 4.4, 6.3, 0.3, "concentrate", "keep_up"),
            ("value", 20, 3.5, 6.4, None, "undecided", "keep_up"),
            ("convenience", 20, 3.1, 7.1, None, "overkill", "overkill"),
        ],
        columns=[
            *("need", "customers", "importance_mean", "actual_mean", "derived_importance", "quadrant"),
            "quadrant_scale",
        ],
    )


def test_where_each_need_lies_and_where_the_cross_hairs_differ(say):
    told = wording.needs_map_reading(a_map())
    assert say("needs_map_reading", told) == (
        "Concentrate here: profit; perhaps too much: convenience (20 customers, beside the mean of all needs). "
        f"Undecided is value: a quadrant is said only where it holds in 80{P} of resamples of at least 5 customers. "
        "By the middle of the scales it looks different: profit “keep up”. "
        f"With the following change of customers' profit from our brand, profit goes most (30{P} of the differences): "
        "an association, no cause."
    )
    assert "重点改进的是利润；可能过度的是便捷。价值未定" in say("needs_map_reading", told, "zh")
    assert wording.needs_map_reading(a_map()[:0]) is None


def test_what_ranks_within_interviews_change(say):
    ranked = pd.Series({"profit": "concentrate", "value": "concentrate", "convenience": "overkill"})
    said = say("needs_ranked", wording.needs_ranked(a_map(), ranked))
    assert said.endswith("this changes: value “concentrate here”.")
    same = a_map().set_index("need")["quadrant"]
    assert "no quadrant changes" in say("needs_ranked", wording.needs_ranked(a_map(), same))


def test_the_map_in_words(say):
    assert say("needs_map_alt", wording.needs_map_alt(a_map()[:1]), "zh") == (
        "需求分布图，重要性（1–5）与现实（1–10），均为客户均值：利润 4.4 与 6.3，重点改进。"
    )


def test_which_gaps_closed(say):
    kinds = ["closed", "steady", "opened", "rescored"]
    drift = pd.DataFrame(
        {"customer_id": ["k1", "k1", "k2", "k2"], "need": ["profit", "value", "profit", "value"], "kind": kinds}
    ).assign(gap_change=[-3.0, 1.0, 2.0, -2.0])
    assert say("needs_drift_reading", wording.needs_drift_reading(drift)) == (
        "Of 4 gaps of 2 customers asked twice within four quarters, 1 closed and 1 opened by more than answers vary by "
        "themselves; about 0 would do so by chance alone. 1 changed only because the ideal was scored anew: what is did "
        "not move."
    )
    assert wording.needs_drift_reading(drift.assign(kind=None)) is None


def test_a_manager_whose_interviews_are_alike_is_asked(say):
    rows = pd.DataFrame(
        {"interviews": [6], "alike": [4], "customers": [2], "quarters": [2], "customer_ids": [["k1", "k2"]]},
        pd.Index(["Li"], name="account_manager"),
    )
    told = wording.needs_answered_for(rows, NAMES)
    assert say("needs_answered_for", told) == (
        "- **Li**: 4 of 6 interviews agree with another in all needs but one (One and Two; 2 quarters). "
        "Who answered, the customers or their manager?"
    )
    assert wording.needs_answered_for(rows[:0], NAMES) is None


def test_the_rules_are_told(say):
    for lang in ("en", "zh"):
        assert "95" in say("needs_method", wording.needs_method(), lang)
