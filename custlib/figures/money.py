"""The unit in which a figure shows money: large enough that its axis is easy to read."""

from dataclasses import dataclass

import numpy as np

from custlib import words


@dataclass(frozen=True)
class MoneyUnit:
    """`value / scale` is the number on the axis; step: the word of the scale, such as " million"."""

    scale: float
    step: str
    lang: str
    currency: str

    @property
    def label(self) -> str:
        """The unit beside the axis: "¥ million", "万元"; without a symbol by code: "CHF million", "万 CHF"."""
        return " ".join(words.say("forms", "money_axis", self.lang, step=self.step, **self._names()).split())

    def amount(self, value: float) -> str:
        """An amount, already divided by the scale, with its unit, to three figures: "−¥1.25 million", "−125 万元"."""
        digits = 0 if abs(value) >= 100 or value == 0 else 1 if abs(value) >= 10 else 2
        number = f"{abs(value):,.{digits}f}"
        sign = "−" if value < 0 and number.strip("0.") else ""
        return words.say("forms", "amount", self.lang, sign=sign, number=number, step=self.step, **self._names())

    def alone(self, value: float) -> str:
        """The same amount in a unit of its own, which says three figures of a small one, too."""
        own = money_unit([value * self.scale], self.lang, self.currency)
        return own.amount(value * self.scale / own.scale)

    def _names(self):
        line = words.table("currencies").get(self.currency, {})
        return {
            "mark": line.get("symbol") or f"{self.currency} ",
            "name": line.get(self.lang) or f"{' ' if self.step else ''}{self.currency}",
        }


def money_unit(values, lang: str, currency: str = "CNY") -> MoneyUnit:
    """The MoneyUnit for these amounts: the largest step that the greatest of them reaches twice."""
    greatest = np.nanmax(np.abs(np.asarray(values, dtype=float)), initial=0)
    pairs = (step.split("=") for step in words.table("forms")["steps"][lang].split("|"))
    steps = [(float(size), name) for size, name in pairs if greatest >= 2 * float(size)]
    step, name = steps[0] if steps else (1, "")
    return MoneyUnit(step, name, lang, currency)
