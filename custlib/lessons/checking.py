"""Whether people edited the tables of a lesson so that they can be asked: refused with file and line before any run."""

import re

from custlib import reference
from custlib.lessons.exercises import OTHER, RIGHT
from custlib.refusals import Refused
from custlib.words import LANGUAGES

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LETTER = re.compile(r"[0-9A-Za-z]")
STEM = "lesson_stem_missing", "lesson_stem_twice"
KEY = "lesson_right_missing", "lesson_right_twice"
END, REVEALED, SUMMARY = "", "?", "="


def check(lesson: str, data_dir=None):
    """Refused (`lesson_line`, `reference_blank`) at the first line of a lesson's questions, cases, turns that cannot be
    asked. lesson: "1" to "8"."""
    questions, cases, turns, thinking = (
        _lines(name, lesson, data_dir) for name in ("questions", "cases", "turns", "misconceptions")
    )
    for _, rows in questions.groupby(["part", "question"], sort=False):
        _asked(rows, "questions", "option")
        _scale(rows)
    for _, rows in turns[~turns["turn"].isin([REVEALED, SUMMARY])].groupby(["part", "turn"], sort=False):
        _asked(rows, "turns", "choice")
    for _, rows in turns.groupby("part"):
        _each(rows, "turns", "next", {END, *rows["turn"]} - {REVEALED, SUMMARY})
    for _, rows in cases.groupby("part"):
        _sorted(rows)
    for name, rows in (("questions", questions), ("cases", cases), ("turns", turns)):
        _each(rows, name, "tag", {"", RIGHT, OTHER, *thinking["tag"]})


def _lines(name, lesson, data_dir):
    rows = reference.lines(f"lessons/{name}.csv", data_dir).fillna("")
    return rows[rows["lesson"] == lesson]


def _asked(rows, file, column):
    """One line that asks, options with letters of their own, and one right answer or none that is wrong."""
    _one(rows[rows[column] == ""], rows, file, STEM)
    given = rows[rows[column] != ""]
    for line, letter in given[column].items():
        if not LETTER.fullmatch(letter):
            raise _refused(file, line, "lesson_letter", letter)
    _unlike(given[column], file)
    if (given["tag"] != "").any():
        _one(given[given["tag"] == RIGHT], given, file, KEY)
    for line, row in rows.iterrows():
        if blank := [lang for lang in LANGUAGES if not row[lang]]:
            raise Refused("reference_blank", file=f"lessons/{file}.csv", line=line, columns=", ".join(blank))


def _scale(rows):
    """From, to and step of an estimate, and the upper end of each of its bands."""
    scale = rows.loc[rows["option"] == "", "upto"].iloc[0]
    for line, row in rows.iterrows():
        cells = row["upto"].split()
        expected = (3 if row["option"] == "" else 1) if scale else 0
        if len(cells) != expected or not all(map(NUMBER.fullmatch, cells)):
            raise _refused("questions", line, "lesson_upto", row["upto"])


def _sorted(rows):
    """Each case has its text, answers to bins that there are, and one right bin. Parts without bins are no cases."""
    bins = {*rows.loc[rows["case"] == "", "bin"]} - {""}
    for _, own in rows[rows["case"] != ""].groupby("case", sort=False) if bins else ():
        _one(own[own["bin"] == ""], own, "cases", STEM)
        _each(own, "cases", "bin", {"", "*", *bins})
        _unlike(own["bin"], "cases")
        _one(own[own["tag"] == RIGHT], own, "cases", KEY)


def _one(found, rows, file, problems):
    """problems: what is wrong with none, and with several."""
    missing, several = problems
    if found.empty:
        raise _refused(file, rows.index[0], missing)
    if len(found) > 1:
        raise _refused(file, found.index[-1], several)


def _unlike(letters, file):
    for line in letters.index[letters.duplicated()]:
        raise _refused(file, line, "lesson_letter_twice", letters[line])


def _each(rows, file, column, possible):
    for line, value in rows[column].items():
        if not {*value.split(" ")} <= possible:
            facts = {"column": column, "value": value, "possible": ", ".join(sorted(filter(None, possible)))}
            raise Refused("not_one_of", file=f"lessons/{file}.csv", line=line, **facts)


def _refused(file, line, problem, value=""):
    return Refused("lesson_line", file=f"lessons/{file}.csv", line=line, problem=problem, value=value)
