"""What is said at the end: to known ways of thinking, and of all that came to light in a talk."""

import dataclasses
import itertools

import pandas as pd

from custlib.lessons.exercises import Exercise, Text, said, written
from custlib.words import LANGUAGES


def by_tag(exercise: Exercise, hints: dict[str, Text]) -> Exercise:
    """The exercise with a way for each tag: its answers where an option has it, right ones elsewhere.

    hints: tag → what is said to whoever thinks so.
    """
    ways = {tag: "".join(_answer(item, tag) for item in exercise.items) for tag in hints}
    return dataclasses.replace(exercise, ways=ways, thinks=hints)


def ending(talk: Exercise, sentence: str, **facts) -> Exercise:
    """The talk with a summary for each set of what it may bring to light, which `sentence` says of `known`, the letters
    of the set."""
    letters = sorted(talk.reveals)
    sets = itertools.chain.from_iterable(itertools.combinations(letters, n) for n in range(len(letters) + 1))
    summary = {"".join(known): said(sentence, known=list(known), **facts) for known in sets}
    return dataclasses.replace(talk, summary=summary)


def note(id: str, rows: pd.DataFrame) -> Exercise:
    """Lines of one's own, each under what it is to say. rows: of `tables.lines("cases", …)`."""
    part = rows[rows["part"] == id].to_dict("records")
    return Exercise("note", id, lines=tuple(written({lang: row[lang] for lang in LANGUAGES}) for row in part))


def _answer(item, tag):
    return next((option.letter for option in item.options if option.tag == tag), item.key)
