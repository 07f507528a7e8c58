"""Text from exports made harmless: a name is shown, it never acts."""

import html
import re
import unicodedata

_FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
ACTS = rf"^'*[{''.join(map(re.escape, _FORMULA_SIGNS))}]"  # a formula, whatever apostrophes stand before it
# control, format (bidi overrides, zero width), surrogate, private use, line and paragraph separators
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
WHITE_SPACE = "\n\r\t"


def visible(text):
    """The text with every character that cannot be seen written out, U+202E as [U+202E]; line ends and tabs stay."""
    text = str(text)
    if text.isprintable():
        return text
    return "\n".join(line if line.isprintable() else "".join(map(_seen, line)) for line in text.split("\n"))


def terminal(text):
    """The visible text for a terminal, where a return on its own acts, too: it would write over what stands there."""
    return visible(text).replace("\r", "[U+000D]")


def is_text(text):
    """Whether a text can be written as UTF-8; the name of a file whose bytes are none cannot."""
    return not any(unicodedata.category(char) == "Cs" for char in text)


def _seen(char):
    return f"[U+{ord(char):04X}]" if unicodedata.category(char) in UNSEEN and char not in WHITE_SPACE else char


def escape(text):
    """The visible text for HTML, in elements and in quoted attributes."""
    return html.escape(visible(text))


def cell(text):
    """The text for a CSV that people open: what a spreadsheet would take for a formula gets an apostrophe first."""
    return f"'{text}" if _acts(text) else text


def without_apostrophe(text):
    """The text that `cell` was given."""
    return text[1:] if text.startswith("'") and _acts(text) else text


def _acts(text):
    # Apostrophes of its own count too, so that each text comes back as it was.
    return text.lstrip("'").startswith(_FORMULA_SIGNS)
