"""Every refusal of the workbook: one code, one exit code, one clear line in each language, and the next step.

The lines stand in `words/refusals.csv`: key (the code), exit (2 usage, 3 data, 4 infrastructure, 75 locked), en, zh.
A fact of `IN_WORDS` may be a key of `words/refusal_facts.csv`; it is then a text itself, which may name further facts.
"""

import functools

from custlib import words

IN_WORDS = ("sheet", "place", "found", "needed_by", "problem")  # in this order: a later one may name an earlier


class Refused(Exception):
    """The workbook will not go on; says what is wrong, where, and what to do.

    code: a key of `words/refusals.csv`; facts: the values that its line names. `str()` gives the English line. Raises
    KeyError for a code that is not listed and for a fact that is left out.
    """

    def __init__(self, code: str, **facts):
        self.code, self.facts = code, facts
        super().__init__(self.line())

    def __reduce__(self):
        return functools.partial(Refused, self.code, **self.facts), ()

    @property
    def exit_code(self) -> int:
        """2 usage, 3 data, 4 infrastructure, 75 locked."""
        return int(words.table("refusals")[self.code]["exit"])

    def line(self, lang: str = "en") -> str:
        """The one line for the reader, in one of the languages."""
        facts, texts = dict(self.facts), words.table("refusal_facts")
        for name in IN_WORDS:
            if facts.get(name) in texts:
                facts[name] = words.say("refusal_facts", facts[name], lang, **facts)
        return words.say("refusals", self.code, lang, **facts)
