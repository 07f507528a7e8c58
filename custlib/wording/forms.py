"""The small forms that sentences are made of: money, percent, counts, lists, names. Their words stand in `words/forms.csv`."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from custlib import words
from custlib.escaping import visible

_CENT = Decimal("0.01")
NAMED = 5  # how many customers a sentence names


def money(yuan, lang, currency="CNY"):
    """An amount to three figures: "¥12.3 million", "¥456 thousand", "1.23 亿元", "45.6 万元"; a small one to the cent.

    Other currencies go by their code ("GBP 1.2 million"), in Chinese by their name where it is common ("120 万英镑").
    """
    number, step = _scaled(yuan, _steps(lang))
    sign = "−" if yuan < 0 and number.strip("0.") else ""
    name = words.table("currencies").get(currency, {}).get(lang) or (f" {currency}" if step else currency)
    return words.say("forms", "amount", lang, sign=sign, mark=_mark(currency), number=number, step=step, name=name)


def price(yuan, lang, currency="CNY"):
    """What one thing or one person costs, to three figures and without steps: "¥1,770", "89.90 元"; large ones as `money`."""
    if abs(yuan) < 1_000 or abs(yuan) >= 100_000:
        return money(float(f"{yuan:.3g}"), lang, currency)
    number = f"{float(f'{yuan:.3g}'):,.0f}".replace("-", "−")
    name = currency_name(lang, currency)
    return words.say("forms", "price", lang, mark=_mark(currency), number=number, name=name)


def number_and_unit(amount):
    """An amount as text, such as "¥1.5 million" or "150 万元", taken apart: ("¥1.5", "million"), ("¥456", "")."""
    number, _, unit = amount.rpartition(" ")
    return (number, unit) if unit.isalpha() else (amount, "")


def currency_name(lang, currency="CNY"):
    """What a currency is called below a table: "yuan", "元"; by its code where it has no name."""
    return words.table("currencies").get(currency, {}).get(lang) or currency


def with_currency(caption, *, lang, currency="CNY"):
    """The caption of a table with the unit of its amounts."""
    return words.say("forms", "amounts_in", lang, caption=caption, unit=currency_name(lang, currency))


def percent(share, lang):
    """A share (0 to 1) as a whole percent: "71 %", "71%"; what is nearly nothing or nearly all is said to be so."""
    if 0 < share < 0.005:
        return words.say("forms", "under_one_percent", lang)
    if 0.995 <= share < 1:
        return words.say("forms", "over_99_percent", lang)
    number = Decimal(str(round(share * 100, 9))).quantize(Decimal(1), ROUND_HALF_UP)
    return words.say("forms", "percent", lang, number=str(number).replace("-", "−"))


def tenths(share, lang):
    """A share (0 to 1) in percent with one decimal: "7.4 %", "7.4%"."""
    return words.say("forms", "tenth_percent", lang, number=f"{100 * share:.1f}")


def count(number, what, lang):
    """How many of a thing: "1 customer", "1,204 customers", "1,204 家客户". what: customer, line … of `words/forms.csv`."""
    form = f"{what}_one" if number in (1, "1") else f"{what}_more"
    return words.say("forms", form, lang, count=number if isinstance(number, str) else f"{number:,}")


def plain(name):
    """A name for Markdown: it reads as it is and is never taken for Markdown, HTML or a formula; one line."""
    one_line = " ".join(visible(name).split())
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", one_line)


def listed(parts, lang):
    """Parts as a list in a sentence: "a, b and c", "a、b和c"; a part is left as it is, no part is an empty text."""
    *first, last = map(str, parts) if parts else [""]
    if not first:
        return last
    marks = words.table("languages")[lang]
    return f"{marks['pause'].join(first)}{marks['and']}{last}"


def with_more(names, more, lang):
    """The first names of a longer list, and how many more there are: "a, b and 3 more"."""
    rest = [words.say("forms", "more", lang, count=f"{more:,}")] if more > 0 else []
    return listed([*names, *rest], lang)


def first_customers(rows):
    """The first customers of a table (name, customer_id) by name, and how many more there are: facts for a sentence."""
    known = rows["name"].where(rows["name"].notna() & (rows["name"] != ""), rows["customer_id"])
    return {"names": list(known.head(NAMED)), "more": len(rows) - NAMED}


def _mark(currency):
    return words.table("currencies").get(currency, {}).get("mark") or f"{currency} "


def _steps(lang):
    pairs = [step.split("=") for step in words.say("forms", "steps", lang).split("|")]
    return [(int(float(size)), word) for size, word in pairs]


def _figures(number):
    if number >= 100:
        return number.quantize(Decimal(1), ROUND_HALF_UP)
    return Context(prec=3, rounding=ROUND_HALF_UP).plus(number)


def _scaled(yuan, steps):
    size = abs(Decimal(str(yuan)))
    scale, step = next(((scale, step) for scale, step in steps if _figures(size / scale) >= 1), (1, ""))
    number = _figures(size / scale) if step else size.quantize(_CENT, ROUND_HALF_UP)
    if step or number == number.to_integral():
        number = number.normalize()
    return f"{number:,f}", step
