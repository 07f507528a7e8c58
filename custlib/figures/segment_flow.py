"""Which consumers stand in which segment now, and where they stood in the quarter before, as bands."""

from matplotlib.patches import Patch

from custlib import palette
from custlib.escaping import visible
from custlib.figures import axes, flows
from custlib.figures.look import with_look
from custlib.figures.segments import segment_look

LOOKS = {
    "stayed": {"facecolor": "#DDE6EF"},
    "consumer_changed": {"facecolor": "#2F6DA6"},
    "segment_moved": {"facecolor": "#C77700", "hatch": "//////"},
    "outside": {"facecolor": "#C3C9CF"},
}
OUTSIDE = {"apart": "#7E8C99", "new": "#7E8C99", "lost": palette.ALERT}
WORDS = {
    "en": {
        "stayed": "stayed",
        "consumer_changed": "the consumer changed",
        "segment_moved": "the segment moved",
        "outside": "came or left",
        "apart": "too few purchases",
        "new": "not described before",
        "lost": "no longer described",
        "colon": ": ",
        "before": "quarter before",
        "now": "this quarter",
        "hidden": "{:,} flows of too few consumers are not drawn",
        "hidden_one": "{:,} flow of too few consumers is not drawn",
        "short": {"apart": "apart", "new": "new", "lost": "gone"},
    },
    "zh": {
        "stayed": "未变",
        "consumer_changed": "消费者变了",
        "segment_moved": "细分边界移动",
        "outside": "新来或离开",
        "apart": "购买次数过少",
        "new": "上季未纳入",
        "lost": "本季未纳入",
        "colon": "：",
        "before": "上季",
        "now": "本季",
        "hidden": "另有 {:,} 条人数过少的流向未画出",
        "hidden_one": "另有 {:,} 条人数过少的流向未画出",
        "short": {"apart": "过少", "new": "新来", "lost": "离开"},
    },
}


NAMES = {"from_name": "segment:{from}", "to_name": "segment:{to}"}


@with_look(wide=(9.6, 4.8), phone=(4.6, 6.0), words=NAMES)
def segment_flow(table, ax, lang, phone=False, quarters=None):
    """Bands from the segment a quarter before to the segment now, as wide as their consumers are many; their look says why.

    table: result table `seg_flow`: from, to (identities; new, lost, apart for who is in none), consumers (missing if suppressed),
    moved ("consumer_changed", "segment_moved", "" for who stayed, came or left), from_name and to_name if the segments have names,
    which are written at the right (on phones below). quarters: the names of the two.
    """
    words, known, names = WORDS[lang], table[table["consumers"] > 0], _names(table)
    bands = known.rename(columns={"from": "from_class", "to": "to_class"}).reset_index(drop=True)
    bands["kind"] = [_kind(*row) for row in bands[["from_class", "to_class", "moved"]].itertuples(index=False)]
    identities = sorted({*bands["from_class"], *bands["to_class"]} - set(OUTSIDE), key=_number)
    nodes = {identity: segment_look(identity)[0] for identity in identities} | OUTSIDE
    labels = words | (words["short"] if phone else _labels(identities, names))
    ends = quarters or (words["before"], words["now"])
    (panel,) = axes.panels(ax, 1, 1)
    counts = bands["consumers"]
    flows.alluvial(panel, bands, counts, counts, "{:,.0f}", ends, labels, flows.Look(nodes, LOOKS))
    moved = bands.groupby("kind")["consumers"].sum()
    shown = [kind for kind in LOOKS if kind in moved.index]
    marks = [Patch(edgecolor=palette.PAPER, linewidth=0, **LOOKS[kind]) for kind in shown]
    axes.key_of_figure(
        ax, marks, [f"{words[kind]}{words['colon']}{moved[kind]:,.0f}" for kind in shown], columns=1 if phone else 4
    )
    hidden = int(table["consumers"].isna().sum())
    axes.note_below(ax, _notes(words, hidden, identities if phone else [], names, 44 if phone else 100))
    return ax


def _names(table):
    """Identity → name, of the segments that have one."""
    names = {}
    for side, name in (("from", "from_name"), ("to", "to_name")):
        if name in table:
            names |= dict(zip(table[side], table[name], strict=True))
    return {identity: name for identity, name in names.items() if name != identity}


def _kind(before, now, moved):
    if moved in LOOKS:
        return moved
    return "stayed" if before == now else "outside"


def _number(identity):
    return int("".join(filter(str.isdigit, str(identity))) or 0), str(identity)


def _labels(identities, names):
    return {one: "\n".join([one, *axes.wrapped(visible(names[one]), 24)]) for one in identities if one in names}


def _notes(words, hidden, identities, names, width):
    notes = [f"{one}  {visible(names[one])}" for one in identities if one in names]
    text = words["hidden_one" if hidden == 1 else "hidden"].format(hidden)
    return [line for note in [*notes, *[text] * (hidden > 0)] for line in axes.wrapped(note, width)]
