"""Expressions of `sources.toml`, such as `quantity * unit_price * (1 - discount)`: read, not run; computed exactly."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

LONGEST = 200
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([^\W\d]\w*(?:\.[^\W\d]\w*)?)|([-+*/()]))")
_PLAIN = str.maketrans("（）＋－＊／×÷", "()+-*/*/")


def parse(text: str) -> tuple:
    """The tree of an expression of names, numbers, `+ - * /` and brackets.

    Gives ("name", name), ("number", (numerator, denominator)), or (sign, left, right). Raises ValueError for anything else, and for a
    text of more than `LONGEST` characters.
    """
    text = text.translate(_PLAIN).strip()
    tokens, at = [], 0
    while at < len(text) <= LONGEST and (match := _TOKEN.match(text, at)):
        tokens.append(match)
        at = match.end()
    if not tokens or at < len(text):
        raise ValueError(text[at:])
    tree, rest = _sum([match.groups() for match in tokens])
    if rest:
        raise ValueError(rest)
    return tree


def names(tree: tuple) -> list[str]:
    """The names in a tree, each once, in their order."""
    return list(dict.fromkeys(_names(tree)))


def value(tree: tuple, values: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """What a tree comes to, exactly: numerator and denominator, not in lowest terms, for that would take longest.

    values: the same for each of its names. Raises ZeroDivisionError.
    """
    kind, *parts = tree
    if kind in ("name", "number"):
        return values[parts[0]] if kind == "name" else parts[0]
    (a, b), (c, d) = value(parts[0], values), value(parts[1], values)
    if kind in "+-":
        return a * d + (c if kind == "+" else -c) * b, b * d
    if kind == "/":
        if not c:
            raise ZeroDivisionError
        c, d = d, c
    return a * c, b * d


def unlike(tree: tuple, money: set[str]) -> str | None:
    """A name without a unit that is added to money or taken from it, or None. money: the names of money."""
    kind, *parts = tree
    if kind in ("name", "number"):
        return None
    held = [set(_names(part)) for part in parts]
    if kind in "+-" and any(held) and all(held) and bool(held[0] & money) != bool(held[1] & money):
        return next(iter(_names(parts[bool(held[0] & money)])))
    return next(filter(None, (unlike(part, money) for part in parts)), None)


def _names(tree) -> Iterator[str]:
    kind, *parts = tree
    if kind == "name":
        yield parts[0]
    elif kind != "number":
        for part in parts:
            yield from _names(part)


def _sum(tokens):
    """(tree, tokens left) of terms with + and - between them; a sign may stand before the first."""
    tree, tokens = (("number", (0, 1)), tokens) if _sign(tokens, "+-") else _product(tokens)
    while sign := _sign(tokens, "+-"):
        right, tokens = _product(tokens[1:])
        tree = (sign, tree, right)
    return tree, tokens


def _product(tokens):
    tree, tokens = _factor(tokens)
    while sign := _sign(tokens, "*/"):
        right, tokens = _factor(tokens[1:])
        tree = (sign, tree, right)
    return tree, tokens


def _factor(tokens):
    number, name, sign = tokens[0] if tokens else (None, None, None)
    if sign == "(":
        tree, tokens = _sum(tokens[1:])
        if not _sign(tokens, ")"):
            raise ValueError("(")
        return tree, tokens[1:]
    if sign or not tokens:
        raise ValueError(sign)
    return ("number", Fraction(number).as_integer_ratio()) if number else ("name", name), tokens[1:]


def _sign(tokens, signs):
    return tokens and tokens[0][2] in tuple(signs) and tokens[0][2]
