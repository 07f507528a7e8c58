"""The short code with which a learner hands in: made by the page, or here, and read here."""

import hashlib
import json

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def edition(exercises: list) -> str:
    """Four characters that change with whatever answers are scored by: items, letters, keys and ways of exercises."""
    scored = [
        [exercise.kind, exercise.id, exercise.ways]
        + [[item.id, item.key, [option.letter for option in item.options]] for item in exercise.items]
        for exercise in exercises
    ]
    text = json.dumps(scored, sort_keys=True)
    return base36(int(hashlib.sha256(text.encode()).hexdigest(), 16) % 36**4, 4)


def base36(number: int, width: int) -> str:
    """A whole number in the digits 0 to Z."""
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def checksum(body: str) -> str:
    """Two characters over the UTF-8 bytes of a code; they find every changed ASCII character, and every two that
    changed places."""
    total = 0
    for byte in body.encode():
        total = (total * 31 + byte) % 1296
    return base36(total, 2)
