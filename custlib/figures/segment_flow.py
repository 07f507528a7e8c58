"""Which consumers stand in which segment now, and where they stood in the quarter before, as bands."""

import pandas as pd
from matplotlib.axes import Axes

from custlib import palette
from custlib.figures import axes, flows
from custlib.figures.look import say, with_look
from custlib.figures.segments import heading, segment_look
from custlib.figures.style import drawable

BANDS = {
    "stayed": {"facecolor": "#DDE6EF"},
    "consumer_changed": {"facecolor": "#2F6DA6"},
    "segment_moved": {"facecolor": "#C77700", "hatch": "//////"},
    "outside": {"facecolor": "#C3C9CF"},
}
OUTSIDE = {"apart": "#7E8C99", "new": "#7E8C99", "lost": palette.ALERT}


@with_look(wide=(9.6, 4.8), phone=(4.6, 6.0), words={"from_name": "segment:{from}", "to_name": "segment:{to}"})
def segment_flow(table: pd.DataFrame, ax: Axes, lang: str, phone=False, quarters=None) -> Axes:
    """Bands from the segment a quarter before to the segment now, as wide as their consumers; their look says why.

    table: result table `seg_flow`: from, to (identities; new, lost, apart for who is in none), consumers (missing if
    suppressed), moved ("consumer_changed", "segment_moved", "" for who stayed, came or left), from_name and to_name if
    the segments have names, which are written at the right (on phones below). quarters: the names of the two.
    """
    bands = table[table["consumers"] > 0].reset_index(drop=True)
    bands = bands.rename(columns={"from": "from_class", "to": "to_class"})
    bands["kind"] = [_kind(*row) for row in bands[["from_class", "to_class", "moved"]].itertuples(index=False)]
    identities = sorted({*bands["from_class"], *bands["to_class"]} - set(OUTSIDE), key=_number)
    names = {identity: name for identity, name in _names(table).items() if identity in identities}
    nodes = {identity: segment_look(identity)[0] for identity in identities} | OUTSIDE
    labels = {node: say(f"{'phone' if phone else 'segment'}_{node}", lang) for node in OUTSIDE}
    labels |= dict(zip(identities, identities, strict=True))
    if not phone:
        labels |= {identity: heading(identity, name, 24) for identity, name in names.items()}
    (panel,) = axes.panels(ax, 1, 1)
    look = flows.Look(nodes, BANDS, labels, flows.ends(quarters, lang))
    said = labels | {identity: f"{identity} {name}" for identity, name in names.items()}
    steps = [f"{said[before]} → {said[now]}" for before, now in bands[["from_class", "to_class"]].to_numpy()]
    bands["told"] = flows.told(steps, bands["consumers"].map("{:,.0f}".format), lang)
    flows.alluvial(panel, bands.assign(left=bands["consumers"], right=bands["consumers"]), "{:,.0f}", look)
    moved = bands.groupby("kind")["consumers"].sum().reindex(list(BANDS)).dropna()
    axes.key_of_figure(ax, flows.key_of_bands(moved, BANDS, "segment", lang), columns=1 if phone else 4)
    notes, hidden = axes.listed(names) if phone else [], int(table["consumers"].isna().sum())
    if hidden:
        notes.append(say("flows_hidden_one" if hidden == 1 else "flows_hidden", lang, flows=hidden))
    axes.note_below(ax, notes, 44 if phone else 100)
    return ax


def _kind(before, now, moved):
    if moved in BANDS:
        return moved
    return "stayed" if before == now else "outside"


def _number(identity):
    return int("".join(filter(str.isdigit, str(identity))) or 0), str(identity)


def _names(table):
    """Identity → name, of the segments that have one."""
    names = {}
    for side in ("from", "to"):
        names |= dict(zip(table[side], table.get(f"{side}_name", table[side]), strict=True))
    return {identity: drawable(name) for identity, name in names.items() if name != identity}
