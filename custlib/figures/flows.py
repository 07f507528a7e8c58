"""Who went from which class to which, as bands."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from custlib import palette, words
from custlib.figures import axes, tips
from custlib.figures.look import say, with_look
from custlib.figures.money import money_unit

NODES = palette.CLASSES | {"returned": "#7E8C99", "new": "#7E8C99", "lost": palette.ALERT}  # from top to bottom
CAME, GONE = ("new", "returned"), "lost"
BANDS = {
    "stayed": {"facecolor": "#DDE6EF"},
    "up": {"facecolor": "#2F6DA6"},
    "down": {"facecolor": palette.ALERT, "hatch": "//////"},
}
NODE, GAP = 0.035, 0.075  # width of a node, and the room between two: shares of the panel's width and of its bands


class Look(NamedTuple):
    """nodes: name → colour, from top to bottom; bands: kind → look; names: node → its name; ends: the two quarters'."""

    nodes: dict
    bands: dict
    names: dict
    ends: list


def _judged(table):
    return table[~table[["from_class", "to_class"]].isin(["unjudged"]).any(axis=1)]


def _has_before(table):
    return _judged(table)["from_class"].isin(list(palette.CLASSES)).any()


@with_look(wide=(9.6, 4.6), phone=(4.6, 8.0), context=("currency", "size_is"), something=_has_before)
def migration_flow(
    table: pd.DataFrame, ax: Axes, lang: str, phone=False, currency="CNY", size_is="payments", quarters=None
) -> Axes:
    """Bands from the class a quarter before to the class now: as wide as their customers are many, and as their money.

    table: from_class (A, B, C, new, returned), to_class (A, B, C, lost), customers, size_before, size (the money of
    these customers in either quarter); rows of customers who are not judged ("unjudged") are left out. A band of money
    grows or shrinks with them. quarters: the names of the two; size_is: what the money is, "payments" or "net_sales".
    """
    bands = _judged(table[table["customers"] > 0]).reset_index(drop=True)
    bands = bands.astype({"from_class": "str", "to_class": "str"})
    bands["kind"] = [_kind(*pair) for pair in zip(bands["from_class"], bands["to_class"], strict=True)]
    unit = money_unit(bands[["size_before", "size"]], lang, currency)
    look = Look(NODES, BANDS, {name: say(f"flow_{name}", lang) for name in NODES}, ends(quarters, lang))
    heads, money = axes.panels(ax, *((2, 1) if phone else (1, 2)))
    steps = [
        f"{look.names[before]} → {look.names[now]}" for before, now in bands[["from_class", "to_class"]].to_numpy()
    ]
    bands["told"] = told(steps, bands["customers"].map("{:,.0f}".format), lang)
    alluvial(heads, bands.assign(left=bands["customers"], right=bands["customers"]), "{:,.0f}", look)
    amounts = bands.assign(left=bands["size_before"] / unit.scale, right=bands["size"] / unit.scale)
    digits = 1 if amounts[["left", "right"]].max(axis=None) < 100 else 0
    change = amounts["left"].map(unit.alone) + " → " + amounts["right"].map(unit.alone)
    amounts["told"] = told(steps, change, lang)
    alluvial(money, amounts, f"{{:,.{digits}f}}", look)
    axes.heading(heads, say("flow_customers", lang))
    axes.heading(money, say("flow_money", lang, what=say(f"flow_{size_is}", lang), unit=unit.label))
    moved = bands.groupby("kind")["customers"].sum().reindex(list(BANDS), fill_value=0)
    axes.key_of_figure(ax, key_of_bands(moved, BANDS, "flow", lang), columns=2 if phone else 3)
    return ax


def ends(quarters: list | None, lang: str) -> list:
    """What stands above the two ends: the quarters' names, or which they are, each with a colon."""
    names = quarters or [say("quarter_before", lang), say("this_quarter", lang)]
    return [f"{name}{words.table('languages')[lang]['colon']}" for name in names]


def told(steps: list, values: pd.Series, lang: str) -> list:
    """What each band says: its step and how many, or how much, take it."""
    return [tips.said(lang, *pair) for pair in zip(steps, values, strict=True)]


def key_of_bands(moved: pd.Series, looks: dict, scope: str, lang: str) -> dict:
    """Text → mark of each kind of band, with how many moved so (Series over the kinds)."""
    colon = words.table("languages")[lang]["colon"]
    return {
        f"{say(f'{scope}_{kind}', lang)}{colon}{number:,.0f}": Patch(
            edgecolor=palette.PAPER, linewidth=0, **looks[kind]
        )
        for kind, number in moved.items()
    }


def alluvial(panel: Axes, bands: pd.DataFrame, number: str, look: Look) -> None:
    """A flow: a band per row of `bands` (from_class, to_class, kind, told), as high as left and right say at its ends.

    number: how a height is written, such as "{:,.0f}".
    """
    gap, order = GAP * bands[["left", "right"]].sum().max(), list(look.nodes)
    starts = _tops(bands, "from_class", "to_class", bands["left"], gap, order)
    stops = _tops(bands, "to_class", "from_class", bands["right"], gap, order)
    along = np.linspace(0, 1, 25)
    bend = along**2 * (3 - 2 * along)
    for start, stop, band in zip(starts, stops, bands.itertuples(), strict=True):
        top, height = start + (stop - start) * bend, band.left + (band.right - band.left) * bend
        own = look.bands[band.kind] | {"zorder": 1 + list(look.bands).index(band.kind)}
        panel.fill_between(along, top, top + height.clip(0), edgecolor=palette.PAPER, lw=0, **own)
        edge = np.stack([along, top + height.clip(0)], -1)[::-4]
        tips.tell(panel, [band.told], [np.concatenate([np.stack([along, top], -1)[::4], edge])])
    came, gone = bands["from_class"].isin(CAME), bands["to_class"] == GONE
    brings = bands[came].groupby("from_class")["right"].sum().map(f"+{number}".format)
    brought = bands[gone].groupby("to_class")["left"].sum().map(f"−{number}".format)
    _nodes(panel, bands["from_class"], bands["left"], starts, -NODE, number, look, brings)
    _nodes(panel, bands["to_class"], bands["right"], stops, 1, number, look, brought)
    panel.invert_yaxis()
    panel.set_axis_off()
    above = {"xycoords": panel.get_xaxis_transform(), "textcoords": "offset points", "color": palette.MUTED}
    # who is new was not there before, who is lost is not there now
    before, now = bands.loc[~came, "left"].sum(), bands.loc[~gone, "right"].sum()
    for x, side, name, total in ((-NODE, "left", look.ends[0], before), (1 + NODE, "right", look.ends[1], now)):
        panel.annotate(f"{name}{number.format(total)}", (x, 1), (0, 2), ha=side, **above)


def _tops(bands, own, other, heights, gap, order):
    """Where each band begins at one end: nodes in order with a gap between, bands within a node by their other end."""
    rows = bands.sort_values([own, other], key=lambda names: names.map(order.index))
    nodes = rows[own].ne(rows[own].shift()).cumsum() - 1
    high = heights.clip(lower=0)[rows.index]
    return (high.cumsum() - high + nodes * gap).sort_index()


def _nodes(panel, classes, heights, tops, x, number, look, instead):
    """instead: name → what is said of a node without height: what those bring who came, what those brought who left."""
    for name in sorted(classes.unique(), key=list(look.nodes).index):
        own = classes == name
        top, total = tops[own].min(), heights[own].sum()
        panel.add_patch(Rectangle((x, top), NODE, max(total, 0), facecolor=look.nodes[name], linewidth=0, zorder=5))
        beside, side = (x - 0.02, "right") if x < 0 else (x + NODE + 0.02, "left")
        first, *more = look.names[name].split("\n")
        text = "\n".join([f"{first}  {number.format(total) if total else instead.get(name, 0)}", *more])
        panel.text(beside, top + max(total, 0) / 2, text, ha=side, va="center")


def _kind(before, now):
    if before == now:
        return "stayed"
    return "up" if before in ("new", "returned") or now < before else "down"
