"""A figure's look, said beside its drawing: sizes, what it takes of the report, columns and options put into words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from custlib import words

say = partial(words.say, "figures")  # say(key, lang, **facts): the figures' own words
_PLACE = re.compile(r"\{(\w*)\}")


def _whole(table):
    return table, {}


@dataclass(frozen=True)
class Look:
    """How a figure is shown.

    wide, phone: sizes in inches; context: which of the report's `currency` and `size_is` the drawing takes; something:
    table → whether there is anything to draw; words: column or option → how it is made for a reader. That is a key,
    "{}" of its own values in the glossary or "segment:{identity}" of another column in the page's vocabulary; or
    "room.function", a function of `wording` that finds facts for each row and has a macro of the same name. fewer:
    table → (what it is drawn from, further options), where a table of many customers would be too much for a page.
    """

    wide: tuple = (9.6, 4.0)
    phone: tuple = (4.6, 4.4)
    context: tuple = ()
    words: dict = field(default_factory=dict)
    something: Callable = len
    fewer: Callable = _whole

    def is_something(self, table: pd.DataFrame) -> bool:
        """Whether the table holds anything that the figure can draw."""
        return bool(self.something(table))

    def in_words(self, table: pd.DataFrame, options: dict, term: Callable, phrases: Callable) -> tuple:
        """Table and options as the figure draws them, in words; a key without a term stays as it is.

        term(key): its words or None; phrases("room.function", rows): a list of texts.
        """
        columns, put = {}, dict(options)
        for name, how in self.words.items():
            if name in put:
                put[name] = phrases(how, put[name])
            elif place := _PLACE.search(how):
                columns[name] = _terms(table[place[1] or name], _PLACE.sub("{}", how), term)
            else:
                columns[name] = phrases(how, table)
        return table.assign(**columns), put


def with_look(**options) -> Callable:
    """Decorator: a drawing function that knows its `Look`."""

    def looked(draw):
        draw.look = Look(**options)
        return draw

    return looked


def _terms(values, key, term):
    terms = {value: term(key.format(value)) for value in values.dropna().unique()}
    return values.astype("object").map(lambda value: terms.get(value) or value)
