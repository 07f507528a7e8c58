"""Cards whose answers are computed, and what is asked where the data give none."""

import dataclasses

import pandas as pd

from custlib.lessons.exercises import Exercise, Item, Option, Text
from custlib.lessons.tables import quiz
from custlib.lessons.ways import tag


def card(id: str, text: Text, key: str, bins, says, vectors: dict[str, str], at: int, **shown) -> Item:
    """A card whose answers are computed. bins: (letter, text) …; says: letter → what is said to it; vectors: way → its
    answers, of which this card's stands at `at`."""
    options = tuple(Option(letter, label, says(letter), tag(letter, key, vectors, at)) for letter, label in bins)
    return Item(id, text, options, **shown)


def or_asked(exercise: Exercise | None, id: str, rows: pd.DataFrame) -> Exercise:
    """The exercise; or, where the data give none, the questions of part ID_none, which ask what one does without."""
    return exercise or dataclasses.replace(quiz(f"{id}_none", rows), id=id)
