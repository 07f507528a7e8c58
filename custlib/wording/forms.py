"""The small forms that sentences consist of: money, percent, counts, lists, names. Words: `words/forms.csv`."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

import pandas as pd

from custlib import words
from custlib.escaping import visible

_CENT = Decimal("0.01")
NAMED = 5  # how many customers a sentence names


def money(yuan: float, lang: str, currency: str = "CNY") -> str:
    """An amount to three figures: "¥12.3 million", "¥456,000", "1.23 亿元"; one below a thousand to the cent.

    Other currencies use their code ("GBP 1.2 million"), in Chinese their name where it is common ("120 万英镑").
    """
    number, step = _scaled(yuan, _steps(lang))
    sign = _sign(yuan, number)
    name = words.table("currencies").get(currency, {}).get(lang) or (f" {currency}" if step else currency)
    return words.say("forms", "amount", lang, sign=sign, mark=_mark(currency), number=number, step=step, name=name)


def price(yuan: float, lang: str, currency: str = "CNY") -> str:
    """The price of one thing, to three figures: "¥1,770", "89.90 元"; below 1,000 and from 100,000 on as `money`."""
    if abs(yuan) < 1_000 or abs(yuan) >= 100_000:
        return money(float(f"{yuan:.3g}"), lang, currency)
    number = f"{float(f'{yuan:.3g}'):,.0f}".replace("-", "−")
    name = currency_name(lang, currency)
    return words.say("forms", "price", lang, mark=_mark(currency), number=number, name=name)


def rounded(number: float, lang: str) -> str:
    """A number to three figures, what it counts to follow it: "1.31 million", "131 万"."""
    figures, step = _scaled(number, _steps(lang))
    return words.say("forms", "rounded", lang, sign=_sign(number, figures), number=figures, step=step)


def number_and_unit(amount: str) -> tuple[str, str]:
    """An amount in words split into number and unit: "¥1.5 million" → ("¥1.5", "million"), "¥456" → ("¥456", "")."""
    number, _, unit = amount.rpartition(" ")
    return (number, unit) if unit.isalpha() else (amount, "")


def currency_name(lang: str, currency: str = "CNY") -> str:
    """The name of a currency in a caption: "yuan", "元"; its code if it has no name."""
    return words.table("currencies").get(currency, {}).get(lang) or currency


def with_currency(caption: str, *, lang: str, currency: str = "CNY") -> str:
    """The caption of a table, with the unit of its amounts."""
    return words.say("forms", "amounts_in", lang, caption=caption, unit=currency_name(lang, currency))


def percent(share: float, lang: str) -> str:
    """A share (0 to 1) as a whole percent: "71 %", "71%". A share just above 0 or just below 1 is put in words."""
    if 0 < share < 0.005:
        return words.say("forms", "under_one_percent", lang)
    if 0.995 <= share < 1:
        return words.say("forms", "over_99_percent", lang)
    number = Decimal(str(round(share * 100, 9))).quantize(Decimal(1), ROUND_HALF_UP)
    return words.say("forms", "percent", lang, number=str(number).replace("-", "−"))


def tenths(share: float, lang: str) -> str:
    """A share (0 to 1) in percent with one decimal: "7.4 %", "7.4%"."""
    return words.say("forms", "tenth_percent", lang, number=f"{100 * share:.1f}")


def count(number: int | str, what: str, lang: str) -> str:
    """A number of things: "1 customer", "1,204 customers", "1,204 家客户". what: customer, line … of `words/forms.csv`."""
    form = f"{what}_one" if number in (1, "1") else f"{what}_more"
    return words.say("forms", form, lang, count=number if isinstance(number, str) else f"{number:,}")


def plain(name: str) -> str:
    """A name on one line, escaped so that Markdown never takes it for formatting, HTML or a formula."""
    one_line = " ".join(visible(name).split())
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", one_line)


def listed(parts: list, lang: str) -> str:
    """A list within a sentence: "a, b and c", "a、b和c"; no parts give "". Parts are inserted as they are."""
    *first, last = map(str, parts) if parts else [""]
    if not first:
        return last
    marks = words.table("languages")[lang]
    return f"{marks['pause'].join(first)}{_apart(first[-1], marks['and'], last)}{last}"


def _apart(before, joint, after):
    """The word that joins a list: where it has no spaces of its own, one beside a Latin letter, a digit or a %."""
    if joint != joint.strip():
        return joint
    spaces = (" " * (mark.isascii() and (mark.isalnum() or mark == "%")) for mark in (before[-1:], after[:1]))
    return joint.join(spaces)


def with_more(names: list, more: int, lang: str) -> str:
    """The first names of a longer list, and how many more there are: "a, b and 3 more"."""
    rest = [words.say("forms", "more", lang, count=f"{more:,}")] if more > 0 else []
    return listed([*names, *rest], lang)


def first_customers(rows: pd.DataFrame) -> dict:
    """The names (or ids) of the first customers of a table (name, customer_id), and how many more there are."""
    names = rows["name"].where(rows["name"].notna() & (rows["name"] != ""), rows["customer_id"])
    return {"names": list(names.head(NAMED)), "more": len(rows) - NAMED}


def number(value) -> float | None:
    """A number as a fact: a float, None if it is missing."""
    return None if pd.isna(value) else float(value)


def _mark(currency):
    return words.table("currencies").get(currency, {}).get("mark") or f"{currency} "


def _steps(lang):
    pairs = [step.split("=") for step in words.say("forms", "steps_in_text", lang).split("|")]
    return [(int(float(size)), word) for size, word in pairs]


def _sign(value, number):
    return "−" if value < 0 and number.strip("0.") else ""


def _figures(number):
    if number >= 100:
        return number.quantize(Decimal(1), ROUND_HALF_UP)
    return Context(prec=3, rounding=ROUND_HALF_UP).plus(number)


def _scaled(yuan, steps):
    size = abs(Decimal(str(yuan)))
    scale, step = next(((scale, step) for scale, step in steps if _figures(size / scale) >= 1), (1, ""))
    number = _figures(size / scale) if scale > 1 else size.quantize(_CENT, ROUND_HALF_UP)
    if scale > 1 or number == number.to_integral():
        number = number.normalize()
    if scale > 1 and not step:
        number = (number * scale).to_integral()
    return f"{number:,f}", step
