"""What a number format adds to a number on the screen: a unit such as 万元, a currency, or zeros in front of an id."""

import re
from functools import cache

from custlib import currencies

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[\$(?P<symbol>[^\]-]*)[^\]]*\]|(?P<nothing>\[[^\]]*\]|_.|\*.)'
    r"|(?P<general>(?i:general))|(?P<end>;)|(?P<bare>[^\x00-\x7f])|(?P<code>.)",
    re.S,
)
_DIGITS = "0#?"
_UNIT = re.compile("[十百千万亿]+元?|元")
_POWERS = {"元": 0, "万": 4, "万元": 4}
_UNITS = {0: "元", 4: "万元"}
# What a sign that several currencies share means in the language that stands beside it.
_OF_LANGUAGE = {
    **{"409": "USD", "en-us": "USD", "804": "CNY", "zh-cn": "CNY", "411": "JPY", "ja-jp": "JPY", "404": "TWD"},
    **{"c04": "HKD", "1404": "MOP", "1004": "SGD", "c09": "AUD", "en-au": "AUD", "1009": "CAD", "en-ca": "CAD"},
    **{"1409": "NZD", "80a": "MXN"},
}
_SIGN = re.compile(r'\[\$([^\]-]+)(?:-([^\]]*))?\]|\[[^\]]*\]|"([^"]*)"|[\\!](.)|_.|\*.|([$€¥£￥₩₽₹฿₫])', re.S)
# A digit's place in a template of leading zeros.
DIGIT = "\0"


@cache
def unit(code: str) -> str | None:
    """The unit that the stored numbers are in, as far as a format says so: "元", "万元", another text, or None.

    `0.00"万元"` says that 1.5 is 15,000 yuan. `0!.0,"万"` only shows yuan as 万: it divides what is stored by 10,000. A
    text other than the two says that no known unit fits.
    """
    return "/".join(sorted({stored for section in _sections(code) if (stored := _stored(section))})) or None


@cache
def currency(code: str) -> str | None:
    """The currency that a format shows beside a number, as codes joined by “/” where its sign is that of several:
    `[$$-409]#,##0` is USD, `¥0.00` is CNY/JPY; None where it shows none."""
    if not set(code) & set(_DIGITS):
        return None
    found: set[str] = set()
    for sign, language, *others in _SIGN.findall(code):
        codes = currencies.money(sign or "".join(others))[1] or currencies.named(sign)
        own = _OF_LANGUAGE.get(language.lower())
        found.add(own if own and own in codes else currencies.shown(codes))
    return "/".join(sorted(found - {""})) or None


@cache
def zeros(code: str) -> str | None:
    """The template of a format of zeros only, such as `00000` or `"K"000`, with `DIGIT` for each; else None."""
    section = _sections(code)[0]
    digits = [text for literal, text in section if not literal]
    letters = "".join(text for literal, text in section if literal)
    if len(digits) < 2 or set(digits) != {"0"} or not re.fullmatch(r"[\w/-]*", letters, re.A):
        return None
    return "".join(text if literal else DIGIT for literal, text in section)


def with_zeros(digits: str, template: str) -> str:
    """A whole number's digits as a template of `zeros` shows them: 123 by `00000` is 00123."""
    left, first = list(digits), template.index(DIGIT)
    signs = []
    for place in range(len(template) - 1, -1, -1):
        signs.append((left.pop() if left else "0") if template[place] == DIGIT else template[place])
        if place == first:
            signs += reversed(left)
    return "".join(reversed(signs))


@cache
def _sections(code):
    """Its sections (for positive, negative, zero), each a list of (whether it stands there as it is, text)."""
    sections: list[list] = [[]]
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind == "end":
            sections.append([])
        elif kind == "general":
            sections[-1].append((False, "0"))
        elif kind != "nothing":
            sections[-1].append((kind != "code" or text == "-", text))
    return sections


def _stored(section):
    codes = "".join(text for literal, text in section if not literal)
    unit = _UNIT.search("".join(text for literal, text in section if literal))
    if not unit or not set(codes) & set(_DIGITS):
        return None
    power = _POWERS.get(unit[0])
    by = _divided_by(section, codes)
    return unit[0] if power is None else _UNITS.get(power - by, f"{unit[0]} ÷ 10^{by}")


def _divided_by(section, codes):
    """The power of ten by which a number is shown smaller: three for each comma at the end, one for each digit that a
    written-in point cuts off."""
    commas = len(re.search(r"(,*)[^0#?,]*$", codes)[1])
    after = section[section.index((True, ".")) :] if (True, ".") in section else []
    return 3 * commas + sum(text in _DIGITS for literal, text in after if not literal)
