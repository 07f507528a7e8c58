"""What sets segments apart, feature by feature."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch

from custlib import palette
from custlib.figures import axes, tips
from custlib.figures.look import say, with_look
from custlib.figures.segments import heading
from custlib.figures.style import drawable
from custlib.segments.names import APART

FARTHEST = 2  # standard deviations, where the colours end
COLOURS = LinearSegmentedColormap.from_list("low_to_high", ["#B5432A", "#F0C9B8", "#FAFAF8", "#BFD3E8", "#123F73"])


@with_look(words={"name": "segment:{identity}", "shown": "segments.profile_value", "feature": "feature:{}"})
def segment_heat_map(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """What sets segments apart: a row per feature, a column per segment, in standard deviations from the mean.

    table: identity, name, feature (as shown), difference, shown (the segment's own value as text; not on phones), in
    the order to be drawn. Numbers stand in the cells, bold from half a standard deviation. The figure's height follows
    from the features and their names.
    """
    names = {row.identity: drawable(row.name) for row in table[["identity", "name"]].itertuples(index=False)}
    grid = table.pivot(index="feature", columns="identity").loc[list(dict.fromkeys(table["feature"]))]
    differences = grid["difference"][list(names)].astype("float64")
    labels = differences.map(_signed)
    if not phone:
        labels = labels.where(
            differences.isna(), grid["shown"][list(names)].map(drawable) + "\u00a0\u00a0\u00a0" + labels
        )
    cells = {"annot": labels, "fmt": "", "linewidths": 2, "linecolor": palette.PAPER, "cbar": False}
    sns.heatmap(differences.fillna(0), cmap=COLOURS, vmin=-FARTHEST, vmax=FARTHEST, ax=ax, **cells)
    axes.legible_cells(ax)
    for text, difference in zip(ax.texts, differences.to_numpy().flat, strict=True):
        text.set_weight("bold" if abs(difference) >= APART else "normal")
    ax.spines["bottom"].set_visible(False)
    ax.xaxis.tick_top()
    rows = ["\n".join(axes.wrapped(drawable(feature), 15 if phone else 24)) for feature in grid.index]
    heads = [identity if phone else heading(identity, name, 16) for identity, name in names.items()]
    ax.set_yticks(np.arange(len(rows)) + 0.5, rows, rotation=0)
    ax.set_xticks(np.arange(len(heads)) + 0.5, heads, rotation=0, weight="bold")
    ax.set(xlabel="", ylabel="")
    notes = axes.note_below(ax, axes.listed(names) if phone else [], 44)
    tall = max(0.36, 0.06 + 0.18 * _lines(rows))
    ax.figure.set_figheight(1.1 + tall * len(rows) + 0.22 * (notes or _lines(heads)))
    marks = {
        say(key, lang): Patch(facecolor=COLOURS(place)) for key, place in (("below_all", 0.12), ("above_all", 0.88))
    }
    axes.key_of_figure(ax, marks, columns=1 if phone else 2)
    shown = grid["shown"][list(names)].map(drawable).to_numpy() if "shown" in grid else [[""] * len(names)] * len(rows)
    for place, (feature, row) in enumerate(differences.iterrows()):
        heads = [f"{drawable(feature)} · {' '.join(dict.fromkeys(pair))}" for pair in names.items()]
        texts = [
            tips.said(lang, head, *filter(None, [value, _signed(difference)]))
            for head, value, difference in zip(heads, shown[place], row, strict=True)
        ]
        across = np.arange(len(names))
        tips.tell(ax, texts, tips.boxes(across, place, across + 1, place + 1))
    return ax


def _lines(texts):
    return max((text.count("\n") + 1 for text in texts), default=1)


def _signed(difference):
    if np.isnan(difference):
        return "–"
    return "0.0" if abs(difference) < 0.05 else f"{difference:+.1f}".replace("-", "−")
