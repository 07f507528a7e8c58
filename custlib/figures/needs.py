"""The map of needs: how important they are beside how well they are met."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from custlib import palette
from custlib.accounts.importance import SCALES, UNDECIDED
from custlib.figures import axes, tips
from custlib.figures.look import say, with_look
from custlib.figures.style import drawable

BLUE = palette.CLASSES["A"]
MEANS = {"color": palette.MUTED, "lw": 1.2, "ls": (0, (5, 3)), "zorder": 1}
MIDDLES = {"color": palette.MUTED, "lw": 1.0, "ls": (0, (1, 2)), "zorder": 1}
CORNERS = {"concentrate": (0, 1), "keep_up": (1, 1), "low_priority": (0, 0), "overkill": (1, 0)}
EDGE = [withStroke(linewidth=2.5, foreground=palette.PAPER)]  # lines pass behind a name
NEAR = (0.16, 0.05)  # of the plot's width and height: closer marks would write over each other


@with_look(wide=(8.6, 5.0), phone=(4.6, 5.0), words={"name": "need:{need}", "place": "quadrant_{quadrant}"})
def needs_map(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """Needs by how well they are met (across) and how important they are (up), with intervals; cross-hairs at the means
    and at the middles of the scales; a need whose quadrant is not sure has an empty mark.

    table: result table `needs_map`; name and place: need and quadrant in words.
    """
    x, y = (table[f"{name}_mean"].to_numpy("float64") for name in ("actual", "importance"))
    for x_or_y, name in (("x", "actual"), ("y", "importance")):
        middle = table[f"{name}_mean"].to_numpy("float64")
        away = np.abs(table[[f"{name}_low", f"{name}_high"]].to_numpy("float64") - middle[:, None]).T
        ax.errorbar(x, y, **{f"{x_or_y}err": away}, fmt="none", ecolor=palette.PALE, elinewidth=3, zorder=2)
    sure = (table["quadrant"] != UNDECIDED).to_numpy()
    look = {"s": 64, "edgecolor": BLUE, "linewidth": 1.6, "zorder": 3}
    ax.scatter(x, y, color=[BLUE if each else palette.PAPER for each in sure], **look)
    for line, across, up in ((MEANS, x.mean(), y.mean()), (MIDDLES, SCALES[1], SCALES[0])):
        ax.axvline(across, **line)
        ax.axhline(up, **line)
    ax.margins(0.14, 0.16)
    ax.grid(False)
    ax.set_xlabel(say("needs_actual", lang))
    axes.unit(ax, say("needs_importance", lang))
    for name, (right, top) in CORNERS.items():
        side = {"ha": "right" if right else "left", "va": "top" if top else "bottom", "color": palette.MUTED}
        across, up = 0.99 if right else 0.01, 0.985 if top else 0.015
        ax.text(across, up, say(name, lang), **side, transform=ax.transAxes, path_effects=EDGE)
    _name(ax, [drawable(name) for name in table["name"]], x, y)
    marks = {
        say("needs_sure", lang): axes.mark("o", BLUE, 8, BLUE),
        say("needs_undecided", lang): axes.mark("o", palette.PAPER, 8, BLUE),
        say("needs_means", lang): Line2D([], [], **MEANS),
        say("needs_middles", lang): Line2D([], [], **MIDDLES),
    }
    axes.key_of_figure(ax, marks, columns=2 if phone else 4)
    told = [say("told_need", lang, **row) for row in table.to_dict("records")]
    texts = [
        tips.said(lang, drawable(name), *each) for name, *each in zip(table["name"], told, table["place"], strict=True)
    ]
    tips.tell(ax, texts, tips.points(x, y))
    return ax


def _name(ax, names, x, y):
    """Names above their marks; below where another mark stands close above."""
    width, height = np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())
    for at, name in enumerate(names):
        apart = np.abs(x - x[at]) / width < 2 * NEAR[0]
        above = apart & (y > y[at]) & ((y - y[at]) / height < 2 * NEAR[1])
        offset, va = ((0, -8), "top") if above.any() else ((0, 8), "bottom")
        style = {"textcoords": "offset points", "ha": "center", "va": va, "zorder": 5, "path_effects": EDGE}
        ax.annotate(name, (x[at], y[at]), offset, **style)
