import numpy as np
import pandas as pd

from custlib import accounts

COLUMNS = ["quarter", "customer_id", "need", "importance", "ideal", "actual"]
MANAGERS = pd.Series({"k1": "Li", "k2": "Li", "k3": "Wu", "k4": "Wu"})
NEEDS = list("abcdefg")


def talk(quarter, customer, *actuals, importance=(3,) * 7):
    rows = zip(NEEDS, importance, actuals, strict=False)
    return [(quarter, customer, need, weight, 9, actual) for need, weight, actual in rows]


def same(*talks):
    rows = pd.DataFrame([row for each in talks for row in each], columns=COLUMNS)
    return accounts.same_answers(rows, MANAGERS)


def test_six_of_seven_answers_alike_at_two_customers_of_one_manager_are_a_question():
    found = same(talk("2025Q4", "k1", 5, 6, 7, 5, 6, 7, 5), talk("2025Q4", "k2", 5, 6, 7, 5, 6, 7, 9))
    assert found.index.tolist() == ["Li"]
    assert found.loc["Li"].tolist() == [2, 2, 2, 1, ["k1", "k2"]]


def test_five_of_seven_are_none_nor_is_the_same_at_another_manager():
    assert same(talk("2025Q4", "k1", 5, 6, 7, 5, 6, 7, 5), talk("2025Q4", "k2", 5, 6, 7, 5, 6, 1, 9)).empty
    assert same(talk("2025Q4", "k1", 5, 6, 7, 5, 6, 7, 5), talk("2025Q4", "k3", 5, 6, 7, 5, 6, 7, 5)).empty


def test_the_same_in_two_quarters_of_one_customer_is_one_too():
    found = same(talk("2025Q3", "k3", 5, 6, 7, 5, 6, 7, 5), talk("2025Q4", "k3", 5, 6, 7, 5, 6, 7, 5))
    assert found.loc["Wu", ["customers", "quarters"]].tolist() == [1, 2]


def test_two_interviews_without_answers_agree_in_nothing():
    found = same(talk("2025Q4", "k1", 5, 6), talk("2025Q4", "k2", 5, 6), talk("2025Q4", "k4", *range(1, 8)))
    assert found.empty


def test_honest_answers_are_hardly_ever_alike():
    rng = np.random.default_rng(0)
    said = [(rng.integers(4, 9, 7), rng.integers(3, 6, 7)) for _ in range(200)]
    talks = [talk("2025Q4", f"k{at}", *each, importance=weights) for at, (each, weights) in enumerate(said)]
    rows = pd.DataFrame([row for each in talks for row in each], columns=COLUMNS)
    found = accounts.same_answers(rows, pd.Series("Li", [f"k{at}" for at in range(200)]))
    assert found.empty
