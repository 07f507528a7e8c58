"""Known wrong ways of thinking of an exercise, as what each would answer at every card; and parts without a key."""

import dataclasses

import pandas as pd

from custlib.lessons.exercises import RIGHT, Exercise, Item, Option, Text
from custlib.lessons.tables import quiz
from custlib.lessons.ways import alike

LEAST = 3  # letters by which a way differs from the key; nearer ones cannot be told from slips


def with_ways(exercise: Exercise, hints: dict[str, Text]) -> Exercise:
    """The exercise with the ways that its options' tags spell out, each with its hint.

    An option may have several tags, separated by a space, if several ways lead to it; it keeps the first. Whoever
    thinks in a way is taken to answer right where no option has its tag. hints: tag → what is said.
    """
    tags = dict.fromkeys(tag for item in exercise.items for option in item.options for tag in option.tag.split())
    vectors = {tag: "".join(_answer(item, tag) for item in exercise.items) for tag in tags if tag != RIGHT}
    items = tuple(
        dataclasses.replace(item, options=tuple(map(_with_first_tag, item.options))) for item in exercise.items
    )
    return told(dataclasses.replace(exercise, items=items), vectors, hints)


def told(exercise: Exercise, vectors: dict[str, str], hints: dict[str, Text]) -> Exercise:
    """The exercise with those of the vectors (tag → answers) that differ enough from its key, and their hints."""
    key = exercise.key
    ways = {tag: vector for tag, vector in vectors.items() if len(key) - alike(vector, key) >= LEAST}
    return dataclasses.replace(exercise, ways=ways, thinks={tag: hints[tag] for tag in ways})


def card(id: str, text: Text, key: str, bins, says, vectors: dict[str, str], at: int, **shown) -> Item:
    """A card whose answers are computed. bins: (letter, text) …; says: letter → what is said to it; vectors: way → its
    answers, of which this card's stands at `at`: a wrong answer has the tag of the first way that leads to it."""

    def tag(letter):
        return RIGHT if letter == key else next((way for way, answers in vectors.items() if answers[at] == letter), "")

    options = tuple(Option(letter, label, says(letter), tag(letter)) for letter, label in bins)
    return Item(id, text, options, **shown)


def _answer(item, tag):
    return next((option.letter for option in item.options if tag in option.tag.split()), item.key)


def _with_first_tag(option):
    return dataclasses.replace(option, tag=option.tag.partition(" ")[0])


def own_lines(id: str, rows: pd.DataFrame) -> Exercise:
    """Lines that a person fills in: the questions of one part, which have no answers. rows: as for `tables.quiz`."""
    return Exercise("note", id, lines=tuple(item.text for item in quiz(id, rows).items))


def or_asked(exercise: Exercise | None, id: str, rows: pd.DataFrame) -> Exercise:
    """The exercise; or, where the data give none, the questions of part ID_none, which ask what one does without."""
    return exercise or dataclasses.replace(quiz(f"{id}_none", rows), id=id)
