"""The charts of the report. Each takes a result table and an Axes, draws what the table says, and returns the Axes.

Class A, B and C look the same in all of them; every axis carries its unit; nothing is told by colour alone.
"""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import StepPatch
from matplotlib.ticker import MaxNLocator, NullLocator, PercentFormatter

from custlib import palette, quarters, words
from custlib.figures import axes, fewer, tips
from custlib.figures.look import say, with_look
from custlib.figures.money import money_unit
from custlib.figures.style import drawable

LINE_CLASSES = {
    "clean": palette.PALE,
    "quarantined": palette.ALERT,
    "header": "#8C99A6",
    "preamble": "#A3AEB9",
    "footer": "#BAC3CC",
    "blank": "#DDE2E7",
}
MULTIPLES = (0.0001, 0.001, 0.01, 0.1, 0.25, 0.5, 1, 2, 4, 10, 100, 1_000, 10_000, 100_000)
MOVEMENTS = {"within": ("o", palette.INK, 6), "odd": ("D", palette.ALERT, 8)}  # marker, colour, size in points
LINES = [(palette.CLASSES["A"], ""), (palette.CLASSES["B"], (4, 1.5)), (palette.MUTED, (1, 1.2))]  # colour, dashes


@with_look(context=("currency",), fewer=fewer.ranked)
def pareto(table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY", most=None) -> Axes:
    """Customers from the largest to the smallest, coloured by class, with the share of the total they reach together.

    table: one row per customer: rank (1 to n), value, cumulative_share (0 to 1), class, name (if they are to be named);
    of many what `fewer.ranked` gives: a group's bar is as high as their mean, divided as its classes divide their sum.
    most: how many places say what they are; with more customers the smaller ones are told in groups.
    """
    table, _ = fewer.ranked(table)
    unit, above = money_unit(table["value"] / table["customers"], lang, currency), ax.get_xaxis_transform()
    groups = table.astype({"class": "str"}).pivot(index="rank", columns="class", values=["value", "customers"])
    edges = np.append(0, groups.index) + 0.5
    bars, strips = (groups[name].div(np.diff(edges), axis=0) for name in ("value", "customers"))
    for letter, colour in palette.CLASSES.items():  # a path for each class, not a bar for each customer
        look = {"fill": True, "color": colour, "linewidth": 0}
        top, bottom = _piece(bars / unit.scale, letter)
        ax.stairs(top, edges, baseline=bottom, **look)
        # and a thin strip above the plot
        top, bottom = (1 + 0.025 * each for each in _piece(strips, letter))
        ax.add_patch(StepPatch(top, edges, baseline=bottom, transform=above, clip_on=False, **look))
    _share_line(ax.twinx(), table.drop_duplicates("rank"), lang)
    ax.set(xlim=(0.5, edges[-1]), xlabel=say("customers_by_amount", lang))
    most_ticks = (5 if edges[-1] < 10_000 else 3) if phone else 8
    ax.xaxis.set_major_locator(MaxNLocator(most_ticks, integer=True, min_n_ticks=1, prune="upper"))
    ax.xaxis.set_major_formatter(axes.NUMBER)
    ax.yaxis.set_major_formatter(axes.NUMBER)
    ax.spines["bottom"].set_position(("data", 0))
    axes.unit(ax, unit.label)
    marks = {_class_summary(table, letter, lang): colour for letter, colour in palette.CLASSES.items()}
    axes.key(ax, marks, columns=1 if phone else 3, row=1)
    _tell_customers(ax, table, unit, most or tips.MOST[phone])
    return ax


def _piece(heights, letter):
    """(top, bottom) of a class's piece of each bar, on those of the classes before it; no top without one."""
    below = [name for name in palette.CLASSES if name in heights and name < letter]
    bottom = heights[below].sum(axis=1).to_numpy()
    top = bottom + heights[letter].to_numpy() if letter in heights else np.full(len(heights), np.nan)
    bottom = np.where(np.isnan(top), 0, bottom)
    return top, bottom if bottom.any() else 0  # with one number the path is shorter


@with_look(words={"table": "{}"})
def line_accounts(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """What became of every line of the exports: one bar per table, from 0 to 100 % of its lines.

    table: a row per table and class: table (its name as shown), class (a key of LINE_CLASSES), lines.
    The figure's height follows from the number of tables.
    """
    classes = [name for name in LINE_CLASSES if name in set(table["class"])]
    stack = {"hue": "class", "hue_order": classes[::-1], "palette": LINE_CLASSES, "multiple": "fill"}
    bars = {"shrink": _bar_height(phone), "linewidth": 0, "alpha": 1, "legend": False}
    sns.histplot(table, y="table", weights="lines", ax=ax, **stack, **bars)
    ax.set(xlim=(0, 1), xlabel=say("lines_share", lang), ylabel="")
    ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    aside = table["lines"].where(table["class"] == "quarantined", 0)
    counts = table.assign(aside=aside).groupby("table", sort=False)[["aside", "lines"]].sum()
    notes = [say("lines_aside", lang, **count) for count in counts.to_dict("records")]
    axes.bar_names(ax, counts.index, phone, notes)
    marks = {say(f"line_{name}", lang): LINE_CLASSES[name] for name in classes}
    axes.key(ax, marks, columns=2 if phone else len(marks), row=0)
    sums = table.pivot_table(index="table", columns="class", values="lines", aggfunc="sum", fill_value=0, sort=False)
    ends = (sums[classes].cumsum(axis=1).div(counts["lines"], axis=0)).loc[counts.index].to_numpy()
    begins = np.hstack([np.zeros((len(ends), 1)), ends[:, :-1]])
    for place, name in enumerate(counts.index):
        lines = [say("told_lines", lang, what=say(f"line_{one}", lang), lines=sums.loc[name, one]) for one in classes]
        texts = [
            tips.said(lang, name, line) if sums.loc[name, one] else "" for one, line in zip(classes, lines, strict=True)
        ]
        half = _bar_height(phone) / 2
        tips.tell(ax, texts, tips.boxes(begins[place], place - half, ends[place], place + half))
    return ax


@with_look(words={"label": "{}"})
def reasons(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """Horizontal bars, one per reason for setting lines aside, in the order given.

    table: label, lines. The figure's height follows from the number of reasons.
    """
    bars = {"width": _bar_height(phone), "color": palette.ALERT, "saturation": 1, "errorbar": None}
    sns.barplot(x=table["lines"].to_numpy(), y=range(len(table)), orient="h", ax=ax, **bars)
    ax.bar_label(ax.containers[0], fmt="{:,.0f}", padding=4)
    ax.margins(x=0.1)
    ax.set_xlabel(say("reasons_lines", lang))
    ax.xaxis.set_major_locator(MaxNLocator(4 if phone else 8, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(axes.NUMBER)
    axes.bar_names(ax, table["label"], phone)
    lines = [say("told_lines", lang, what=say("line_quarantined", lang), lines=lines) for lines in table["lines"]]
    texts = [tips.said(lang, *pair) for pair in zip(table["label"], lines, strict=True)]
    places, half = np.arange(len(table)), _bar_height(phone) / 2
    tips.tell(ax, texts, tips.boxes(0, places - half, table["lines"], places + half))
    return ax


@with_look(words={"label": "doubts.movement_labels"})
def movements(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """This quarter as a multiple of the one before, with the usual range: a pale bar; outside it a diamond, else a dot.

    table: label, ratio (0 or more), low, high, odd ("" or why), in the order given. The figure's height follows from
    their number.
    """
    edges = table[["ratio", "low", "high"]].to_numpy(dtype=float)
    least, most = edges[edges > 0].min() / 1.3, max(edges.max(), 1) * 1.3
    places = np.arange(len(table))
    ax.set_xscale("log")
    ax.barh(places, table["high"] - table["low"], _bar_height(phone), table["low"], color=palette.PALE)
    middle = _bar_height(phone) / 2 if phone else 0.5  # on phones names stand between the bars
    ax.vlines(np.ones(len(table)), places - middle, places + middle, color=palette.MUTED, lw=0.8)
    odd, ratios = (table["odd"] != "").to_numpy(), table["ratio"].clip(lower=least * 1.06).to_numpy()
    for own, (marker, colour, size) in zip((~odd, odd), MOVEMENTS.values(), strict=True):
        look = {"marker": marker, "color": colour, "s": size**2, "linewidth": 0, "clip_on": False, "zorder": 3}
        ax.scatter(ratios[own], places[own], **look)
    ax.set_xlim(least, most)
    ticks = [tick for tick in MULTIPLES if least <= tick <= most]
    ax.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlabel(say("multiple", lang))
    axes.bar_names(ax, table["label"], phone, notes=[_multiple(ratio) for ratio in table["ratio"]])
    marks = {"usual_range": palette.PALE} | {kind: axes.mark(*look) for kind, look in MOVEMENTS.items()}
    axes.key(ax, {say(key, lang): mark for key, mark in marks.items()}, columns=3, row=0)
    usual = table[["low", "high"]].map(_multiple)
    ranges = say("usual_range", lang) + words.table("languages")[lang]["colon"] + usual["low"] + " – " + usual["high"]
    ranges = ranges.where(table["high"].notna(), "")
    texts = [
        tips.said(lang, label, *filter(None, [_multiple(ratio), usual]))
        for label, ratio, usual in zip(table["label"], table["ratio"], ranges, strict=True)
    ]
    tips.tell(ax, texts, tips.points(ratios, places))
    return ax


@with_look(context=("currency",), words={"label": "{}"}, something=lambda table: table["quarter"].nunique() > 1)
def trend(table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY") -> Axes:
    """Lines over the quarters, at most three, each named at its last point, with a gap where a quarter is missing.

    table: quarter (oldest first), value, label (the line's name).
    """
    unit = money_unit(table["value"], lang, currency)
    names = _all_quarters(table["quarter"])
    looks = dict(zip(dict.fromkeys(table["label"]), LINES, strict=False))
    lines = table[table["label"].isin(looks)]
    lines = lines.assign(value=lines["value"] / unit.scale, place=lines["quarter"].map(names.index))
    for label, (colour, dashes) in looks.items():
        line = lines[lines["label"] == label].set_index("quarter")["value"].reindex(names)
        look = {"color": colour, "ls": (0, dashes) if dashes else "-", "lw": 2, "marker": "o", "mew": 0}
        ax.plot(range(len(names)), line, markevery=_alone_or_last(line), **look)
    colours = {label: colour for label, (colour, _) in looks.items()}
    last = lines.drop_duplicates("label", keep="last")
    digits = 0 if (lines["value"].abs() >= 100).any() else 1
    texts = [f"{drawable(row.label)}\n{row.value:,.{digits}f}" for row in last.itertuples()]
    ends = {text: (row.value, colours[row.label]) for text, row in zip(texts, last.itertuples(), strict=True)}
    ax.set(xlim=(-0.3, len(names) - 0.7), ylim=(min(0, lines["value"].min()), None), xlabel="", ylabel="")
    ax.yaxis.set_major_formatter(axes.NUMBER)
    axes.end_labels(ax, ends, x=len(names) - 0.85, gap=0.15)
    ax.set_xticks(range(len(names)), axes.quarter_names(names))
    axes.unit(ax, unit.label)
    texts = [tips.said(lang, f"{row.label} {row.quarter}", unit.alone(row.value)) for row in lines.itertuples()]
    tips.tell(ax, texts, tips.points(lines["place"], lines["value"]))
    return ax


def _all_quarters(told):
    """The names of the quarters from the first to the last of these, those in between that are missing too."""
    first, last = (quarters.parse(name) for name in (told.min(), told.max()))
    return [str(each) for each in quarters.span(last, 4 * (last.year - first.year) + last.number - first.number + 1)]


def _alone_or_last(line):
    """Places that a line needs a mark at: its last value, and values between two gaps, where nothing else is drawn."""
    known = line.notna().to_numpy()
    alone = known & ~np.append(False, known[:-1]) & ~np.append(known[1:], False)
    return sorted({*np.flatnonzero(alone).tolist(), int(np.flatnonzero(known)[-1])})


def _tell_customers(ax, table, unit, most):
    """A column over the whole height for each customer, so that the smallest can be met; beyond `most` in groups."""
    low, high = ax.get_ylim()
    for first, last, rows in tips.ranges(table, most):
        name, amount = tips.customers(first, last, rows, unit.lang), unit.alone(rows["value"].sum() / unit.scale)
        text = tips.said(unit.lang, name, amount, *(rows["class"] if first == last else ()))
        tips.tell(ax, [text], tips.boxes([first - 0.5], low, last + 0.5, high))


def _share_line(ax, table, lang):
    reached = np.append(0, table["cumulative_share"]) * 100
    ax.plot(np.append(0.5, table["rank"] + 0.5), reached, color=palette.INK, lw=1.6)
    ax.set(ylim=(0, max(104, reached.max() * 1.04)), yticks=range(0, 101, 25))
    ax.yaxis.set_major_formatter("{x:.0f} %")
    ax.grid(False)
    axes.unit(ax, say("share_reached", lang), side="right")


def _class_summary(table, letter, lang):
    own = table[table["class"] == letter]
    share = 100 * own["value"].sum() / table["value"].sum()
    return say("class_summary", lang, letter=letter, customers=int(own["customers"].sum()), share=share)


def _multiple(ratio):
    return f"× {ratio:,.0f}" if ratio >= 100 else f"× {ratio:.2f}"


def _bar_height(phone):
    return 0.34 if phone else 0.56
