"""Exercises whose texts people edit: tables in `data/reference/lessons/`, read into exercises."""

import itertools
import zlib
from dataclasses import replace

import pandas as pd

from custlib import reference
from custlib.lessons.exercises import OTHER, RIGHT, Exercise, Item, Option, Text, said, written
from custlib.words import LANGUAGES

ANY = "*"  # a line for every bin that has none of its own


def lines(name: str, lesson: str, data_dir=None) -> pd.DataFrame:
    """The lines of a lesson in `data/reference/lessons/NAME.csv`; blank cells are "". lesson: "1" to "8"."""
    rows = reference.table(f"lessons/{name}.csv", data_dir).fillna("")
    return rows[rows["lesson"] == lesson].reset_index(drop=True)


def quiz(id: str, rows: pd.DataFrame, *, guided: bool = True, **facts: Text) -> Exercise:
    """The questions of one part of a lesson, in the order of the table; options stand in a fixed order of their own.

    rows: of `lines("questions", …)`: part, question, option ("" is the question itself), tag, en, zh, reply_en,
    reply_zh, upto (of a band of an estimate, whose question's `upto` is "from to step"); facts: {place} → text.
    """
    part = rows[rows["part"] == id]
    items = [_question(id, name, of, facts) for name, of in part.groupby("question", sort=False)]
    return Exercise("quiz", id, tuple(items), guided=guided)


def cases(kind: str, id: str, rows: pd.DataFrame, **given) -> Exercise:
    """Cases to sort, to match or to put in order.

    rows: of `lines("cases", …)`: part, case, bin, tag, en, zh. A line without a case names a bin; one without a bin is
    the case itself; one with both is what is said to that answer (bin "*": to every one that has no line).
    given: further fields of the `Exercise`.
    """
    part = rows[rows["part"] == id]
    bins = tuple((row["bin"], text(row)) for row in _rows(part[part["case"] == ""]))
    of_cases = part[part["case"] != ""].groupby("case", sort=False)
    items = tuple(_case(name, of, bins) for name, of in of_cases)
    return Exercise(kind, id, items, bins=bins, **given)


def branch(id: str, rows: pd.DataFrame, **facts: Text) -> Exercise:
    """A talk with a customer. rows: of `lines("turns", …)`: part, turn, choice ("" is what the customer says), tag,
    next, reveals, en, zh, reply_en, reply_zh. Lines of turn "=": what was revealed → summary; of turn "?": letter →
    what it is."""
    part = rows[rows["part"] == id]
    turns = part[~part["turn"].isin(["=", "?"])].groupby("turn", sort=False)
    items = tuple(_turn(name, of, facts) for name, of in turns)
    summary, reveals = (
        {row["reveals"]: text(row, **facts) for row in _rows(part[part["turn"] == mark])} for mark in "=?"
    )
    return Exercise("branch", id, items, summary=summary, reveals=reveals)


def ending(talk: Exercise, sentence: str, **facts) -> Exercise:
    """The talk with a summary for each set of what it may bring to light, which `sentence` says of `known`, the letters
    of the set."""
    letters = sorted(talk.reveals)
    sets = itertools.chain.from_iterable(itertools.combinations(letters, n) for n in range(len(letters) + 1))
    summary = {"".join(known): said(sentence, known=list(known), **facts) for known in sets}
    return replace(talk, summary=summary)


def or_asked(exercise: Exercise | None, id: str, rows: pd.DataFrame) -> Exercise:
    """The exercise; or, where the data give none, the questions of part ID_none, which ask what one does without."""
    return exercise or replace(quiz(f"{id}_none", rows), id=id)


def note(id: str, rows: pd.DataFrame) -> Exercise:
    """Lines of one's own, each under what it is to say: every line of one part. rows: of `lines`, en, zh."""
    return Exercise("note", id, lines=tuple(map(text, _rows(rows[rows["part"] == id]))))


def thinking(lesson: str, data_dir=None) -> dict[str, Text]:
    """Tag of a misconception of a lesson → its hint."""
    rows = lines("misconceptions", lesson, data_dir)
    return {row["tag"]: text(row, "hint_") for row in _rows(rows)}


def _rows(part):
    return part.to_dict("records")


def text(row, stem: str = "", **facts: Text) -> Text:
    """The text in the columns STEMen and STEMzh of a line, as a dict; facts: {place} → text."""
    return written({lang: row[f"{stem}{lang}"] for lang in LANGUAGES}, **facts)


def _question(part, name, rows, facts):
    (asked,), given = _rows(rows[rows["option"] == ""]), _rows(rows[rows["option"] != ""])
    options = [
        Option(
            row["option"],
            text(row, **facts),
            text(row, "reply_", **facts),
            row["tag"],
            upto=float(row["upto"]) if row["upto"] else None,
        )
        for row in given
    ]
    scale = tuple(map(float, asked["upto"].split()))
    options = _judged(options)
    if not scale:
        options.sort(key=lambda option: zlib.crc32(f"{part}{name}{option.letter}".encode()))
    return Item(name, text(asked, **facts), tuple(options), scale=scale, unit=text(asked, "reply_"))


def _case(name, rows, bins):
    by_bin = {row["bin"]: row for row in _rows(rows)}
    options = []
    for letter, bin in bins:
        row = by_bin.get(letter, by_bin.get(ANY))
        options.append(Option(letter, bin, text(row), row["tag"] or OTHER))
    assert sum(option.tag == RIGHT for option in options) == 1, name
    return Item(name, text(by_bin[""]), tuple(options))


def _turn(name, rows, facts):
    (asked,), given = _rows(rows[rows["choice"] == ""]), _rows(rows[rows["choice"] != ""])
    options = [
        Option(row["choice"], text(row, **facts), text(row, "reply_", **facts), row["tag"], row["next"], row["reveals"])
        for row in given
    ]
    return Item(name, text(asked, **facts), tuple(_judged(options)))


def _judged(options):
    """Beside a right answer those without a tag are wrong, too."""
    if all(option.tag != RIGHT for option in options):
        return options
    return [replace(option, tag=option.tag or OTHER) for option in options]
