"""Figures of consumer segments: what sets them apart, where they lie, when they buy. An identity always looks the same."""

import re

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from custlib import palette
from custlib.figures import furniture
from custlib.inert import visible

APART = 0.5  # standard deviations: bold in the heat map
FARTHEST = 2  # where the colours of the heat map end
LOW_TO_HIGH = ["#B5432A", "#F0C9B8", "#FAFAF8", "#BFD3E8", "#123F73"]
MEAN = {"color": palette.MUTED, "lw": 0.8}
EVERYONE = {"color": palette.MUTED, "lw": 1.4, "ls": (0, (3, 1.5))}
WORDS = {
    "en": {
        "low": "below all consumers",
        "high": "above",
        "scale": "in standard deviations",
        "centre": "middle of a segment",
        "explained": "{} ({:.0f} % of the differences)",
        "sample": "{:,} consumers drawn",
        "everyone": "all consumers",
        "mean": "the mean {} = 1",
        "month": "month",
        "quarter": "quarter",
    },
    "zh": {
        "low": "低于全体",
        "high": "高于",
        "scale": "单位：标准差",
        "centre": "细分中心",
        "explained": "{}（解释 {:.0f}% 的差异）",
        "sample": "画出 {:,} 位消费者",
        "everyone": "全体消费者",
        "mean": "{}均 = 1",
        "month": "月",
        "quarter": "季",
    },
}


def segment_look(identity):
    """colour, marker and hatch of an identity: those of its number, S1 the first; from S9 on the colours come again with other marks."""
    number = int(re.search(r"\d+", str(identity))[0]) - 1
    again, place = divmod(number, len(palette.SEGMENTS))
    marks = (place + again) % len(palette.SEGMENT_MARKERS)
    return palette.SEGMENTS[place], palette.SEGMENT_MARKERS[marks], palette.SEGMENT_HATCHES[marks]


def segment_heat_map(table, ax, lang, phone=False):
    """What sets each segment apart: a row per feature, a column per segment, in standard deviations from the mean of all.

    table: identity, name, feature (as shown), difference, shown (the segment's own value as text; not on phones), in the order to
    be drawn. Numbers stand in the cells, bold from half a standard deviation. The figure's height follows from the features.
    """
    names = table.drop_duplicates("identity").set_index("identity")["name"]
    features = list(dict.fromkeys(table["feature"]))
    differences = table.pivot(index="feature", columns="identity", values="difference").loc[features, names.index]
    values = table.pivot(index="feature", columns="identity", values="shown").loc[features, names.index]
    colours = LinearSegmentedColormap.from_list("low_to_high", LOW_TO_HIGH)
    far = np.ma.masked_invalid(differences.to_numpy(dtype="float64"))
    ax.pcolormesh(far, cmap=colours, vmin=-FARTHEST, vmax=FARTHEST, edgecolor=palette.PAPER, linewidth=2)
    for (row, column), difference in np.ndenumerate(differences.to_numpy(dtype="float64")):
        _cell(ax, row, column, difference, "" if phone else values.iat[row, column])
    ax.set(ylim=(len(features), 0), xlim=(0, len(names)))
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    wraps = 15 if phone else 24
    ax.set_yticks(
        np.arange(len(features)) + 0.5, ["\n".join(furniture.wrapped(visible(one), wraps)) for one in features]
    )
    heads = [identity if phone else _wrapped(identity, names[identity], 16) for identity in names.index]
    ax.set_xticks(np.arange(len(names)) + 0.5, heads, weight="bold")
    ax.xaxis.tick_top()
    tallest = max((head.count("\n") for head in heads), default=0)
    if phone:
        _names_below(ax, names)
    ax.figure.set_figheight(1.1 + (0.42 if phone else 0.36) * len(features) + 0.22 * (len(names) if phone else tallest))
    words = WORDS[lang]
    marks = [Patch(facecolor=colours(0.12), linewidth=0), Patch(facecolor=colours(0.88), linewidth=0)]
    texts = [
        words["low"],
        f"{words['high']} ({words['scale']})" if lang == "en" else f"{words['high']}（{words['scale']}）",
    ]
    furniture.key_of_figure(ax, marks, texts, columns=1 if phone else 2)
    return ax


def segment_map(table, ax, lang, phone=False, axes=("", ""), explained=(np.nan, np.nan)):
    """Consumers on a plane that keeps most of their differences, a mark per consumer drawn; segments named at their middle.

    table: x, y, identity, kind ("consumer" or "centre"), name (of centres). axes: the names of the two axes, made of the features
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
    ax.set_xlabel("\n".join(_axis(axes[0], explained[0], words, 40 if phone else 90)))
    ax.set_ylabel("\n".join(_axis(axes[1], explained[1], words, 40)))
    ax.margins(0.06)
    ax.tick_params(labelbottom=False, labelleft=False)
    handles = [
        Line2D([], [], ls="", marker=segment_look(one)[1], color=segment_look(one)[0], ms=7)
        for one in centres["identity"]
    ]
    names = [f"{row.identity}  {visible(row.name)}" for row in centres[["identity", "name"]].itertuples(index=False)]
    furniture.key_of_figure(ax, handles, names, columns=1 if phone else 2)
    furniture.unit(ax, words["sample"].format(len(drawn)))
    return ax


def segment_seasons(table, ax, lang, phone=False, everyone=None):
    """When each segment buys: a panel per segment, its index by month or by quarter of the year, all consumers behind it.

    table: identity ("" for all consumers), name, period (1 to 12, or 1 to 4), index (1 = the mean). everyone: the name of all.
    The figure's height follows from the number of segments.
    """
    words, own = WORDS[lang], table[table["identity"] != ""]
    behind = table[table["identity"] == ""]
    curves = list(own.groupby("identity", sort=False))
    rows = -(-len(curves) // (2 if phone else 4))
    columns = -(-len(curves) // rows)
    ax.figure.set_figheight(0.7 + (2.0 if phone else 2.1) * rows)
    panels = furniture.panels(ax, rows, columns, sharey=True)
    monthly = table["period"].max() > 4
    for (identity, curve), panel in zip(curves, panels, strict=False):
        colour, marker, _ = segment_look(identity)
        panel.axhline(1, **MEAN)
        panel.plot(behind["period"], behind["index"], **EVERYONE)
        panel.plot(curve["period"], curve["index"], color=palette.INK, lw=3)  # an edge: some colours are pale
        panel.plot(curve["period"], curve["index"], color=colour, lw=1.9, marker=marker, ms=6, mec=palette.INK, mew=0.6)
        _highest(panel, curve)
        _periods(panel, monthly)
        heading = _wrapped(identity, curve["name"].iloc[0], 22)
        panel.set_title(heading, fontsize="medium", loc="left", weight="bold")
    panels[0].set_ylim(0, table["index"].max() * 1.2)
    for empty in panels[len(curves) :]:
        empty.set_axis_off()
    period = words["month" if monthly else "quarter"]
    marks = {visible(everyone or words["everyone"]): EVERYONE, words["mean"].format(period): MEAN}
    shown = list(marks)[0 if len(behind) else 1 :]
    furniture.key_of_figure(ax, [Line2D([], [], **marks[word]) for word in shown], shown, columns=2)
    return ax


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


def _wrapped(identity, name, width):
    return "\n".join([str(identity), *furniture.wrapped(visible(name), width)])


def _names_below(ax, names):
    below = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top", "linespacing": 1.5}
    listed = "\n".join(f"{identity}  {visible(name)}" for identity, name in names.items())
    ax.annotate(listed, (0, 0), (0, -8), ha="left", **below)


def _axis(name, explained, words, width):
    text = visible(name) if np.isnan(explained) else words["explained"].format(visible(name), 100 * explained)
    return furniture.wrapped(text, width)


def _centre_names(ax, centres):
    look = {"boxstyle": "round,pad=0.2", "facecolor": palette.PAPER, "edgecolor": palette.RULE, "alpha": 0.92}
    for row in centres.itertuples():
        place = {"textcoords": "offset points", "ha": "center", "va": "bottom", "zorder": 5, "weight": "bold"}
        ax.annotate(str(row.identity), (row.x, row.y), (0, 9), bbox=look, **place)


def _periods(panel, monthly):
    if monthly:
        panel.set_xticks(range(1, 13), [str(month) if month % 3 == 1 or month == 12 else "" for month in range(1, 13)])
        panel.set_xlim(0.4, 12.6)
    else:
        panel.set_xticks(range(1, 5), ["Q1", "Q2", "Q3", "Q4"])
        panel.set_xlim(0.6, 4.4)


def _highest(panel, curve):
    """The highest period carries its index."""
    if curve["index"].notna().any():
        top = curve.loc[curve["index"].idxmax()]
        style = {"ha": "center", "va": "bottom", "textcoords": "offset points"}
        panel.annotate(f"× {top['index']:.1f}", (top["period"], top["index"]), (0, 6), **style)
