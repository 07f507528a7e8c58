"""Names of files and folders, safe on every system, for what an export calls by any name."""

import hashlib
import re
import unicodedata
from collections import Counter

_NOT_KNOWN = "~not-known"
_PLAIN = re.compile(r"[\w-]+(?: [\w-]+)*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|\d{4}Q\d)", re.IGNORECASE)
_LONGEST = 40  # characters; three bytes each leave room for a mark within the 255 of a name


def of(values) -> dict[str, str]:
    """Value → the name of its file or folder; no two values share one, even if case is not told apart.

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
        return _NOT_KNOWN
    odd = not _PLAIN.fullmatch(value) or _RESERVED.fullmatch(value) or len(value) > _LONGEST
    if not odd and not shared and value == unicodedata.normalize("NFC", value):
        return value
    plain = " ".join(re.findall(r"[\w-]+", unicodedata.normalize("NFC", value)))[:_LONGEST].strip()
    return f"{plain}~{hashlib.sha256(value.encode()).hexdigest()[:8]}"
