"""How regularly customers buy: size beside stability, and the seasons."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from custlib import palette
from custlib.figures import axes, fewer, tips
from custlib.figures.look import say, with_look
from custlib.figures.money import money_unit
from custlib.figures.style import drawable

MARKS = {
    "C": ("o", 16, palette.MUTED),
    "B": ("^", 34, palette.PAPER),
    "A": ("D", 34, palette.PAPER),
}  # marker, area, edge
OWN = {"color": palette.CLASSES["A"], "lw": 2, "marker": "o", "ms": 5}
BEHIND = {"color": palette.MUTED, "lw": 1.4, "ls": (0, (3, 1.5))}
QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
MEAN = {"color": palette.MUTED, "lw": 0.8}
EVERYONE = "all_customers"  # the label of the curve behind all others
NAMES, LINE_HEIGHT = 8, 0.055  # the customers named, and a line of text as a share of the plot's height
BELOW_AXIS = -52  # points from the axis to what stands below its name


def _drawable(table):
    return table[table["variation"].notna() & (table["size"] > 0)]


@with_look(
    wide=(9.6, 5.0),
    phone=(4.6, 7.0),
    context=("currency",),
    something=lambda table: len(_drawable(table)),
    fewer=fewer.points,
)
def stability_scatter(table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY", limits=(0.5, 1.0)) -> Axes:
    """Size (log scale) beside the variation of monthly sales, a mark per customer; limits divide X, Y and Z.

    table: variation (coefficient of variation), size (yuan), class (A, B or C), name (if they are to say it), label (""
    for most; at most eight are named). limits: X goes up to the first, Y up to the second. Customers without a
    variation, or whose size is not above zero, are counted below the plot. Of many those are drawn that `fewer.points`
    gives.
    """
    table, _ = fewer.points(table)
    shown = _drawable(table)
    unit = money_unit(shown["size"], lang, currency)
    shown = shown.assign(size=shown["size"] / unit.scale)
    _draw_marks(ax, shown)
    sizes, right = shown["size"], max(shown["variation"].max() * 1.05, limits[1] * 1.4)
    ax.set(xlim=(0, right), ylim=(sizes.min() / 1.5, sizes.max() * 4), yscale="log", ylabel="")
    if sizes.max() < 100 * sizes.min():
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.yaxis.set_major_formatter(axes.NUMBER)
    ax.xaxis.set_major_formatter(axes.NUMBER)
    ax.yaxis.set_minor_locator(NullLocator())
    _regions(ax, (0, *limits, right), [say(f"regular_{letter}", lang) for letter in "XYZ"])
    below = [say("variation_phone" if phone else "variation", lang)]
    if absent := int(table["customers"].sum() - shown["customers"].sum()):
        below.append(say("not_drawn", lang, customers=absent))
    ax.set_xlabel("\n".join(below), linespacing=1.4)
    _name(ax, shown[shown["label"] != ""].sort_values("size", ascending=False).head(NAMES), phone)
    marks = {
        letter: axes.mark(MARKS[letter][0], colour, MARKS[letter][1] ** 0.5)
        for letter, colour in palette.CLASSES.items()
    }
    axes.key(ax, marks, columns=3, row=1)
    axes.unit(ax, unit.label)
    if "name" in shown:
        _tell_marks(ax, shown, lang, phone, unit)
    return ax


def _draw_marks(ax, shown):
    """A call for each class: marks alike are then written once, not for each customer."""
    for letter, (marker, area, edge) in MARKS.items():
        look = {"marker": marker, "s": area, "color": palette.CLASSES[letter], "edgecolor": edge, "linewidth": 0.5}
        look["rasterized"] = len(shown) > fewer.CURVE  # a picture of them is smaller
        ax.scatter("variation", "size", data=shown[shown["class"] == letter], **look)


def _tell_marks(ax, shown, lang, phone, unit):
    told = shown.sort_values("size", ascending=False, kind="stable").head(tips.MOST[phone])
    texts = [
        tips.said(
            lang, drawable(row["name"]), unit.alone(row["size"]), row["class"], say("told_variation", lang, **row)
        )
        for row in told.to_dict("records")
    ]
    tips.tell(ax, texts, tips.points(told["variation"], told["size"]))


@with_look(something=lambda table: (table["index"].fillna(1) != 1).any())
def season_curves(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """Seasonal indices: a panel per seasonal customer with the curve of all customers behind it.

    table: label (a customer's name, or "all_customers"), quarter_number (1 to 4), index (1 = the mean quarter).
    The figure's height follows from their number.
    """
    table = table.rename(columns={"quarter_number": "period"})
    everyone, own = table[table["label"] == EVERYONE], table[table["label"] != EVERYONE]
    titles = {label: "\n".join(axes.wrapped(drawable(label), 24)) for label in own["label"].unique()}
    curves = [(titles[label], curve, [OWN]) for label, curve in own.groupby("label", sort=False)]
    season_panels(ax, curves or [("", everyone, [])], everyone, phone, QUARTERS, QUARTERS, lang)
    marks = {"this_customer": OWN, "all_customers": BEHIND, "mean_quarter": MEAN}
    marks = {say(key, lang): Line2D([], [], **look) for key, look in marks.items() if curves or look is not OWN}
    axes.key_of_figure(ax, marks, columns=2 if phone else 3)
    return ax


def season_panels(
    ax: Axes, curves: list, behind: pd.DataFrame, phone: bool, periods: list, told: list, lang: str
) -> None:
    """A panel for each curve, with the one of all and the mean behind it; its highest period carries its index.

    curves: list of (title, curve, looks from the back to the front); curve, behind: period (from 1), index; periods:
    their names at the axis, told: in full. The figure's height follows from their number.
    """
    rows = -(-len(curves) // (2 if phone else 4))
    ax.figure.set_figheight(0.7 + 2 * rows)
    panels = axes.panels(ax, rows, -(-len(curves) // rows), sharey=True)
    for (title, curve, looks), panel in zip(curves, panels, strict=False):
        panel.axhline(1, **MEAN)
        for line, look in ((behind, BEHIND), *((curve, look) for look in looks)):
            known = line.set_index("period")["index"]
            spanned = [at for at in range(1, len(periods) + 1) if known.index.min() <= at <= known.index.max()]
            panel.plot(spanned, known.reindex(spanned), **look)  # a gap where one is missing
        if curve["index"].notna().any():
            top = curve.loc[curve["index"].idxmax()]
            style = {"ha": "center", "va": "bottom", "textcoords": "offset points"}
            panel.annotate(f"× {top['index']:.1f}", (top["period"], top["index"]), (0, 5), **style)
        panel.set_xticks(range(1, len(periods) + 1), periods)
        panel.set(xlim=(0.6, len(periods) + 0.4), xlabel="", ylabel="")
        panel.set_title(title, fontsize="medium", loc="left", weight="bold")
        heads = [f"{title} · {told[int(period) - 1]}" for period in curve["period"]]
        texts = [tips.said(lang, head, f"× {index:.2f}") for head, index in zip(heads, curve["index"], strict=True)]
        tips.tell(panel, texts, tips.points(curve["period"], curve["index"]))
    highest = max(line["index"].max() for line in (behind, *(curve for _, curve, _ in curves)) if len(line))
    panels[0].set_ylim(0, highest * 1.25)
    panels[0].yaxis.set_major_formatter(axes.NUMBER)
    panels[0].yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))  # the same ticks before and after the layout
    for empty in panels[len(curves) :]:
        empty.set_axis_off()


def _regions(ax, edges, names):
    """The names of X, Y and Z at the top, lines between them."""
    for low, high, name in zip(edges, edges[1:], names, strict=False):
        ax.text((low + high) / 2, 0.98, name, transform=ax.get_xaxis_transform(), ha="center", va="top", weight="bold")
        if low:
            ax.axvline(low, color=palette.MUTED, lw=1, ls=(0, (4, 2)), zorder=1)


def _name(ax, customers, phone):
    """Names in the right margin, a thin line to each mark; on phones numbers there, and the names below the plot."""
    low, high = np.log10(ax.get_ylim())
    free, names = 0.99, {number: drawable(name) for number, name in enumerate(customers["label"], 1)}
    for (number, name), row in zip(names.items(), customers.itertuples(), strict=True):
        lines = [str(number)] if phone else axes.wrapped(name, 28)
        height = min((np.log10(row.size) - low) / (high - low), free)
        free = height - 0.01 - LINE_HEIGHT * len(lines)
        line = {"arrowstyle": "-", "color": palette.MUTED, "lw": 0.6, "relpos": (0, 0.5), "shrinkA": 2, "shrinkB": 3}
        style = {"textcoords": "axes fraction", "va": "center", "linespacing": 1.3, "arrowprops": line}
        ax.annotate("\n".join(lines), (row.variation, row.size), (1.02, height), **style)
    if phone:
        below = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top", "linespacing": 1.5}
        away = BELOW_AXIS - 17 * ax.get_xlabel().count("\n")
        ax.annotate("\n".join(axes.listed(names)), (0, 0), (0, away), **below)
