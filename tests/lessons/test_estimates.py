import dataclasses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custlib.lessons import estimates, texts
from custlib.lessons.exercises import OTHER, RIGHT, Exercise, Item
from custlib.wording import sentences
from custlib.words import LANGUAGES

ASKED = Exercise("quiz", "guess", (Item("q", "how many?", (), scale=(0.0, 100.0, 1.0)),))


def bands(exercise):
    return [(option.upto, option.tag) for option in exercise.items[0].options]


def test_a_share_is_right_within_its_interval_and_a_share_of_the_wrong_whole_is_told_apart():
    of = {"count": 59, "of": 124, "all": 228, "reference": 0.409, "format": "department_store"}
    found = estimates.shares(ASKED, {"q": of})  # 95 % interval 39.0 to 56.3; 59 of 228 are 25.9
    assert bands(found) == [(23, OTHER), (27, "whole"), (38, OTHER), (56, RIGHT), (100, OTHER)]
    assert found.items[0].options[1].says["facts"]["wrong"] == pytest.approx(59 / 228)
    assert found.items[0].options[3].says["sentence"] == "lessons_goods.guessed_right"


def test_where_both_wholes_are_the_same_there_is_no_slip_to_tell():
    of = {"count": 59, "of": 124, "all": 124, "reference": None, "format": "department_store"}
    assert [tag for _, tag in bands(estimates.shares(ASKED, {"q": of}))] == [OTHER, RIGHT, OTHER]


def test_a_share_of_nothing_is_not_asked():
    of = {"count": 0, "of": 0, "all": 3, "reference": None, "format": "department_store"}
    assert not estimates.shares(ASKED, {"q": of}).items


def test_an_amount_is_right_when_near():
    found = estimates.amounts(ASKED, {"q": 20.09}, 3.6, 71.7)
    assert found.items[0].scale == (0, 72, 1)
    assert bands(found) == [(16, OTHER), (23, RIGHT), (72, OTHER)]


@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 400))
@example(1, 199, 0)
@example(399, 1, 0)
def test_every_number_of_the_scale_falls_into_one_band_and_one_band_is_right(count, others, elsewhere):
    of = {"count": count, "of": count + others, "all": count + others + elsewhere, "reference": 0.4, "format": "x"}
    found = bands(estimates.shares(ASKED, {"q": of}))
    ends = [upto for upto, _ in found]
    assert ends == sorted(set(ends)) and ends[-1] == 100 and ends[0] >= 0
    assert [tag for _, tag in found].count(RIGHT) == 1
    of_share = next(tag for upto, tag in found if round(100 * count / (count + others)) <= upto)
    assert of_share == RIGHT


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reference", [None, 0.409, 0.9])
def test_every_text_can_be_said(lang, reference):
    of = {"count": 59, "of": 124, "all": 228, "reference": reference, "format": "department_store"}
    found = estimates.shares(ASKED, {"q": of})
    told = texts.in_words(dataclasses.asdict(found), lang, sentences.Context())["items"][0]["options"]
    assert ("40.9" in told[3]["says"]) == (reference == 0.409)
    assert told[3]["text"] == "39–56"
