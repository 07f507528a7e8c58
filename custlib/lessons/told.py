"""What is said of all that came to light in a talk; lines of one's own."""

import dataclasses
import itertools

import pandas as pd

from custlib.lessons.exercises import Exercise, said, written
from custlib.words import LANGUAGES


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
