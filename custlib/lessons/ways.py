"""Known ways of thinking, each as the answers that it gives; which of them the answers of a person are like."""

import itertools


def alike(one: str, other: str) -> int:
    """At how many places two answers have the same letter."""
    return sum(a == b for a, b in zip(one, other, strict=True))


def enough(items: int) -> int:
    """How many letters must be like a way before it is named: two thirds, rounded up."""
    return -(-2 * items // 3)


def nearest(answers: str, key: str, ways: dict[str, str]) -> str:
    """The tag of the way that the answers are most like, "" if none may be named.

    A way is named only if `enough` letters are like its own, more than are like the key, and not all are the same:
    of guessers at ten cards one in ten is then told a way, at fifteen one in twenty (measured on made classes).
    """
    if len(set(answers)) < 2 or not ways:
        return ""
    tag = max(sorted(ways), key=lambda each: alike(answers, ways[each]))
    least = max(enough(len(key)), alike(answers, key) + 1)
    return tag if alike(answers, ways[tag]) >= least else ""


def distance(key: str, ways: dict[str, str]) -> int:
    """The least number of letters by which two of the key and the ways differ; all of them if there is no way."""
    pairs = itertools.combinations([key, *ways.values()], 2)
    return min((len(key) - alike(a, b) for a, b in pairs), default=len(key))
