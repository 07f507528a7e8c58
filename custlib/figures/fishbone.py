"""The weighted fishbone: what drives customer profit, each factor with weight, range and agreement."""

import pandas as pd
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.transforms import Affine2D, ScaledTranslation

from custlib import palette, words
from custlib.figures import axes, drawing, fish_layout, tips
from custlib.figures.look import say, with_look
from custlib.figures.style import drawable

AGREEMENT = LinearSegmentedColormap.from_list("agreement", ["#F0B24A", "#7F8FA6", palette.CLASSES["A"]])
ZONES = {"A": {"marker": "o", "ls": "-"}, "B": {"marker": "s", "ls": (0, (2, 2))}}
BONE_POINTS = 9  # width of the heaviest bone
BONE = "#AFC0D0"
MARGIN = 0.06  # around the fish, inches
ROW = 1.36  # height of a line of text, in font sizes


@with_look(
    words={"name": "factor:{factor}", "bone_name": "factor:{bone}"},
    something=lambda table: table["weight"].notna().any(),
)
def fishbone(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """The fishbone of weights: bones as wide as their weight; a rib per factor with mark, range, agreement (colour).

    table: factor, bone, zone ("A", "B"), name and bone_name (without them: the keys), weight, low, high (shares of the
    whole), agreement of experts and data (0 to 1), effect ("total_profit" or "brand_profit", the same in all rows), in
    the order to be drawn; a number that is missing is left out. A bone weighs what its factors weigh together. The
    figure's size follows from the texts.
    """
    table = _named(table)
    bones = _bones(table)
    rows = [table[table["bone"] == bone] for bone in bones["bone"]]
    texts = [
        (_text(bone, weight, lang), [_text(name, share, lang) for name, share in own[["name", "weight"]].to_numpy()])
        for (bone, weight), own in zip(bones[["name", "weight"]].to_numpy(), rows, strict=True)
    ]
    arrange = fish_layout.standing if phone else fish_layout.lying
    row = ROW * rcParams["font.size"] / 72
    layout = arrange(
        texts, say(table["effect"].iloc[0], lang), drawing.width, row, ax.figure.get_figwidth() - 2 * MARGIN
    )
    most = table[["weight", "high"]].max(axis=None)
    key_rows = _key(ax, most, table["agreement"].notna().any(), lang, phone)
    ax.figure.set_size_inches(
        layout.width + 2 * MARGIN, layout.height + 2 * MARGIN + key_rows * axes.TEXT_ROW * row / ROW
    )
    ax.set_axis_off()
    pen = _Pen(ax, row)
    _skeleton(pen, layout, bones, phone)
    for bone, own in zip(layout.bones, rows, strict=True):
        for cause, factor in zip(bone.causes, own.itertuples(index=False), strict=True):
            _rib(pen, cause, factor, most)
            if pd.notna(factor.weight):
                sides = cause.start, cause.rib - row / 2, cause.start + cause.length, cause.rib + row / 2
                shares = [_percent(share, lang) for share in (factor.weight, factor.low, factor.high)]
                value = (
                    shares[0]
                    if pd.isna(factor.low)
                    else say("told_range", lang, share=shares[0], low=shares[1], high=shares[2])
                )
                tips.tell(ax, [tips.said(lang, drawable(factor.name), value)], [tips.boxes(*sides)], pen.place)
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
    """The scale from 0 to the highest of all, the range as a bar on it, the weight as a mark."""
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


def _key(ax, most, compared, lang, phone):
    """What the marks say, above the fish; returns its rows."""
    marks = {f"zone_{zone}": axes.mark(look["marker"], palette.PAPER, 7, palette.INK) for zone, look in ZONES.items()}
    marks["bone_width"] = Line2D([], [], color=BONE, lw=6)
    if most > 0:
        marks["whisker"] = Line2D([], [], color=palette.INK, lw=1.6)
    if compared:
        marks["experts_agree"] = axes.mark("o", AGREEMENT(1.0), 7, palette.INK)
        marks["experts_differ"] = axes.mark("o", AGREEMENT(0.0), 7, palette.INK)
    columns = 1 if phone else 3
    axes.key_of_figure(ax, {say(key, lang, share=100 * most): mark for key, mark in marks.items()}, columns)
    return -(-len(marks) // columns)


def _named(table):
    known = {"name": table["factor"], "bone_name": table["bone"]}
    return table.assign(**{column: values for column, values in known.items() if column not in table})


def _bones(table):
    bones = table.groupby("bone", sort=False)
    return bones.agg(name=("bone_name", "first"), weight=("weight", lambda own: own.sum(min_count=1))).reset_index()


def _text(name, weight, lang):
    if pd.isna(weight):
        return drawable(name)
    return f"{drawable(name)} {_percent(weight, lang)}"


def _percent(share, lang):
    return words.say("forms", "tenth_percent", lang, number=f"{100 * share:.1f}")
