"""Cards whose answers are computed, and parts without a key."""

import dataclasses

import pandas as pd

from custlib.lessons.exercises import RIGHT, Exercise, Item, Option, Text
from custlib.lessons.tables import quiz


def card(id: str, text: Text, key: str, bins, says, vectors: dict[str, str], at: int, **shown) -> Item:
    """A card whose answers are computed. bins: (letter, text) …; says: letter → what is said to it; vectors: way → its
    answers, of which this card's stands at `at`: a wrong answer has the tag of the first way that leads to it."""

    def tag(letter):
        return RIGHT if letter == key else next((way for way, answers in vectors.items() if answers[at] == letter), "")

    options = tuple(Option(letter, label, says(letter), tag(letter)) for letter, label in bins)
    return Item(id, text, options, **shown)


def own_lines(id: str, rows: pd.DataFrame) -> Exercise:
    """Lines that a person fills in: the questions of one part, which have no answers. rows: as for `tables.quiz`."""
    return Exercise("note", id, lines=tuple(item.text for item in quiz(id, rows).items))


def or_asked(exercise: Exercise | None, id: str, rows: pd.DataFrame) -> Exercise:
    """The exercise; or, where the data give none, the questions of part ID_none, which ask what one does without."""
    return exercise or dataclasses.replace(quiz(f"{id}_none", rows), id=id)
