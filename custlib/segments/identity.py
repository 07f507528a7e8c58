"""Segments that keep their names: what became of each from quarter to quarter, and why a consumer stands elsewhere."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from custlib.segments.clustering import assigned
from custlib.segments.suppression import suppressed

SURVIVAL, SPLIT = 0.7, 0.3  # MONIC, Spiliopoulou et al. 2006
EVENTS = ("survived", "split", "merged", "appeared", "disappeared")
EVENT_COLUMNS = ["quarter", "since", "identity", "event", "from", "overlap", "consumers"]
MOVES = ("consumer_changed", "segment_moved")


class Identities(NamedTuple):
    """labels: dict quarter → Series consumer → identity ("S1", "S2", …). events: quarter, since (the quarter compared with), identity,
    event, from, overlap, consumers (of the identity in that quarter; of one that disappeared, in the quarter before).
    overlap is missing for what appeared, and for a segment of which too few were described to be matched."""

    labels: dict
    events: pd.DataFrame


def match(before, after, survival=SURVIVAL, split=SPLIT):
    """What became of each old segment: new (label), old (label), event, overlap, consumers (in both), keeps (new goes by old's name).

    before, after: Series consumer → label. Overlap is the share of the old segment's members who stand in the new one; members
    who are in no new one count as not found. MONIC (Spiliopoulou et al. 2006): `survived`, an overlap of 0.7 or more; `merged`,
    several that reach it in one new segment; `split`, parts of 0.3 or more that reach 0.7 together, a row each; else `disappeared`
    (overlap: the largest; no new). A new segment that none of these lead to has `appeared` (no old, no overlap).
    Names: one that survived keeps its own; then the largest part of a split whose largest contributor it is, and a merged one its
    largest contributor's; what is left by the assignment (Hungarian method) that keeps the most consumers.
    Rows by new, then old; those that disappeared last.
    """
    counts = pd.crosstab(before, after.reindex(before.index)).reindex(
        index=sorted(before.unique()), columns=sorted(after.unique()), fill_value=0
    )
    overlap = counts.div(before.value_counts(), axis=0).fillna(0.0)
    led, gone = _led(overlap, survival, split)
    names = _names(led, counts)
    rows = [
        {"new": new, "old": old, "event": event, "overlap": overlap.at[old, new], "consumers": counts.at[old, new]}
        | {"keeps": names.get(new) == old}
        for (old, new), event in sorted(led.items(), key=lambda item: item[0][::-1])
    ]
    appeared = [new for new in counts.columns if new not in {new for _, new in led}]
    rows += [_alone(new=new, event="appeared", overlap=np.nan) for new in appeared]
    rows = sorted(rows, key=lambda row: counts.columns.get_loc(row["new"]))
    rows += [_alone(old=old, event="disappeared", overlap=overlap.loc[old].max()) for old in gone]
    found = pd.DataFrame(rows, columns=["new", "old", "event", "overlap", "consumers", "keeps"])
    # As they came: pandas would make NaN of None, and floats of whole labels beside it.
    return found.assign(**{name: pd.Series([row[name] for row in rows], dtype=object) for name in ("new", "old")})


def identities(labels, survival=SURVIVAL, split=SPLIT):
    """Segments under names that they keep from quarter to quarter.

    labels: mapping quarter → Series consumer → label. The first quarter's are S1, S2, … in the order of their labels; a new one
    gets the next number, and no number is given twice. Each quarter is matched with the one before by `match`, over the
    consumers described in both: who bought too little of late to be described is no sign of a segment's end. But a segment of
    which fewer than 0.3 are still described has disappeared. In a quarter of a single label there are no segments: nobody has an
    identity there, and the next quarter is matched with the last that had some. Returns `Identities`.
    """
    found, events, known = {}, [], 0
    then, since = pd.Series(dtype=object), ""
    for quarter in sorted(labels):
        now = labels[quarter]
        if now.nunique() < 2:
            found[quarter] = pd.Series(dtype=object, name="identity")
            continue
        matched = match(_still_described(then, now, split), now, survival, split)
        names = dict(matched.loc[matched["keeps"], ["new", "old"]].itertuples(index=False))
        for new in sorted(now.unique()):
            if new not in names:
                known += 1
                names[new] = f"S{known}"
        found[quarter] = now.map(names).rename("identity")
        if since:
            events += _events(quarter, since, matched, names, then, now)
        then, since = found[quarter], quarter
    return Identities(found, pd.DataFrame(events, columns=EVENT_COLUMNS))


def since(labels, quarter, before):
    """What became of the segments between two quarters, as the events of `identities` say it; empty where one has none.

    labels: as `Identities` holds them. With a year between them no purchase counts in both, so that a segment which has come
    apart little by little is seen to have split. One that stands in both has survived, however few of its members did.
    """
    then, now = (labels.get(each, pd.Series(dtype=object)) for each in (before, quarter))
    if then.empty or now.empty:
        return pd.DataFrame(columns=EVENT_COLUMNS)
    matched, own = match(_still_described(then, now, SPLIT), now), {each: each for each in now.unique()}
    rows = pd.DataFrame(_events(quarter, before, matched, own, then, now), columns=EVENT_COLUMNS)
    both = rows["identity"].isin(set(then) & set(now))
    rows = rows[~(both & (rows["event"] == "disappeared"))]
    again = both & (rows["event"] == "appeared")
    return rows.assign(
        event=rows["event"].mask(again, "survived"), **{"from": rows["from"].mask(again, rows["identity"])}
    )


def movements(before, after, under_old):
    """Who stands where, and why: from, to (identities; `new` and `lost` for who came or left), consumers, moved.

    before, after: Series consumer → identity; under_old: the identities that the consumers of `after` would have by the centres of
    the quarter before (see `assigned`). moved: `segment_moved`, the old centres would have left the consumer where it was: the
    borders moved; `consumer_changed`, even they would not; "" for who stayed, came or left. Every consumer is counted once.
    """
    consumers = before.index.union(after.index)
    rows = pd.DataFrame({"from": before.reindex(consumers), "to": after.reindex(consumers)})
    moved = rows["from"].notna() & rows["to"].notna() & (rows["from"] != rows["to"])
    stayed = under_old.reindex(consumers) == rows["from"]
    rows["moved"] = np.where(moved, np.where(stayed, "segment_moved", "consumer_changed"), "")
    rows = rows.fillna({"from": "new", "to": "lost"})
    return rows.groupby(["from", "to", "moved"]).size().rename("consumers").reset_index()


def flow(before, now, fit, features):
    """The result table `seg_flow`: `movements` from the quarter before, without what would tell of single consumers; no row where one
    of the two has no segments.

    before, now: Series consumer → identity; fit: `Fit` of the quarter before; features: of now, prepared.
    """
    if before.empty or now.empty:
        return pd.DataFrame(columns=["from", "to", "moved", "consumers"])
    name = dict(zip(fit.labels.reindex(before.index), before, strict=True))
    return suppressed(movements(before, now, assigned(features, fit).map(name)), [], "consumers")


def _led(overlap, survival, split):
    """What leads where: (old, new) → event; and the old ones that lead nowhere."""
    led, gone = {}, []
    for old, row in overlap.iterrows():
        parts = [new for new in row.index if row[new] >= split]
        if len(row) and row.max() >= survival:
            led[old, row.idxmax()] = "survived"
        elif len(parts) > 1 and row[parts].sum() >= survival:
            led |= {(old, new): "split" for new in parts}
        else:
            gone.append(old)
    reached = [new for (_, new), event in led.items() if event == "survived"]
    merged = {pair: "merged" for pair in led if led[pair] == "survived" and reached.count(pair[1]) > 1}
    return led | merged, gone


def _names(led, counts):
    """New label → the old one by whose name it goes."""
    kept = {new: old for (old, new), event in led.items() if event == "survived"}
    weights = pd.DataFrame(0, counts.index, counts.columns)
    for old, new in led:
        weights.at[old, new] = counts.at[old, new]
    weights = weights.drop(index=kept.values(), columns=kept.keys())
    if weights.size:
        mutual = [(row.idxmax(), old) for old, row in weights.iterrows() if row.max() > 0]
        kept |= {new: old for new, old in mutual if weights[new].idxmax() == old}
        weights = weights.drop(index=kept.values(), columns=kept.keys(), errors="ignore")
        for old, new in zip(*linear_sum_assignment(weights, maximize=True), strict=True):
            if weights.iat[old, new] > 0:
                kept[weights.columns[new]] = weights.index[old]
    return kept


def _still_described(then, now, least):
    described = then[then.index.isin(now.index)]
    share = described.value_counts() / then.value_counts()
    return described[described.isin(share.index[share >= least])]


def _events(quarter, since, matched, names, then, now):
    """Rows of `EVENT_COLUMNS`: what stands now, then what is gone."""
    sizes, before = now.map(names).value_counts(), then.value_counts()
    there = matched[matched["event"] != "disappeared"]
    for row in there.itertuples():
        identity = names[row.new]
        yield quarter, since, identity, row.event, row.old or "", row.overlap, sizes[identity]
    gone = matched[matched["event"] == "disappeared"].set_index("old")["overlap"]
    for old in before.index.difference(there["old"].dropna()).sort_values():
        yield quarter, since, old, "disappeared", old, gone.get(old, np.nan), before[old]


def _alone(event, overlap, new=None, old=None):
    return {"new": new, "old": old, "event": event, "overlap": overlap, "consumers": 0, "keeps": False}
