import csv
import shutil

import pytest

from custlib import project
from custlib.lessons import checking
from custlib.refusals import Refused


@pytest.fixture
def edited(tmp_path):
    """Checks a lesson of which a cell of a table was changed, or whose rows a function changed."""
    folder = tmp_path / "reference/lessons"
    shutil.copytree(project.root() / "data/reference/lessons", folder)

    def go(lesson, name, change):
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(change(rows))
        with pytest.raises(Refused) as refused:
            checking.check(lesson, tmp_path)
        return refused.value

    return go


def cell(line, column, value):
    def change(rows):
        rows[line - 1][rows[0].index(column)] = value
        return rows

    return change


def without(line):
    return lambda rows: rows[: line - 1] + rows[line:]


def twice(line):
    return lambda rows: rows[:line] + rows[line - 1 :]


@pytest.mark.parametrize("lesson", "12345678")
def test_the_lessons_can_be_asked(lesson):
    checking.check(lesson)


@pytest.mark.parametrize(
    ("name", "change", "line", "why"),
    [
        ("questions", cell(3, "tag", "payer"), 3, "lesson_right_missing"),
        ("questions", cell(4, "tag", "right"), 4, "lesson_right_twice"),
        ("questions", twice(2), 3, "lesson_stem_twice"),
        ("questions", without(2), 2, "lesson_stem_missing"),
        ("questions", cell(4, "option", "A"), 4, "lesson_letter_twice"),
        ("questions", cell(3, "option", "|"), 3, "lesson_letter"),
        ("questions", cell(3, "upto", "many"), 3, "lesson_upto"),
        ("cases", cell(8, "tag", ""), 7, "lesson_right_missing"),
        ("cases", without(7), 7, "lesson_stem_missing"),
        ("cases", twice(7), 8, "lesson_stem_twice"),
        ("cases", twice(9), 10, "lesson_letter_twice"),
    ],
)
def test_a_line_that_cannot_be_asked_is_named(edited, name, change, line, why):
    facts = edited("1", name, change).facts
    assert (facts["file"], facts["line"], facts["problem"]) == (f"lessons/{name}.csv", line, why)


@pytest.mark.parametrize(
    ("lesson", "name", "change", "line", "column"),
    [
        ("1", "questions", cell(4, "tag", "nonsense"), 4, "tag"),
        ("1", "cases", cell(9, "bin", "Q"), 9, "bin"),
        ("6", "turns", cell(3, "next", "t99"), 3, "next"),
        ("6", "turns", lambda rows: [row for row in rows if row[2] != "t3"], 4, "next"),
        ("1", "misconceptions", lambda rows: rows[:1], 4, "tag"),
    ],
)
def test_what_names_something_that_there_is_not_is_named(edited, lesson, name, change, line, column):
    refused = edited(lesson, name, change)
    assert refused.code == "not_one_of" and (refused.facts["line"], refused.facts["column"]) == (line, column)


def test_a_question_without_words_in_a_language_is_named(edited):
    refused = edited("1", "questions", cell(2, "zh", ""))
    assert refused.line("zh").startswith("lessons/questions.csv 第 2 行：zh 为空")


def test_the_line_says_what_is_wrong_and_where_it_is_explained(edited):
    refused = edited("1", "questions", cell(3, "upto", "many"))
    assert "“many” in column upto" in refused.line("en") and "docs/lessons.md" in refused.line("zh")
