"""Known ways of thinking, each as the answers that it gives; which of them the answers of a person are like."""

import itertools
from dataclasses import replace

from custlib.lessons.exercises import OTHER, RIGHT, Exercise, Item, Option, Text

LEAST = 2  # letters by which a way differs from the key; with one, a slip would be told to be a way


def alike(one: str, other: str) -> int:
    """At how many places two answers have the same letter."""
    return sum(a == b for a, b in zip(one, other, strict=True))


def enough(items: int, letters: int = 3) -> int:
    """How many letters must be like a way before it is named: two thirds, rounded up; of two letters three quarters,
    because every second one is alike by chance."""
    return -(-3 * items // 4) if letters == 2 else -(-2 * items // 3)


def nearest(answers: str, key: str, ways: dict[str, str], letters: int = 3) -> str:
    """The tag of the way that the answers are most like (of several the first by name), "" if none may be named.

    A way is named only if `enough` letters are like its own, more than are like the key, and not all are the same:
    of guessers at ten cards one in ten is then told a way, at fifteen one in twenty (measured on made classes).
    letters: how many there are to choose from.
    """
    if len(set(answers)) < 2 or not ways:
        return ""
    tag = max(sorted(ways), key=lambda each: alike(answers, ways[each]))
    least = max(enough(len(key), letters), alike(answers, key) + 1)
    return tag if alike(answers, ways[tag]) >= least else ""


def tag(letter: str, key: str, ways: dict[str, str], at: int) -> str:
    """What stands behind a letter at a place: `RIGHT` if it is the key's, the way if only one leads to it, else
    `OTHER`. key: the letter that is right there."""
    if letter == key:
        return RIGHT
    leading = [way for way, answers in ways.items() if answers[at] == letter]
    return leading[0] if len(leading) == 1 else OTHER


def card(id: str, text: Text, key: str, bins, says, vectors: dict[str, str], at: int, **shown) -> Item:
    """A card whose answers are computed. bins: (letter, text) …; says: letter → what is said to it; vectors: way → its
    answers, of which this card's stands at `at`."""
    options = tuple(Option(letter, label, says(letter), tag(letter, key, vectors, at)) for letter, label in bins)
    return Item(id, text, options, **shown)


def distance(key: str, ways: dict[str, str]) -> int:
    """The least number of letters by which two of the key and the ways differ; all of them if there is no way."""
    pairs = itertools.combinations([key, *ways.values()], 2)
    return min((len(key) - alike(a, b) for a, b in pairs), default=len(key))


def of_tags(exercise: Exercise) -> dict[str, str]:
    """Tag → the answers of who thinks so wherever an answer has that tag, and is right elsewhere; sorted by tag.

    An option may have several tags, separated by a space, if several ways lead to it.
    """
    tags = {tag for item in exercise.items for option in item.options for tag in option.tag.split()} - {RIGHT, OTHER}
    return {tag: "".join(_answer(item, tag) for item in exercise.items) for tag in sorted(tags)}


def _answer(item, tag):
    return next((option.letter for option in item.options if tag in option.tag.split()), item.key)


def with_ways(exercise: Exercise, hints: dict[str, Text]) -> Exercise:
    """The exercise with the ways that its options' tags spell out, as `named` gives it; an option keeps its first tag.

    hints: tag → text, of `tables.thinking`, for the tags that are ways.
    """
    items = tuple(replace(item, options=tuple(map(_with_first_tag, item.options))) for item in exercise.items)
    vectors = {tag: letters for tag, letters in of_tags(exercise).items() if tag in hints}
    return named(replace(exercise, items=items), vectors, hints)


def _with_first_tag(option):
    return replace(option, tag=option.tag.partition(" ")[0])


def named(exercise: Exercise, ways: dict[str, str], hints: dict[str, Text]) -> Exercise:
    """The exercise with its ways, and what is said to who thinks so; without those that are too near to the key
    (`LEAST`) or answer like another, which nobody could tell apart. hints: tag → text, of `tables.thinking`."""
    answers = [*ways.values()]
    own = {
        tag: letters
        for tag, letters in ways.items()
        if len(letters) - alike(letters, exercise.key) >= LEAST and answers.count(letters) == 1
    }
    return replace(exercise, ways=own, thinks={tag: hints[tag] for tag in own})
