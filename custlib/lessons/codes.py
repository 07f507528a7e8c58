"""The short code with which a learner hands in: made by the page, or here, and read here.

`4|K3F9|王晓明|BBBCCACABC|012|LY`: lesson, edition, name or number, the first answers to each exercise, checksum.
"""

import hashlib
import json
import re
import unicodedata
from typing import NamedTuple

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BETWEEN = "|"
LONGEST_NAME = 20
LONGEST = 500  # characters behind the edition; what is longer is no code
BEGINS_HERE = re.compile(r"(?P<lesson>[0-9A-Z]{1,4})\|(?P<edition>[0-9A-Z]{4})\|")
BEGINS = re.compile(rf"(?<![0-9A-Z|]){BEGINS_HERE.pattern}")
# A code that was pasted twice is followed by itself.
ENDS = re.compile(r"\|(?P<sum>[0-9A-Z]{2})(?:(?![0-9A-Z|])|(?=[0-9]\|[0-9A-Z]{4}\|))")
LOOKS_LIKE_ONE = re.compile(r"[0-9A-Z]{1,4}\|[0-9A-Z]*\|.*\|")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！ to ～, as a Chinese keyboard writes them


class Code(NamedTuple):
    """What a learner handed in. answers: of each exercise, in the order of the lesson, "" for one not begun."""

    lesson: str
    edition: str
    name: str
    answers: tuple[str, ...]

    def __str__(self):
        body = BETWEEN.join([self.lesson, self.edition, self.name, *self.answers])
        return f"{body}{BETWEEN}{checksum(body)}"


def edition(exercises: list) -> str:
    """Four characters that change with whatever answers are scored by: items, letters, keys and ways of exercises."""
    scored = [
        [exercise.kind, exercise.id, exercise.ways]
        + [[item.id, item.key, [option.letter for option in item.options]] for item in exercise.items]
        for exercise in exercises
    ]
    text = json.dumps(scored, sort_keys=True)
    return base36(int(hashlib.sha256(text.encode()).hexdigest(), 16) % 36**4, 4)


def make(lesson: str, edition: str, name: str, answers) -> str:
    """The code of a learner; the name is written as one line of at most 20 characters, without "|"."""
    name = unicodedata.normalize("NFC", " ".join(name.replace(BETWEEN, " ").split()))[:LONGEST_NAME] or "?"
    return str(Code(lesson, edition, name, tuple(answers)))


def read(line: str) -> tuple[list[Code], str]:
    """The whole codes in a line of a chat, in their order, and the text that stands around them."""
    quoted = line.replace('""', '"')  # as a CSV writes the quotation mark of a name
    texts = dict.fromkeys([unicodedata.normalize("NFC", line), _plain(line), _plain(quoted)])
    return max(map(_whole, texts), key=lambda found: len(found[0]))


def is_meant(line: str) -> bool:
    """Whether a line looks as if a code should stand in it."""
    return bool(LOOKS_LIKE_ONE.search(_plain(line)))


def is_begun(line: str) -> bool:
    """Whether a code begins in a line, so that it may go on in the next."""
    return bool(BEGINS.search(_plain(line)))


def _whole(text):
    codes, around, at = [], [], 0
    begins = BEGINS.search(text)
    while begins:
        ends = ENDS.finditer(text, begins.end(), begins.end() + LONGEST)
        end = next((one for one in ends if checksum(text[begins.start() : one.start()]) == one["sum"]), None)
        behind = end.end() if end else begins.end()
        if end:
            name, *answers = text[begins.end() : end.start()].split(BETWEEN)
            codes.append(Code(begins["lesson"], begins["edition"], name, tuple(answers)))
        around.append(text[at : begins.start() if end else behind])
        at = behind
        begins = (end and BEGINS_HERE.match(text, at)) or BEGINS.search(text, at)
    return codes, "".join([*around, text[at:]])


def _plain(line):
    """The line with the characters that a Chinese keyboard or a chat puts in place of those of a code."""
    return unicodedata.normalize("NFC", line.translate(FULL_WIDTH))


def base36(number: int, width: int) -> str:
    """A whole number in the digits 0 to Z."""
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def checksum(body: str) -> str:
    """Two characters over the UTF-8 bytes of a code; they find every changed ASCII character, and every two neighbours
    that changed places."""
    total = 0
    for byte in body.encode():
        total = (total * 31 + byte) % 1296
    return base36(total, 2)
