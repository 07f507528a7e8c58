import pandas as pd
import pytest

from custlib import lessons
from custlib.lessons import choosing, climbing, outlets, tables, texts
from custlib.lessons.exercises import OTHER, RIGHT, Exercise, Item


def frame(text):
    head, *rows = [line.split("|") for line in text.strip().splitlines()]
    return pd.DataFrame([[cell.strip() for cell in row] for row in rows], columns=[name.strip() for name in head])


QUESTIONS = frame("""
part|question|option|tag|en|zh|reply_en|reply_zh|upto
quiz|big||||哪|||
quiz|big|0|right|three|三|Yes.|对。|
quiz|big|1|small|two|二|No.|不。|
quiz|big|2|none|one|一|No.|不。|
guess|share|||How many?|多少？|%|%|0 100 5
guess|share|0|low|little|少|More.|更多。|30
guess|share|1|right|right|对|Yes.|对。|50
hook|first||||先|||
hook|first|0||a|a|||
""")
CASES = frame("""
part|case|bin|tag|en|zh
kinds||A||inside|内
kinds||B||outside|外
kinds|desk|||The desk|柜台
kinds|desk|A|right|Yes.|对。
kinds|desk|*|far|No.|不。
other||A||x|x
""")
TURNS = frame("""
part|turn|choice|tag|next|reveals|en|zh|reply_en|reply_zh
visit|1||||||您好||
visit|1|a|right|2|g||问||好
visit|1|b|push||||推||不
visit|2||||||再见||
visit|=||||g||看到了||
visit|=||||||没看到||
visit|?||||g||差距||
""")


def test_a_quiz_scores_the_number_in_the_table_and_shows_options_in_a_fixed_order_of_its_own():
    (item,) = tables.quiz("quiz", QUESTIONS).items
    assert item.key == "0" and {option.letter for option in item.options} == set("012")
    assert item == tables.quiz("quiz", QUESTIONS).items[0]


def test_an_estimate_has_a_scale_a_unit_and_bands_from_the_lowest():
    (item,) = tables.quiz("guess", QUESTIONS).items
    assert item.scale == (0.0, 100.0, 5.0) and item.unit["words"]["en"] == "%"
    assert [(band.letter, band.upto) for band in item.options] == [("0", 30.0), ("1", 50.0)] and item.key == "1"


def test_a_question_without_a_right_answer_is_ones_own():
    assert tables.quiz("hook", QUESTIONS).key == "-"


def test_a_case_says_something_to_every_bin():
    exercise = tables.cases("sort", "kinds", CASES)
    (item,) = exercise.items
    assert [letter for letter, _ in exercise.bins] == ["A", "B"]
    assert [(option.letter, option.tag) for option in item.options] == [("A", "right"), ("B", "far")]
    assert item.options[1].says["words"]["en"] == "No."


def test_a_talk_goes_from_turn_to_turn_and_sums_up_what_came_to_light():
    talk = tables.branch("visit", TURNS)
    first, last = talk.items
    assert [option.next for option in first.options] == ["2", ""] and first.key == "a" and not last.options
    assert talk.summary["g"]["words"]["zh"] == "看到了" and talk.summary[""]["words"]["zh"] == "没看到"
    assert talk.reveals["g"]["words"]["zh"] == "差距"


def test_beside_a_right_answer_one_without_a_tag_is_wrong():
    rows = QUESTIONS.assign(tag=QUESTIONS["tag"].replace({"small": "", "none": ""}))
    (item,) = tables.quiz("quiz", rows).items
    assert {option.letter: option.tag for option in item.options} == {"0": RIGHT, "1": OTHER, "2": OTHER}
    (ones_own,) = tables.quiz("hook", rows).items
    assert ones_own.options[0].tag == ""


# The lessons' own tables.

BY_INDICATOR = {f"only_{name}" for name in choosing.INDICATORS} | {"votes", "worst", "by_share"}
COMPUTED = {  # lesson → tags of answers that are made of data
    "2": {*outlets.TAKEN, "point", "whole"},
    "3": {"size", "mean", "large"},
    "4": BY_INDICATOR | {"letter_only", "paid_is_good", "one_sign"},
    "5": {tag for tags in climbing.TAGS.values() for tag in tags} | {"largest_gap", "heaviest", "zones_alike"},
    "7": {"too_low", "too_high"},
}
LESSONS = pytest.mark.parametrize("lesson", "12345678")


@LESSONS
def test_every_tag_in_use_is_a_known_misconception_and_the_reverse(lesson):
    cells = [cell for name in ("cases", "questions", "turns") for cell in tables.lines(name, lesson)["tag"]]
    used = {tag for cell in cells for tag in cell.split()} | COMPUTED.get(lesson, set())
    assert used - {RIGHT, OTHER} == set(tables.thinking(lesson)) - {OTHER}
    assert (tables.lines("misconceptions", lesson) != "").all(axis=None)


@LESSONS
def test_every_question_has_one_right_answer_and_a_reply_to_each(lesson):
    rows = tables.lines("questions", lesson)
    given = rows[rows["option"] != ""]
    scored = given[given["part"] != "after"]
    assert scored.groupby(["part", "question"])["tag"].agg(lambda tags: (tags == RIGHT).sum()).eq(1).all()
    assert (given[["en", "zh", "reply_en", "reply_zh"]] != "").all(axis=None)


@LESSONS
@pytest.mark.parametrize("stem", ["", "reply_"])
def test_both_languages_have_the_same_places(lesson, stem):
    for row in tables.lines("questions", lesson).to_dict("records"):
        one, two = (set(texts.PLACE.findall(row[f"{stem}{lang}"])) for lang in ("en", "zh"))
        assert one == two, row[f"{stem}en"]


@pytest.mark.parametrize("lesson", "123678")  # 4 and 5 have theirs in their notebook
def test_a_lesson_ends_with_lines_of_ones_own(lesson):
    rows = pd.concat([tables.lines(name, lesson) for name in ("questions", "cases")])
    lines = tables.note("transfer", rows).lines
    assert lines and all(words for line in lines for words in line["words"].values())


TALKS = {"visit": "6", "complaint": "7"}


def test_a_talk_with_two_things_to_find_has_four_ends():
    talk = tables.ending(Exercise("branch", "x", reveals={"b": "", "a": ""}), "room.end", need="profit")
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


def test_without_an_exercise_its_questions_of_doing_without_are_asked():
    asked = lessons.lines("questions", "3")
    assert tables.or_asked(None, "apart", asked).id == "apart"
    assert tables.or_asked(None, "apart", asked).items[0].id == "festival"
    own = Exercise("sort", "apart", (Item("a", "", ()),))
    assert tables.or_asked(own, "apart", asked) is own


@pytest.mark.parametrize("lesson", ("1", "2", "3"))
def test_parts_have_as_many_questions_as_a_lesson_needs(lesson):
    rows = lessons.lines("questions", lesson)
    counts = rows[rows["option"] == ""].groupby("part").size()
    assert counts["quiz"] == 5 and counts["hook"] == 1 and counts["recall"] == (5 if lesson == "1" else 3)
