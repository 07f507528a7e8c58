"""Score and evidence side by side, worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import fishbone, glossary
from custlib.fishbone import evidence

TEN = [f"K{n}" for n in range(10)]
PRACTICE = pd.DataFrame(
    {
        "net_sales": [1e6, 2e6, 0, 1e6, 1e6],
        "models": [1, 2, 3, 4, 5],
        "order_days": [5, 5, 5, 5, 9],
        "user_files": [10, 10, 10, 0, 5],
        "purchases": [10, 0, 4, 5, 8],
        "promoted_purchases": [5, 0, 1, 0, 8],
        "rebates": [1e4, 4e4, 1e4, np.nan, 0],
        "price_compensation": np.nan,
    },
    index=[f"K{n}" for n in range(5)],
)
STOCK = pd.DataFrame({"age_days": [30.0, 400.0], "old_share": [0, 1]}, index=["K0", "K9"])


def test_each_factor_is_measured_by_what_the_exports_hold():
    found = fishbone.measured(PRACTICE, STOCK)
    assert "price_compensation" not in found  # no export tells it
    assert found.loc["K1"].fillna(-1).to_dict() == {
        "model_lineup": 2,
        "sales_incentives": 0.02,
        "small_steps": 5,
        "stock_age_analysis": -1,
        "user_files": 5,
        "user_file_promotion": -1,
    }
    assert found.loc["K9", "stock_age_analysis"] == 400 and np.isnan(found.loc["K2", "user_files"])


def test_the_evidence_is_a_fifth_of_the_company():
    assert evidence.placed(pd.Series(range(10), TEN)).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert evidence.placed(pd.Series(range(10), TEN), good=-1).tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert evidence.placed(pd.Series([1.0, np.nan, 2])).fillna(-1).tolist() == [3, -1, 5]


def test_equal_values_share_a_place_and_a_crowd_has_none():
    assert evidence.placed(pd.Series([1, 1, 2, 3, 4])).tolist() == [2, 2, 3, 4, 5]
    assert evidence.placed(pd.Series([0, 0, 0, 3, 4])).fillna(-1).tolist() == [-1, -1, -1, 4, 5]


@given(st.lists(st.integers(0, 50), min_size=3, max_size=30, unique=True), st.randoms())
def test_neither_scale_nor_order_of_the_customers_changes_a_place(values, random):
    series = pd.Series(values, [f"K{n}" for n in range(len(values))], dtype="float64")
    turned = list(series.index)
    random.shuffle(turned)
    pd.testing.assert_series_equal(
        evidence.placed(series[turned] * 7 + 3).sort_index(), evidence.placed(series).sort_index()
    )


def test_two_points_apart_is_a_disagreement():
    scores = pd.DataFrame({"model_lineup": [3, 2, 1, 5, np.nan], "price": 4}, index=PRACTICE.index)
    found = fishbone.beside(scores, fishbone.measured(PRACTICE, STOCK))
    assert set(found["factor"]) == {"model_lineup"}  # the exports say nothing of the price
    assert found["evidence"].tolist() == [1, 2, 3, 4, 5]
    assert found["disagrees"].tolist() == [True, False, True, False, pd.NA]


def test_disagreement_by_factor():
    scores = pd.DataFrame({"model_lineup": [3, 2, 1, 5, np.nan], "stock_age_analysis": 1}, index=PRACTICE.index)
    found = fishbone.disagreement(fishbone.beside(scores, fishbone.measured(PRACTICE, STOCK)))
    row = found.loc["model_lineup"]
    assert row[["measure", "customers", "disagree", "share"]].tolist() == ["models_bought", 4, 2, 0.5]
    # ranks 3 2 1 4 beside 1 2 3 4: 1 − 6 · (4 + 4) / (4 · 15)
    assert row["correlation"] == pytest.approx(0.2)
    # scores 3 2 1 5 beside evidence 1 2 3 4: 1 + 1 + 2 + 3 of 16 pairs lie two points or more apart
    assert row["by_chance"] == 7 / 16
    assert np.isnan(found.loc["stock_age_analysis", "correlation"])


def test_scores_agree_only_if_those_dealt_to_others_would_disagree_more():
    """Places 1 to 5, five customers each: equal scores agree, turned ones do not, nor do the same for everybody."""
    values = pd.DataFrame({"model_lineup": range(25)}, [f"K{n:02d}" for n in range(25)])
    places = evidence.placed(values["model_lineup"])
    found = [
        fishbone.disagreement(fishbone.beside(scores.to_frame("model_lineup"), values)).loc["model_lineup"]
        for scores in (places, 6 - places, places * 0 + 3)
    ]
    assert [row["agrees"] for row in found] == [True, False, False]
    assert found[0]["p"] < 0.01 and found[1]["p"] > 0.9 and found[2]["p"] == 1


def test_scores_by_chance_seldom_agree():
    random, names = np.random.default_rng(2), [f"K{n}" for n in range(60)]
    agree = 0
    for _ in range(100):
        scores = pd.DataFrame({"model_lineup": random.integers(1, 6, 60)}, names)
        values = pd.DataFrame({"model_lineup": random.permutation(60)}, names)
        agree += fishbone.disagreement(fishbone.beside(scores, values)).at["model_lineup", "agrees"]
    assert agree <= 10


def test_old_stock_beside_a_high_score_correlates_negatively():
    stock = pd.DataFrame({"age_days": [10.0, 20, 30, 40]}, index=[f"K{n}" for n in range(4)])
    scores = pd.DataFrame({"stock_age_analysis": [1, 2, 3, 5]}, index=stock.index)
    found = fishbone.disagreement(fishbone.beside(scores, fishbone.measured(PRACTICE[:4], stock)))
    assert found.at["stock_age_analysis", "correlation"] == pytest.approx(-1)


def test_scores_without_evidence_and_evidence_without_scores_break_nothing():
    assert fishbone.beside(pd.DataFrame(index=["K1"]), fishbone.measured(PRACTICE, STOCK)).empty
    assert fishbone.disagreement(fishbone.beside(pd.DataFrame(), pd.DataFrame())).empty


def test_every_factor_with_evidence_stands_in_the_tree_and_every_measure_has_a_term():
    assert set(evidence.EVIDENCE) <= set(fishbone.tree()["factor"])
    assert all(glossary.term(one.measure, lang) for one in evidence.EVIDENCE.values() for lang in ("en", "zh"))


def test_customers_with_slow_stock_the_most_first():
    slow = pd.DataFrame({"slow_at_list": [0.0, 5.0, 9.0]}, ["K1", "K2", "K3"])
    assert fishbone.holders(slow).index.tolist() == ["K3", "K2"]
