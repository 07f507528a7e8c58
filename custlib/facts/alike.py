"""Customers that are alike: the same kind of store in the same kind of place, and about the same size."""

from collections.abc import Collection

import numpy as np
import pandas as pd

_LEVELS: tuple[list[str], ...] = (["area_type", "store_format"], ["area_type"], [])
COLUMNS = ["customer_id", "like", "rank", "widened"]


def look_alikes(traits: pd.DataFrame, k: int = 10, of: Collection[str] | None = None) -> pd.DataFrame:
    """The k customers most like each: customer_id, like (customer_id of another), rank (1 to k), widened.

    traits: index customer_id; area_type, store_format (text), net_sales (of four quarters, yuan). Alike are customers
    of the same area_type and store_format, the nearest in ln(net_sales) first, ties by id; where these are too few, the
    nearest of the same area_type follow, then of all, and `widened` says so. Who has no net sales above 0 is like
    nobody. of: whose look-alikes are asked for (None: everybody's). Sorted by customer_id and rank.
    """
    known = traits[traits["net_sales"] > 0].sort_index()
    size = np.log(known["net_sales"].to_numpy("float64"))
    asked = np.ones(len(known), bool) if of is None else known.index.isin(of)
    parts = []
    for level, by in enumerate(_LEVELS):
        for group in _groups(known, by):
            parts.append((level, *_of_group(group, size[group], asked[group], k)))
            if len(group) > k:  # enough of them, and nobody wider is looked for
                asked[group] = False
    return _first(known.index, parts, k)


def _groups(known, by):
    """The places of each group in `known`, sorted."""
    codes = known.groupby(by).ngroup().to_numpy() if by else np.zeros(len(known), int)
    order = np.argsort(codes, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)
    return [group for group in groups if len(group) and codes[group[0]] >= 0]


def _of_group(places, size, asked, k):
    """Of those asked for the k nearest at or above their size, and the k below: among them are the k nearest."""
    up, down = np.argsort(size, kind="stable"), np.argsort(-size, kind="stable")
    own = np.flatnonzero(asked)
    above = up[_window(np.searchsorted(size[up], size[own], "left"), k + 1, len(places))]
    below = down[_window(np.searchsorted(-size[down], -size[own], "right"), k, len(places))]
    like, own = np.concatenate([above, below], axis=1).ravel(), np.repeat(own, 2 * k + 1)
    distance = np.abs(size[own] - size[like]).round(12)
    return places[own], places[like], distance


def _first(ids, parts, k):
    """The first k of each customer, of parts of (level, places of customers, of others, distances)."""
    if not parts:
        return pd.DataFrame({"customer_id": ids[:0], "like": ids[:0], "rank": 0, "widened": False})
    level = np.repeat([each[0] for each in parts], [len(each[1]) for each in parts])
    own, like, distance = (np.concatenate(each) for each in list(zip(*parts, strict=True))[1:])
    order = np.lexsort((like, distance, level, own))
    order = order[own[order] != like[order]]
    rows = pd.DataFrame({"own": own[order], "like": like[order], "widened": level[order] > 0})
    rows = rows.drop_duplicates(["own", "like"])
    rows["rank"] = rows.groupby("own").cumcount() + 1
    rows = rows[rows["rank"] <= k].reset_index(drop=True)
    return rows.assign(customer_id=ids[rows["own"]], like=ids[rows["like"]])[COLUMNS]


def _window(start, width, count):
    """The places from each start on; those past the end are the last one."""
    return np.minimum(start[:, None] + np.arange(width), count - 1)
