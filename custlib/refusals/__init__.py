"""Every refusal of the workbook: one code, one exit code, one clear line in each language, and the next step."""

import functools

from custlib.refusals import asked, exports, machine, tables

REFUSALS = asked.REFUSALS | exports.REFUSALS | tables.REFUSALS | machine.REFUSALS


class Refused(Exception):
    """The workbook will not go on; says what is wrong, where, and what to do.

    code: a key of `REFUSALS`; facts: the values that its templates name. `str()` gives the English line.
    """

    def __init__(self, code, **facts):
        self.code, self.facts = code, facts
        super().__init__(self.line())

    def __reduce__(self):
        return functools.partial(Refused, self.code, **self.facts), ()

    @property
    def exit_code(self):
        """2 usage, 3 data, 4 infrastructure, 75 locked."""
        return REFUSALS[self.code].exit_code

    def line(self, lang="en"):
        """The one line for the reader, in "en" or "zh"."""
        return getattr(REFUSALS[self.code], lang).format(**self.facts)
