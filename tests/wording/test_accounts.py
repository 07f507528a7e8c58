import datetime

import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
NAMES = pd.DataFrame({"name": ["One", "Two", "Three"], "account_manager": ["Li", "Wu", None]}, ["k1", "k2", "k3"])
DAY = datetime.date(2025, 12, 31)


def table(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split())


LIST = table("customer_id basis", ("k1", "decided"), ("k2", "decided"))
LINES = table(
    "customer_id metric unit owner due_on state target_signed actual attained_share",
    ("k1", "shelf", "%", "Li", "2025-12-31", "missed", 70.0, 63.0, 0.9),
    ("k2", "shows", "", "Wu", "2025-06-30", "missed", 8.0, 4.0, 0.5),
    ("k2", "shelf", "%", "Wu", "2025-09-30", "missed", 60.0, 20.5, 1 / 3),
    ("k2", "racks", "", "Wu", "2025-09-30", "done", 2.0, 3.0, 1.5),
    ("k3", "racks", "", None, "2025-03-31", "not_measured", 2.0, None, None),
    ("k3", "shows", "", None, "2026-01-31", "behind", 2.0, 0.0, 0.0),
)
SIZES = pd.Series({"k1": 5.0, "k2": 9.0})


def test_what_lacks_is_named_and_where_all_lacks_one_sentence_says_it(said):
    held = ["plans", "plan_checks", "needs", "promotions", "dealer_profit"]
    assert wording.accounts_missing(held) is None
    lacks = wording.accounts_missing(held[:-2])
    assert said("accounts.accounts_missing", lacks) == (
        "The exports hold no promotions and customers' profit statements; what this page would say of them is left out."
    )
    nothing = wording.accounts_missing(["plan_checks", "dealer_profit", "sales"])
    assert nothing["nothing"] and said("accounts.accounts_missing", nothing, "zh") == (
        "导出文件中既没有年度计划，也没有需求访谈和促销活动，无法说明客户需要什么。"
    )


@pytest.mark.parametrize(
    ("listed", "customer", "text"),
    [
        (LIST, "k1", "2 customers are key accounts by people's decision. This page shows **One**, looked after by Li."),
        (LIST[:1], "k3", "1 customer is a key account by people's decision. This page shows **Three**, which is none."),
        (LIST[:0], "", "There is no key account here."),
    ],
)
def test_who_the_key_accounts_are(said, listed, customer, text):
    assert said("accounts.accounts_who", wording.accounts_who(listed, customer, NAMES)) == text


def test_where_nobody_decided_the_candidates_are_called_so(said):
    told = wording.accounts_who(LIST.assign(basis="candidate"), "k2", NAMES)
    assert said("accounts.accounts_who", told).startswith("Nobody has decided who is a key account: the 2 customers of")
    assert said("accounts.accounts_who", told, "zh") == (
        "尚无人认定大客户：这里以 A 类的 2 家客户作为候选。由认定人在 `key_accounts.csv` 中签名。本页展示**Two**，由Wu负责。"
    )


def test_promises_due_are_counted_and_the_missed_one_of_the_largest_customer_comes_first(said):
    told = wording.promises(LINES, SIZES, NAMES, DAY)
    assert {name: told[name] for name in ("due", "kept", "missed", "unmeasured", "customers")} == {
        **{"due": 5, "kept": 1, "missed": 3, "unmeasured": 1, "customers": 3}
    }
    assert said("accounts.promises", told, markdown=False) == (
        "Of 5 promises to 3 customers that were due by 2025-12-31, 3 were missed, 1 was kept, and of 1 nobody knows, because nothing "
        "measures them. The missed one that matters most is shelf at Two (Wu): 20.5 of 60 %."
    )
    assert (
        said("accounts.accounts_finding", told, markdown=False)
        == "Of 5 promises due, 1 kept, **3 missed**. First: shelf at Two, 20.5 of 60 %."
    )
    assert said("accounts.accounts_finding", told, "zh", markdown=False) == (
        "到期承诺 5 项，兑现 1 项，**未兑现 3 项**。首先是Two的shelf：目标 60 %，实际 20.5 %。"
    )


def test_nothing_is_said_of_promises_before_one_is_due():
    assert wording.promises(LINES, SIZES, NAMES, datetime.date(2025, 1, 1)) is None


def test_a_correction_after_the_fact_is_named_with_who_signed_it_and_a_copied_plan_with_its_customer(said):
    columns = "customer_id metric before after after_missed who on"
    corrections = table(
        columns,
        ("k1", "shows", 6.0, 4.0, True, "Wu", "2025-07-18"),
        ("k2", "shows", 6.0, 4.5, False, "Li", "2025-05-16"),
    )
    copied = table("customer_id lines", ("k2", 4))
    told = wording.corrections_reading(corrections, copied, NAMES)
    assert said("accounts.corrections_reading", told, markdown=False) == (
        "2 targets were corrected during the year; the signed target stays beside it. Corrected after it had been missed: shows at "
        "One, from 6 to 4, signed by Wu on 2025-07-18. 1 plan is copied unchanged from last year: Two."
    )
    assert wording.corrections_reading(corrections[:0], copied[:0], NAMES) is None


def test_who_over_promises_and_who_holds_back(said):
    owners = table(
        "owner lines kept bias word",
        ("Li", 8, 1, 0.6, "over_promises"),
        ("Wu", 8, 8, 1.6, "holds_back"),
        ("Xu", 9, 5, 1.0, ""),
    )
    assert said("accounts.owners_reading", wording.owners_reading(owners)) == (
        f"Li kept 1 of 8 and typically reached 60{P} of the target: ask how the targets were set, they are out of reach. "
        f"Wu kept 8 of 8 and typically reached 160{P} of the target: ask why so little was promised."
    )
    assert said("accounts.owners_reading", wording.owners_reading(owners[2:]), "zh") == (
        "承诺在五项以上的 1 人中，没有明显偏高或偏低的。"
    )


NEEDS = table(
    "customer_id quarter need importance ideal actual gap rank prob_first3 since",
    ("k1", "2025Q4", "service", 5, 9.0, 4.0, 5.0, 1, 0.95, 3),
    ("k1", "2025Q4", "profit", 4, 8.0, 7.0, 1.0, 2, 0.5, 1),
    ("k1", "2025Q4", "convenience", 2, 7.0, 9.0, -2.0, 3, 0.0, None),
    ("k2", "2025Q4", "profit", 4, 8.0, 7.0, 1.0, 1, None, 1),
)
WORDS = {f"need:{key}": {"en": key, "zh": key} for key in ("service", "profit", "convenience")}


def test_the_largest_gaps_how_sure_their_order_is_and_what_is_more_than_enough(said):
    told = wording.needs_reading(NEEDS, "k1")
    assert (told["sure"], told["over"]) == (["service"], ["convenience"])
    text = said("accounts.needs_reading", told, vocabulary=WORDS)
    assert "are service (4 where 9 would be ideal, open for 3 quarters) and profit (7 where 8 would be ideal)." in text
    assert f"Service is among the first three with a probability of 80{P} or more." in text
    assert "nobody knows how sure" in said(
        "accounts.needs_reading", wording.needs_reading(NEEDS, "k2"), vocabulary=WORDS
    )
    assert wording.needs_reading(NEEDS, "k3") is None


def test_needs_of_all_their_drift_promotions_and_requests(said):
    quadrants = table(
        "need customers quadrant quadrant_scale",
        ("service", 46, "concentrate", "keep_up"),
        ("profit", 45, "undecided", "keep_up"),
    )
    told = wording.needs_map_reading(quadrants)
    assert (told["concentrate"], told["overkill"], told["differs"], told["customers"]) == (
        ["service"],
        [],
        ["service"],
        46,
    )
    assert "important and not met is service. Where profit belongs" in said(
        "accounts.needs_map_reading", told, vocabulary=WORDS
    )
    drift = wording.drift_reading(table("kind", ("closed",), ("steady",), ("rescored",)))
    assert drift == {"gaps": 3, "closed": 1, "opened": 0, "rescored": 1}
    effects = table("promotion verdict", ("p1", "paid"), ("p1", "paid"), ("p2", "cannot_tell"))
    assert said("accounts.promotions_reading", wording.promotions_reading(effects)) == (
        "Of 2 promotions, 1 paid, 0 did not, and of 1 it cannot be told."
    )
    requests = table("customer_id amount", ("k1", 5000.0), ("k2", None))
    assert said("accounts.requests_reading", wording.requests_reading(requests, "k1")) == (
        "2 requests for 2 customers go to headquarters, 1 of them for the customer shown; together they cost ¥5,000."
    )


def test_interviews_that_say_the_same_are_asked_about(said):
    same = table("account_manager interviews alike customers", ("Li", 9, 4, 3)).set_index("account_manager")
    assert said("accounts.same_answers_reading", wording.same_answers_reading(same)) == (
        "4 of 9 interviews of Li, at 3 customers, say the same in six of seven answers: ask who answered, the customer or we."
    )
    assert wording.same_answers_reading(same[:0]) is None
