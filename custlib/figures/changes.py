"""The year in one bridge, and what was expected of customers beside what came."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from custlib import palette
from custlib.figures import axes, tips
from custlib.figures.look import say, with_look
from custlib.figures.money import money_unit
from custlib.figures.style import drawable

COLOURS = {"whole": palette.MUTED, "up": palette.CLASSES["A"], "down": palette.ALERT}
MOST = 12  # customers in one figure


def _has_year(table):
    return bool((table.loc[table["part"] == "total", "year_ago"] > 0).any())


@with_look(context=("currency",), something=_has_year)
def year_bridge(table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY") -> Axes:
    """From net sales of the same quarter of last year to those of this one: bars that begin where the last one ended.

    table: result table `year_bridge`. The axis begins where the smallest of them leaves room, since the wholes dwarf
    the steps. The figure's height follows from the number of bars.
    """
    parts = table[~table["part"].isin(["total", "unexplained"]) & (table["change"] != 0)]
    total = table[table["part"] == "total"].iloc[0]
    unit = money_unit([total["year_ago"], total["net_sales"]], lang, currency)
    changes = parts["change"].to_numpy() / unit.scale
    ends = total["year_ago"] / unit.scale + np.cumsum(changes)
    steps = np.where(changes > 0, "up", "down")
    low = min(total["year_ago"] / unit.scale, total["net_sales"] / unit.scale, ends.min())
    high = max(total["year_ago"] / unit.scale, ends.max())
    floor = max(0.0, low - 1.5 * (high - low))
    wholes = np.array([total["year_ago"], total["net_sales"]]) / unit.scale
    left = np.concatenate([[floor], np.minimum(ends, ends - changes), [floor]])
    width = np.concatenate([[wholes[0] - floor], np.abs(changes), [wholes[1] - floor]])
    colours = [COLOURS[kind] for kind in ("whole", *steps, "whole")]
    ax.barh(range(len(left)), width, _bar_height(phone), left, color=colours)
    ax.set_xlim(floor, high + 0.04 * (high - floor))
    ax.xaxis.set_major_formatter(axes.NUMBER)
    ax.set_xlabel(say("net_sales_axis_cut" if floor else "net_sales_axis", lang, unit=unit.label))
    names = [row.name if row.customer_id else _part(row, lang) for row in parts.itertuples(index=False)]
    notes = _signed(parts["change"], lang, currency)
    whole = [money_unit([value], lang, currency) for value in (total["year_ago"], total["net_sales"])]
    sums = [
        each.amount(value / each.scale)
        for each, value in zip(whole, (total["year_ago"], total["net_sales"]), strict=True)
    ]
    names = [say("year_ago_whole", lang), *names, say("now_whole", lang)]
    notes = [sums[0], *notes, sums[1]]
    axes.bar_names(ax, names, phone, notes=notes)
    places, half = np.arange(len(left)), _bar_height(phone) / 2
    texts = [tips.said(lang, drawable(name), note) for name, note in zip(names, notes, strict=True)]
    tips.tell(ax, texts, tips.boxes(left, places - half, left + width, places + half))
    return ax


def _largest(table):
    order = table["a_year"].abs().sort_values(ascending=False, kind="stable").index[:MOST]
    return table.loc[order], {}


@with_look(context=("currency",), fewer=_largest)
def expected_and_came(table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY") -> Axes:
    """For each customer that changed: a pale bar for what was expected of the quarter, a dot for what came.

    table: rows of result table `customer_changes` with a change; those with the largest a_year are drawn, at most
    twelve. The figure's height follows from their number.
    """
    rows = _largest(table)[0].sort_values(["change", "a_year"], kind="stable")
    unit = money_unit(rows[["net_sales", "expected_high"]], lang, currency)
    money = rows[["net_sales", "expected", "expected_low", "expected_high"]] / unit.scale
    places, height = np.arange(len(rows)), _bar_height(phone)
    ax.barh(
        places,
        money["expected_high"] - money["expected_low"],
        height,
        money["expected_low"],
        color=palette.PALE,
    )
    ax.vlines(money["expected"], places - height / 2, places + height / 2, color=palette.INK, lw=1.2)
    colours = [COLOURS["down" if change == "fell" else "up"] for change in rows["change"]]
    ax.scatter(money["net_sales"], places, s=64, color=colours, zorder=3, clip_on=False, linewidth=0)
    ax.set_xlim(-0.03 * money.max(axis=None), None)
    ax.xaxis.set_major_formatter(axes.NUMBER)
    ax.set_xlabel(say("net_sales_axis", lang, unit=unit.label))
    notes = [say("a_year", lang, amount=amount) for amount in _signed(rows["a_year"], lang, currency)]
    axes.bar_names(ax, rows["name"], phone, notes=notes)
    marks = {
        say("expected_range", lang): palette.PALE,
        say("came_less", lang): axes.mark("o", COLOURS["down"], 8),
        say("came_more", lang): axes.mark("o", COLOURS["up"], 8),
    }
    axes.key(ax, marks, columns=1 if phone else 3, row=0)
    amounts = money.map(unit.alone)
    texts = [
        tips.said(lang, drawable(name), say("told_came", lang, **amount), note)
        for name, amount, note in zip(rows["name"], amounts.to_dict("records"), notes, strict=True)
    ]
    ends = money[["net_sales", "expected_low", "expected_high"]]
    tips.tell(ax, texts, tips.boxes(ends.min(axis=1), places - 0.4, ends.max(axis=1), places + 0.4))
    return ax


def _part(row, lang):
    return say(f"part_{row.part}", lang, customers=0 if pd.isna(row.customers) else int(row.customers))


def _signed(changes, lang, currency):
    """Amounts with their sign, all in one unit."""
    unit = money_unit(changes, lang, currency)
    return [("+" if change > 0 else "") + unit.amount(change / unit.scale) for change in changes]


def _bar_height(phone):
    return 0.34 if phone else 0.56
