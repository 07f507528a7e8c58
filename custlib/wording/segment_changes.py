"""What became of the segments of the quarter before, and of the consumers in them: facts for `words/<language>/segment_changes.j2`."""

import pandas as pd


def events_reading(events: pd.DataFrame, quarter: str, since: list) -> dict:
    """What became of the segments of each of the quarters `since` until `quarter`. events: result table `seg_events`."""
    now = events[events["quarter"] == quarter]
    return {"quarter": quarter, "periods": [{"since": each, **_events(now[now["since"] == each])} for each in since]}


def flow_reading(flow: pd.DataFrame) -> dict | None:
    """How many consumers changed segment, and whether they changed or the segments moved; None where one quarter has no segments.

    flow: result table `seg_flow`. Suppressed counts are left out and told.
    """
    if flow.empty:
        return None
    rows = flow.dropna(subset="consumers")
    counted = rows.groupby(rows["moved"].fillna(""))["consumers"].sum()
    changed = {kind: int(counted.get(kind, 0)) for kind in ("consumer_changed", "segment_moved")}
    stayed = int(rows[rows["from"] == rows["to"]]["consumers"].sum())
    return {**changed, "stayed": stayed, "hidden": int(flow["consumers"].isna().sum())}


def _events(rows):
    kinds = {event: own for event, own in rows.groupby("event", sort=False)}
    none = rows.head(0)
    same = {
        event: list(dict.fromkeys(kinds.get(event, none)["identity"]))
        for event in ("survived", "appeared", "disappeared")
    }
    return {
        "compared": bool(len(rows)),
        "all_survived": set(kinds) == {"survived"},
        "survived": len(same["survived"]),
        "split": _groups(kinds.get("split", none), "from", "identity"),
        "merged": _groups(kinds.get("merged", none), "identity", "from"),
        "appeared": same["appeared"],
        "disappeared": same["disappeared"],
    }


def _groups(rows, whole, part):
    return [{"whole": one, "parts": list(own[part])} for one, own in rows.groupby(whole, sort=False)]
