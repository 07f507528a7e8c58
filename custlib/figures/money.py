"""The unit in which a figure shows money: large enough that its axis is easy to read."""

from typing import NamedTuple

import numpy as np

SYMBOLS = {"CNY": "¥", "GBP": "£", "USD": "$", "EUR": "€"}
CHINESE = {"CNY": "元", "GBP": "英镑", "USD": "美元", "EUR": "欧元"}
STEPS = {"en": [(1e6, " million"), (1e3, " thousand"), (1, "")], "zh": [(1e8, "亿"), (1e4, "万"), (1, "")]}


class MoneyUnit(NamedTuple):
    """`value / scale` is the number on the axis, `label` the unit beside it."""

    scale: float
    label: str


def money_unit(values, lang, currency="CNY"):
    """The MoneyUnit for these amounts: the largest step that the greatest of them reaches twice.

    A currency without a symbol of its own is written by its code: "CHF million", "万 CHF".
    """
    greatest = np.nanmax(np.abs(np.asarray(values, dtype=float)), initial=0)
    scale, step = next(((scale, step) for scale, step in STEPS[lang] if greatest >= 2 * scale), (1, ""))
    if lang == "zh":
        return MoneyUnit(scale, (step + CHINESE.get(currency, f" {currency}")).strip())
    return MoneyUnit(scale, SYMBOLS.get(currency, currency) + step)


def amount(value, unit, lang):
    """An amount, already divided by the unit's scale, with its unit: "−¥1.25 million", "−125 万元"; three figures are enough."""
    digits = 0 if abs(value) >= 100 or value == 0 else 1 if abs(value) >= 10 else 2
    number = f"{abs(value):,.{digits}f}"
    sign = "−" if value < 0 and number.strip("0.") else ""
    if lang == "zh":
        return f"{sign}{number} {unit.label}"
    symbol, _, step = unit.label.partition(" ")
    return f"{sign}{symbol}{' ' if len(symbol) > 1 else ''}{number} {step}".rstrip()
