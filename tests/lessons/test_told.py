"""Talks: of both talks of the lessons every path ends, and every set of what it brings to light has
an end of its own."""

import pytest

from custlib import lessons
from custlib.lessons import told
from custlib.lessons.exercises import RIGHT, Exercise, Item, Option

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
