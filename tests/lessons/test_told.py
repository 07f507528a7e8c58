"""Talks: of both talks of the lessons every path ends, and every set of what it brings to light has
an end of its own."""

import pytest

from custlib import lessons
from custlib.lessons import texts, told
from custlib.lessons.exercises import RIGHT, Exercise, Item, Option

LESSONS = ("6", "7", "8")
TALKS = {"visit": "6", "complaint": "7"}


def item(name, *options):
    return Item(name, name, tuple(Option(letter, letter, "", tag) for letter, tag in options))


def test_a_talk_with_two_things_to_find_has_four_ends():
    talk = told.ending(Exercise("branch", "x", reveals={"b": "", "a": ""}), "room.end", need="profit")
    assert {letters: end["facts"]["known"] for letters, end in talk.summary.items()} == {
        "": [],
        "a": ["a"],
        "b": ["b"],
        "ab": ["a", "b"],
    }


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_ends_with_lines_of_ones_own_in_both_languages(lesson):
    lines = told.note("transfer", lessons.lines("cases", lesson)).lines
    assert 1 <= len(lines) <= 3 and all(words for line in lines for words in line["words"].values())


def talk(name):
    rows = lessons.lines("turns", TALKS[name])
    return lessons.branch(name, rows)


def paths(turns, at):
    for option in turns[at].options:
        if option.next:
            yield from ([option, *rest] for rest in paths(turns, option.next))
        else:
            yield [option]


@pytest.mark.parametrize("name", TALKS)
def test_every_path_of_a_talk_ends_and_every_turn_lies_on_one(name):
    items = talk(name).items
    turns = {item.id: item for item in items}
    found = list(paths(turns, items[0].id))  # a circle would not come to an end
    assert max(map(len, found)) <= 10
    assert {option.next for path in found for option in path} | {items[0].id} == {*turns, ""}


@pytest.mark.parametrize("name", TALKS)
def test_every_turn_has_three_choices_one_of_them_right_each_with_a_reply_of_its_own(name):
    for turn in talk(name).items:
        assert [option.letter for option in turn.options] == ["A", "B", "C"]
        assert [option.tag for option in turn.options].count(RIGHT) == 1
        for lang in ("en", "zh"):
            assert len({option.says["words"][lang] for option in turn.options} - {""}) == 3


@pytest.mark.parametrize("name", TALKS)
def test_the_right_choice_stands_in_every_place(name):
    assert set(talk(name).key) == set("ABC")


@pytest.mark.parametrize("name", TALKS)
def test_who_answers_right_brings_everything_to_light(name):
    exercise = talk(name)
    turns, at, found = {item.id: item for item in exercise.items}, exercise.items[0].id, ""
    while at:
        right = next(option for option in turns[at].options if option.tag == RIGHT)
        at, found = right.next, found + right.reveals
    assert sorted(set(found)) == sorted(exercise.reveals)


def test_a_visit_that_only_pushes_brings_nothing_to_light():
    turns = {item.id: item for item in talk("visit").items}
    assert any(not any(option.reveals for option in path) for path in paths(turns, "t1"))


@pytest.mark.parametrize("lesson", LESSONS)
def test_misconceptions_are_those_that_an_answer_has_and_no_others(lesson):
    built = {"7": {"too_low", "too_high"}}  # of the estimate
    used = {tag for name in ("cases", "questions", "turns") for tag in lessons.lines(name, lesson)["tag"]}
    listed = lessons.lines("misconceptions", lesson)
    assert set(listed["tag"]) == (used | built.get(lesson, set())) - {"", RIGHT}
    assert (listed != "").all(axis=None)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_question_has_one_right_answer_and_replies_in_both_languages(lesson):
    rows = lessons.lines("questions", lesson)
    given = rows[(rows["option"] != "") & (rows["part"] != "after")]
    assert (given.groupby(["part", "question"])["tag"].agg(lambda tags: (tags == RIGHT).sum()) == 1).all()
    assert (rows.loc[rows["option"] != "", ["en", "zh", "reply_en", "reply_zh"]] != "").all(axis=None)
    assert [len(set(rows.loc[rows["part"] == part, "question"])) for part in ("recall", "hook")] == [3, 1]
    for column, other in (("en", "zh"), ("reply_en", "reply_zh")):
        for one, two in zip(rows[column], rows[other], strict=True):
            assert set(texts.PLACE.findall(one)) == set(texts.PLACE.findall(two)), one
