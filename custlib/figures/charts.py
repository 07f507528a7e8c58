"""The charts of the report. Each takes a result table and an Axes, draws what the table says, and returns the Axes.

Class A, B and C look the same in all of them; every axis carries its unit; nothing is told by colour alone.
"""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, StepPatch
from matplotlib.ticker import MaxNLocator, NullLocator

from custlib import palette
from custlib.escaping import visible
from custlib.figures import axes
from custlib.figures.look import with_look
from custlib.figures.money import money_unit

LINE_CLASSES = {
    "clean": {"colour": palette.PALE, "en": "clean", "zh": "有效"},
    "quarantined": {"colour": palette.ALERT, "en": "set aside", "zh": "隔离"},
    "header": {"colour": "#8C99A6", "en": "header", "zh": "表头"},
    "preamble": {"colour": "#A3AEB9", "en": "above the header", "zh": "表头前"},
    "footer": {"colour": "#BAC3CC", "en": "totals, footers", "zh": "合计与页脚"},
    "blank": {"colour": "#DDE2E7", "en": "blank", "zh": "空行"},
}
MULTIPLES = (0.0001, 0.001, 0.01, 0.1, 0.25, 0.5, 1, 2, 4, 10, 100, 1_000, 10_000, 100_000)
MOVEMENT_LOOKS = ({"marker": "o", "color": palette.INK, "ms": 6}, {"marker": "D", "color": palette.ALERT, "ms": 8})
LINE_LOOKS = (
    {"color": palette.CLASSES["A"], "ls": "-"},
    {"color": palette.CLASSES["B"], "ls": (0, (4, 1.5))},
    {"color": palette.MUTED, "ls": (0, (1, 1.2))},
)


@with_look(context=("currency",))
def pareto(table, ax, lang, phone=False, currency="CNY"):
    """Customers from the largest to the smallest, coloured by class, with the share of the total they reach together.

    table: one row per customer: rank (1 to n), value, cumulative_share (0 to 1), class.
    """
    unit = money_unit(table["value"], lang, currency)
    edges, above = np.arange(len(table) + 1) + 0.5, ax.get_xaxis_transform()
    for letter, colour in palette.CLASSES.items():
        own = (table["class"] == letter).to_numpy()
        look = {"fill": True, "color": colour, "linewidth": 0}
        ax.stairs(np.where(own, table["value"] / unit.scale, np.nan), edges, **look)
        # and a thin strip above the plot
        ax.add_patch(StepPatch(np.where(own, 1.025, np.nan), edges, baseline=1, transform=above, clip_on=False, **look))
    _share_line(ax.twinx(), table, lang)
    ax.set(xlim=(0.5, len(table) + 0.5), xlabel={"en": "Customers, largest first", "zh": "客户（金额由大到小）"}[lang])
    ax.xaxis.set_major_locator(MaxNLocator(5 if phone else 8, integer=True, min_n_ticks=1, prune="upper"))
    ax.yaxis.set_major_formatter(axes.NUMBER)
    ax.spines["bottom"].set_position(("data", 0))
    axes.unit(ax, unit.label)
    summaries = [_class_summary(table, letter, lang) for letter in palette.CLASSES]
    axes.legend(ax, summaries, palette.CLASSES.values(), columns=1 if phone else 3, row=1)
    return ax


@with_look(words={"table": "{}"})
def line_accounts(table, ax, lang, phone=False):
    """What became of every line of the exports: one bar per table, from 0 to 100 % of its lines.

    table: a row per table and class: table (its name as shown), class (a key of LINE_CLASSES), lines.
    The figure's height follows from the number of tables.
    """
    lines = table.pivot_table(index="table", columns="class", values="lines", aggfunc="sum", sort=False)
    lines = lines.reindex(columns=[name for name in LINE_CLASSES if name in set(table["class"])]).fillna(0)
    shares, left = lines.div(lines.sum(axis=1), axis=0) * 100, np.zeros(len(lines))
    for name in lines:
        ax.barh(range(len(lines)), shares[name], _bar_height(phone), left, color=LINE_CLASSES[name]["colour"])
        left += shares[name].to_numpy()
    ax.set(xlim=(0, 100), xlabel={"en": "Share of the table's lines", "zh": "占该表行数的比例"}[lang])
    ax.xaxis.set_major_formatter("{x:.0f} %")
    axes.bar_names(ax, lines.index, phone, notes=_set_aside(lines, lang))
    words, colours = zip(*[(LINE_CLASSES[name][lang], LINE_CLASSES[name]["colour"]) for name in lines], strict=True)
    axes.legend(ax, words, colours, columns=2 if phone else len(words), row=0)
    return ax


@with_look(words={"label": "{}"})
def reasons(table, ax, lang, phone=False):
    """Horizontal bars, one per reason for setting lines aside, in the order given.

    table: label, lines. The figure's height follows from the number of reasons.
    """
    bars = ax.barh(range(len(table)), table["lines"], _bar_height(phone), color=palette.ALERT)
    ax.bar_label(bars, [f"{lines:,.0f}" for lines in table["lines"]], padding=4)
    ax.margins(x=0.1)
    ax.set_xlabel({"en": "Lines set aside", "zh": "隔离的行数"}[lang])
    ax.xaxis.set_major_locator(MaxNLocator(4 if phone else 8, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(axes.NUMBER)
    axes.bar_names(ax, table["label"], phone)
    return ax


@with_look(words={"label": "doubts.movement_labels"})
def movements(table, ax, lang, phone=False):
    """This quarter as a multiple of the quarter before, with the range that is usual: a pale bar; a diamond is out of it, a dot within.

    table: label, ratio (0 or more), low, high, odd ("" or why), in the order given. The figure's height follows from their number.
    """
    edges = table[["ratio", "low", "high"]].to_numpy(dtype=float)
    least, most = edges[edges > 0].min() / 1.3, max(edges.max(), 1) * 1.3
    places, ratios = np.arange(len(table)), table["ratio"].clip(lower=least * 1.06)
    ax.set_xscale("log")
    ax.barh(places, table["high"] - table["low"], _bar_height(phone), table["low"], color=palette.PALE)
    middle = _bar_height(phone) / 2 if phone else 0.5  # on phones names stand between the bars
    ax.vlines(np.ones(len(table)), places - middle, places + middle, color=palette.MUTED, lw=0.8)
    odd = (table["odd"] != "").to_numpy()
    for chosen, look in zip((~odd, odd), MOVEMENT_LOOKS, strict=True):
        ax.plot(ratios[chosen], places[chosen], ls="", clip_on=False, **look)
    ax.set_xlim(least, most)
    ticks = [tick for tick in MULTIPLES if least <= tick <= most]
    ax.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlabel({"en": "This quarter as a multiple of the quarter before", "zh": "本季为上季的倍数"}[lang])
    axes.bar_names(ax, table["label"], phone, notes=[_multiple(ratio) for ratio in table["ratio"]])
    words = {"en": ("usual range", "within", "odd"), "zh": ("通常范围", "范围内", "异常")}[lang]
    marks = [Patch(facecolor=palette.PALE), *(Line2D([], [], ls="", **look) for look in MOVEMENT_LOOKS)]
    axes.key(ax, marks, words, columns=3, row=0)
    return ax


@with_look(context=("currency",), words={"label": "{}"})
def trend(table, ax, lang, phone=False, currency="CNY"):
    """Lines over the quarters, at most three, each named at its last point.

    table: quarter (oldest first), value, label (the line's name).
    """
    unit = money_unit(table["value"], lang, currency)
    quarters, ends = list(dict.fromkeys(table["quarter"])), {}
    digits = 0 if (table["value"].abs() >= 100 * unit.scale).any() else 1
    for (label, line), look in zip(table.groupby("label", sort=False), LINE_LOOKS, strict=False):
        places, values = [quarters.index(quarter) for quarter in line["quarter"]], line["value"] / unit.scale
        ax.plot(places, values, **look, lw=2, marker="o", markevery=[-1])
        ends[f"{visible(label)}\n{values.iloc[-1]:,.{digits}f}"] = (values.iloc[-1], look["color"])
    ax.set(xlim=(-0.3, len(quarters) - 0.7), ylim=(min(0, table["value"].min() / unit.scale), None))
    ax.yaxis.set_major_formatter(axes.NUMBER)
    axes.end_labels(ax, ends, x=len(quarters) - 0.85, gap=0.15)
    axes.quarter_ticks(ax, quarters)
    axes.unit(ax, unit.label)
    return ax


def _share_line(ax, table, lang):
    reached = np.append(0, table["cumulative_share"]) * 100
    ax.plot(np.append(0.5, table["rank"] + 0.5), reached, color=palette.INK, lw=1.6)
    ax.set(ylim=(0, max(104, reached.max() * 1.04)), yticks=range(0, 101, 25))
    ax.yaxis.set_major_formatter("{x:.0f} %")
    ax.grid(False)
    axes.unit(ax, {"en": "share of total (line)", "zh": "累计占比（曲线）"}[lang], side="right")


def _class_summary(table, letter, lang):
    own = table[table["class"] == letter]
    template = {"en": "{}: {:,} customers, {:.0f} %", "zh": "{} 类：{:,} 家，占 {:.0f}%"}[lang]
    return template.format(letter, len(own), 100 * own["value"].sum() / table["value"].sum())


def _set_aside(lines, lang):
    totals = lines.sum(axis=1)
    template = {"en": "{:,.0f} of {:,.0f} lines set aside", "zh": "{1:,.0f} 行，隔离 {0:,.0f} 行"}[lang]
    return [template.format(*pair) for pair in zip(lines.get("quarantined", totals * 0), totals, strict=True)]


def _multiple(ratio):
    return f"× {ratio:,.0f}" if ratio >= 100 else f"× {ratio:.2f}"


def _bar_height(phone):
    return 0.34 if phone else 0.56
