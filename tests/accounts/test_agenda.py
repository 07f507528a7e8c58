from datetime import date

import pandas as pd

from custlib import accounts

TREE = pd.DataFrame(
    {
        "factor": ["value_for_money", "policy_resources", "other", "price", "policy_design", "strange", "small_steps"],
        "bone": [None, None, None, "value_for_money", "policy_resources", "other", "other"],
        "zone": [None, None, None, "B", "B", "B", "A"],
    }
)
FACTORS = pd.Series({"value": "price", "stability": "policy_design", "ideas": "strange", "convenience": "small_steps"})
QUARTER = (date(2025, 10, 1), date(2025, 12, 31))


def needs(*rows):
    names = ["customer_id", "need", "actual", "ideal", "gap", "rank", "feasible", "cost", "by_when"]
    return pd.DataFrame(rows, columns=names).assign(quarter="2025Q4")


def need(name, gap=3, rank=1, feasible=None, customer="K1"):
    return customer, name, 9 - gap, 9, gap, rank, feasible, 5000.0, date(2026, 3, 31)


def test_headquarters_are_asked_for_what_only_they_can_change():
    rows = accounts.account_requests(
        needs(*map(need, FACTORS.index), need("value", feasible=False, customer="K2")), FACTORS, TREE
    )
    assert dict(zip(rows["need"], rows["asked_of"], strict=True)) == {
        "value": "product_management",
        "stability": "sales_policy",
        "ideas": "leadership",
    }
    assert set(rows["amount"]) == {5000} and set(rows["due"]) == {date(2026, 3, 31)}


def plan_lines(*rows):
    names = ["year", "customer_id", "item", "metric", "unit", "target_now", "actual", "state", "due_on"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(expected_by_now=table["target_now"])


LINES = plan_lines(
    (2025, "K1", "促销", "场次", "次", 6.0, 6.0, "done", date(2025, 12, 31)),
    (2025, "K1", "促销", "占比", "%", 50.0, 40.0, "missed", date(2025, 10, 1)),
    (2025, "K1", "促销", "早", "次", 6.0, 1.0, "missed", date(2025, 9, 30)),
    (2025, "K2", "促销", "场次", "次", 6.0, 5.0, "on", date(2025, 12, 31)),
)
CORRECTED = pd.DataFrame(
    [
        (2025, "K1", "促销", "早", 9.0, 6.0, "2025Q3", True),
        (2025, "K2", "促销", "场次", 9.0, 6.0, "2025Q3", False),
    ],
    columns=["year", "customer_id", "item", "metric", "before", "after", "from_quarter", "after_missed"],
)
COPIED = pd.DataFrame({"customer_id": ["K1"], "lines": [3]})
SPACE = pd.DataFrame(
    [("K1", f"c{n}", 10.0, 10.0 + n) for n in range(1, 6)], columns=["customer_id", "category", "bought", "expected"]
)


def test_a_review_begins_with_what_we_did_not_do():
    asked = needs(*(need(name, gap, rank) for rank, (name, gap) in enumerate(
        [("a", 4), ("over", -2), ("b", 3), ("c", 2), ("d", 1)], 1)))  # fmt: skip
    rows = accounts.review_agenda(LINES, CORRECTED, COPIED, asked, SPACE, QUARTER)
    assert set(rows["customer_id"]) == {"K1"}
    assert rows["subject"].tolist() == ["missed", "corrected_late", "copied", "kept", *["need"] * 3, *["category"] * 3]
    assert rows["about"].tolist()[4:] == ["a", "b", "c", "c5", "c4", "c3"]
    assert rows.loc[0, ["about", "unit", "now", "expected"]].tolist() == ["占比", "%", 40, 50]
    assert rows.loc[1, ["about", "unit", "now", "expected"]].tolist() == ["早", "次", 6, 9]
    assert rows["evidence"].tolist()[:3] == [
        "plan_lines:2025 K1 促销 占比",
        "plan_corrections:2025 K1 促销 早 2025Q3",
        "plan_quality:K1",
    ]
    assert rows.loc[rows["edition"] == "internal", "subject"].tolist() == ["corrected_late", "copied"]


def test_without_anything_there_is_no_agenda():
    nothing = (each.iloc[:0] for each in (LINES, CORRECTED, COPIED, needs(), SPACE))
    assert accounts.review_agenda(*nothing, QUARTER).empty
