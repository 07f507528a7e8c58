"""What sets segments apart, feature by feature."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch

from custlib import palette
from custlib.escaping import visible
from custlib.figures import axes
from custlib.figures.look import with_look
from custlib.figures.segments import heading
from custlib.segments.names import APART

FARTHEST = 2  # standard deviations, where the colours end
COLOURS = LinearSegmentedColormap.from_list("low_to_high", ["#B5432A", "#F0C9B8", "#FAFAF8", "#BFD3E8", "#123F73"])
KEY = {
    "en": ("below all consumers", "above (in standard deviations)"),
    "zh": ("低于全体", "高于（单位：标准差）"),
}


@with_look(words={"name": "segment:{identity}", "shown": "segments.profile_value", "feature": "feature:{}"})
def segment_heat_map(table, ax, lang, phone=False):
    """What sets each segment apart: a row per feature, a column per segment, in standard deviations from the mean of all.

    table: identity, name, feature (as shown), difference, shown (the segment's own value as text; not on phones), in the order to
    be drawn. Numbers stand in the cells, bold from half a standard deviation. The figure's height follows from the features and their names.
    """
    names = table.drop_duplicates("identity").set_index("identity")["name"]
    features = list(dict.fromkeys(table["feature"]))
    grid = table.pivot(index="feature", columns="identity").loc[features]
    differences = grid["difference"][names.index].to_numpy(dtype="float64")
    values = grid["shown"][names.index].to_numpy()
    far = np.ma.masked_invalid(differences)
    ax.pcolormesh(far, cmap=COLOURS, vmin=-FARTHEST, vmax=FARTHEST, edgecolor=palette.PAPER, linewidth=2)
    for place, difference in np.ndenumerate(differences):
        _cell(ax, *place, difference, "" if phone else values[place])
    ax.set(ylim=(len(features), 0), xlim=(0, len(names)))
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    ax.xaxis.tick_top()
    rows = ["\n".join(axes.wrapped(visible(one), 15 if phone else 24)) for one in features]
    heads = [identity if phone else heading(identity, names[identity], 16) for identity in names.index]
    ax.set_yticks(np.arange(len(rows)) + 0.5, rows)
    ax.set_xticks(np.arange(len(heads)) + 0.5, heads, weight="bold")
    notes = [f"{identity}  {visible(name)}" for identity, name in names.items()] if phone else []
    notes = [line for note in notes for line in axes.wrapped(note, 44)]
    ax.figure.set_figheight(
        1.1 + max(0.36, 0.06 + 0.18 * _lines(rows)) * len(rows) + 0.22 * (len(notes) or _lines(heads))
    )
    axes.note_below(ax, notes)
    marks = [Patch(facecolor=COLOURS(place), linewidth=0) for place in (0.12, 0.88)]
    axes.key_of_figure(ax, marks, KEY[lang], columns=1 if phone else 2)
    return ax


def _lines(texts):
    return max((text.count("\n") + 1 for text in texts), default=1)


def _cell(ax, row, column, difference, value):
    if np.isnan(difference):
        ax.text(column + 0.5, row + 0.5, "–", ha="center", va="center", color=palette.MUTED)
        return
    colour = palette.PAPER if abs(difference) > 0.75 * FARTHEST else palette.INK
    look = {"va": "center", "color": colour, "weight": "bold" if abs(difference) >= APART else "normal"}
    far = f"{difference:+.1f}".replace("-", "−")
    if far[1:] == "0.0":
        far = "0.0"
    if value:
        ax.text(column + 0.46, row + 0.5, visible(value), ha="right", **look)
        ax.text(column + 0.92, row + 0.5, far, ha="right", **look | {"fontsize": "small"})
    else:
        ax.text(column + 0.5, row + 0.5, far, ha="center", **look)
