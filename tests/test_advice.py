"""Who is named for what in four companies whose truth is known; all hundred: `tests/benchmarks/test_advice.py`."""

import pandas as pd
import pytest

from custlib import facts, schema
from tests import judged_advice as advice
from tests import made_companies

COMPANIES = {
    "large": {"seed": 1, "customers": 240},
    "noisy": {"seed": 2, "customers": 240, "noise": "noisy"},
    "small": {"seed": 3, "customers": 30},
    "nothing": {"seed": 4, "customers": 240, "noise": "noisy", "fated": False},
}
# Least precision and recall over the companies where something happened; which gaps deserve an order, the truth does not say.
LIMITS = {
    "win_back": (0.9, 0.9),
    "check_stock": (0.9, 0.9),
    "stop_loss": (0.9, 0.9),
    "keep_new": (0.8, 0.9),
    "close_gap": (0.9, 0),
}
FALSE_NAMES = {"large": 0.02, "noisy": 0.02, "small": 0.04, "nothing": 0.02}  # share of customers


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    told = {}
    for name, kind in COMPANIES.items():
        clean, truth = made_companies.make(tmp_path_factory.mktemp(name), **kind)
        told[name] = advice.judged(advice.named(clean, advice.QUARTER), truth).assign(company=name)
    return told


@pytest.fixture(scope="module")
def fated(rows):
    return pd.concat([each for name, each in rows.items() if name != "nothing"], ignore_index=True)


@pytest.mark.parametrize("action", LIMITS)
def test_names_are_right_and_nobody_is_forgotten(fated, action):
    told = advice.by_action(fated).loc[action].fillna(0)
    precision, recall = LIMITS[action]
    assert told.precision >= precision and told.recall >= recall


@pytest.mark.parametrize("name", COMPANIES)
def test_few_customers_get_a_false_name(rows, name):
    assert advice.overall(rows[name])["false_names"] <= FALSE_NAMES[name]


def test_nobody_gets_two_orders(rows):
    assert not any(advice.overall(each)["two_orders"] for each in rows.values())


def test_names_are_judged_by_the_truth():
    """Worked by hand: a right name, a false one, a gap that is there, a loss nobody named, one with two orders, old news."""
    fates = ["collapsed", "steady", "steady", "left", "grew", "left_earlier"]
    ids = [f"K{number}" for number in range(6)]
    truth = type("Truth", (), {})()
    since = ["2025Q4", "", "", "2025Q4", "2025Q2", "2024Q2"]
    truth.fates = pd.DataFrame({"customer_id": ids, "fate": fates, "since": since})
    truth.shares = pd.DataFrame({"customer_id": ids, "brand_share": [0.5, 0.5, 0.29, 0.5, 0.5, None]})
    orders = [("K0", "win_back"), ("K1", "keep_new"), ("K2", "close_gap"), ("K4", "keep_new"), ("K4", "close_gap")]
    told = advice.judged(pd.DataFrame(orders, columns=["customer_id", "action"]).assign(amount=1.0), truth)
    rows = told.assign(company="one")
    assert rows[["customer_id", "right"]].to_numpy().tolist() == [
        ["K0", True],
        ["K1", False],
        ["K2", True],
        ["K3", False],
        ["K4", True],
        ["K4", False],
        ["K5", False],
    ]
    assert advice.overall(rows) == {"customers": 6, "false_names": 2 / 6, "two_orders": 1}
    by_action = advice.by_action(rows)
    assert by_action.loc["win_back", ["precision", "recall"]].tolist() == [1, 0.5]
    assert by_action.loc["keep_new", ["precision", "recall"]].tolist() == [0.5, 1]
    assert by_action.at["close_gap", "precision"] == 0.5
    by_fate = advice.by_fate(rows)
    assert by_fate.loc["left", ["customers", "named", "recall"]].tolist() == [1, 0, 0]
    assert by_fate.loc["left_earlier", ["customers", "due"]].tolist() == [1, 0]
    assert by_fate.loc["grew", ["named", "precision", "recall"]].tolist() == [1, 0.5, 1]


def test_a_made_company_is_the_cleaned_sample_but_for_what_was_set_aside(tmp_path, sample_clean):
    made, truth = made_companies.make(tmp_path, 20251231)
    assert made.period == sample_clean.period and set(made.counts) == set(sample_clean.counts) == set(schema.TABLES) - {
        "sales_heads"
    }
    for name in made.counts:
        table = schema.TABLES[name]
        types, other = made.table(name).schema(), sample_clean.table(name).schema()
        columns = [column.name for column in table.columns if column.name in other]
        assert {column: types[column] for column in columns} == {column: other[column] for column in columns}
    there, here = (facts.indicators(each, "2025Q4").table for each in (sample_clean, made))
    same = (there["size"] - here["size"]).abs() < 1
    assert len(there) == len(here) and same.mean() > 0.95
    paid = truth.classes[truth.classes.quarter == "2025Q4"].set_index("customer_id").payments_yuan
    assert (here["size"][paid.index] == paid).all()
