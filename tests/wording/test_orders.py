"""The front page's orders, in both languages."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
DAY = date(2026, 1, 14)
NAMED = pd.DataFrame(
    [
        ("check_stock", "Alpha <b>", "Li Wei", 1_470_000.0, "overstocked", np.nan, np.nan, 2.02, 0.62),
        ("win_back", "Beta", "", 2_850_000.0, "fell", "2025Q3", 1_090_000.0, 245_000.0, np.nan),
        ("win_back", "Gamma", "Wu", 3_330_000.0, "left", "2025Q3", np.nan, np.nan, np.nan),
        ("stop_loss", "Delta", "Wu", 25_000.0, "below_cost", np.nan, np.nan, np.nan, 0.64),
        ("close_gap", "Eta", "Wu", 1_800_000.0, "low_share", np.nan, np.nan, np.nan, 0.13),
        ("keep_new", "华金商贸", "李伟", 3_720_000.0, "grew", "2025Q2", 43_000.0, 1_143_000.0, np.nan),
    ],
    columns=["action", "name", "account_manager", "amount", "why", "since", "before", "now", "share"],
).assign(by_when=DAY)


def test_where_money_is_being_lost_comes_first_the_most_of_it_before():
    assert [one["name"] for one in wording.first_orders(NAMED)] == [
        "Gamma",
        "Beta",
        "Alpha <b>",
        "Delta",
        "华金商贸",
    ]


@pytest.mark.parametrize(
    "place, en, zh",
    [
        (
            0,
            r"**Alpha \<b\>** (Li Wei): check the stock before delivering by 2026-01-14. Paid ¥1.47 million; stock for 2.0 quarters, "
            f"62{P} of it older than 180 days.",
            r"**Alpha \<b\>**（Li Wei）：2026-01-14 前先核实库存再发货。本季回款 147 万元，库存相当于 2.0 个季度的进货，其中 62% 库龄超过 180 天。",
        ),
        (
            1,
            "**Beta**: win back by 2026-01-14. ¥2.85 million lost a year: net sales ¥1.09 million → ¥245,000 on last year, since 2025Q3.",
            "**Beta**：2026-01-14 前挽回。折合全年少进货 285 万元：销售净额由去年同季 109 万元变为 24.5 万元，始于 2025Q3。",
        ),
        (
            3,
            f"**Delta** (Wu): change the terms by 2026-01-14. Our loss this quarter ¥25,000; it pays 64{P} of the models' median prices.",
            "**Delta**（Wu）：2026-01-14 前调整商务条件。本季我方亏损 2.5 万元，进货价仅为各型号中位价的 64%。",
        ),
    ],
)
def test_an_order_says_who_what_by_when_how_much_and_why(said, place, en, zh):
    (facts,) = wording.first_orders(NAMED.iloc[[place]])
    assert said("orders.first_orders", facts) == en
    assert said("orders.first_orders", facts, "zh") == zh


def test_how_many_orders_there_are_and_what_was_not_found(said):
    facts = wording.all_orders(pd.concat([NAMED] * 2))
    assert said("orders.all_orders", facts) == (
        "These are 5 of 12 orders, which the summary lists by kind: 2 × check stock, 4 × win back, 2 × change terms, "
        "2 × raise our share and 2 × secure growth."
    )
    quiet = wording.all_orders(NAMED[NAMED["why"] == "grew"])
    assert said("orders.all_orders", quiet, "zh") == (
        "经核查，本季没有新增停购客户、没有明显下滑的客户、没有低于成本进货的客户和没有压货客户。"
    )


def test_nothing_to_order(said):
    assert said("orders.all_orders", wording.all_orders(NAMED[:0])).startswith(
        "No order: the figures name no customer to act on."
    )


def test_every_reason_is_said_in_both_languages(said):
    for facts in wording.order_reason(NAMED):
        assert said("orders.order_reason", facts) and said("orders.order_reason", facts, "zh")


def test_a_missing_statement_is_a_request_and_no_order(said):
    customers = pd.DataFrame({"brand_share_of": ["2025Q4", "2025Q3", "2025Q1", "", None]})
    facts = wording.statements_asked(customers, "2025Q4")
    assert said("orders.statements_asked", facts) == (
        "Please also ask 2 customers for their profit statement of 2025Q4; the last known share is used."
    )
    assert said("orders.statements_asked", facts, "zh") == "另请 2 家客户补交本季利润表，其间沿用上次占比。"
    assert wording.statements_asked(customers[:1], "2025Q4") is None
    assert wording.statements_asked(pd.DataFrame(index=[0]), "2025Q4") is None


def test_while_the_data_are_in_doubt_it_is_not_said_that_nobody_left():
    doubt = pd.Series({"customers_before": 10, "customers_absent": 9})
    assert wording.all_orders(NAMED[:0], doubt)["quiet"] == ["below_cost", "overstocked"]
    assert wording.all_orders(NAMED[:0], doubt * 0)["quiet"][0] == "left"


def test_what_the_exports_cannot_tell_was_not_looked_for():
    missing = pd.DataFrame({"indicator": ["size", "contribution"]})
    sold = pd.DataFrame({"stuffed": ["not_known"]})
    assert wording.all_orders(NAMED[:0], None, missing, sold)["quiet"] == ["left", "fell"]
    assert wording.all_orders(NAMED[:0], None, missing[:1], sold.assign(stuffed="sold"))["quiet"][2:] == [
        "below_cost",
        "overstocked",
    ]
