"""The climb, worked by hand on a tree of six factors."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import fishbone, project, results
from custlib.fishbone import climb

TREE = pd.DataFrame(
    {
        "factor": ["bone", "a", "b", "c", "d", "e", "f"],
        "bone": [None, *["bone"] * 6],
        "zone": [None, "A", "B", "A", "A", "A", "A"],
    }
)
WEIGHTS = pd.Series({"a": 0.2, "b": 0.4, "c": 0.1, "d": 0.2, "e": 0.1})  # of f nobody has judged yet
SCORES = pd.DataFrame(
    {"a": [3, 3], "b": [3, 3], "c": [1, 3], "d": [5, 4], "e": [3.5, 3.5], "f": [2, 2]}, index=["K1", "K2"]
)


def test_priority_is_weight_times_gap_times_zone():
    found = fishbone.stages(WEIGHTS, SCORES, TREE).set_index("factor")
    assert found["priority"].round(6).to_dict() == pytest.approx(
        {"a": 0.2, "b": 0.2, "c": 0.2, "e": 0.05, "d": 0, "f": np.nan}, nan_ok=True
    )
    assert found["gap"].to_dict() == {"a": 1, "b": 1, "c": 2, "e": 0.5, "d": 0, "f": 2}


def test_zone_a_climbs_two_a_quarter_and_zone_b_is_a_request():
    found = fishbone.stages(WEIGHTS, SCORES, TREE).set_index("factor")
    assert found["kind"].to_dict() == {
        "a": "climb",
        "b": "request",
        "c": "climb",
        "e": "climb",
        "d": "reached",
        "f": "unknown",
    }
    assert found["stage"].dropna().to_dict() == {"a": 1, "c": 1, "e": 2}


def test_what_comes_after_a_year_is_chosen_later():
    many = pd.DataFrame({"factor": [f"f{n:02d}" for n in range(11)], "bone": "bone", "zone": "A"})
    scores = pd.DataFrame(2.0, ["K1"], many["factor"])
    found = fishbone.stages(pd.Series(1 / 11, many["factor"]), scores, many)
    assert found["stage"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, pd.NA, pd.NA, pd.NA]
    assert found["kind"].tolist() == ["climb"] * 8 + ["later"] * 3


def test_a_factor_that_weighs_nothing_does_not_climb():
    found = fishbone.stages(WEIGHTS.where(WEIGHTS.index != "a", 0), SCORES, TREE).set_index("factor")
    assert found.loc["a", "kind"] == "later" and found["stage"].dropna().to_dict() == {"c": 1, "e": 1}


def test_the_order_of_rows_and_customers_changes_nothing():
    turned = fishbone.stages(WEIGHTS[::-1], SCORES.iloc[::-1, ::-1], TREE.iloc[::-1])
    pd.testing.assert_frame_equal(turned, fishbone.stages(WEIGHTS, SCORES, TREE))


def test_the_path_is_slow_at_first_and_half_way_at_half_time():
    # logistic(−2) − logistic(−4) = 0.119203 − 0.017986 over 1 − 2 × 0.017986
    assert fishbone.path(3, 4, 4).round(4).tolist() == [3.105, 3.5, 3.895, 4.0]
    assert fishbone.path(2, 4, 1).tolist() == [4]
    with pytest.raises(ValueError):
        fishbone.path(3, 4, 0)


@given(st.floats(1, 4), st.floats(0, 1), st.integers(1, 12))
def test_a_path_never_falls_ends_at_the_goal_and_is_symmetric(present, more, length):
    targets = fishbone.path(present, present + more, length)
    assert targets[-1] == pytest.approx(present + more)
    steps = np.diff([present, *targets])
    assert (steps >= -1e-12).all() and steps == pytest.approx(steps[::-1])


def plan(quarter="2025Q3", before=None, scores=SCORES):
    under_way = fishbone.under_way(before, quarter)
    return fishbone.plan(fishbone.stages(WEIGHTS, scores, TREE, under_way=under_way), quarter, before)


def test_stages_begin_one_quarter_after_another_and_last_four():
    rows = plan().dropna(subset="due")
    assert rows.groupby("factor")["due"].agg(list).to_dict() == {
        "a": ["2025Q4", "2026Q1", "2026Q2", "2026Q3"],
        "c": ["2025Q4", "2026Q1", "2026Q2", "2026Q3"],
        "e": ["2026Q1", "2026Q2", "2026Q3", "2026Q4"],
    }
    assert rows.loc[rows["factor"] == "c", "target_score"].round(3).tolist() == [2.21, 3.0, 3.79, 4.0]
    assert plan()["factor"].nunique() == 6 and plan()["target_score"].isna().sum() == 3


def test_a_climb_under_way_keeps_its_path_and_the_next_stage_moves_up():
    first = plan()
    after = plan("2025Q4", first, SCORES.assign(a=3.6))
    own = after[after["factor"] == "a"]
    assert own["target_score"].tolist() == first.loc[first["factor"] == "a", "target_score"].tolist()
    assert set(own["kind"]) == {"under_way"} and set(own["present_score"]) == {3}
    assert after.loc[after["factor"] == "e", "due"].tolist() == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    assert fishbone.under_way(after, "2026Q3") == ["e"]


@pytest.mark.parametrize(
    "score, doubt, state, because",
    [
        (3.105, 0.2, "on_path", "reached"),
        (3.01, 0.2, "on_path", "close"),
        (3.3, 0.2, "ahead", "reached"),
        (3.3, 0.6, "ahead", "evidence_disagrees"),
        (3.105, 0.6, "on_path", "evidence_disagrees"),
        (3.0, 0.6, "behind", "score_unchanged"),
        (2.8, 0.2, "behind", "score_fell"),
        (np.nan, 0.2, "not_scored", "no_score"),
    ],
)
def test_the_actual_score_beside_the_path(score, doubt, state, because):
    found = fishbone.beside_path(
        plan(), SCORES.assign(a=score), "2025Q4", pd.DataFrame({"share": doubt, "by_chance": 0.44}, index=["a"])
    )
    assert found["factor"].tolist() == ["a", "c"]
    assert found.loc[0, ["state", "because", "doubt"]].tolist() == [state, because, doubt]


def test_a_score_that_rose_but_not_enough_is_behind():
    found = fishbone.beside_path(plan(), SCORES.assign(a=3.3), "2026Q1").set_index("factor")
    assert found.loc["a", ["state", "because"]].tolist() == ["behind", "rose_too_little"]
    assert found.loc["a", "difference"] == pytest.approx(-0.2)


def test_without_a_target_for_the_quarter_there_is_nothing_to_stand_beside():
    assert fishbone.beside_path(plan(), SCORES, "2027Q4").empty


def test_the_plan_of_the_quarter_before_is_read_back_from_its_report(workbook, cleaned):
    sold = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-01,K1,P1,1,100\n"
    clean = cleaned({"sales.csv": sold})
    folder = workbook / "reports" / "2025Q3" / "one"
    told = {"company": clean.company, "currency": clean.currency}
    results.save(pd.DataFrame([told]), "data_facts", folder)
    assert climb.published_plan(folder, "2025Q4", clean) is None  # that report had no climb
    results.save(plan(), "climb_plan", folder)
    read = climb.published_plan(folder, "2025Q4", clean)
    assert fishbone.beside_path(read, SCORES, "2025Q4")["because"].tolist() == ["score_unchanged", "score_unchanged"]
    assert fishbone.under_way(read, "2025Q4") == ["a", "c"] == fishbone.under_way(plan("2025Q4", read), "2026Q1")[:2]
    assert climb.published_plan(folder, "2026Q1", clean) is None and climb.published_plan("", "2025Q4", clean) is None
    results.save(pd.DataFrame([told | {"currency": "GBP"}]), "data_facts", folder)
    assert climb.published_plan(project.resolve(folder), "2025Q4", clean) is None


def test_without_an_earlier_plan_there_is_nothing_to_stand_beside():
    assert fishbone.beside_path(None, pd.DataFrame(), "2025Q4").empty
