"""What became of earlier segments and of their consumers: facts for `words/<language>/segment_changes.j2`."""

import pandas as pd


def events_reading(events: pd.DataFrame, quarter: str, since: list) -> dict | None:
    """What became of the segments of each quarter in `since` by `quarter`; None if there never were any. events: result
    table `seg_events`."""
    if events.empty:
        return None
    now = events[events["quarter"] == quarter]
    return {"quarter": quarter, "periods": [{"since": each, **_events(now[now["since"] == each])} for each in since]}


def flow_reading(flow: pd.DataFrame) -> dict | None:
    """How many consumers changed segment, and whether they or the segments' borders moved; None without two quarters
    to compare.

    flow: result table `seg_flow`; suppressed counts are left out of the sums and counted as `hidden`.
    """
    if flow.empty:
        return None
    rows = flow.dropna(subset="consumers")
    counted = rows.groupby(rows["moved"].fillna(""))["consumers"].sum()
    changed = {kind: int(counted.get(kind, 0)) for kind in ("consumer_changed", "segment_moved")}
    stayed = int(rows[rows["from"] == rows["to"]]["consumers"].sum())
    return {**changed, "stayed": stayed, "hidden": int(flow["consumers"].isna().sum())}


def _events(rows):
    kinds = {event: group for event, group in rows.groupby("event", sort=False)}
    none = rows.head(0)
    identities = {
        event: list(dict.fromkeys(kinds.get(event, none)["identity"]))
        for event in ("survived", "appeared", "disappeared")
    }
    return {
        "compared": bool(len(rows)),
        "all_survived": set(kinds) == {"survived"},
        "survived": len(identities["survived"]),
        "split": [one | {"share": share} for one, share in zip(*_splits(kinds.get("split", none)), strict=True)],
        "merged": _groups(kinds.get("merged", none), "identity", "from"),
        "appeared": identities["appeared"],
        "disappeared": identities["disappeared"],
    }


def _splits(rows):
    """The splits, and the share of the old members that their parts hold together."""
    return _groups(rows, "from", "identity"), rows.groupby("from", sort=False)["overlap"].sum().astype("float64")


def _groups(rows, whole, part):
    return [{"whole": name, "parts": list(group[part])} for name, group in rows.groupby(whole, sort=False)]
