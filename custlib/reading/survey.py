"""A large text file looked at from outside, byte by byte, sharing no code with either reader: how many lines it has,
and whether an engine that knows nothing of quotation marks can tell them apart."""

import codecs
from pathlib import Path
from typing import NamedTuple

# A piece without a line end is a line too long for the engine.
PIECE = 1 << 20
# Zero bytes are no text; the next two are what the engine is told to take for a delimiter and for a missing value.
_STRANGE = (b"\x00", b"\x01", b"\x02")


class Survey(NamedTuple):
    """path: UTF-8 text with the file's lines, the file itself or its transcript; end: "\\n" or "\\r\\n"; lines: how
    many; blank_tail: how many of them are blank and follow all others."""

    path: Path
    end: str
    lines: int
    blank_tail: int


def survey(path: Path, encoding: str, transcript: Path) -> Survey | None:
    """The Survey of a text file, or None where only a reader that keeps every line can tell: bytes that are no text in
    `encoding`, mixed line ends, control characters, lines of a megabyte.

    transcript: where the text goes if its encoding is not UTF-8.
    """
    try:
        counts = _utf8(path) if encoding == "utf-8" else _transcribed(path, encoding, transcript)
    except UnicodeDecodeError:
        return None
    if counts is None:
        return None
    line_feeds, pairs, returns = counts
    if returns != pairs or pairs not in (0, line_feeds):
        return None
    end = b"\r\n" if pairs else b"\n"
    path = path if encoding == "utf-8" else transcript
    tail = _tail(path)
    ended = tail.endswith(end)
    blank = (len(tail) - len(tail.rstrip(b"\r\n"))) // len(end) - ended
    return Survey(path, end.decode(), line_feeds + (not ended), max(blank, 0))


def _utf8(path):
    decoder, counts, last = codecs.getincrementaldecoder("utf-8")(), (0, 0, 0), b""
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            # Plain ASCII needs no decoding, unless a character began in the piece before.
            if not piece.isascii() or decoder.getstate()[0]:
                decoder.decode(piece)
            counts, last = _count(piece, counts, last), piece[-1:]
            if counts is None:
                return None
    decoder.decode(b"", True)
    return counts


def _transcribed(path, encoding, transcript):
    decoder, counts, last = codecs.getincrementaldecoder(encoding)(), (0, 0, 0), b""
    with path.open("rb") as source, transcript.open("wb") as target:
        while piece := source.read(PIECE):
            text = decoder.decode(piece).encode("utf-8")
            target.write(text)
            counts, last = _count(text, counts, last), text[-1:]
            if counts is None:
                return None
        target.write(decoder.decode(b"", True).encode("utf-8"))
    return counts


def _count(piece, counts, last):
    """Line feeds, pairs of return and line feed, and returns so far; None where the piece does not fit."""
    if any(byte in piece for byte in _STRANGE) or len(piece) >= PIECE and b"\n" not in piece:
        return None
    line_feeds, pairs, returns = counts
    own = piece.count(b"\r")
    across = last == b"\r" and piece.startswith(b"\n")
    return line_feeds + piece.count(b"\n"), pairs + (own and piece.count(b"\r\n")) + across, returns + own


def _tail(path):
    with path.open("rb") as source:
        source.seek(max(0, path.stat().st_size - PIECE))
        return source.read()
