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
UNKNOWN = climb.best_quarters(pd.DataFrame(columns=["quarter", "customer_id", "factor_id", "score"]), "2025Q3")
WEIGHTS = pd.Series({"a": 0.2, "b": 0.4, "c": 0.1, "d": 0.2, "e": 0.1})  # of f nobody has judged yet
SCORES = pd.DataFrame(
    {"a": [3, 3], "b": [3, 3], "c": [1, 3], "d": [5, 4], "e": [3.5, 3.5], "f": [2, 2]}, index=["K1", "K2"]
)


def test_priority_is_weight_times_gap_times_zone():
    found = fishbone.stages(WEIGHTS, SCORES, TREE, UNKNOWN).set_index("factor")
    assert found["priority"].round(6).to_dict() == pytest.approx(
        {"a": 0.2, "b": 0.2, "c": 0.2, "e": 0.05, "d": 0, "f": np.nan}, nan_ok=True
    )
    assert found["gap"].to_dict() == {"a": 1, "b": 1, "c": 2, "e": 0.5, "d": 0, "f": 2}


def test_zone_a_climbs_two_a_quarter_and_zone_b_is_a_request():
    found = fishbone.stages(WEIGHTS, SCORES, TREE, UNKNOWN).set_index("factor")
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
    found = fishbone.stages(pd.Series(1 / 11, many["factor"]), scores, many, UNKNOWN)
    assert found["stage"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, pd.NA, pd.NA, pd.NA]
    assert found["kind"].tolist() == ["climb"] * 8 + ["later"] * 3


def test_a_factor_that_weighs_nothing_does_not_climb():
    found = fishbone.stages(WEIGHTS.where(WEIGHTS.index != "a", 0), SCORES, TREE, UNKNOWN).set_index("factor")
    assert found.loc["a", "kind"] == "later" and found["stage"].dropna().to_dict() == {"c": 1, "e": 1}


def test_the_order_of_rows_and_customers_changes_nothing():
    turned = fishbone.stages(WEIGHTS[::-1], SCORES.iloc[::-1, ::-1], TREE.iloc[::-1], UNKNOWN)
    pd.testing.assert_frame_equal(turned, fishbone.stages(WEIGHTS, SCORES, TREE, UNKNOWN))


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
    return fishbone.plan(fishbone.stages(WEIGHTS, scores, TREE, UNKNOWN, under_way=under_way), quarter, before)


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
    """Two customers 0.1 apart: a standard error of 0.05, and a tolerance of 0.1 (0.141 for what two means moved)."""
    found = fishbone.beside_path(
        plan(),
        SCORES.assign(a=[score - 0.05, score + 0.05]),
        "2025Q4",
        pd.DataFrame({"share": doubt, "agrees": doubt < 0.44}, index=["a"]),
    )
    assert found["factor"].tolist() == ["a", "c"]
    assert found.loc[0, ["state", "because", "doubt"]].tolist() == [state, because, doubt]
    assert np.isnan(score) or found.loc[0, "tolerance"] == pytest.approx(0.1)


def test_a_score_that_rose_but_not_enough_is_behind():
    found = fishbone.beside_path(plan(), SCORES.assign(a=3.3), "2026Q1").set_index("factor")
    assert found.loc["a", ["state", "because"]].tolist() == ["behind", "rose_too_little"]
    assert found.loc["a", "difference"] == pytest.approx(-0.2)


def test_without_a_target_for_the_quarter_there_is_nothing_to_stand_beside():
    assert fishbone.beside_path(plan(), SCORES, "2027Q4").empty


def test_the_plan_of_the_quarter_before_is_read_back_from_its_report(workbook, cleaned_once):
    sold = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-01,K1,P1,1,100\n"
    clean = cleaned_once({"sales.csv": sold})
    folder = workbook / "reports" / "2025Q3" / "one"
    told = {"company": clean.company, "currency": clean.currency}
    results.save(pd.DataFrame([told]), "data_facts", folder)
    assert climb.published_plan(folder, "2025Q4", clean) is None  # that report had no climb
    results.save(plan(), "climb_plan", folder)
    read = climb.published_plan(folder, "2025Q4", clean)
    assert fishbone.beside_path(read, SCORES, "2025Q4")["because"].tolist() == ["score_unchanged", "close"]
    assert fishbone.under_way(read, "2025Q4") == ["a", "c"] == fishbone.under_way(plan("2025Q4", read), "2026Q1")[:2]
    assert climb.published_plan(folder, "2026Q1", clean) is None and climb.published_plan("", "2025Q4", clean) is None
    results.save(pd.DataFrame([told | {"currency": "GBP"}]), "data_facts", folder)
    assert climb.published_plan(project.resolve(folder), "2025Q4", clean) is None


def test_without_an_earlier_plan_there_is_nothing_to_stand_beside():
    assert fishbone.beside_path(None, pd.DataFrame(), "2025Q4").empty


HISTORY = pd.DataFrame(
    [
        (quarter, "K1", "a", score)
        for quarter, score in zip(["2024Q3", "2024Q4", "2025Q1", "2025Q2"], [2, 4, 3, 4], strict=True)
    ]
    + [("2025Q3", f"K{n}", "a", score) for n, score in enumerate([2, 3, 4, 3])],
    columns=["quarter", "customer_id", "factor_id", "score"],
)


def test_the_best_quarter_is_the_first_of_the_highest_mean_and_needs_as_many_customers():
    twice = pd.concat([HISTORY, HISTORY[:4].replace("K1", "K9")])  # two customers a quarter beside four now
    assert climb.best_quarters(twice, "2025Q3").loc["a"].tolist() == [4, "2024Q4"]
    assert climb.best_quarters(HISTORY, "2025Q3").loc["a"].tolist() == [3, "2025Q3"]  # one customer is no quarter
    assert climb.best_quarters(twice, "2025Q2").empty  # four quarters do not show what can be reached
    assert climb.best_quarters(HISTORY[:0], "2025Q3").empty


def reached(**best):
    return pd.DataFrame({"best_score": best, "best_quarter": "2024Q4"})


def test_a_goal_is_no_higher_than_the_best_quarter_ever():
    found = fishbone.stages(WEIGHTS, SCORES, TREE, reached(a=3.5, b=4.5, c=2.0, d=4.5, e=3.9)).set_index("factor")
    assert found["goal"].to_dict() == {"a": 3.5, "b": 4, "c": 2, "d": 4, "e": 3.9, "f": 4}
    # the scores of c are 1 and 3: a gap of nothing to its best quarter; d has reached the goal itself
    assert found.loc[["a", "c", "d"], "kind"].tolist() == ["climb", "at_best", "reached"]
    assert found.loc["c", "tolerance"] == pytest.approx(2)  # twice √2 ÷ √2
    rows = fishbone.plan(found.reset_index(), "2025Q3")
    assert rows.loc[rows["factor"] == "a", "target_score"].tolist()[-1] == 3.5


def test_a_gap_that_may_be_chance_is_no_gap():
    scores = SCORES.assign(a=[2.9, 3.1])  # a standard error of 0.1
    kinds = [
        fishbone.stages(WEIGHTS, scores, TREE, reached(a=best)).set_index("factor").at["a", "kind"]
        for best in (3.19, 3.21)
    ]
    assert kinds == ["at_best", "climb"]


def test_an_earlier_plan_without_the_later_columns_is_read_on():
    old = plan().drop(columns=["best_score", "best_quarter", "tolerance"])
    after = plan("2025Q4", old)
    assert after.loc[after["factor"] == "a", "target_score"].round(3).tolist() == [3.105, 3.5, 3.895, 4.0]


def test_scores_that_no_export_bears_out_are_marked():
    doubts = pd.DataFrame({"agrees": [True, False]}, ["a", "b"])
    marks = fishbone.marked(plan(), doubts).drop_duplicates("factor").set_index("factor")["checked"]
    assert (
        marks[["a", "b"]].tolist() == ["agree_with_exports", "agree_by_chance"] and marks.drop(["a", "b"]).isna().all()
    )
    assert fishbone.marked(plan(), doubts[:0])["checked"].isna().all()


def test_without_any_score_nothing_is_planned():
    found = fishbone.stages(WEIGHTS, pd.DataFrame(), TREE, UNKNOWN)
    assert set(found["kind"]) == {"unknown"} and fishbone.plan(found, "2025Q3")["due"].isna().all()
