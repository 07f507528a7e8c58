import numpy as np
import pandas as pd
import pytest

from custlib.lessons import items


def options(*tags):
    return [{"letter": str(at), "tag": tag} for at, tag in enumerate(tags)]


QUIZ = {
    "id": "quiz",
    "kind": "quiz",
    "ways": {},
    "items": [{"id": name, "options": options("right", "vote", "")} for name in ("a", "b")],
}
OWN = {"id": "own", "kind": "quiz", "ways": {}, "items": [{"id": "like", "options": options("")}]}


def answers(*given):
    return pd.DataFrame(given, columns=["name", "quiz"]).assign(own="0")


TABLE = items.answered([QUIZ, OWN], answers(("x", "00"), ("y", "1-"), ("z", "11"), ("w", "")))


def test_an_answer_is_right_wrong_or_missing_and_ones_own_answers_do_not_count():
    assert list(TABLE["exercise"].unique()) == ["quiz"] and len(TABLE) == 8
    of_y = TABLE[TABLE["name"] == "y"]
    assert list(of_y["right"].isna()) == [False, True] and not of_y["right"].iloc[0]


def test_the_most_chosen_wrong_answer():
    first, second = items.by_item(TABLE).to_dict("records")
    assert (first["learners"], first["wrong"]) == (3, "1")
    assert first["right"] == pytest.approx(1 / 3) and first["wrong_share"] == pytest.approx(2 / 3)
    assert (second["learners"], second["right"], second["wrong_share"]) == (2, 0.5, 0.5)


def test_an_item_that_all_have_right_has_no_wrong_answer():
    (row, _) = items.by_item(items.answered([QUIZ], answers(("x", "00"), ("y", "01")))).to_dict("records")
    assert (row["right"], row["wrong"], row["wrong_share"]) == (1.0, "", 0.0)


def test_the_profile_of_a_class_counts_ways_and_leaves_out_who_did_not_begin():
    sort = {"ways": {"one": "AAB"}, "items": [{"options": [{"letter": key, "tag": "right"}]} for key in "ABB"]}
    found = items.profile(sort, pd.Series(["AAB", "ABB", "AAB", "BBB", ""]))
    assert found.to_dict() == {"one": 2, "right": 1, "": 1}


def test_kr20_of_a_worked_example():
    # By hand: shares 3/4, 1/2, 1/4; sums 3, 2, 1, 0 have the variance 1.25; 3/2 · (1 − (3 + 4 + 3) / 16 / 1.25) = 0.75.
    scored = pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype="float64")
    value, low, high = items.kr20(scored)
    assert value == pytest.approx(0.75) and low <= value <= high <= 1


def test_the_correlation_of_an_item_with_the_rest_leaves_the_item_itself_out():
    scored = pd.DataFrame([[1, 1, 1], [1, 0, 1], [0, 1, 1], [0, 0, 1]], dtype="float64", columns=list("abc"))
    found = items.discrimination(scored)
    assert found.loc["a", "r"] == pytest.approx(0) and found.loc["c"].isna().all()  # all have c right


def test_items_that_measure_the_same_are_told_from_one_that_measures_nothing():
    rng = np.random.default_rng(1)
    able = rng.random(300)
    scored = pd.DataFrame({name: (rng.random(300) < able).astype(float) for name in "abcd"})
    scored["noise"] = (rng.random(300) < 0.5).astype(float)
    found = items.discrimination(scored)
    assert (found.loc[list("abcd"), "low"] > items.WEAK).all() and found.loc["noise", "low"] < 0


def test_with_twenty_learners_an_interval_is_too_wide_to_say_anything():
    rng = np.random.default_rng(2)
    able = rng.random(20)
    found = items.discrimination(pd.DataFrame({name: (rng.random(20) < able).astype(float) for name in "abcde"}))
    assert (found["high"] - found["low"]).median() > 0.5


def test_a_wrong_option_that_nobody_chose_is_dead_from_sixty_learners_on():
    few = items.answered([QUIZ], answers(*((f"n{n}", "01") for n in range(59))))
    many = items.answered([QUIZ], answers(*((f"n{n}", "01") for n in range(60))))
    assert items.dead([QUIZ], few).empty
    assert list(items.dead([QUIZ], many)["letter"]) == ["1", "2", "2"]
