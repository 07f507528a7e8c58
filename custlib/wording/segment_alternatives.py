"""Text alternatives of the figures of segments: facts for `words/<language>/segment_alternatives.j2`, from the table
drawn."""

import pandas as pd

from custlib.segments.names import APART
from custlib.wording.segments import axis_names as axes

_MOST = 3  # features or flows named


def segment_heat_map_alt(table: pd.DataFrame) -> dict:
    """What distinguishes each segment most. table: result table `seg_profile`."""
    far = table[table["difference"].abs() >= APART].sort_values("difference", key=abs, ascending=False, kind="stable")
    farthest = {identity: far[far["identity"] == identity].head(_MOST) for identity in table["identity"].unique()}
    return {
        "features": table["feature"].nunique(),
        "segments": [
            {"segment": identity, "far": rows[["feature", "difference"]].to_dict("records")}
            for identity, rows in farthest.items()
        ],
    }


def segment_map_alt(table: pd.DataFrame, axis_names: pd.DataFrame) -> dict:
    """Where the centre of each segment lies. table, axis_names: points and axes of `segments.Map`."""
    centres = table[table["kind"] == "centre"]
    return {
        "consumers": int((table["kind"] == "consumer").sum()),
        "axes": axes(axis_names),
        "centres": [
            {"segment": row.identity, "right": bool(row.x > 0), "above": bool(row.y > 0)}
            for row in centres.itertuples(index=False)
        ],
    }


def segment_flow_alt(table: pd.DataFrame) -> dict:
    """How many consumers stayed, changed or came, and the largest moves. table: result table `seg_flow`."""
    rows = table.dropna(subset="consumers")
    moved = rows[rows["moved"].isin(["consumer_changed", "segment_moved"])]
    most = moved.groupby(["from", "to"])["consumers"].sum().sort_values(ascending=False, kind="stable").head(_MOST)
    counted = {kind: group["consumers"].sum() for kind, group in moved.groupby("moved")}
    return {
        "stayed": int(rows[rows["from"] == rows["to"]]["consumers"].sum()),
        "changed": int(counted.get("consumer_changed", 0)),
        "shifted": int(counted.get("segment_moved", 0)),
        "came": int(rows[rows["from"] == "new"]["consumers"].sum()),
        "left": int(rows[rows["to"] == "lost"]["consumers"].sum()),
        "most": [{"from": old, "to": new, "consumers": int(number)} for (old, new), number in most.items()],
    }


def segment_seasons_alt(table: pd.DataFrame) -> dict:
    """The highest and the lowest month of each segment. table: result table `seg_seasons`."""
    curves = table[table["identity"] != ""].dropna(subset="index").groupby("identity", sort=False)
    return {"curves": [{"segment": identity, **_ends(curve)} for identity, curve in curves]}


def _ends(curve):
    ends = {"highest": curve.loc[curve["index"].idxmax()], "lowest": curve.loc[curve["index"].idxmin()]}
    return {name: {"month": int(row["month"]), "times": float(row["index"])} for name, row in ends.items()}
