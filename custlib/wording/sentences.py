"""From facts to text: the only reader of the sentence templates, `custlib/words/<language>/<room>.j2`.

A template has a macro for each sentence, with the name of the function that collects its facts; in the macro each fact
is a variable. Whole numbers get separators, texts from the data are escaped for Markdown. The lines of a macro are
joined to a paragraph as the language joins sentences; a line "¶" begins a new paragraph, a line that begins with "- "
is an item of a list.
"""

import contextlib
import datetime
import functools
from dataclasses import dataclass, field

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, pass_context

from custlib import glossary, words
from custlib.escaping import visible
from custlib.refusals import Refused
from custlib.wording import forms


@dataclass(frozen=True)
class Context:
    """What every sentence of a report may need.

    currency: code; size_is: "payments" or "net_sales"; vocabulary: words from the company's own tables, such as names
    of factors: key → {language: text}.
    """

    currency: str = "CNY"
    size_is: str = "payments"
    vocabulary: dict = field(default_factory=dict)

    def term(self, key: str, lang: str) -> str:
        """The words for a key, from the vocabulary or else the glossary. Raises KeyError if neither has it."""
        by_language = self.vocabulary.get(key)
        return by_language[lang] if by_language else glossary.term(key, lang)

    def known(self, key: str) -> bool:
        """Whether a key has words."""
        return key in self.vocabulary or glossary.known(key)


class Raw(str):
    """A text from the data, for Markdown: escaped once, however it is put into a sentence."""

    def __str__(self):
        return forms.plain(str.__str__(self))

    __html__ = __str__

    def __format__(self, how):
        return format(str(self), how)


class Shown(str):
    """A text from the data for blocks and text alternatives, which escape it themselves."""

    def __str__(self):
        return visible(str.__str__(self))


def text(sentence: str, facts: dict, *, lang: str, context: Context = Context(), markdown: bool = True) -> str:
    """A sentence in words.

    sentence: "room.macro"; facts: the dict that the function of that name returns; markdown: whether texts from the
    data are escaped for Markdown.
    Raises Refused (`broken_sentence`), naming file and macro, where the template is no template, uses a fact that the
    function does not return, or a number without a form; KeyError for a term that the glossary lacks; ValueError for
    an unknown language.
    """
    room, _, macro = sentence.partition(".")
    try:
        return _said(room, macro, facts, lang, context, markdown)
    except (TemplateError, TypeError) as error:
        line = getattr(error, "lineno", None)
        place = {"file": f"custlib/words/{lang}/{room}.j2", "macro": macro, "line": line or "?"}
        raise Refused("broken_sentence", **place, reason=error) from error


def load(lang: str) -> None:
    """Compiles every room's template of a language, which else happens when a sentence of the room is first said."""
    for path in sorted((words.FOLDER / lang).glob("*.j2")):
        with contextlib.suppress(TemplateError):  # `text` says what is broken
            _environment(lang).get_template(f"{lang}/{path.name}")


def _said(room, macro, facts, lang, context, markdown):
    template = _environment(lang).get_template(f"{lang}/{room}.j2")
    kind = Raw if markdown else Shown
    variables = {name: _wrapped(value, kind) for name, value in facts.items()}
    report = {"currency": context.currency, "size_is": context.size_is, "context": context, "raw": kind}
    lines = getattr(template.make_module(report | variables), macro)()
    return _paragraphs(str(lines), words.table("languages")[lang]["space"])


def _wrapped(value, kind):
    if isinstance(value, str):
        return kind(value)
    if isinstance(value, dict):
        return {name: _wrapped(item, kind) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_wrapped(item, kind) for item in value]
    return None if value != value else value  # NaN: unknown


def _paragraphs(lines, joint):
    text = ""
    for line in filter(None, (line.strip(" \t") for line in lines.split("\n"))):
        begins = not text or text.endswith("\n") or line == "¶"
        text += "" if begins else "\n" if line.startswith("- ") else joint
        text = f"{text.rstrip()}\n\n" if line == "¶" else text + line
    return text.strip("\n")


def _term(report, key, scope, lang):
    """The words for a key. With a scope they come from the company's own words, which are data; a key without any
    stands for itself."""
    key, context = str.__str__(key), report["context"]
    if not scope:
        return context.term(key, lang)
    scoped = f"{scope}:{key}"
    return report["raw"](context.term(scoped, lang) if context.known(scoped) else key)


def _or_dash(form):
    """The form of a number; a dash for one that is not known, such as a share of nothing."""
    return lambda *given: "–" if given[-1] is None else form(*given)


class _Facts(Environment):
    """Facts go before methods: `row.count` is the fact of that name."""

    def getattr(self, obj, attribute):
        return obj[attribute] if isinstance(obj, dict) and attribute in obj else super().getattr(obj, attribute)


@functools.cache
def _environment(lang):
    words.check_language(lang)
    options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": False}
    environment = _Facts(loader=FileSystemLoader(words.FOLDER), finalize=_finalized, **options)
    environment.filters |= {
        "percent": _or_dash(lambda share: forms.percent(share, lang)),
        "rounded": _or_dash(lambda number: forms.rounded(number, lang)),
        "tenths": _or_dash(lambda share: forms.tenths(share, lang)),
        "listed": lambda parts: forms.listed(parts, lang),
        "count": lambda number, what: forms.count(number, what, lang),
        "money": pass_context(_or_dash(lambda report, yuan: forms.money(yuan, lang, report["currency"]))),
        "price": pass_context(_or_dash(lambda report, yuan: forms.price(yuan, lang, report["currency"]))),
        "term": pass_context(lambda report, key, scope="": _term(report, key, scope, lang)),
        "terms": pass_context(lambda report, keys, scope="": [_term(report, key, scope, lang) for key in keys]),
        "upper_first": lambda value: str(value)[:1].upper() + str(value)[1:],
        "lower_first": lambda value: str(value)[:1].lower() + str(value)[1:],
        "each": lambda values, macro: [macro(value) for value in values],
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
