"""Who went from which class to which, as bands."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Patch, Rectangle

from custlib import palette
from custlib.figures import axes
from custlib.figures.look import with_look
from custlib.figures.money import money_unit

ORDER = ["A", "B", "C", "returned", "new", "lost"]  # from top to bottom
NODES = palette.CLASSES | {"returned": "#7E8C99", "new": "#7E8C99", "lost": palette.ALERT}
BANDS = {
    "stayed": {"facecolor": "#DDE6EF"},
    "up": {"facecolor": "#2F6DA6"},
    "down": {"facecolor": palette.ALERT, "hatch": "//////"},
}
NODE, GAP = 0.035, 0.075  # width of a node, and the room between two: shares of the panel's width and of its bands
WORDS = {
    "en": {
        "colon": ": ",
        "stayed": "stayed",
        "up": "rose or came",
        "down": "fell or left",
        "customers": "Customers",
        "money": "{}, {}",
        "payments": "payments received",
        "net_sales": "net sales",
        "before": "quarter before",
        "now": "this quarter",
    },
    "zh": {
        "colon": "：",
        "stayed": "保持",
        "up": "升级或新来",
        "down": "降级或流失",
        "customers": "客户数（家）",
        "money": "{}（{}）",
        "payments": "回款额",
        "net_sales": "销售净额",
        "before": "上季",
        "now": "本季",
        "new": "新增",
        "returned": "回归",
        "lost": "流失",
    },
}


class Look(NamedTuple):
    """nodes: name → colour, from top to bottom; bands: kind → look."""

    nodes: dict
    bands: dict


CLASSES = Look({name: NODES[name] for name in ORDER}, BANDS)


def _judged(table):
    """Without customers that are not judged in one of the quarters."""
    return table[~table[["from_class", "to_class"]].isin(["unjudged"]).any(axis=1)]


def _has_before(table):
    return _judged(table)["from_class"].isin(list(palette.CLASSES)).any()


@with_look(wide=(9.6, 4.6), phone=(4.6, 8.0), context=("currency", "size_is"), something=_has_before)
def migration_flow(table, ax, lang, phone=False, currency="CNY", quarters=None, size_is="payments"):
    """Bands from the class a quarter before to the class now: as wide as their customers are many, and as their money.

    table: from_class (A, B, C, new, returned), to_class (A, B, C, lost), customers, before, now (the money of these
    customers in either quarter); rows of customers who are not judged ("unjudged") are left out. A band of money grows or shrinks
    with them. quarters: the names of the two; size_is: what the money is, "payments" or "net_sales".
    """
    words, bands = WORDS[lang], _judged(table[table["customers"] > 0]).reset_index(drop=True)
    bands = bands.astype({"from_class": "str", "to_class": "str"})
    bands["kind"] = [_kind(*pair) for pair in zip(bands["from_class"], bands["to_class"], strict=True)]
    ends = quarters or (words["before"], words["now"])
    unit = money_unit(bands[["size_before", "size"]], lang, currency)
    heads, payments = axes.panels(ax, *((2, 1) if phone else (1, 2)))
    paid = bands[["size_before", "size"]] / unit.scale
    alluvial(heads, bands, bands["customers"], bands["customers"], "{:,.0f}", ends, words, CLASSES)
    digits = 1 if paid.to_numpy().max(initial=0) < 100 else 0
    alluvial(payments, bands, paid["size_before"], paid["size"], f"{{:,.{digits}f}}", ends, words, CLASSES)
    axes.heading(heads, words["customers"])
    name = words[size_is]
    axes.heading(payments, words["money"].format(name[:1].upper() + name[1:], unit.label))
    kinds = [Patch(edgecolor=palette.PAPER, linewidth=0, **look) for look in BANDS.values()]
    moved = bands.groupby("kind")["customers"].sum()
    named = [f"{words[kind]}{words['colon']}{moved.get(kind, 0):,}" for kind in BANDS]
    axes.key_of_figure(ax, kinds, named, columns=2 if phone else 3)
    return ax


def alluvial(panel, bands, left, right, number, ends, words, look):
    """One flow: a band per row of `bands` (from_class, to_class, kind), as high at its ends as left and right say.

    ends: the names of the two; words: node → its name, and "colon"; look: a Look.
    """
    gap = GAP * max(left.sum(), right.sum())
    order = list(look.nodes)
    tops = [
        _tops(bands, *by, gap, order) for by in (("from_class", "to_class", left), ("to_class", "from_class", right))
    ]
    along = np.linspace(0, 1, 25)
    bend = along**2 * (3 - 2 * along)
    for place, band in bands.iterrows():
        top = tops[0][place] + (tops[1][place] - tops[0][place]) * bend
        height = left[place] + (right[place] - left[place]) * bend
        own = look.bands[band["kind"]] | {"zorder": 1 + list(look.bands).index(band["kind"])}
        panel.fill_between(along, top, top + height.clip(0), edgecolor=palette.PAPER, lw=0, **own)
    _nodes(panel, bands["from_class"], left, tops[0], -NODE, number, words, look)
    _nodes(panel, bands["to_class"], right, tops[1], 1, number, words, look)
    panel.invert_yaxis()
    panel.set_axis_off()
    colon = words["colon"]
    above = {"xycoords": panel.get_xaxis_transform(), "textcoords": "offset points", "color": palette.MUTED}
    # who is new was not there before, who is lost is not there now
    left = left[~bands["from_class"].isin(("new", "returned"))]
    right = right[bands["to_class"] != "lost"]
    for x, side, name, heights in ((-NODE, "left", ends[0], left), (1 + NODE, "right", ends[1], right)):
        panel.annotate(f"{name}{colon}{number.format(heights.sum())}", (x, 1), (0, 2), ha=side, **above)


def _tops(bands, own, other, heights, gap, order):
    """Where each band begins at one end: nodes in their order with a gap between them, bands within a node by their other end."""
    rows = bands.sort_values([own, other], key=lambda names: names.map(order.index))
    nodes = rows[own].ne(rows[own].shift()).cumsum() - 1
    high = heights.clip(lower=0)[rows.index]
    return (high.cumsum() - high + nodes * gap).sort_index()


def _nodes(panel, names, heights, tops, x, number, words, look):
    for name in sorted(names.unique(), key=list(look.nodes).index):
        own = names == name
        top, total = tops[own].min(), heights[own].sum()
        panel.add_patch(Rectangle((x, top), NODE, max(total, 0), facecolor=look.nodes[name], linewidth=0, zorder=5))
        beside, side = (x - 0.02, "right") if x < 0 else (x + NODE + 0.02, "left")
        first, *more = words.get(name, name).split("\n")
        text = "\n".join([f"{first}  {number.format(total) if total else 0}", *more])
        panel.text(beside, top + max(total, 0) / 2, text, ha=side, va="center")


def _kind(before, now):
    if before == now:
        return "stayed"
    return "up" if before in ("new", "returned") or now < before else "down"
