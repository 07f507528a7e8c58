"""How regularly customers buy: size beside stability, and the seasons."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullLocator

from custlib import palette
from custlib.escaping import visible
from custlib.figures import axes
from custlib.figures.look import with_look
from custlib.figures.money import money_unit

MARKERS = {
    "C": {"marker": "o", "facecolor": palette.CLASSES["C"], "edgecolor": palette.MUTED, "s": 16, "linewidth": 0.5},
    "B": {"marker": "^", "facecolor": palette.CLASSES["B"], "edgecolor": palette.PAPER, "s": 34, "linewidth": 0.5},
    "A": {"marker": "D", "facecolor": palette.CLASSES["A"], "edgecolor": palette.PAPER, "s": 34, "linewidth": 0.5},
}
OWN = {"color": palette.CLASSES["A"], "lw": 2, "marker": "o", "ms": 4}
POOLED = {"color": palette.MUTED, "lw": 1.4, "ls": (0, (3, 1.5))}
MEAN = {"color": palette.MUTED, "lw": 0.8}
NAMES, LINE_HEIGHT = 8, 0.055  # the customers named, and a line of text as a share of the plot's height
EVERYONE = "all_customers"  # the label of the curve behind all others
BELOW_AXIS = -52  # points from the axis to what stands below its name
WORDS = {
    "en": {
        "X": "X regular",
        "Y": "Y varying",
        "Z": "Z irregular",
        "variation": "Variation of monthly sales (standard deviation as a multiple of the mean)",
        "variation_phone": "Variation of monthly sales\n(standard deviation : mean)",
        "left_out": "not shown (no positive size, or too few months): {:,}",
        "pooled": "all customers",
        "own": "this customer",
        "mean": "the mean quarter = 1",
    },
    "zh": {
        "X": "X 稳定",
        "Y": "Y 波动",
        "Z": "Z 不规则",
        "variation": "月销售额的变异系数（标准差为均值的倍数）",
        "variation_phone": "月销售额的变异系数\n（标准差 : 均值）",
        "left_out": "未画出（规模不为正或月数不足）：{:,} 家",
        "pooled": "全体客户",
        "own": "该客户",
        "mean": "季平均 = 1",
    },
}


def _drawable(table):
    """Customers whose variation is known and whose size is above zero."""
    return table[table["variation"].notna() & (table["size"] > 0)]


@with_look(wide=(9.6, 5.0), phone=(4.6, 7.0), context=("currency",), something=lambda table: len(_drawable(table)))
def stability_scatter(table, ax, lang, phone=False, currency="CNY", limits=(0.5, 1.0)):
    """Size (on a log scale) beside the variation of monthly sales, a mark per customer; X, Y and Z are the parts between limits.

    table: variation (coefficient of variation), size (yuan), class (A, B or C), label ("" for most; at most eight are named).
    limits: X goes up to the first, Y up to the second. Customers without a variation, or whose size
    is not above zero, are counted below the plot.
    """
    words, shown = WORDS[lang], _drawable(table)
    unit = money_unit(shown["size"], lang, currency)
    marks = [
        ax.scatter(own["variation"], own["size"] / unit.scale, **MARKERS[letter])
        for letter, own in ((letter, shown[shown["class"] == letter]) for letter in MARKERS)
    ]
    ax.set_yscale("log")
    sizes = shown["size"] / unit.scale
    right = max(shown["variation"].max() * 1.05, limits[1] * 1.4)
    ax.set(xlim=(0, right), ylim=(sizes.min() / 1.5, sizes.max() * 4))
    if sizes.max() < 100 * sizes.min():
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.yaxis.set_major_formatter(axes.NUMBER)
    ax.xaxis.set_major_formatter(axes.NUMBER)
    ax.yaxis.set_minor_locator(NullLocator())
    _regions(ax, (0, *limits, right), [words[letter] for letter in "XYZ"])
    below = [words["variation_phone" if phone else "variation"]]
    if len(shown) < len(table):
        below.append(words["left_out"].format(len(table) - len(shown)))
    ax.set_xlabel("\n".join(below), linespacing=1.4)
    named = shown[shown["label"] != ""].sort_values("size", ascending=False).head(NAMES)
    _named(ax, named["variation"], named["size"] / unit.scale, named["label"], phone)
    axes.key(ax, marks[::-1], list(MARKERS)[::-1], columns=3, row=1)
    axes.unit(ax, unit.label)
    return ax


@with_look(something=lambda table: table["index"].notna().any())
def season_curves(table, ax, lang, phone=False):
    """Seasonal indices: a panel per seasonal customer with the curve of all customers behind it.

    table: label (a customer's name, or "all_customers"), quarter_number (1 to 4), index (1 = the mean quarter).
    The figure's height follows from their number.
    """
    words, everyone, own = WORDS[lang], table[table["label"] == EVERYONE], table[table["label"] != EVERYONE]
    curves = list(own.groupby("label", sort=False)) or [("", everyone)]
    columns = min(2 if phone else 4, len(curves))
    rows = -(-len(curves) // columns)
    ax.figure.set_figheight(0.7 + (1.75 if phone else 1.9) * rows)
    panels = axes.panels(ax, rows, columns, sharey=True)
    for (label, curve), panel in zip(curves, panels, strict=False):
        panel.axhline(1, **MEAN)
        panel.plot(everyone["quarter_number"], everyone["index"], **POOLED)
        panel.plot(curve["quarter_number"], curve["index"], **(OWN if label else POOLED))
        _highest(panel, curve)
        panel.set_xticks(range(1, 5), ["Q1", "Q2", "Q3", "Q4"])
        panel.set_xlim(0.6, 4.4)
        panel.set_title("\n".join(axes.wrapped(visible(label), 24)), fontsize="medium", loc="left", weight="bold")
    panels[0].set_ylim(0, table["index"].max() * 1.25)
    for empty in panels[len(curves) :]:
        empty.set_axis_off()
    marks = {words["own"]: OWN, words["pooled"]: POOLED, words["mean"]: MEAN}
    shown = list(marks)[0 if len(own) else 1 :]
    axes.key_of_figure(ax, [Line2D([], [], **marks[word]) for word in shown], shown, columns=2 if phone else 3)
    return ax


def _regions(ax, edges, names):
    """The names of X, Y and Z at the top, lines between them."""
    for low, high, name in zip(edges, edges[1:], names, strict=False):
        ax.text((low + high) / 2, 0.98, name, transform=ax.get_xaxis_transform(), ha="center", va="top", weight="bold")
        if low:
            ax.axvline(low, color=palette.MUTED, lw=1, ls=(0, (4, 2)), zorder=1)


def _named(ax, x, y, names, phone):
    """Names in the right margin, a thin line to each mark; on phones numbers there, and the names below the plot."""
    low, high = np.log10(ax.get_ylim())
    free, listed = 0.99, []
    for number, (across, up, name) in enumerate(zip(x, y, map(visible, names), strict=True), 1):
        rows = [str(number)] if phone else axes.wrapped(name, 28)
        height = min((np.log10(up) - low) / (high - low), free)
        free = height - 0.01 - LINE_HEIGHT * len(rows)
        line = {"arrowstyle": "-", "color": palette.MUTED, "lw": 0.6, "relpos": (0, 0.5), "shrinkA": 2, "shrinkB": 3}
        style = {"textcoords": "axes fraction", "va": "center", "linespacing": 1.3, "arrowprops": line}
        ax.annotate("\n".join(rows), (across, up), (1.02, height), **style)
        listed.append(f"{number}  {name}")
    if phone:
        below = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top", "linespacing": 1.5}
        ax.annotate("\n".join(listed), (0, 0), (0, BELOW_AXIS - 17 * ax.get_xlabel().count("\n")), **below)


def _highest(panel, curve):
    """The highest quarter carries its index."""
    top = curve.loc[curve["index"].idxmax()]
    style = {"ha": "center", "va": "bottom", "textcoords": "offset points"}
    panel.annotate(f"× {top['index']:.1f}", (top["quarter_number"], top["index"]), (0, 5), **style)
