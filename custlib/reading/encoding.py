"""Bytes → physical lines of text, or a refusal: an encoding is seen with certainty or it is declared."""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from custlib.refusals import Refused

# A line may be lost to a broken byte; a file with more broken lines than this share is in another encoding.
BROKEN_SHARE = 0.01
# Text with this share of zero bytes is none: a stray one in a name is cleaned away.
BINARY_SHARE = 0.05
_LINE_END = re.compile(r"(\r\n|\n|\r)")
_LINE_END_BYTES = re.compile(rb"(\r\n|\n|\r)")
# Characters of a line that a message shows.
SHOWN = 40
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Decoded(NamedTuple):
    """A file's physical lines without their ends, and these; `broken` maps the index of each line that cannot be
    decoded to its bytes as text."""

    lines: list
    ends: list
    broken: dict
    encoding: str


def decode(data: bytes, file: str, declared: str | None, has_header: Callable[[list[str]], bool]) -> Decoded:
    """The physical lines of `data` (bytes).

    declared: an encoding's name or None; has_header: called with lines, tells whether a known header is among them.
    Order: byte order mark; declared; valid UTF-8; UTF-8 but for a few broken lines, with a known header that is not
    plain ASCII; GB18030 with such a header. Raises Refused (`unknown_encoding`, `wrong_encoding`, `not_text`).
    """
    if data.startswith(codecs.BOM_UTF8):
        return _by_line(data[3:], file, "utf-8")
    if data.startswith(_UTF16):
        return _whole(data, file, "utf-16")
    if declared:
        return _whole(data, file, declared) if _is_wide(declared) else _by_line(data, file, declared)
    if data[:4096].count(0) > BINARY_SHARE * len(data[:4096]):
        raise Refused("not_text", file=file, found="binary_data")
    return _seen(data, file, has_header)


def _seen(data, file, has_header):
    utf8 = _lines_of(data, "utf-8")
    if not utf8.broken or (_few(utf8) and _knows_wide_header(utf8, has_header)):
        return utf8
    chinese = _lines_of(data, "gb18030")
    if not chinese.broken and _knows_wide_header(chinese, has_header):
        return chinese
    first = min(utf8.broken)
    line = _LINE_END_BYTES.split(data)[2 * first]  # lines and their ends by turns
    readings = {name: line.decode(name, "replace")[:SHOWN] for name in ("gb18030", "big5", "cp1252")}
    raise Refused("unknown_encoding", file=file, line=first + 1, **readings)


def _knows_wide_header(decoded, has_header):
    # GB18030 accepts a third of short broken UTF-8 texts, so only a header that we know, in Chinese, is evidence.
    head = decoded.lines[:30]
    return not all(line.isascii() for line in head) and has_header(head)


def _is_wide(encoding):
    return re.match("utf[-_ ]?(16|32)", encoding.lower())


def _few(decoded):
    return len(decoded.broken) <= max(3, BROKEN_SHARE * len(decoded.lines))


def _by_line(data, file, encoding):
    try:
        decoded = _lines_of(data, encoding)
    except LookupError as error:
        raise _no_such_encoding(file, encoding) from error
    if not _few(decoded):
        raise Refused("wrong_encoding", file=file, encoding=encoding, line=min(decoded.broken) + 1)
    return decoded


def _no_such_encoding(file, encoding):
    return Refused("declaration", file=file, problem="no_encoding", encoding=encoding)


def _whole(data, file, encoding):
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = len(_LINE_END.findall(data[: error.start].decode(encoding, "ignore"))) + 1
        raise Refused("wrong_encoding", file=file, encoding=encoding, line=line) from error
    except LookupError as error:
        raise _no_such_encoding(file, encoding) from error
    return _decoded(_LINE_END.split(text.removeprefix("\ufeff")), encoding)


def _lines_of(data, encoding):
    # Splitting bytes is safe: no second byte of UTF-8, GB18030 or Big5 is a line end.
    try:
        return _decoded(_LINE_END.split(data.decode(encoding)), encoding)
    except UnicodeDecodeError:
        pass
    parts, broken = _LINE_END_BYTES.split(data), {}
    for place, part in enumerate(parts):
        try:
            parts[place] = part.decode(encoding)
        except UnicodeDecodeError:
            parts[place] = ""
            broken[place // 2] = part.decode("ascii", "backslashreplace")
    return _decoded(parts, encoding, broken)


def _decoded(parts, encoding, broken=None):
    """parts: lines and line ends by turns. What follows the last line end is a line only if something stands there."""
    lines, ends, broken = parts[::2], parts[1::2], broken or {}
    if not lines[-1] and len(ends) not in broken:
        del lines[-1]
    return Decoded(lines, ends, broken, encoding)
