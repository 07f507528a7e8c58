"""Targets of lesson 8 beside comparable customers: by hand, and of made companies in which nothing happened, or
something did."""

import numpy as np
import pandas as pd
import pytest

from custlib import accounts
from custlib.accounts.lesson_targets import by_chance

QUARTERS = [f"{year}Q{n}" for year in (2024, 2025) for n in (1, 2, 3, 4)]
NO_DONE = pd.DataFrame(columns=["quarter", "action", "customer_id", "done"])


def plan(*rows):
    names = ["customer_id", "metric", "target", "state", "due_on", "origin"]
    table = pd.DataFrame(rows, columns=names)
    same = {"year": 2025, "item": "促销", "unit": "次", "owner": "陈", "actual": 1.0}
    return table.assign(**same, target_signed=table["target"], target_now=table["target"])


def company(sales, letter="B", store="超市"):
    """net_sales, classes and formats of customers; sales: customer → net sales of the eight quarters."""
    rows = [
        (quarter, who, value) for who, values in sales.items() for quarter, value in zip(QUARTERS, values, strict=True)
    ]
    net_sales = pd.DataFrame(rows, columns=["quarter", "customer_id", "net_sales"])
    classes = net_sales[["customer_id", "quarter"]].assign(joint_class=letter)
    return net_sales, classes, pd.Series(store, list(sales))


MORE, LESS, NEW = [10] * 4 + [10, 10, 12, 12], [10] * 4 + [10, 10, 9, 9], [0] * 4 + [5, 5, 5, 5]
SALES = {"K1": MORE, "K2": LESS, "K3": MORE, "K4": LESS, "K5": MORE, "K6": NEW}
PLAN = plan(
    ("K1", "场次", 5.0, "done", "2025-12-31", "lesson"),
    ("K1", "占比", 40.0, "missed", "2025-12-15", "lesson"),
    ("K1", "场次", 3.0, "done", "2025-12-31", None),
    ("K2", "场次", 4.0, "missed", "2025-11-30", "lesson"),
    ("K3", "场次", 4.0, "done", "2025-12-31", None),
    ("K4", "场次", 4.0, "missed", "2025-10-31", None),
    ("K5", "场次", 4.0, "done", "2026-03-31", "lesson"),
)


def test_another_line_of_the_same_metric_and_target_is_not_taken_for_it():
    plans = PLAN.iloc[[0, 0]].assign(owner=["陈", "林"], origin=["lesson", None])
    own, _, _ = followed(plans.reset_index(drop=True), SALES)
    assert own["owner"].tolist() == ["陈"]


def followed(plans, sales, quarter="2025Q4", done=NO_DONE):
    own = accounts.lesson_lines(plans.drop(columns=["target", "origin"]), plans, quarter)
    beside = accounts.lesson_beside(own, *company(sales))
    lines = plans.drop(columns=["target", "origin"])
    return own, beside, accounts.lesson_sums(own, beside, lines, done).set_index("what")


def test_lines_of_a_lesson_are_followed_once_they_are_due():
    own, _, _ = followed(PLAN, SALES)
    assert own[["customer_id", "metric", "since", "until"]].to_numpy().tolist() == [
        ["K1", "场次", "2025Q3", "2025Q4"],
        ["K1", "占比", "2025Q3", "2025Q4"],
        ["K2", "场次", "2025Q3", "2025Q4"],
    ]


def test_each_line_stands_beside_comparable_customers_without_one():
    own, beside, _ = followed(PLAN, SALES)
    rows = accounts.lesson_targets(own, beside)
    assert rows["grew"].tolist() == [True, True, False]
    # K3, K4 and K5, whose target is due later; K6 bought nothing a year before: nobody knows whether it grew
    assert rows[["comparable", "comparable_grew"]].to_numpy().tolist() == [[3, 2]] * 3
    assert rows["low"].iloc[0] == pytest.approx(0.2077, abs=1e-4)  # Wilson of 2 of 3


def test_customers_of_another_class_or_format_are_not_compared():
    net_sales, classes, formats = company(SALES)
    own = accounts.lesson_lines(PLAN.drop(columns=["target", "origin"]), PLAN, "2025Q4")
    formats["K3"] = "百货店"
    classes.loc[(classes["customer_id"] == "K4") & (classes["quarter"] == "2025Q2"), "joint_class"] = "A"  # before
    classes.loc[(classes["customer_id"] == "K5") & (classes["quarter"] == "2025Q4"), "joint_class"] = (
        "A"  # after: no matter
    )
    rows = accounts.lesson_targets(own, accounts.lesson_beside(own, net_sales, classes, formats))
    assert rows[["comparable", "comparable_grew"]].to_numpy().tolist() == [[1, 1]] * 3


def test_together_customers_count_once_and_lines_beside_those_of_the_same_metric():
    _, _, sums = followed(PLAN, SALES)
    assert sums.loc["grew", ["found", "of", "compared"]].tolist() == [1, 2, 3]
    # the line 占比 has none to be compared with; K1's own other line is nobody without a target
    assert sums.loc["reached", ["found", "of", "compared"]].tolist() == [1, 2, 2]


def test_of_four_drawn_from_ten_of_whom_half_grew_one_to_three_did():
    rows = pd.DataFrame({"signed": [True] * 4 + [False] * 6, "hit": [True] * 5 + [False] * 5, "one": 1})
    assert by_chance(rows, ["one"]) == (1, 3)  # none: C(5,4)/C(10,4) = 5/210, less than 2.5 %
    assert by_chance(rows.iloc[:0], ["one"]) == (0, 0)


def test_measures_count_that_were_asked_for_before_and_in_the_first_quarter():
    done = pd.DataFrame(
        [
            ("2025Q2", "win_back", "K1", "yes"),
            ("2025Q3", "check_stock", "K1", "no"),
            ("2025Q4", "win_back", "K1", "yes"),
            ("2025Q3", "win_back", "K3", "yes"),
        ],
        columns=NO_DONE.columns,
    )
    _, _, sums = followed(PLAN, SALES, done=done)
    assert sums.loc["carried_out", ["found", "of"]].tolist() == [1, 2]


def test_without_a_line_of_a_lesson_nothing_is_said():
    own, beside, sums = followed(PLAN[PLAN["origin"].isna()], SALES)
    assert own.empty and sums.empty and accounts.lesson_targets(own, beside).empty


def made(seed, raised=0.0):
    """found, chance_low, chance_high of a company of 150, 15 of them with a target; raised: how much more they buy."""
    rng = np.random.default_rng(seed)
    who = [f"K{n:03}" for n in range(150)]
    size, drift = rng.lognormal(0, 1, 150), rng.normal(0, 0.3, 150)
    own = rng.choice(150, 15, replace=False)
    drift[own] += raised
    sales = {
        name: size[at] * np.exp(rng.normal(0, 0.2, 8) + drift[at] * (np.arange(8) >= 6)) for at, name in enumerate(who)
    }
    net_sales, classes, formats = company(sales)
    letters = pd.Series(rng.choice(list("ABC"), 150), who)
    formats[:] = rng.choice(["超市", "百货店"], 150)
    plans = plan(*[(who[at], "场次", 5.0, "done", "2025-12-31", "lesson") for at in own])
    lines = plans.drop(columns=["target", "origin"])
    signed = accounts.lesson_lines(lines, plans, "2025Q4")
    classes = classes.assign(joint_class=classes["customer_id"].map(letters))
    beside = accounts.lesson_beside(signed, net_sales, classes, formats)
    sums = accounts.lesson_sums(signed, beside, lines, NO_DONE).set_index("what").loc["grew"]
    return sums["found"], sums["chance_low"], sums["chance_high"]


def test_where_nothing_happened_a_claim_is_made_in_five_of_a_hundred_at_most():
    companies = [made(seed) for seed in range(60)]
    assert (
        np.mean([not low <= found <= high for found, low, high in companies]) <= 0.1
    )  # 5 %, and what 60 companies may be off by
    assert len({found for found, _, _ in companies}) > 4


def test_a_planted_effect_is_seen():
    companies = [made(seed, raised=0.6) for seed in range(8)]
    assert np.mean([found > high for found, _, high in companies]) >= 0.8
