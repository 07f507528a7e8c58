"""Text alternatives of the figures of notebook 20: facts for `words/<language>/class_alternatives.j2`, from the table
drawn."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

_INDICATOR_CLASSES = ["size_class", "contribution_class", "brand_share_class"]
_AGREED = ["AAA", "BBB", "CCC"]
_MOST = 3  # combinations named beside those that agree
_WAYS = ("stayed", "rose", "fell", "new", "returned", "lost")


def pareto_panels_alt(table: pd.DataFrame) -> dict:
    """table: one row per indicator and customer: indicator (its key), rank, value, cumulative_share, class."""
    return {"panels": [_panel(indicator, rows) for indicator, rows in table.groupby("indicator", sort=False)]}


def class_cube_alt(table: pd.DataFrame) -> dict:
    """table: size_class, contribution_class, brand_share_class (A, B, C; "" if unknown), customers."""
    counts = table.groupby(_INDICATOR_CLASSES)["customers"].sum()
    letters = counts.index.map("".join)
    complete = counts.set_axis(letters)[letters.str.len() == len(_INDICATOR_CLASSES)]
    others = complete.drop(_AGREED, errors="ignore")
    largest = others[others > 0].sort_values(ascending=False, kind="stable").head(_MOST)
    agreed = complete.reindex(_AGREED, fill_value=0)
    return {"agreed": _cells(agreed), "most": _cells(largest), "unknown": int(counts.sum() - complete.sum())}


def migration_flow_alt(table: pd.DataFrame) -> dict:
    """table: from_class (A, B, C, new, returned), to_class (A, B, C, lost), customers, size_before, size (money). Rows
    with "unjudged" are left out."""
    judged = table[~table[["from_class", "to_class"]].isin(["unjudged"]).any(axis=1)]
    ways = [_way(*pair) for pair in zip(judged["from_class"], judged["to_class"], strict=True)]
    sums = judged.groupby(ways)[["customers", "size_before", "size"]].sum()
    bands = [{"way": way} | _band(sums.loc[way]) for way in _WAYS if way in sums.index]
    return {"bands": bands, "total": _band(sums.sum())}


def class_heat_map_alt(table: pd.DataFrame) -> dict:
    """table: index customers, columns quarters (oldest first), values A, B, C or missing."""
    classes = table.astype("object")
    last = classes.iloc[:, -1]
    return {
        "customers": len(table),
        "quarters": [table.columns[0], table.columns[-1]],
        "always": int((classes.notna().all(axis=1) & (classes.nunique(axis=1) == 1)).sum()),
        "classes": [{"letter": letter, "customers": int((last == letter).sum())} for letter in "ABC"],
        "absent": int(last.isna().sum()),
    }


def stability_scatter_alt(table: pd.DataFrame, limits: Sequence[float] = (0.5, 1.0)) -> dict:
    """table: variation, size, class (A, B, C), label ("" or a name); limits: the largest variation of X, and of Y."""
    marks = table[table["variation"].notna() & (table["size"] > 0)]
    letters = np.select([marks["variation"] <= limit for limit in limits], ["X", "Y"], "Z")
    counts = pd.crosstab(letters, marks["class"] == "A").reindex(index=list("XYZ"), columns=[True, False], fill_value=0)
    names = marks.sort_values("size", ascending=False)["label"]
    return {
        "letters": [{"letter": at, "customers": int(of.sum()), "a": int(of[True])} for at, of in counts.iterrows()],
        "names": list(names[names != ""]),
    }


def lorenz_alt(table: pd.DataFrame) -> dict:
    """table: label, customers_share (0 to 1, from the smallest), value_share."""
    return {"curves": [_curve(label, rows) for label, rows in table.groupby("label", sort=False)]}


def whale_alt(table: pd.DataFrame) -> dict:
    """table: one row per customer: rank (from 1), value, cumulative (money)."""
    profit = table["cumulative"].to_numpy()
    first = len(profit) - int(profit[::-1].argmax())
    peak, total = float(profit[first - 1]), float(profit[-1])
    share = peak / total if total > 0 else None
    return {
        "customers": len(profit),
        "first": first,
        "last": len(profit) - first,
        "peak": peak,
        "total": total,
        "share": share,
    }


def season_curves_alt(table: pd.DataFrame) -> dict:
    """table: label, quarter_number (1 to 4), index (1 = the mean quarter)."""
    ordered = table.sort_values("quarter_number", kind="stable")
    curves = [
        {"label": label, "index": list(ordered.loc[ordered["label"] == label, "index"])}
        for label in table["label"].unique()
    ]
    return {"curves": curves}


def _panel(indicator, rows):
    values, total = rows.groupby("class", observed=True)["value"], rows["value"].sum()
    classes = [
        {"letter": letter, "customers": len(amounts), "share": float(amounts.sum() / total)}
        for letter, amounts in values
    ]
    return {"indicator": indicator, "classes": classes}


def _cells(counts):
    return [{"letters": letters, "customers": int(number)} for letters, number in counts.items()]


def _way(before, now):
    if before in ("new", "returned") or now == "lost":
        return "lost" if now == "lost" else before
    return "stayed" if before == now else "rose" if now < before else "fell"


def _band(sums):
    return {"customers": int(sums["customers"]), "before": float(sums["size_before"]), "now": float(sums["size"])}


def _curve(label, rows):
    axes = (np.append(0, rows[name]) for name in ("customers_share", "value_share"))
    half, most = np.interp([0.5, 0.8], *axes)
    return {"label": label, "smaller_half": float(half), "largest_fifth": float(1 - most)}
