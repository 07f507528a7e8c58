"""Customers that are alike: the same kind of store in the same kind of place, and about the same size."""

import numpy as np
import pandas as pd

_LEVELS: tuple[list[str], ...] = (["area_type", "store_format"], ["area_type"], [])
COLUMNS = ["customer_id", "like", "rank", "widened"]


def look_alikes(traits: pd.DataFrame, k: int = 10) -> pd.DataFrame:
    """The k customers most like each: customer_id, like (customer_id of another), rank (1 to k), widened.

    traits: index customer_id; area_type, store_format (text), net_sales (of four quarters, yuan). Alike are customers
    of the same area_type and store_format, the nearest in ln(net_sales) first, ties by id; where these are too few, the
    nearest of the same area_type follow, then of all, and `widened` says so. Who has no net sales above 0 is like
    nobody. Sorted by customer_id and rank.
    """
    known = traits[traits["net_sales"] > 0].sort_index()
    found = [_nearest(known, by, k).assign(level=level) for level, by in enumerate(_LEVELS)]
    rows = pd.concat(found).sort_values(["customer_id", "level", "distance", "like"], kind="stable")
    rows = rows.drop_duplicates(["customer_id", "like"], ignore_index=True)
    rows["rank"] = rows.groupby("customer_id").cumcount() + 1
    rows = rows[rows["rank"] <= k].assign(widened=rows["level"] > 0)
    return rows[COLUMNS].reset_index(drop=True)


def _nearest(known, by, k):
    groups = [group for _, group in known.groupby(by)] if by else [known]
    parts = [_of_group(group.index.to_numpy(), np.log(group["net_sales"].to_numpy("float64")), k) for group in groups]
    return pd.concat(parts) if parts else pd.DataFrame(columns=["customer_id", "like", "distance"])


def _of_group(ids, size, k):
    """The k nearest at or above each size, and the k below it: among them are its k nearest. ids: sorted."""
    up, down = np.argsort(size, kind="stable"), np.argsort(-size, kind="stable")
    above = up[_window(np.searchsorted(size[up], size, "left"), k + 1, len(ids))]
    below = down[_window(np.searchsorted(-size[down], -size, "right"), k, len(ids))]
    own = np.repeat(np.arange(len(ids)), 2 * k + 1)
    like = np.concatenate([above, below], axis=1).ravel()
    rows = pd.DataFrame(
        {"customer_id": ids[own], "like": ids[like], "distance": np.abs(size[own] - size[like]).round(12)}
    )
    return rows[own != like]


def _window(start, width, count):
    """The places from each start on; those past the end are the last one."""
    return np.minimum(start[:, None] + np.arange(width), count - 1)
