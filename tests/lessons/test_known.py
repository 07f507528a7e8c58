import pytest

from custlib import lessons
from custlib.lessons import known, ways
from custlib.lessons.exercises import RIGHT, Exercise, Item, Option

LESSONS = ("1", "2", "3")


def item(id, **tags):
    """An item with an option for each letter, letter → tag."""
    return Item(id, id, tuple(Option(letter, letter, "", tag) for letter, tag in tags.items()))


def test_a_way_answers_by_its_tag_and_is_right_elsewhere():
    rows = [item("a", X=RIGHT, Y="bulk", Z="payer bulk"), item("b", X="bulk", Y=RIGHT), item("c", X="bulk", Y=RIGHT)]
    rows += [item("d", X="payer", Y=RIGHT)]
    exercise = ways.with_ways(Exercise("sort", "e", tuple(rows)), {"bulk": "the hint"})
    assert exercise.ways == {"bulk": "YXXY"}  # of those of whom two letters lead to it, the first
    assert exercise.thinks == {"bulk": "the hint"}  # payer has no hint
    assert exercise.items[0].options[2].tag == "payer"


def test_a_computed_card_tags_each_wrong_answer_by_the_way_that_leads_to_it():
    bins = [("M", "more"), ("S", "same"), ("L", "less")]
    made = known.card("c", "text", "S", bins, "{} said".format, {"mean": "MM", "large": "SL"}, 1)
    assert [(each.letter, each.says, each.tag) for each in made.options] == [
        ("M", "M said", "mean"),
        ("S", "S said", RIGHT),
        ("L", "L said", "large"),
    ]


def test_without_an_exercise_its_questions_of_doing_without_are_asked():
    asked = lessons.lines("questions", "3")
    assert known.or_asked(None, "apart", asked).id == "apart"
    assert known.or_asked(None, "apart", asked).items[0].id == "festival"
    own = Exercise("sort", "apart", (item("a", X=RIGHT),))
    assert known.or_asked(own, "apart", asked) is own


@pytest.mark.parametrize("part, least", [("kinds", 4), ("chain", 3), ("interests", 3)])
def test_ways_of_lesson_1_are_far_enough_apart_and_are_named(part, least):
    kind = "order" if part == "chain" else "sort"
    exercise = lessons.with_ways(lessons.cases(kind, part, lessons.lines("cases", "1")), lessons.thinking("1"))
    assert ways.distance(exercise.key, exercise.ways) >= least
    assert all(ways.nearest(way, exercise.key, exercise.ways) == tag for tag, way in exercise.ways.items())
    if kind == "order":
        assert all(sorted(way) == sorted(exercise.key) for way in exercise.ways.values())


@pytest.mark.parametrize("lesson", LESSONS)
def test_parts_have_as_many_questions_as_a_lesson_needs(lesson):
    rows = lessons.lines("questions", lesson)
    counts = rows[rows["option"] == ""].groupby("part").size()
    assert counts["quiz"] == 5 and counts["hook"] == 1 and counts["recall"] == (5 if lesson == "1" else 3)
