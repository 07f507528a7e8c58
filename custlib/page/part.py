"""A part of the company, such as a region: only its customers are saved and shown; others' names are refused."""

import re

import pandas as pd

from custlib import glossary
from custlib.page import frames
from custlib.refusals import Refused

SHORT_NUMBER = 6  # an id of fewer digits may be any number: it counts only as a whole text


class Part:
    """The customers shown: all, or those of one part. who: from `facts.customers`; mine: customer → whether it is
    shown."""

    def __init__(self, who=None, mine=None):
        self._foreign = self._names = frozenset()
        if who is not None:
            self._foreign_ids = frozenset(who.index[~mine])
            own = frozenset(who.index[mine]) | frozenset(who.loc[mine, "name"])
            others = self._foreign_ids | (frozenset(who.loc[~mine, "name"]) - glossary.spoken())
            self._foreign, self._names = others - own - {""}, (own | others) - {""}

    def rows(self, table):
        """The rows of a table whose customer is shown here; a table without customer_id is returned unchanged."""
        if not self._foreign or not isinstance(table, pd.DataFrame | pd.Series):
            return table
        if "customer_id" in table.index.names:
            return table[~table.index.get_level_values("customer_id").isin(self._foreign_ids)]
        if isinstance(table, pd.DataFrame) and "customer_id" in table:
            return table[~table["customer_id"].isin(self._foreign_ids)]
        return table

    def check(self, value, where: str) -> None:
        """Raises Refused (`foreign_customer`) if a text in an encoded value names a customer that is not shown here."""
        if self._foreign and (name := self.first_foreign("\n".join(f'"{text}"' for text in frames.texts(value)))):
            raise Refused("foreign_customer", customer=name, where=where)

    def first_foreign(self, text: str) -> str | None:
        """The first name or id of another part's customer in a text, or None; of overlapping names the longest
        counts."""
        if not self._foreign:
            return None
        pattern = _pattern(name for name in self._names if name in text)
        places = (match[0].strip('"') for match in pattern.finditer(text))
        return next((name for name in places if name in self._foreign), None)


def _pattern(names):
    """Matches any of these names as whole words, the longest first; a short number only if it stands in quotes."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(_as_word, longest)) or r"(?!)")


def _as_word(name):
    if name.isdigit() and len(name) < SHORT_NUMBER:
        return f'"{name}"'
    before = r"(?<![0-9A-Za-z_])" if re.match(r"[0-9A-Za-z_]", name) else ""
    after = r"(?![0-9A-Za-z_])" if re.search(r"[0-9A-Za-z_]\Z", name) else ""
    return f"{before}{re.escape(name)}{after}"
