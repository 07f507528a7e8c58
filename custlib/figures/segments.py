"""Figures of consumer segments: where they lie, when they buy. An identity always looks the same."""

import re

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from custlib import palette
from custlib.escaping import visible
from custlib.figures import axes
from custlib.figures.look import with_look

MEAN = {"color": palette.MUTED, "lw": 0.8}
EVERYONE = {"color": palette.MUTED, "lw": 1.4, "ls": (0, (3, 1.5))}
WORDS = {
    "en": {
        "explained": "{} ({:.0f} % of the differences)",
        "sample": "{:,} consumers drawn",
        "everyone": "all consumers",
        "mean": "the mean month = 1",
    },
    "zh": {
        "explained": "{}（解释 {:.0f}% 的差异）",
        "sample": "画出 {:,} 位消费者",
        "everyone": "全体消费者",
        "mean": "月均 = 1",
    },
}


def segment_look(identity):
    """colour, marker and hatch of an identity: those of its number, S1 the first; from S9 on the colours come again with other marks."""
    number = int(re.search(r"\d+", str(identity))[0]) - 1
    again, place = divmod(number, len(palette.SEGMENTS))
    marks = (place + again) % len(palette.SEGMENT_MARKERS)
    return palette.SEGMENTS[place], palette.SEGMENT_MARKERS[marks], palette.SEGMENT_HATCHES[marks]


def heading(identity, name, width):
    """An identity and below it its name, in lines of this width."""
    return "\n".join([str(identity), *axes.wrapped(visible(name), width)])


@with_look(wide=(7.6, 5.4), phone=(4.6, 5.6), words={"name": "segment:{identity}", "axis_names": "segments.axis_names"})
def segment_map(table, ax, lang, phone=False, axis_names=("", ""), explained=(np.nan, np.nan)):
    """Consumers on a plane that keeps most of their differences, a mark per consumer drawn; segments named at their middle.

    table: x, y, identity, kind ("consumer" or "centre"), name (of centres). axis_names: the names of the two axes, made of the features
    that load most; explained: the share of the differences on each.
    """
    words, drawn, centres = WORDS[lang], table[table["kind"] == "consumer"], table[table["kind"] == "centre"]
    ax.axhline(0, **MEAN)
    ax.axvline(0, **MEAN)
    for identity in centres["identity"]:
        colour, marker, _ = segment_look(identity)
        own = drawn[drawn["identity"] == identity]
        ax.scatter(own["x"], own["y"], s=11, marker=marker, color=colour, alpha=0.6, linewidth=0, rasterized=True)
    for row in centres.itertuples():
        colour, marker, _ = segment_look(row.identity)
        ax.scatter(row.x, row.y, s=130, marker=marker, color=colour, edgecolor=palette.PAPER, linewidth=1.6, zorder=4)
    _centre_names(ax, centres)
    ax.grid(True, axis="both")
    ax.set_xlabel("\n".join(_axis(axis_names[0], explained[0], words, 40 if phone else 90)))
    ax.set_ylabel("\n".join(_axis(axis_names[1], explained[1], words, 40)))
    ax.margins(0.06)
    ax.tick_params(labelbottom=False, labelleft=False)
    handles = [
        Line2D([], [], ls="", marker=segment_look(one)[1], color=segment_look(one)[0], ms=7)
        for one in centres["identity"]
    ]
    names = [f"{row.identity}  {visible(row.name)}" for row in centres[["identity", "name"]].itertuples(index=False)]
    axes.key_of_figure(ax, handles, names, columns=1 if phone else 2)
    axes.unit(ax, words["sample"].format(len(drawn)))
    return ax


@with_look(words={"name": "segment:{identity}"})
def segment_seasons(table, ax, lang, phone=False):
    """When each segment buys: a panel per segment, its index by month of the year, all consumers behind it.

    table: result table `seg_seasons` with the names of segments: identity ("" for all consumers), name, month, index (1 = the mean).
    The figure's height follows from the number of segments.
    """
    words, own = WORDS[lang], table[table["identity"] != ""]
    behind = table[table["identity"] == ""]
    curves = list(own.groupby("identity", sort=False))
    rows = -(-len(curves) // (2 if phone else 4))
    columns = -(-len(curves) // rows)
    ax.figure.set_figheight(0.7 + (2.0 if phone else 2.1) * rows)
    panels = axes.panels(ax, rows, columns, sharey=True)
    for (identity, curve), panel in zip(curves, panels, strict=False):
        colour, marker, _ = segment_look(identity)
        panel.axhline(1, **MEAN)
        panel.plot(behind["month"], behind["index"], **EVERYONE)
        panel.plot(curve["month"], curve["index"], color=palette.INK, lw=3)  # an edge: some colours are pale
        panel.plot(curve["month"], curve["index"], color=colour, lw=1.9, marker=marker, ms=6, mec=palette.INK, mew=0.6)
        _highest(panel, curve)
        _months(panel)
        panel.set_title(heading(identity, curve["name"].iloc[0], 22), fontsize="medium", loc="left", weight="bold")
    panels[0].set_ylim(0, table["index"].max() * 1.2)
    panels[0].yaxis.set_major_locator(MaxNLocator(4))  # the same ticks before and after the layout
    for empty in panels[len(curves) :]:
        empty.set_axis_off()
    marks = {words["everyone"]: EVERYONE, words["mean"]: MEAN}
    shown = list(marks)[0 if len(behind) else 1 :]
    axes.key_of_figure(ax, [Line2D([], [], **marks[word]) for word in shown], shown, columns=2)
    return ax


def _axis(name, explained, words, width):
    text = visible(name) if np.isnan(explained) else words["explained"].format(visible(name), 100 * explained)
    return axes.wrapped(text, width)


def _centre_names(ax, centres):
    look = {"boxstyle": "round,pad=0.2", "facecolor": palette.PAPER, "edgecolor": palette.RULE, "alpha": 0.92}
    for row in centres.itertuples():
        place = {"textcoords": "offset points", "ha": "center", "va": "bottom", "zorder": 5, "weight": "bold"}
        ax.annotate(str(row.identity), (row.x, row.y), (0, 9), bbox=look, **place)


def _months(panel):
    panel.set_xticks(range(1, 13), [str(month) if month % 3 == 1 or month == 12 else "" for month in range(1, 13)])
    panel.set_xlim(0.4, 12.6)


def _highest(panel, curve):
    """The highest month carries its index."""
    if curve["index"].notna().any():
        top = curve.loc[curve["index"].idxmax()]
        style = {"ha": "center", "va": "bottom", "textcoords": "offset points"}
        panel.annotate(f"× {top['index']:.1f}", (top["month"], top["index"]), (0, 6), **style)
