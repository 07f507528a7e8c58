"""What is said of all that came to light in a talk."""

import dataclasses
import itertools

from custlib.lessons.exercises import Exercise, said


def ending(talk: Exercise, sentence: str, **facts) -> Exercise:
    """The talk with a summary for each set of what it may bring to light, which `sentence` says of `known`, the letters
    of the set."""
    letters = sorted(talk.reveals)
    sets = itertools.chain.from_iterable(itertools.combinations(letters, n) for n in range(len(letters) + 1))
    summary = {"".join(known): said(sentence, known=list(known), **facts) for known in sets}
    return dataclasses.replace(talk, summary=summary)
