"""One judgement of two bones, to change: weights and fishbone move with it. Nothing that it shows is saved."""

import numpy as np

from custlib import blocks, figures, fishbone, weights, wording, words
from custlib.escaping import escape
from custlib.wording import sentences

STEPS = {**{f"1/{n}": 1 / n for n in range(9, 1, -1)}, **{str(n): float(n) for n in range(1, 10)}}  # Saaty's scale


def judgement(matrix, table, tree, lang):
    """A control to choose two bones and say how many times the first counts the second; weights and fishbone follow.

    matrix: square DataFrame over the bones, all judgements known, as `weights.of_bones` gives it; table: as
    `figures.fishbone` takes it, each factor keeping its share of its bone; tree: as `fishbone.tree` gives it, for the
    names.
    """
    return _control(_Judged(matrix, table, fishbone.names(tree, lang), lang))


class _Judged:
    """The judgements as they stand, the pair that is looked at, and what follows from them."""

    def __init__(self, matrix, table, names, lang):
        self.matrix, self.table, self.names, self.lang = matrix.astype("float64"), table, names, lang
        bones = list(matrix.index)
        self.pairs = [(a, b) for place, a in enumerate(bones) for b in bones[place + 1 :]]
        self.pair = self.pairs[0]

    def choices(self):
        """(what a person chooses, its two bones) for each pair."""
        return [
            (words.say("widgets", "judgement_pair", self.lang, a=self.names[a], b=self.names[b]), (a, b))
            for a, b in self.pairs
        ]

    def step(self):
        """The step of Saaty's scale that is nearest to the judgement of the pair."""
        return min(STEPS, key=lambda name: abs(np.log(STEPS[name] / self.matrix.loc[self.pair])))

    def judge(self, step):
        """Takes another judgement of the pair."""
        changed, (a, b) = self.matrix.copy(), self.pair
        changed.loc[a, b], changed.loc[b, a] = STEPS[step], 1 / STEPS[step]
        self.matrix = changed

    def shown(self):
        """The fishbone of these judgements and what they say, as a Block."""
        table = weights.by_bones(self.table, self.matrix)
        alt = self._text("fishbone.fishbone_alt", wording.fishbone_alt(table))
        told = self._text("factors.judged", wording.judged(self.matrix, self.pair))
        named = table.assign(name=table["factor"].map(self.names), bone_name=table["bone"].map(self.names))
        picture = figures.picture(figures.fishbone, named, lang=self.lang, alt=alt)
        return blocks.Block(f"<p>{escape(told)}</p>{picture._repr_mimebundle_()['text/html']}", f"{told}\n{alt}")

    def _text(self, sentence, facts):
        own = {f"factor:{key}": {self.lang: name} for key, name in self.names.items()}
        context = sentences.Context(vocabulary=own)
        return sentences.text(sentence, facts, lang=self.lang, context=context, markdown=False)


def _control(judged):
    import ipywidgets

    choice = ipywidgets.Dropdown(options=judged.choices(), value=judged.pair, layout={"width": "32em"})
    slider = ipywidgets.SelectionSlider(options=list(STEPS), value=judged.step(), continuous_update=False)
    shown = ipywidgets.HTML(judged.shown().html)

    def choose(change):
        judged.pair = change["new"]
        slider.unobserve(judge, "value")  # looking at a pair changes no judgement
        slider.value = judged.step()
        slider.observe(judge, "value")
        shown.value = judged.shown().html

    def judge(change):
        judged.judge(change["new"])
        shown.value = judged.shown().html

    choice.observe(choose, "value")
    slider.observe(judge, "value")
    return ipywidgets.VBox([ipywidgets.HBox([choice, slider]), shown])
