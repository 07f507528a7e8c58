"""Physical lines of a text file as they stand, read one after the other and no further than asked."""

from itertools import islice


def lines(path, encoding, first, count):
    """`count` physical lines from number `first` (from 1), without their ends; a byte that is no text is written as \\xNN."""
    with open(path, encoding=encoding, errors="backslashreplace", newline="") as stream:
        found = list(islice(stream, first - 1, first - 1 + count))
    found[:1] = [text.removeprefix("\ufeff") if first == 1 else text for text in found[:1]]
    return tuple(text.rstrip("\r\n") for text in found)
