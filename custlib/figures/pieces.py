"""Pieces that a customer was sold, sold on and held."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ticker import MaxNLocator

from custlib import palette
from custlib.figures import axes, tips
from custlib.figures.look import say, with_look

_DAY = pd.Timedelta(days=1)
_LONG = 9  # quarters: beyond them, and on phones, every second one is named


@with_look(wide=(9.6, 3.4), phone=(4.6, 3.6), something=lambda table: (table["kind"] == "sold_in").sum() > 1)
def sell_in_out(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """What a customer was sold in each month (bars), sold on between two counts (lines, a month's pieces), and held at
    a count (diamonds).

    table: kind (sold_in, sold_through, stock), begin and end (days, both included), pieces.
    """
    rows = table.assign(begin=pd.to_datetime(table["begin"]), end=pd.to_datetime(table["end"]) + _DAY)
    bars, through, stock = (rows[rows["kind"] == kind] for kind in ("sold_in", "sold_through", "stock"))
    ax.bar(bars["begin"], bars["pieces"], (bars["end"] - bars["begin"]) * 0.9, align="edge", color=palette.PALE)
    ax.hlines(through["pieces"], through["begin"], through["end"], color=palette.INK, lw=2)
    ax.plot(stock["end"], stock["pieces"], ls="", marker="D", ms=5, color=palette.CLASSES["B"], clip_on=False, zorder=3)
    first, last = bars["begin"].min(), bars["end"].max()
    quarters = pd.period_range(first, last - _DAY, freq="Q")
    quarters = quarters[quarters.quarter % 2 == 1] if phone or len(quarters) > _LONG else quarters
    ax.set_xticks(list(quarters.start_time), axes.quarter_names(quarters.astype("str")))
    ax.set(xlim=(first, last + 3 * _DAY), ylim=(min(0, bars["pieces"].min()), None))
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.yaxis.set_major_formatter(axes.NUMBER)
    axes.unit(ax, say("pieces_a_month", lang))
    marks = {"pieces_sold_in": palette.PALE}
    marks |= {"pieces_sold_through": axes.mark("_", palette.INK, 12, palette.INK)} if len(through) else {}
    marks |= {"pieces_held": axes.mark("D", palette.CLASSES["B"], 6)} if len(stock) else {}
    axes.key(ax, {say(key, lang): mark for key, mark in marks.items()}, columns=1 if phone else 3, row=1)
    for kind, own in (("sold_in", bars), ("sold_through", through), ("held", stock)):
        heads = [f"{day:%Y-%m-%d} {say(f'pieces_{kind}', lang)}" for day in own["end"] - _DAY]
        texts = [tips.said(lang, *pair) for pair in zip(heads, own["pieces"].map("{:,.0f}".format), strict=True)]
        begin, end = (date2num(own[side]) for side in ("begin", "end"))
        places = tips.points(end, own["pieces"]) if kind == "held" else tips.boxes(begin, 0, end, own["pieces"])
        tips.tell(ax, texts, places)
    return ax
