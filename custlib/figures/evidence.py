"""The evidence on the number of segments as one figure."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from custlib import palette
from custlib.figures import axes, tips
from custlib.figures.look import say, with_look
from custlib.segments.evidence import LEAST_JACCARD

MEASURES = ["prediction_strength", "jaccard", "silhouette", "tree_fidelity", "smallest_share"]
PERCENT = {"tree_fidelity", "smallest_share"}
TO_ONE = {"prediction_strength", "jaccard", "tree_fidelity"}
WIDE_ENOUGH = 1.04  # a share of 1 keeps its whole mark
BLUE = palette.CLASSES["A"]
REACHED = {"reached": BLUE, "missed": palette.PAPER}
NONE = {"marker": "|", "color": palette.ALERT, "ms": 13, "mew": 2, "ls": ""}
LIMIT = {"color": palette.ALERT, "lw": 1.2, "ls": (0, (4, 2))}


@with_look(something=lambda table: (table["k"] > 1).any())
def k_table(table: pd.DataFrame, ax: Axes, lang: str, phone=False, k=1) -> Axes:
    """Evidence on every number of segments: a panel per measure, a row per number, limits, a band on the chosen one.

    table: result table `seg_evidence`: k, prediction_strength, asked_strength (its limit, another for a number larger
    than that of the quarter before; missing: none), jaccard, silhouette, null_silhouette, tree_fidelity,
    smallest_share. k: the number chosen, 1 for none.
    The figure's height follows from the numbers looked at.
    """
    rows = table[table["k"] > 1].sort_values("k")
    shape = (-(-len(MEASURES) // 2), 2) if phone else (1, len(MEASURES))
    ax.figure.set_figheight((1.2 + 0.27 * len(rows)) * shape[0] + 0.6 if phone else 1.5 + 0.32 * len(rows))
    panels = axes.panels(ax, *shape, sharey=True)
    for place, (name, panel) in enumerate(zip(MEASURES, panels, strict=False)):
        _panel(panel, rows, name, k)
        title = "\n".join(axes.wrapped(say(name, lang), 40 if phone else 14))
        panel.set_title(title, fontsize="medium", loc="left", weight="bold")
        panel.set(xlabel="", ylabel="" if place % shape[1] else say("segments", lang))
        own = rows.dropna(subset=name)
        shown = own[name].map("{:.0%}".format if name in PERCENT else "{:.2f}".format)
        heads = [f"{say(name, lang)} · {say('told_segments', lang, segments=k)}" for k in own["k"]]
        texts = [tips.said(lang, *pair) for pair in zip(heads, shown, strict=True)]
        tips.tell(panel, texts, tips.points(own[name], own["k"]))
    panels[0].set_yticks(rows["k"])
    panels[0].set_ylim(rows["k"].max() + 0.6, rows["k"].min() - 0.6)
    for empty in panels[len(MEASURES) :]:
        empty.set_axis_off()
    band = Patch(facecolor=palette.PALE) if k in set(rows["k"]) else Patch(facecolor=palette.PAPER, ec=palette.MUTED)
    marks = {
        say("chosen" if k in set(rows["k"]) else "none_chosen", lang, k=k): band,
        say("limit", lang): Line2D([], [], **LIMIT),
        **{say(state, lang): axes.mark("o", face, 7, BLUE) for state, face in REACHED.items()},
        say("no_structure", lang): Line2D([], [], **NONE),
    }
    axes.key_of_figure(ax, marks, columns=2 if phone else len(marks))
    return ax


def _panel(panel, rows, name, k):
    values, numbers = rows[name].to_numpy(dtype="float64"), rows["k"].to_numpy()
    limits = _limits(rows, name).to_numpy(dtype="float64")
    floor = rows["null_silhouette"].to_numpy(dtype="float64") if name == "silhouette" else values * np.nan
    states = np.where((values < limits) | (values <= floor), "missed", "reached")
    if k in numbers:
        panel.axhspan(k - 0.42, k + 0.42, color=palette.PALE, lw=0, zorder=0.5)
    dots = {"s": 49, "edgecolor": BLUE, "linewidth": 1.5, "clip_on": False, "zorder": 3}
    known = np.isfinite(values)
    panel.scatter(values[known], numbers[known], facecolor=[REACHED[state] for state in states[known]], **dots)
    panel.plot(floor, numbers, clip_on=False, **NONE)  # missing, not left out: an empty line would be in a corner
    panel.vlines(limits, numbers - 0.5, numbers + 0.5, **LIMIT)
    _scale(panel, name, np.nan_to_num([*values, *floor]))


def _limits(rows, name):
    """The least that is asked of each number; missing where nothing is."""
    return {"prediction_strength": rows["asked_strength"], "jaccard": rows["k"] * 0 + LEAST_JACCARD}.get(
        name, rows["k"] * np.nan
    )


def _scale(panel, name, values):
    panel.set_xlim(min(0, *values), WIDE_ENOUGH if name in TO_ONE else 1.25 * max(0, *values) or 1)
    panel.xaxis.set_major_formatter(PercentFormatter(1, 0, "") if name in PERCENT else axes.NUMBER)
    panel.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    panel.grid(True, axis="x")
    panel.grid(False, axis="y")
