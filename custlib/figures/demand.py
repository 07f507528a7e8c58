"""What is expected of the months to come, and what each step of a plan added."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from custlib import palette
from custlib.figures import axes, tips
from custlib.figures.look import say, with_look


@with_look(wide=(9.6, 3.6), phone=(4.6, 3.8), something=lambda table: table["forecast"].notna().any())
def demand_outlook(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """The company's pieces by month (bars), the forecast with its range (marks), and a short line where the same month
    stood a year before.

    table: month ("2026-01"), actual, forecast, low, high, year_ago.
    """
    table = table.tail(15) if phone else table
    at, coming = np.arange(len(table)), table["forecast"].notna().to_numpy()
    ax.bar(at, table["actual"].fillna(0), 0.8, color=palette.PALE)
    ax.vlines(at[coming], table["low"][coming], table["high"][coming], color=palette.INK, lw=2)
    ax.plot(at[coming], table["forecast"][coming], ls="", marker="D", ms=6, color=palette.CLASSES["B"], zorder=3)
    ax.hlines(table["year_ago"][coming], at[coming] - 0.4, at[coming] + 0.4, color=palette.MUTED, lw=1.5)
    named = [place for place, month in enumerate(table["month"]) if int(month[5:]) % 3 == 1]
    ax.set_xticks(named, [table["month"].iloc[place] for place in named])
    ax.tick_params(axis="x", pad=7)  # clear of the 0 beside the first month
    ax.set(xlim=(-0.6, len(table) - 0.4), ylim=(min(0, table["actual"].min()), None))
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.yaxis.set_major_formatter(axes.NUMBER)
    axes.unit(ax, say("pieces_a_month", lang))
    marks = {
        "demand_sold_in": palette.PALE,
        "demand_forecast": axes.mark("D", palette.CLASSES["B"], 6),
        "demand_year_ago": axes.mark("_", palette.MUTED, 12, palette.MUTED),
    }
    axes.key(ax, {say(key, lang): mark for key, mark in marks.items()}, columns=1 if phone else 3, row=1)
    heights = table["actual"].fillna(table["high"]).fillna(table["forecast"])
    tips.tell(ax, [_month_told(row, lang) for row in table.itertuples()], tips.boxes(at - 0.4, 0, at + 0.4, heights))
    return ax


@with_look(
    wide=(9.6, 3.0),
    phone=(4.6, 3.8),
    words={"step": "step:{}"},
    something=lambda table: table["fva_points"].notna().any(),
)
def value_steps(table: pd.DataFrame, ax: Axes, lang: str, phone=False) -> Axes:
    """What each step of a plan added, in percentage points of error, with its interval; to the right is better.

    table: step, wape, fva_points, low, high; steps without points are left out.
    """
    rows = table[table["fva_points"].notna()].reset_index(drop=True)
    colours = rows["fva_points"].ge(0).map({True: palette.CLASSES["A"], False: palette.CLASSES["C"]})
    ax.barh(rows.index, rows["fva_points"], 0.5, color=list(colours))
    ax.hlines(rows.index, rows["low"], rows["high"], color=palette.INK, lw=2)
    ax.axvline(0, color=palette.INK, lw=1)
    points = [f"{value:+.1f}".replace("-", "−") for value in rows["fva_points"]]
    axes.bar_names(ax, rows["step"], phone, points)
    ax.set_xlabel(say("value_points", lang))
    ax.xaxis.set_major_formatter(axes.NUMBER)
    ends = [f"{low:+.1f} … {high:+.1f}".replace("-", "−") for low, high in zip(rows["low"], rows["high"], strict=True)]
    texts = [tips.said(lang, *three) for three in zip(rows["step"], points, ends, strict=True)]
    left, right = (
        rows[["fva_points", "low"]].min(axis=1).clip(upper=0),
        rows[["fva_points", "high"]].max(axis=1).clip(lower=0),
    )
    tips.tell(ax, texts, tips.boxes(left, rows.index - 0.25, right, rows.index + 0.25))
    return ax


def _month_told(row, lang):
    if np.isfinite(row.actual):
        return tips.said(lang, row.month, f"{row.actual:,.0f}")
    ends = [f"{row.low:,.0f} … {row.high:,.0f}"] if np.isfinite(row.low) else []
    return tips.said(lang, row.month, f"{row.forecast:,.0f}", *ends)
