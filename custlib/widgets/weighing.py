"""Ratio and weights of the joint class, to move: who would change class. Nothing that it shows is saved."""

import pandas as pd

from custlib import abc_classes, blocks, glossary, wording, words
from custlib.customer_classes import Judgement
from custlib.escaping import escape
from custlib.wording import sentences

LIMIT = 12
MOST = 20  # parts of a class in the ratio


def weighing(judged: Judgement, ratio: list, names: pd.Series, lang: str):
    """A control to move the ratio A : B : C and the weight of each indicator; who would change class stands below.

    judged: the customers as judged with `ratio`; names: customer → name, of those that are shown.
    """
    return _control(_Weighed(judged, ratio, names, lang))


class _Weighed:
    """The ratio and the weights as they stand, and what follows from them."""

    def __init__(self, judged, ratio, names, lang):
        self.table, self.systems, self.before = judged.indicators.table, judged.systems, judged.classes["joint"]
        self.names, self.lang, self.ratio = names, lang, list(ratio)
        given = judged.weight or dict.fromkeys(self.table, 1)
        self.weights = {name: 100 * weight / sum(given.values()) for name, weight in given.items()}

    def part(self, letter, number):
        """Takes another number of parts for a class, and returns it."""
        self.ratio[list(abc_classes.CLASSES.categories).index(letter)] = number
        return number

    def weight(self, indicator, weight):
        """Takes another weight, and returns it; the last that is above zero stays."""
        changed = self.weights | {indicator: weight}
        self.weights = changed if sum(changed.values()) else self.weights
        return self.weights[indicator]

    def shown(self):
        """Who would change class, as HTML."""
        options = {"weights": self.weights, "ratio": self.ratio}
        after = abc_classes.within(self.systems, abc_classes.joint, self.table, **options)["joint"]
        both = pd.DataFrame({"name": self.names, "now": self.before, "then": after}).astype("object")
        both = both.loc[both["name"].notna() & both["now"].notna() & both["then"].notna()]
        told = wording.weighed(both, self.weights, self.ratio)
        said = sentences.text("judgement.weighed", told, lang=self.lang, markdown=False)
        changed = both[both["now"] != both["then"]].sort_values(["now", "then", "name"], kind="stable")
        heads = {name: words.say("widgets", f"weighing_{name}", self.lang) for name in both}
        caption = words.say("widgets", "weighing_who", self.lang)
        table = blocks.table(changed, lang=self.lang, caption=caption, columns=heads, limit=LIMIT)
        return f"<p>{escape(said)}</p>{table.html if len(changed) else ''}"


def _control(weighed):
    import ipywidgets

    shown = ipywidgets.HTML(weighed.shown())

    def slider(text, value, least, most, take):
        made = ipywidgets.IntSlider(round(value), least, most, description=text, style={"description_width": "12em"})

        def moved(change):
            made.value = round(take(change["new"]))
            shown.value = weighed.shown()

        made.observe(moved, "value")
        return made

    parts = [
        slider(letter, part, 1, MOST, lambda number, letter=letter: weighed.part(letter, number))
        for letter, part in zip(abc_classes.CLASSES.categories, weighed.ratio, strict=True)
    ]
    weights = [
        slider(
            glossary.term(name, weighed.lang), weight, 0, 100, lambda number, name=name: weighed.weight(name, number)
        )
        for name, weight in weighed.weights.items()
    ]
    heads = [ipywidgets.HTML(words.say("widgets", f"weighing_{what}", weighed.lang)) for what in ("ratio", "weights")]
    return ipywidgets.VBox([heads[0], *parts, heads[1], *weights, shown])
