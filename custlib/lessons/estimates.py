"""Estimates: whoever guesses a number is told how near it was, in bands that follow from the data."""

import dataclasses
import math

import pandas as pd

from custlib.lessons.exercises import OTHER, RIGHT, Exercise, Option, said
from custlib.shrink import wilson

ROOM = "lessons_goods"
NEAR = 2  # percentage points around a share of the wrong whole


def shares(exercise: Exercise, of: dict[str, dict]) -> Exercise:
    """A quiz whose questions are shares in percent, with their bands.

    of: question → count, of (the whole), all (a larger whole, that of a slip), reference (a share from elsewhere, or
    None) and format (the store format that is counted). Right is what lies in the 95 % interval of count / of; near
    count / all stands the way "whole". A question about a share of nothing is left out.
    """
    return _with(exercise, {id: _of_share(**facts) for id, facts in of.items() if facts["of"]})


def amounts(exercise: Exercise, of: dict[str, float], within: float, most: float) -> Exercise:
    """A quiz whose questions are amounts from 0 to `most`. of: question → the amount; right is what is at most `within`
    away."""
    asked = [dataclasses.replace(item, scale=(0.0, float(math.ceil(most)), 1.0)) for item in exercise.items]
    bands = {id: _of_amount(value, within) for id, value in of.items()}
    return _with(dataclasses.replace(exercise, items=tuple(asked)), bands)


def _of_amount(value, within):
    return [
        (math.ceil(value - within) - 1, OTHER, said(f"{ROOM}.amount_low", value=value)),
        (math.floor(value + within), RIGHT, said(f"{ROOM}.amount_right", value=value)),
        (math.inf, OTHER, said(f"{ROOM}.amount_high", value=value)),
    ]


def _of_share(count, of, all, reference, format):
    low, high = (100 * float(end) for end in wilson(pd.Series([count]), pd.Series([of])).iloc[0])
    facts = {
        "format": format,
        "count": count,
        "of": of,
        "low": low / 100,
        "high": high / 100,
        "reference": reference,
        "share": count / of,
    }
    nearest, wrong = round(100 * count / of), 100 * count / all
    lowest = min(math.ceil(low), nearest)  # the nearest number is right however narrow the interval
    below = [(lowest - 1, OTHER, said(f"{ROOM}.guessed_low", **facts))]
    if wrong + NEAR < lowest - 1:
        whole = said(f"{ROOM}.guessed_whole", all=all, wrong=count / all, **facts)
        slip = [(math.floor(wrong + NEAR), "whole", whole)]
        under = math.ceil(wrong - NEAR) - 1
        below = ([(under, *below[0][1:])] if under >= 0 else []) + slip + below
    right = (max(nearest, math.floor(high)), RIGHT, said(f"{ROOM}.guessed_right", **facts))
    return [*below, right, (math.inf, OTHER, said(f"{ROOM}.guessed_high", **facts))]


def _with(exercise, bands):
    known = [item for item in exercise.items if item.id in bands]
    items = [dataclasses.replace(item, options=_options(item, bands[item.id])) for item in known]
    return dataclasses.replace(exercise, items=tuple(items))


def _options(item, bands):
    """From (upper end, tag, what is said), lowest first; those below or above the scale are left out."""
    start, end, _ = item.scale
    options, begins = [], start
    for upto, tag, says in bands:
        if upto < begins or begins > end:
            continue
        upto = min(upto, end)
        text = said(f"{ROOM}.band", low=int(begins), high=int(upto))
        options.append(Option("ABCDE"[len(options)], text, says, tag, upto=float(upto)))
        begins = upto + 1
    return tuple(options)
