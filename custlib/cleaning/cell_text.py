r"""The text of a cell, made plain, and the judgement on it.

Regular expressions are read alike by RE2 (DuckDB) and Java (Spark): ASCII `\d`, `\x{…}`, and `\z` for the end, because
`$` also stands before a last line break in Java. No replacement names a group: the two write that differently.
"""

from collections.abc import Callable
from typing import NamedTuple

import ibis

# Full-width ASCII, spaces of every width, the minus sign → plain ASCII.
_SPACES = "\u3000\u00a0\u1680\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
_FULL = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u2212￥" + _SPACES
_HALF = "".join(map(chr, range(0x21, 0x7F))) + "-¥" + " " * len(_SPACES)
_SPACE = r"\x{3000}\x{A0}\x{1680}\x{202F}\x{205F}\x{2000}-\x{200A}"
_WIDE = r"\x{FF01}-\x{FF5E}\x{2212}\x{FFE5}" + _SPACE
# Marks that turn round the order in which a number is shown: what a person reads there is not what is stored.
_TURNING = r"\x{202A}-\x{202E}\x{2066}-\x{2069}"
# Controls, soft hyphen, joiners, fillers, variation selectors and tags.
_HARMLESS = (
    r"\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{7F}-\x{9F}\x{AD}\x{34F}\x{61C}\x{115F}\x{1160}"
    r"\x{180B}-\x{180E}\x{200B}-\x{200F}"
    r"\x{2028}\x{2029}\x{2060}-\x{2065}\x{206A}-\x{206F}\x{3164}\x{FE00}-\x{FE0F}\x{FEFF}\x{FFA0}\x{FFF9}-\x{FFFB}"
    r"\x{E0000}-\x{E01EF}"
)
WIDE, INVISIBLE, BREAK = f"[{_WIDE}]", f"[{_HARMLESS}{_TURNING}]", r"[\t\r\n]+"
_ENDS = rf"^[\s{_SPACE}]+|[\s{_SPACE}]+\z"
_ENDS_OF_VALUES = rf"^[\s{_SPACE}{_HARMLESS}]+|[\s{_SPACE}{_HARMLESS}]+\z"
# The test spares nearly all cells the translation, which costs ten times as much.
_ODD = rf"[{_WIDE}{_HARMLESS}{_TURNING}\t\r\n]|^ | \z|^=\x22"
# How programs keep Excel from taking a text for a number: ="00123", and an apostrophe in front.
WRAPPED, APOSTROPHE = r"^=\x22[^\x22]*\x22\z", r"^'+[^']*'*\z"


# Gives a part of a cell that a kind's `…_parts` has taken out, by its name.
Part = Callable[[str], ibis.Value]


class Judged(NamedTuple):
    """What a cell becomes: value, why it is refused (null: it is not), what explains a change, the exact money."""

    value: ibis.Value
    reason: ibis.Value
    rule: ibis.Value
    exact: ibis.Value | None = None


def plain_words(raw: ibis.Value) -> ibis.Value:
    """Text that names something: half-width, in one line, nothing invisible in it, no space around it, without the
    wrapper ="…"."""
    shown = raw.translate(_FULL, _HALF).re_replace(INVISIBLE, "").re_replace(_ENDS, "").re_replace(BREAK, " ")
    return raw.re_search(_ODD).ifelse(_unwrapped(shown), raw)


def plain_id(raw: ibis.Value) -> ibis.Value:
    """As `plain_words`, without an apostrophe in front, too: no id begins with one, but a name may."""
    words = plain_words(raw)
    return words.re_search(APOSTROPHE).ifelse(words.re_replace("^'+|'+\\z", ""), words)


def _unwrapped(text):
    return text.re_search(WRAPPED).ifelse(text.re_replace(r"^=\x22\s*|\s*\x22\z", ""), text)


def plain_value(raw: ibis.Value) -> ibis.Value:
    """Text of a number or a day: half-width, nothing around it, no wrapper. What is hidden inside stays, and then fits
    no form."""
    shown = raw.translate(_FULL, _HALF).re_replace(_ENDS_OF_VALUES, "")
    shown = _unwrapped(shown).re_replace("^'", "")
    return raw.re_search(f"{_ODD}|^'").ifelse(shown, raw)


def visible(raw: ibis.Value) -> ibis.Value:
    """Free text as it stands, without what is invisible and the space around it."""
    return raw.re_search(_ODD).ifelse(_unwrapped(raw.re_replace(INVISIBLE, "").re_replace(_ENDS, "")), raw)


def narrow(text: str) -> str:
    """A Python text in half-width characters, as `plain_words` makes those of cells."""
    return text.translate(str.maketrans(_FULL, _HALF))


def unless(condition: ibis.Value, value: ibis.Value) -> ibis.Value:
    """`value`, null where the condition holds."""
    return condition.ifelse(ibis.null(value.type()), value)
