"""From facts to text: the one door to the sentence templates, `custlib/words/<language>/<room>.j2`.

A template has a macro for each sentence, named as the function that finds its facts. Within it a fact is a variable. Whole numbers
are written with separators; a text that comes from the data is escaped for Markdown by itself. Lines of a macro are joined to one
paragraph as the language joins sentences; a line "¶" begins a new paragraph, one that begins with "- " is a point of a list.
"""

import datetime
import functools
from dataclasses import dataclass, field

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context

from custlib import glossary, words
from custlib.escaping import visible
from custlib.wording import forms


@dataclass(frozen=True)
class Context:
    """What every sentence of a report may need: the currency, what customer size is ("payments" or "net_sales"), and the
    vocabulary: words that the company's own tables give, key → {language: text}, such as names of fishbone factors."""

    currency: str = "CNY"
    size_is: str = "payments"
    vocabulary: dict = field(default_factory=dict)

    def term(self, key, lang):
        """A key in words: of the vocabulary, else of the glossary. Raises KeyError."""
        own = self.vocabulary.get(key)
        return own[lang] if own else glossary.term(key, lang)

    def known(self, key):
        """Whether a key has words."""
        return key in self.vocabulary or glossary.known(key)


class Raw(str):
    """A text of the data, for Markdown: however it is put into a sentence, it is escaped once."""

    def __str__(self):
        return forms.plain(str.__str__(self))

    __html__ = __str__

    def __format__(self, how):
        return format(str(self), how)


class Shown(str):
    """A text of the data where the reader of the text escapes it: in blocks and text alternatives."""

    def __str__(self):
        return visible(str.__str__(self))


def text(sentence, facts, *, lang, context=Context(), markdown=True):
    """A sentence in words. sentence: "room.macro"; facts: what the function of that name found (plain values, lists and dicts).

    markdown: whether texts of the data are escaped for Markdown; else they stand as they are. Raises KeyError for a term that is not
    in the glossary, jinja2's UndefinedError for a fact that the template names and the function does not give.
    """
    room, _, macro = sentence.partition(".")
    template = _environment(lang).get_template(f"{lang}/{room}.j2")
    kind = Raw if markdown else Shown
    given = {name: _wrapped(value, kind) for name, value in facts.items()}
    own = {"currency": context.currency, "size_is": context.size_is, "context": context, "raw": kind}
    said = getattr(template.make_module(own | given), macro)()
    return _paragraphs(str(said), words.table("languages")[lang]["space"])


def _wrapped(value, kind):
    if isinstance(value, str):
        return kind(value)
    if isinstance(value, dict):
        return {name: _wrapped(one, kind) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_wrapped(one, kind) for one in value]
    return None if value != value else value  # NaN: what is not known


def _paragraphs(said, joint):
    text = ""
    for line in filter(None, (line.strip(" \t") for line in said.split("\n"))):
        begins = not text or text.endswith("\n") or line == "¶"
        text += "" if begins else "\n" if line.startswith("- ") else joint
        text = f"{text.rstrip()}\n\n" if line == "¶" else text + line
    return text.strip("\n")


def _term(own, key, scope, lang):
    """A key in words. With a scope: of the company's own words, which are texts of the data; a key that has none stands for itself."""
    key, context = str.__str__(key), own["context"]
    if not scope:
        return context.term(key, lang)
    scoped = f"{scope}:{key}"
    return own["raw"](context.term(scoped, lang) if context.known(scoped) else key)


class _Facts(Environment):
    """Facts before methods: `row.count` is the fact of that name."""

    def getattr(self, obj, attribute):
        return obj[attribute] if isinstance(obj, dict) and attribute in obj else super().getattr(obj, attribute)


@functools.cache
def _environment(lang):
    if lang not in glossary.LANGUAGES:
        raise ValueError(f"the languages are {' and '.join(glossary.LANGUAGES)}, not “{lang}”")
    options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": False}
    environment = _Facts(loader=FileSystemLoader(words.FOLDER), finalize=_finalized, **options)
    by_lang = {name: functools.partial(getattr(forms, name), lang=lang) for name in ("percent", "tenths", "listed")}
    environment.filters |= by_lang | {
        "count": lambda number, what: forms.count(number, what, lang),
        "money": pass_context(lambda own, yuan: forms.money(yuan, lang, own["currency"])),
        "price": pass_context(lambda own, yuan: forms.price(yuan, lang, own["currency"])),
        "term": pass_context(lambda own, key, scope="": _term(own, key, scope, lang)),
        "terms": pass_context(lambda own, keys, scope="": [_term(own, key, scope, lang) for key in keys]),
        "upper_first": lambda value: str(value)[:1].upper() + str(value)[1:],
        "lower_first": lambda value: str(value)[:1].lower() + str(value)[1:],
        "each": lambda values, macro: [macro(one) for one in values],
        "with_more": lambda names, more: forms.with_more(names, more, lang),
        "without_unit": lambda amount: forms.number_and_unit(amount)[0],
        "unit": lambda amount: forms.number_and_unit(amount)[1],
        "minus": lambda value: str(value).replace("-", "−"),
    }
    environment.globals |= {"lang": lang, "NAMED": forms.NAMED}
    return environment


def _finalized(value):
    if isinstance(value, bool) or value is None:
        raise TypeError(f"{value} is no text: say in the template what it means")
    if isinstance(value, float):
        raise TypeError(
            f"{value!r}: a number with decimals needs a form, such as | percent, | money or '%.2f' | format(…)"
        )
    if isinstance(value, int):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
