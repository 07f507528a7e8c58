"""Segments that keep their names: what became of each from quarter to quarter, and why a consumer changed segment."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from custlib.segments.clustering import Fit, assigned
from custlib.segments.suppression import suppressed

SURVIVAL = 0.7  # MONIC, Spiliopoulou et al. 2006
PART = 0.1  # of a split: ours; MONIC asks for 0.3, and calls two parts of 0.69 and 0.29 an end and two beginnings
DESCRIBED = 0.3  # of a segment's members that must still be described
EVENT_COLUMNS = ["quarter", "since", "identity", "event", "from", "overlap", "consumers"]


class Identities(NamedTuple):
    """labels: quarter → Series consumer → identity ("S1", "S2", …).

    events: quarter, since (the quarter compared with), identity, event, from, overlap, consumers (of the identity in
    that quarter; for one that disappeared, in the quarter before). overlap is missing for segments that appeared, and
    for those with too few described members to be matched.
    """

    labels: dict
    events: pd.DataFrame


def match(before: pd.Series, after: pd.Series, survival: float = SURVIVAL, part: float = PART) -> pd.DataFrame:
    """What became of each old segment: new (label), old (label), event, overlap, consumers (in both), keeps (keeps
    old's name).

    before, after: Series consumer → label. Rows by new, then old; those that disappeared come last.
    overlap: the share of the old segment's members that are in the new one; members in no new one count as lost. Events
    (MONIC, Spiliopoulou et al. 2006):
    - survived: an overlap of 0.7 or more; merged: several that reach it in one new segment;
    - split: parts of 0.1 or more that together reach 0.7, a row each; so what the parts lack of all can be told;
    - disappeared: none of these (overlap: the largest; no new);
    - appeared: a new segment to which none of these lead (no old, no overlap).
    Names: a survivor keeps its own; then the largest part of a split keeps it if the old one is its largest
    contributor, and a merged one takes its largest contributor's; the rest by the assignment (Hungarian method) that
    keeps the most consumers.
    """
    counts = pd.crosstab(before, after.reindex(before.index)).reindex(
        index=sorted(before.unique()), columns=sorted(after.unique()), fill_value=0
    )
    overlap = counts.div(before.value_counts(), axis=0).fillna(0.0)
    led, gone = _led(overlap, survival, part)
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
    table = pd.DataFrame(rows, columns=["new", "old", "event", "overlap", "consumers", "keeps"])
    # as objects: pandas would turn None into NaN, and whole labels beside it into floats
    return table.assign(**{name: pd.Series([row[name] for row in rows], dtype=object) for name in ("new", "old")})


def identities(labels: Mapping[str, pd.Series], survival: float = SURVIVAL, part: float = PART) -> Identities:
    """Segments under names that they keep from quarter to quarter. Returns `Identities`.

    labels: mapping quarter → Series consumer → label. The first quarter's are S1, S2, … in the order of their labels; a
    new one gets the next number, and no number is used twice.
    Each quarter is matched with the one before by `match`, over the consumers described in both, because consumers with
    too few recent purchases do not mean the end of a segment. But a segment with fewer than 0.3 of its members still
    described has disappeared. A quarter with a single label has no segments: nobody has an identity there, and the next
    quarter is matched with the last one that had segments.
    """
    identity_of, events, number = {}, [], 0
    then, since = pd.Series(dtype=object), ""
    for quarter in sorted(labels):
        now = labels[quarter]
        if now.nunique() < 2:
            identity_of[quarter] = pd.Series(dtype=object, name="identity")
            continue
        matched = match(_still_described(then, now), now, survival, part)
        names = dict(matched.loc[matched["keeps"], ["new", "old"]].itertuples(index=False))
        for new in sorted(now.unique()):
            if new not in names:
                number += 1
                names[new] = f"S{number}"
        identity_of[quarter] = now.map(names).rename("identity")
        if since:
            events += _events(quarter, since, matched, names, then, now)
        then, since = identity_of[quarter], quarter
    return Identities(identity_of, pd.DataFrame(events, columns=EVENT_COLUMNS))


def since(labels: Mapping[str, pd.Series], quarter: str, before: str) -> pd.DataFrame:
    """What became of the segments between two quarters, as events of `identities`; empty if one of them has none.

    labels: as in `Identities`. Between quarters a year apart no purchase counts in both, so that a segment that came
    apart slowly shows as split. A segment present in both has survived, however few of its members have.
    """
    then, now = (labels.get(each, pd.Series(dtype=object)) for each in (before, quarter))
    if then.empty or now.empty:
        return pd.DataFrame(columns=EVENT_COLUMNS)
    matched, names = match(_still_described(then, now), now), {each: each for each in now.unique()}
    rows = pd.DataFrame(_events(quarter, before, matched, names, then, now), columns=EVENT_COLUMNS)
    both = rows["identity"].isin(set(then) & set(now))
    rows = rows[~(both & (rows["event"] == "disappeared"))]
    again = both & (rows["event"] == "appeared")
    return rows.assign(
        event=rows["event"].mask(again, "survived"), **{"from": rows["from"].mask(again, rows["identity"])}
    )


def movements(before: pd.Series, after: pd.Series, under_old: pd.Series) -> pd.DataFrame:
    """Consumers by where they were and are: from, to (identities; `new`, `lost` if they came or left), moved,
    consumers.

    before, after: Series consumer → identity; under_old: the identities of the consumers of `after` by the centres of
    the quarter before (see `assigned`). moved: `segment_moved` if the old centres would have left the consumer where it
    was, so that the borders moved; else `consumer_changed`; "" for those who stayed, came or left. Each consumer counts
    once.
    """
    consumers = before.index.union(after.index)
    rows = pd.DataFrame({"from": before.reindex(consumers), "to": after.reindex(consumers)})
    moved = rows["from"].notna() & rows["to"].notna() & (rows["from"] != rows["to"])
    stayed = under_old.reindex(consumers) == rows["from"]
    rows["moved"] = np.where(moved, np.where(stayed, "segment_moved", "consumer_changed"), "")
    rows = rows.fillna({"from": "new", "to": "lost"})
    return rows.groupby(["from", "to", "moved"]).size().rename("consumers").reset_index()


def flow(before: pd.Series, now: pd.Series, fit: Fit, features: pd.DataFrame) -> pd.DataFrame:
    """Result table `seg_flow`: `movements` from the quarter before, without what would reveal single consumers.

    before, now: Series consumer → identity; fit: `Fit` of the quarter before; features: of now, prepared. No row if one
    of the quarters has no segments.
    """
    if before.empty or now.empty:
        return pd.DataFrame(columns=["from", "to", "moved", "consumers"])
    name = dict(zip(fit.labels.reindex(before.index), before, strict=True))
    return suppressed(movements(before, now, assigned(features, fit).map(name)), [], "consumers")


def _led(overlap, survival, part):
    """Where the old segments lead: (old, new) → event; and the old ones that lead nowhere."""
    events, gone = {}, []
    for old, row in overlap.iterrows():
        parts = [new for new in row.index if row[new] >= part]
        if len(row) and row.max() >= survival:
            events[old, row.idxmax()] = "survived"
        elif len(parts) > 1 and row[parts].sum() >= survival:
            events |= {(old, new): "split" for new in parts}
        else:
            gone.append(old)
    reached = [new for (_, new), event in events.items() if event == "survived"]
    merged = {pair: "merged" for pair in events if events[pair] == "survived" and reached.count(pair[1]) > 1}
    return events | merged, gone


def _names(events, counts):
    """New label → the old label whose name it takes."""
    kept = {new: old for (old, new), event in events.items() if event == "survived"}
    weights = pd.DataFrame(0, counts.index, counts.columns)
    for old, new in events:
        weights.at[old, new] = counts.at[old, new]
    weights = weights.drop(index=kept.values(), columns=kept.keys())
    if weights.size:
        mutual = [(row.idxmax(), old) for old, row in weights.iterrows() if row.max() > 0]
        kept |= {new: old for new, old in mutual if weights[new].idxmax() == old}
        weights = weights.drop(index=kept.values(), columns=kept.keys(), errors="ignore")
        for old, new in zip(*scipy.optimize.linear_sum_assignment(weights, maximize=True), strict=True):
            if weights.iat[old, new] > 0:
                kept[weights.columns[new]] = weights.index[old]
    return kept


def _still_described(then, now):
    described = then[then.index.isin(now.index)]
    share = described.value_counts() / then.value_counts()
    return described[described.isin(share.index[share >= DESCRIBED])]


def _events(quarter, since, matched, names, then, now):
    """Rows of `EVENT_COLUMNS`: the segments of now, then those that are gone."""
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
