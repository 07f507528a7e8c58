"""What is said of a figure beside its drawing: its sizes, which column is money, which columns hold keys to be put into words."""

from collections.abc import Callable
from dataclasses import dataclass, field

from custlib.figures.money import money_unit


@dataclass(frozen=True)
class Look:
    """How a figure is shown.

    wide, phone: sizes in inches; money: columns in the report's currency, whose unit the figure gets as `unit`; words: column → how its
    keys become terms ("{}" of the glossary, "factor:{}" of the company's own tables); something: whether there is anything to draw.
    """

    wide: tuple = (9.6, 4.0)
    phone: tuple = (4.6, 4.4)
    money: tuple = ()
    words: dict = field(default_factory=dict)
    something: Callable = len

    def sizes(self):
        """wide and phone, as `picture` takes them."""
        return {"wide": self.wide, "phone": self.phone}

    def options(self, table, lang, currency):
        """`unit` for the drawing, where the figure shows money."""
        return {"unit": money_unit(table[list(self.money)], lang, currency)} if self.money else {}

    def is_something(self, table):
        """Whether the table holds anything that the figure can draw."""
        return bool(self.something(table))

    def in_words(self, table, lang, context):
        """The table with its keys in words; what has no term stays as it is. context: a `sentences.Context`."""
        return table.assign(**{column: _terms(table[column], how, lang, context) for column, how in self.words.items()})


def with_look(**given):
    """Decorator: a drawing function that knows its `Look`."""

    def known(draw):
        draw.look = Look(**given)
        return draw

    return known


def _terms(values, how, lang, context):
    keys = {value: how.format(value) for value in values.dropna().unique()}
    return values.astype("object").replace(
        {value: context.term(key, lang) for value, key in keys.items() if context.known(key)}
    )
