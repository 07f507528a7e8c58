"""Figures of consumer segments: where they lie, when they buy. An identity always looks the same."""

import re

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from custlib import palette
from custlib.figures import axes, rhythm, tips
from custlib.figures.look import say, with_look
from custlib.figures.style import drawable

MONTHS = [str(month) if month % 3 == 1 or month == 12 else "" for month in range(1, 13)]


def segment_look(identity: str) -> tuple:
    """colour, marker and hatch of an identity, by its number, from S1 on; from S9 colours repeat with other marks."""
    number = int(re.findall(r"\d+", str(identity))[0]) - 1
    again, place = divmod(number, len(palette.SEGMENTS))
    marks = (place + again) % len(palette.SEGMENT_MARKERS)
    return palette.SEGMENTS[place], palette.SEGMENT_MARKERS[marks], palette.SEGMENT_HATCHES[marks]


def heading(identity: str, name: str, width: int) -> str:
    """An identity and below it its name, in lines of this width."""
    return "\n".join([str(identity), *axes.wrapped(drawable(name), width)])


@with_look(wide=(7.6, 5.4), phone=(4.6, 5.6), words={"name": "segment:{identity}", "axis_names": "segments.axis_names"})
def segment_map(
    table: pd.DataFrame, ax: Axes, lang: str, phone=False, axis_names=("", ""), explained=(np.nan, np.nan)
) -> Axes:
    """Consumers on a plane that keeps most of their differences, a mark each; segments named at their middle.

    table: x, y, identity, kind ("consumer" or "centre"), name (of centres). axis_names: the names of the two axes, made
    of the features that load most; explained: the share of the differences on each.
    """
    drawn, centres = table[table["kind"] == "consumer"], table[table["kind"] == "centre"]
    colours, markers, _ = ({one: segment_look(one)[n] for one in centres["identity"]} for n in range(3))
    ax.axhline(0, **rhythm.MEAN)
    ax.axvline(0, **rhythm.MEAN)
    small = {"s": 11, "alpha": 0.6, "linewidth": 0, "rasterized": True}
    large = {"s": 130, "edgecolor": palette.PAPER, "linewidth": 1.6, "zorder": 4}
    for points, size in ((drawn, small), (centres, large)):
        for identity, colour in colours.items():
            own = {"marker": markers[identity], "color": colour, "data": points[points["identity"] == identity]}
            ax.scatter("x", "y", **size, **own)
    box = {"boxstyle": "round,pad=0.2", "facecolor": palette.PAPER, "edgecolor": palette.RULE, "alpha": 0.92}
    place = {"textcoords": "offset points", "ha": "center", "va": "bottom", "zorder": 5, "weight": "bold"}
    for row in centres.itertuples():
        ax.annotate(str(row.identity), (row.x, row.y), (0, 9), bbox=box, **place)
    ax.grid(True, axis="both")
    ax.set_xlabel(_axis_name(axis_names[0], explained[0], lang, 40 if phone else 90))
    ax.set_ylabel(_axis_name(axis_names[1], explained[1], lang, 40), linespacing=1.4)
    ax.margins(0.06)
    ax.tick_params(labelbottom=False, labelleft=False)
    names = axes.listed({row.identity: drawable(row.name) for row in centres[["identity", "name"]].itertuples()})
    handles = [axes.mark(markers[identity], colours[identity], 7) for identity in centres["identity"]]
    axes.key_of_figure(ax, dict(zip(names, handles, strict=True)), columns=1 if phone else 2)
    axes.unit(ax, say("consumers_drawn", lang, consumers=len(drawn)))
    counts = drawn["identity"].value_counts().reindex(centres["identity"], fill_value=0)
    texts = [tips.said(lang, name, f"{count:,d}") for name, count in zip(names, counts, strict=True)]
    tips.tell(ax, texts, tips.points(centres["x"], centres["y"]))
    return ax


@with_look(words={"name": "segment:{identity}"})
def segment_seasons(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """When each segment buys: a panel per segment, its index by month of the year, all consumers behind it.

    table: result table `seg_seasons` with the names of segments: identity ("" for all consumers), name, month, index (1
    = the mean). The figure's height follows from the number of segments.
    """
    table = table.rename(columns={"month": "period"})
    behind, own = table[table["identity"] == ""], table[table["identity"] != ""]
    curves = [
        (heading(identity, curve["name"].iloc[0], 22), curve, _lines(identity))
        for identity, curve in own.groupby("identity", sort=False)
    ]
    rhythm.season_panels(
        ax, curves, behind, phone, MONTHS, [say("told_month", lang, month=n) for n in range(1, 13)], lang
    )
    marks = {"all_consumers": rhythm.BEHIND} if len(behind) else {}
    marks |= {"mean_month": rhythm.MEAN}
    axes.key_of_figure(ax, {say(key, lang): Line2D([], [], **look) for key, look in marks.items()}, columns=2)
    return ax


def _lines(identity):
    colour, marker, _ = segment_look(identity)
    edge = {"color": palette.INK, "lw": 3}  # some colours are pale
    return [edge, {"color": colour, "lw": 1.9, "marker": marker, "ms": 6, "mec": palette.INK, "mew": 0.6}]


def _axis_name(name, explained, lang, width):
    text = drawable(name)
    if not np.isnan(explained):
        text = say("explained", lang, name=text, share=100 * explained)
    return "\n".join(axes.wrapped(text, width))
