"""The weighted fishbone: what the customer's profit hangs on, each factor with its weight, its interval and the agreement about it."""

from functools import cache

import pandas as pd
from matplotlib import rcParams
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.transforms import Affine2D, ScaledTranslation

from custlib import palette
from custlib.escaping import visible
from custlib.figures import axes, fish_layout
from custlib.figures.look import with_look

AGREEMENT = LinearSegmentedColormap.from_list("agreement", ["#F0B24A", "#7F8FA6", palette.CLASSES["A"]])
ZONES = {"A": {"marker": "o", "ls": "-"}, "B": {"marker": "s", "ls": (0, (2, 2))}}
BONE_POINTS = 9  # width of the heaviest bone
BONE = "#AFC0D0"
MARGIN = 0.06  # around the fish, inches
ROW = 1.36  # height of a line of text, in font sizes
WORDS = {
    "en": {
        "effect": "customer profit",
        "A": "zone A: the sales team can influence it",
        "B": "zone B: a request to headquarters",
        "whisker": "weight and its interval; a rib is {:.0f} % long",
        "agree": "experts and data agree",
        "differ": "they differ",
        "bone": "width of a bone: its weight",
        "percent": "{:.1f}\u00a0%",
    },
    "zh": {
        "effect": "客户获利",
        "A": "A 区：销售团队能影响",
        "B": "B 区：向总部提出请求",
        "whisker": "权重及其区间；细骨全长 {:.0f}%",
        "agree": "专家与数据一致",
        "differ": "两者不一致",
        "bone": "骨的粗细：权重",
        "percent": "{:.1f}%",
    },
}


@with_look(words={"name": "factor:{factor}", "bone_name": "factor:{bone}"})
def fishbone(table, ax, lang, phone=False):
    """The fishbone of weights: a bone as wide as its weight, on it a rib per factor with mark, interval and, as colour, agreement.

    table: factor, bone, zone ("A", "B"), name and bone_name (without them: the keys), weight, low, high (shares of the whole),
    agreement of experts and data (0 to 1), in the order to be drawn; a number that is missing is left out. A bone weighs what its
    factors weigh together. The figure's size follows from the texts.
    """
    words, table = WORDS[lang], _named(table)
    bones = _bones(table)
    rows = [table[table["bone"] == bone] for bone in bones["bone"]]
    texts = [
        (_told(bone.name, bone.weight, words), [_told(*cause, words) for cause in own[["name", "weight"]].to_numpy()])
        for bone, own in zip(bones[["name", "weight"]].itertuples(index=False), rows, strict=True)
    ]
    arrange = fish_layout.standing if phone else fish_layout.lying
    row = ROW * rcParams["font.size"] / 72
    layout = arrange(texts, words["effect"], _measure(ax), row, ax.figure.get_figwidth() - 2 * MARGIN)
    most = table[["weight", "high"]].max(axis=None)
    key_rows = _key(ax, words, most, phone)
    ax.figure.set_size_inches(
        layout.width + 2 * MARGIN, layout.height + 2 * MARGIN + key_rows * axes.TEXT_ROW * row / ROW
    )
    ax.set_axis_off()
    pen = _Pen(ax, row)
    _skeleton(pen, layout, bones, phone)
    for bone, own in zip(layout.bones, rows, strict=True):
        for cause, factor in zip(bone.causes, own.itertuples(index=False), strict=True):
            _rib(pen, cause, factor, most)
    return ax


class _Pen:
    """Draws at places in inches from the upper left corner of the Axes, whatever the size of the Axes."""

    def __init__(self, ax, row):
        self.ax, self.row = ax, row
        self.place = Affine2D().scale(1, -1) + ax.figure.dpi_scale_trans + ScaledTranslation(0, 1, ax.transAxes)

    def line(self, points, **look):
        drawn = Line2D(*zip(*points, strict=True), transform=self.place, clip_on=False, **look)
        drawn.set_in_layout(False)
        self.ax.add_artist(drawn)

    def text(self, text, x, y, **look):
        for number, line in enumerate(text.split("\n")):
            at = y + (number + 0.76) * self.row
            self.ax.text(x, at, line, transform=self.place, clip_on=False, **look).set_in_layout(False)

    def shape(self, points, **look):
        drawn = Polygon(points, closed=True, transform=self.place, clip_on=False, **look)
        drawn.set_in_layout(False)
        self.ax.add_artist(drawn)


def _skeleton(pen, layout, bones, phone):
    heaviest = bones["weight"].max()
    for bone, weight in zip(layout.bones, bones["weight"], strict=True):
        width = max(BONE_POINTS * weight / heaviest, 1.2) if weight > 0 else 1.2
        pen.line(bone.line, color=BONE, lw=width, solid_capstyle="butt", solid_joinstyle="round", zorder=1)
        pen.text(bone.text, bone.x, bone.y, weight="bold", zorder=5)
    pen.line(layout.spine, color=palette.INK, lw=3, solid_capstyle="round", zorder=2)
    left, top, right, bottom = layout.head
    nose = (top + bottom) / 2
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if not phone:
        corners = [(left, top), (right - 0.3, top), (right, nose), (right - 0.3, bottom), (left, bottom)]
    pen.shape(corners, facecolor=palette.INK, linewidth=0, zorder=3)
    y = nose - (layout.effect.count("\n") + 1) * pen.row / 2
    pen.text(layout.effect, left + 0.12, y, color=palette.PAPER, weight="bold", zorder=5)


def _rib(pen, cause, factor, most):
    """The scale from 0 to the highest of all, the interval as a bar on it, the weight as a mark."""
    pen.text(cause.text, cause.x, cause.y, zorder=5)
    look, end = ZONES[factor.zone], cause.start + cause.length
    pen.line(
        [(cause.start - fish_layout.BESIDE, cause.rib), (end, cause.rib)], color=BONE, lw=0.9, ls=look["ls"], zorder=1
    )
    if pd.isna(factor.weight):
        return
    colour = palette.PAPER if pd.isna(factor.agreement) else AGREEMENT(float(factor.agreement))
    at = [cause.start + cause.length * share / most for share in (factor.low, factor.weight, factor.high)]
    pen.line([(at[0], cause.rib), (at[2], cause.rib)], color=palette.INK, lw=1.6, solid_capstyle="butt", zorder=3)
    mark = {"marker": look["marker"], "ms": 7, "mfc": colour, "mec": palette.INK, "mew": 0.8}
    pen.line([(at[1], cause.rib)], ls="", zorder=4, **mark)


def _key(ax, words, most, phone):
    """What the marks say, above the fish; returns its rows."""
    mark = {"ls": "", "mec": palette.INK, "mew": 0.8, "ms": 7}
    entries = {words[zone]: Line2D([], [], mfc=palette.PAPER, **mark | ZONES[zone] | {"ls": ""}) for zone in ZONES}
    entries[words["bone"]] = Line2D([], [], color=BONE, lw=6)
    if most > 0:
        entries[words["whisker"].format(100 * most)] = Line2D([], [], color=palette.INK, lw=1.6)
    for word, share in (("agree", 1.0), ("differ", 0.0)):
        entries[words[word]] = Line2D([], [], marker="o", mfc=AGREEMENT(share), **mark)
    columns = 1 if phone else 3
    axes.key_of_figure(ax, list(entries.values()), list(entries), columns)
    return -(-len(entries) // columns)


def _named(table):
    known = {"name": table["factor"], "bone_name": table["bone"]}
    return table.assign(**{column: values for column, values in known.items() if column not in table})


def _bones(table):
    bones = table.groupby("bone", sort=False)
    return bones.agg(name=("bone_name", "first"), weight=("weight", lambda own: own.sum(min_count=1))).reset_index()


def _told(name, weight, words):
    return visible(name) if pd.isna(weight) else f"{visible(name)} {words['percent'].format(100 * weight)}"


def _measure(ax):
    """measure(text, bold): width of a line in inches, as it will be drawn."""

    @cache
    def measure(text, bold):
        drawn = ax.text(0, 0, text, weight="bold" if bold else "normal")
        width = drawn.get_window_extent().width / ax.figure.dpi
        drawn.remove()
        return width

    return measure
