import pandas as pd
import pytest

from custlib import wording

NAMES = pd.DataFrame({"name": ["One", "Two", "Three"], "account_manager": ["Li", "Wu", None]}, ["k1", "k2", "k3"])


def table(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split())


LIST = table("customer_id basis", ("k1", "decided"), ("k2", "decided"))


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


def test_requests_to_headquarters_are_counted_with_what_they_cost(said):
    requests = table("customer_id amount", ("k1", 5000.0), ("k2", None))
    assert said("accounts.requests_reading", wording.requests_reading(requests, "k1")) == (
        "2 requests for 2 customers go to headquarters, 1 of them for the customer shown; together they cost ¥5,000."
    )
    assert wording.requests_reading(requests[:0], "k1") is None
