"""Physical lines of a text file as they stand, read one after the other and no further than asked."""

from itertools import islice
from pathlib import Path


def lines(path: Path, encoding: str, first: int, count: int) -> tuple[str, ...]:
    """`count` physical lines from number `first` (from 1), without their ends; a byte that is no text becomes \\xNN."""
    with open(path, encoding=encoding, errors="backslashreplace", newline="") as stream:
        texts = list(islice(stream, first - 1, first - 1 + count))
    if first == 1 and texts:
        texts[0] = texts[0].removeprefix("\ufeff")
    return tuple(text.rstrip("\r\n") for text in texts)
