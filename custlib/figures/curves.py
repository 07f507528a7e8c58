"""Concentration, in curves: how unequal customers are, and how far the profit climbs before it comes down."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from custlib import palette
from custlib.figures import axes, fewer, tips
from custlib.figures.look import say, with_look
from custlib.figures.money import money_unit
from custlib.figures.style import drawable

LORENZ_LOOKS = (
    {"color": palette.CLASSES["A"], "ls": "-", "lw": 2.4},
    {"color": palette.MUTED, "ls": (0, (3, 1.5)), "lw": 1.6},
)
TOLD_AT = range(10, 100, 10)  # percent of the customers at which the curves say what they have reached
NAMES_AT = (24, 12)  # percent of the value at which the curves are named: apart, for two curves may be as one


@with_look(wide=(5.4, 5.2), phone=(4.6, 4.9), fewer=fewer.lorenz)
def lorenz(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """Lorenz curves: what share of the value the smallest customers bring together. The diagonal: all customers equal.

    table: label (the curve's name), customers_share (0 to 1, from the smallest), value_share; one curve or two, the
    latest first.
    """
    curves = [(drawable(label), *_percents(curve)) for label, curve in table.groupby("label", sort=False)]
    ax.plot([0, 100], [0, 100], color=palette.MUTED, lw=0.8)
    beside = {"textcoords": "offset points"}
    ax.annotate(say("all_equal", lang), (50, 50), (-6, 3), ha="right", color=palette.MUTED, **beside)
    first = min(np.interp(NAMES_AT[0], value, customers) for _, customers, value in curves)
    for (label, customers, value), look, height in zip(curves, LORENZ_LOOKS, NAMES_AT, strict=False):
        ax.plot(customers, value, clip_on=False, zorder=3, **look)
        above = np.interp(NAMES_AT[0], value, customers) == first
        style = {"ha": "right", "va": "bottom"} if above else {"ha": "left", "va": "top"}
        at, away = (np.interp(height, value, customers), height), (-3, 3) if above else (8, -3)
        ax.annotate(label, at, away, color=look["color"], weight="bold", **style, **beside)
    rest = np.interp(80, *curves[0][1:])
    ax.plot([80, 80], [rest, 100], color=palette.INK, lw=1, marker="_", ms=8, clip_on=False, zorder=3)
    share = f"{100 - rest:.{1 if rest < 1 else 0}f}"
    ax.annotate(say("few_bring", lang, share=share), (80, 92), (-6, 0), ha="right", va="center", **beside)
    ax.set(xlim=(0, 100), ylim=(0, 100), xticks=range(0, 101, 20), yticks=range(0, 101, 20))
    ax.set(xlabel=say("customers_smallest", lang), ylabel="")
    ax.set_box_aspect(1)
    axes.unit(ax, say("value_share", lang))
    for label, customers, value in curves:
        reached = np.interp(TOLD_AT, customers, value)
        texts = [
            tips.said(lang, label, say("told_smallest", lang, customers=smallest, share=share))
            for smallest, share in zip(TOLD_AT, reached, strict=True)
        ]
        tips.tell(ax, texts, tips.points(TOLD_AT, reached))
    return ax


@with_look(context=("currency",), fewer=fewer.ranked)
def whale(table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY") -> Axes:
    """Gross profit added up from the most to the least profitable customer: up to a peak, then down by loss makers.

    table: one row per customer: rank (from 1), value, cumulative (money), and name if they are to be named; of many
    what `fewer.ranked` gives.
    """
    table, _ = fewer.ranked(table)
    unit = money_unit(table["cumulative"], lang, currency)
    profit = pd.Series(np.append(0, table["cumulative"]) / unit.scale, np.append(0, table["rank"]))
    last, peak = profit.index[-1], profit[::-1].idxmax()
    climb, fall = profit.loc[:peak], profit.loc[peak:]
    ax.fill_between(climb.index, climb, color=palette.PALE, lw=0)
    ax.fill_between(fall.index, fall, facecolor=palette.PAPER, edgecolor=palette.ALERT, hatch="////", lw=0)
    ax.axhline(profit[last], color=palette.INK, lw=0.9, ls=(0, (4, 2)))
    ax.plot(climb.index, climb, color=palette.CLASSES["A"], lw=2.4)
    ax.plot(fall.index, fall, color=palette.ALERT, lw=3)
    ax.vlines(peak, 0, profit[peak], color=palette.INK, lw=1)
    ax.plot(peak, profit[peak], "o", color=palette.INK, ms=6, clip_on=False, zorder=4)
    ax.axhline(0, color=palette.MUTED, lw=0.8)
    ax.set(xlim=(0, last), ylim=(min(0, profit.min() * 1.1), profit.max() * 1.16))
    ax.set_xlabel(say("customers_by_profit", lang))
    _whale_words(ax, profit, peak, unit)
    ax.xaxis.set_major_locator(MaxNLocator(5 if phone else 8, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(axes.NUMBER)
    ax.yaxis.set_major_formatter(axes.NUMBER)
    axes.unit(ax, unit.label)
    _tell_customers(ax, table, unit, tips.MOST[phone])
    return ax


def _tell_customers(ax, table, unit, most):
    """A column for each customer, of several where they are many: what it brings, and what all up to it bring."""
    low, high = ax.get_ylim()
    lang = unit.lang
    for first, last, rows in tips.ranges(table, most):
        own, name = unit.alone(rows["value"].sum() / unit.scale), tips.customers(first, last, rows, lang)
        reached = unit.alone(rows["cumulative"].iloc[-1] / unit.scale)
        text = tips.said(lang, name, own, say("told_reached", lang, customers=int(last), amount=reached))
        tips.tell(ax, [text], tips.boxes([first - 1], low, last, high))


def _whale_words(ax, profit, peak, unit):
    last, beside = profit.index[-1], {"textcoords": "offset points", "linespacing": 1.5}
    end = say("in_the_end", unit.lang, amount=unit.amount(profit[last]))
    ax.annotate(end, (last, profit[last]), (7, 0), va="center", **beside)
    side, away = ("right", -8) if peak > last / 2 else ("left", 8)
    ground = None if side == "right" else {"boxstyle": "square,pad=0.2", "facecolor": palette.PAPER, "lw": 0}
    inside = {"ha": side, "va": "center", "weight": "bold", "bbox": ground}
    ax.annotate(_reached(profit, peak, unit), (peak, _free_height(profit, peak)), (away, 0), **inside, **beside)
    if peak < last:
        lost = say("fall", unit.lang, amount=unit.amount(profit[last] - profit[peak]), customers=last - peak)
        style = {"ha": "right", "va": "bottom", "color": palette.ALERT, "weight": "bold"}
        ax.annotate(lost, (last, profit[peak]), (0, 7), **style, **beside)


def _reached(profit, peak, unit):
    end = profit.iloc[-1]
    if peak == profit.index[-1]:
        return say("no_fall", unit.lang)
    if end <= 0:
        return say("peak_only", unit.lang, amount=unit.amount(profit[peak]), customers=peak)
    share = 100 * profit[peak] / end
    return say("peak", unit.lang, share=f"{share:,.{0 if share >= 102 else 1}f}", customers=peak)


def _free_height(profit, peak):
    """Low within the whale, where it is wide, but off the line of the final total."""
    height, end, apart = 0.3 * profit[peak], profit.iloc[-1], 0.18 * profit[peak]
    if abs(end - height) > apart:
        return height
    return end - apart if end > height else end + apart


def _percents(curve):
    """The curve from nothing to everything, in percent."""
    return [np.append(0, curve[name]) * 100 for name in ("customers_share", "value_share")]
