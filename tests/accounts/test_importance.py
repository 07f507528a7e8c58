import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import accounts

# Customers nearly alike: what is important and bad, important and good, and so on.
TOLD = {"profit": (5, 4), "service": (5, 9), "feeling": (2, 4), "ease": (2, 9)}


def asked(told=TOLD, customers=12):
    rows = [
        ("2025Q4", f"k{at:02d}", need, importance, 9, actual - at % 2)
        for need, (importance, actual) in told.items()
        for at in range(customers)
    ]
    columns = ["quarter", "customer_id", "need", "importance", "ideal", "actual"]
    return accounts.gaps(pd.DataFrame(rows, columns=columns), "2025Q4")


def test_each_corner_of_the_map_has_its_name():
    found = accounts.importance_performance(asked())
    assert found.quadrants.to_dict() == {
        "profit": "concentrate",
        "service": "keep_up",
        "feeling": "low_priority",
        "ease": "overkill",
    }
    assert found.needs.loc["profit", ["customers", "importance_mean", "actual_mean", "gap_mean"]].tolist() == [
        *(12, 5, 3.5, 5.5)
    ]
    low, high = found.needs.loc["profit", ["actual_low", "actual_high"]]
    assert 3.1 < low < 3.4 and 3.6 < high < 3.9  # ½ ± 1.96 · ½ ÷ √12


def test_the_scales_have_another_cross_hair_than_the_data():
    told = asked({"profit": (4, 7), "service": (5, 9)})
    assert accounts.importance_performance(told).quadrants.to_dict() == {
        "profit": "low_priority",
        "service": "keep_up",
    }
    scale = accounts.importance_performance(told, crosshair="scale").quadrants
    assert scale.to_dict() == {"profit": "keep_up", "service": "keep_up"}
    with pytest.raises(ValueError, match="data and scale"):
        accounts.importance_performance(told, crosshair="median")


@pytest.mark.parametrize("customers", [1, 4])
def test_one_or_few_respondents_decide_nothing(customers):
    found = accounts.importance_performance(asked(customers=customers))
    assert set(found.quadrants) == {"undecided"} and found.probability.isna().all(axis=None)
    assert found.needs["actual_low"].isna().all() and found.needs["actual_mean"].notna().all()


def test_needs_that_are_all_alike_are_undecided():
    found = accounts.importance_performance(asked(dict.fromkeys("abc", (3, 6))))
    assert set(found.quadrants) == {"undecided"} and (found.probability == 0.25).all(axis=None)


def test_where_nothing_differs_a_quadrant_is_said_no_more_often_than_its_limit_allows():
    said = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        told = asked(dict.fromkeys("abcdefg", (3, 6)), customers=30)
        told = told.assign(importance=rng.integers(1, 6, len(told)), actual=rng.integers(1, 11, len(told)))
        said += (accounts.importance_performance(told, 200).quadrants != "undecided").tolist()
    assert np.mean(said) < 0.2


answers = st.lists(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 10)), min_size=3, max_size=3), min_size=5, max_size=9
)


@settings(max_examples=25)
@given(answers, st.integers(-3, 3))
def test_probabilities_add_up_to_1_and_a_constant_on_all_importances_changes_no_quadrant(told, more):
    rows = [("2025Q4", f"k{at}", need, *pair) for at, own in enumerate(told) for need, pair in enumerate(own)]
    rows = pd.DataFrame(rows, columns=["quarter", "customer_id", "need", "importance", "actual"]).assign(ideal=9)
    rows = accounts.gaps(rows, "2025Q4")
    found = accounts.importance_performance(rows, 50)
    assert found.probability.sum(axis=1).to_numpy() == pytest.approx(1)
    moved = accounts.importance_performance(rows.assign(importance=rows["importance"] + more), 50)
    assert moved.quadrants.equals(found.quadrants)
    mixed = accounts.importance_performance(rows.sample(frac=1, random_state=0), 50)
    pd.testing.assert_frame_equal(mixed.probability, found.probability)


def test_spread_importance_of_5_5_4_3_3_2_1():
    told = pd.DataFrame({"customer_id": "k1", "importance": [5, 5, 4, 3, 3, 2, 1]})
    assert accounts.spread_importance(told).round(4).tolist() == [
        0.8571,
        0.8571,
        0.6429,
        0.4286,
        0.4286,
        0.2143,
        0.0714,
    ]


def test_spread_importance_undoes_what_one_customer_gives_everything():
    told = pd.DataFrame({"customer_id": ["k1"] * 3 + ["k2"] * 3, "importance": [5, 5, 4, 3, 3, 2]})
    assert accounts.spread_importance(told).tolist()[:3] == accounts.spread_importance(told).tolist()[3:]


def test_who_calls_everything_more_important_moves_no_rank():
    told = asked()
    more = told.assign(importance=told["importance"] + 2.0 * (told["customer_id"] < "k06"))
    assert accounts.needs_ranked(more).equals(accounts.needs_ranked(told))
    assert accounts.needs_ranked(told).to_dict()["profit"] == "concentrate"
    assert not accounts.needs_ranked(told.assign(importance=5)).isin(["concentrate", "overkill"]).any()


class Outcome:
    def __init__(self, unseen):
        self.unseen, self.importance = unseen, self
        self.table = pd.DataFrame({"factor": ["service"], "share": [0.3], "low": [0.1], "high": [0.5]})


def test_the_table_says_what_to_concentrate_on_first_and_derives_nothing_from_noise():
    rows = accounts.needs_map(asked(), outcome=Outcome(0.1)).set_index("need")
    assert rows.index[0] == "profit" and rows.at["profit", "quadrant"] == "concentrate"
    assert rows.loc["service", ["derived_importance", "derived_low", "derived_high"]].tolist() == [0.3, 0.1, 0.5]
    for outcome in (None, Outcome(-0.03)):
        table = accounts.needs_map(asked(), outcome=outcome)
        assert table[["derived_importance", "derived_low", "derived_high"]].isna().all(axis=None)


def test_a_need_that_some_were_not_asked_about_counts_those_that_were():
    told = asked(customers=12)
    told = told[(told["need"] != "ease") | (told["customer_id"] < "k03")]
    found = accounts.importance_performance(told)
    assert found.needs["customers"].to_dict() == {"ease": 3, "feeling": 12, "profit": 12, "service": 12}
    assert found.quadrants["ease"] == "undecided" and found.quadrants["profit"] == "concentrate"
