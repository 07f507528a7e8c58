"""One judgement of two bones, to change: weights and fishbone move with it. Nothing that it shows is saved."""

import numpy as np

from custlib import blocks, figures, weights, wording
from custlib.escaping import escape
from custlib.widgets.still import still_box

STEPS = {**{f"1/{n}": 1 / n for n in range(9, 1, -1)}, **{str(n): float(n) for n in range(1, 10)}}  # Saaty's scale
WORDS = {
    "en": {
        "pair": "{} beside {}",
        "told": "{a} counts {ratio} times {b}. Weights: {weights}. Consistency ratio {consistency} (usual limit 0.10).",
        "still": "Open this notebook in JupyterLab to change a judgement and see the weights move.",
        "between": ", ",
    },
    "zh": {
        "pair": "{} 与 {} 相比",
        "told": "{a} 的重要性是 {b} 的 {ratio} 倍。权重：{weights}。一致性比率 {consistency}（通常上限 0.10）。",
        "still": "请在 JupyterLab 中打开本笔记本，改动一个判断，观察权重如何变化。",
        "between": "、",
    },
}


def judgement(matrix, table, names, lang):
    """A control to choose two bones and say how many times the first counts the second; weights and fishbone follow.

    matrix: square DataFrame over the bones, all judgements known, as `weights.ahp` takes it; table: as `figures.fishbone` takes it,
    each factor keeping its share of its bone; names: bone → name. In an executed report it is the fishbone of the judgements given.
    """
    return _control(_Judged(matrix, table, names, lang), lang)


class _Judged:
    """The judgements as they stand, the pair that is looked at, and what follows from them."""

    def __init__(self, matrix, table, names, lang):
        self.matrix, self.table, self.names, self.lang = matrix.astype("float64"), table, names, lang
        bones = list(matrix.index)
        self.pairs = [(a, b) for place, a in enumerate(bones) for b in bones[place + 1 :]]
        self.pair = self.pairs[0]

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
        found = weights.ahp(self.matrix)
        bones = found.weights.rename("weight").rename_axis("bone").reset_index()
        bones["name"] = bones["bone"].map(self.names)
        table = _rescaled(self.table, found.weights)
        alt = wording.fishbone_alt(table, lang=self.lang, bones=bones)
        named = table.assign(bone_name=table["bone"].map(self.names), bone_weight=table["bone"].map(found.weights))
        picture = figures.picture(figures.fishbone, named, lang=self.lang, alt=alt)
        told = self.told(found)
        return blocks.Block(f"<p>{escape(told)}</p>{picture._repr_mimebundle_()['text/html']}", f"{told}\n{alt}")

    def told(self, found):
        """The pair, the weights and how far the judgements contradict each other."""
        words, (a, b) = WORDS[self.lang], self.pair
        parts = [f"{self.names[bone]} {100 * weight:.0f} %" for bone, weight in found.weights.items()]
        ratio, consistency = self.matrix.loc[a, b], found.consistency_ratio
        facts = {"a": self.names[a], "b": self.names[b], "weights": words["between"].join(parts)}
        known = "–" if consistency is None else f"{max(consistency, 0):.2f}"
        return words["told"].format(ratio=f"{ratio:.2g}", consistency=known, **facts)


def _rescaled(table, of_bones):
    """The factors with each bone as heavy as it is now; a factor keeps its share of its bone."""
    times = table["bone"].map(of_bones) / table.groupby("bone")["weight"].transform("sum")
    return table.assign(**{name: table[name] * times for name in ("weight", "low", "high")})


def _control(judged, lang):
    import ipywidgets

    names = [(WORDS[lang]["pair"].format(judged.names[a], judged.names[b]), (a, b)) for a, b in judged.pairs]
    choice = ipywidgets.Dropdown(options=names, value=judged.pair, layout={"width": "32em"})
    slider = ipywidgets.SelectionSlider(options=list(STEPS), value=judged.step(), continuous_update=False)
    still = judged.shown()
    shown = ipywidgets.HTML(still.html)

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
    note = WORDS[lang]["still"]
    report = blocks.Block(f"{still.html}<p>{note}</p>", f"{still.words}\n{note}")
    return still_box([ipywidgets.HBox([choice, slider]), shown], report)
