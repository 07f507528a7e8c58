"""Names of folders and files, safe on every system, for what an export calls by any name."""

import hashlib
import re
import unicodedata
from collections import Counter

NOT_KNOWN = "~not-known"
PLAIN = re.compile(r"[\w-]+(?: [\w-]+)*")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|\d{4}Q\d)", re.IGNORECASE)
LONGEST = 40  # characters; three bytes each leave room for a mark within the 255 of a name


def folder_names(values) -> dict[str, str]:
    """Value → the name of its folder, safe on every system; no two values share one, even if case is not told apart.

    A value of letters, digits, hyphens and single spaces is its own name. Any other, a reserved or a long one, one that
    begins like a quarter, and those that differ in case only, keep what is plain and get a mark: "a/b" → "a
    b~c14cddc0".
    """
    alike = Counter(map(_folded, values))
    return {value: _name(value, alike[_folded(value)] > 1) for value in values}


def _folded(value):
    return unicodedata.normalize("NFKC", value).casefold()


def _name(value, shared):
    if not value:
        return NOT_KNOWN
    odd = not PLAIN.fullmatch(value) or RESERVED.fullmatch(value) or len(value) > LONGEST
    if not odd and not shared and value == unicodedata.normalize("NFC", value):
        return value
    plain = " ".join(re.findall(r"[\w-]+", unicodedata.normalize("NFC", value)))[:LONGEST].strip()
    return f"{plain}~{hashlib.sha256(value.encode()).hexdigest()[:8]}"
