"""Every refusal of the workbook: one code, one exit code, one clear line in each language, and the next step.

The lines stand in `words/refusals.csv`: key (the code), exit (2 usage, 3 data, 4 infrastructure, 75 locked), en, zh.
A fact of `IN_WORDS` may be a key of `words/refusal_facts.csv`; it is then a text itself, which may name further facts.
A fact that is a dict has a text for each language.
"""

import contextlib
import functools
import os

from custlib import words

LANG = "CUSTLIB_LANG"  # tells a kernel which language the run speaks: what it raises comes back as text only
IN_WORDS = ("sheet", "place", "found", "needed_by", "problem")  # in this order: a later one may name an earlier


class Refused(Exception):
    """The workbook will not go on; says what is wrong, where, and what to do.

    code: a key of `words/refusals.csv`; facts: the values that its line names. `str()` gives the line in English, in a
    run's kernel in the run's language. Raises
    KeyError for a code that is not listed and for a fact that is left out.
    """

    def __init__(self, code: str, **facts):
        self.code, self.facts = code, facts
        super().__init__(self.line(os.environ.get(LANG, "en")))

    def __reduce__(self):
        return functools.partial(Refused, self.code, **self.facts), ()

    @property
    def exit_code(self) -> int:
        """2 usage, 3 data, 4 infrastructure, 75 locked."""
        return int(words.table("refusals")[self.code]["exit"])

    def line(self, lang: str = "en") -> str:
        """The one line for the reader, in one of the languages."""
        facts, texts = dict(self.facts), words.table("refusal_facts")
        facts = {name: fact[lang] if isinstance(fact, dict) else fact for name, fact in facts.items()}
        for name in IN_WORDS:
            if facts.get(name) in texts:
                facts[name] = words.say("refusal_facts", facts[name], lang, **facts)
        return words.say("refusals", self.code, lang, **facts)


class ManyRefused(Refused):
    """Several refusals that a person gets to see in one go, a line each below the first.

    refusals: those that are told, each different. exit_code: the highest of theirs.
    """

    def __init__(self, refusals: list[Refused]):
        self.refusals = tuple({refusal.line(): refusal for refusal in refusals}.values())
        super().__init__("together", count=len(self.refusals))

    def __reduce__(self):
        return ManyRefused, (list(self.refusals),)

    @property
    def exit_code(self) -> int:
        """The highest of theirs."""
        return max(refusal.exit_code for refusal in self.refusals)

    def line(self, lang: str = "en") -> str:
        """All lines for the reader, under one that says how many there are."""
        return "\n".join([super().line(lang), *(f"- {refusal.line(lang)}" for refusal in self.refusals)])


@contextlib.contextmanager
def collecting(found: list[Refused]):
    """Adds a refusal to `found` and goes on behind the block: for parts that do not need each other."""
    try:
        yield
    except ManyRefused as several:
        found += several.refusals
    except Refused as refusal:
        found.append(refusal)


def raise_all(found: list[Refused]):
    """Raises what was collected: nothing, the one refusal, or `ManyRefused`."""
    if found:
        raise found[0] if len(found) == 1 else ManyRefused(found)
