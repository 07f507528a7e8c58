"""How steadily customers buy, how firm classes are, who is near the next class: facts for
`words/<language>/stability.j2`."""

import pandas as pd

from custlib.abc_classes.stability import FEWEST_MONTHS, SURE, X_LIMIT, Y_LIMIT
from custlib.wording import forms

_NEAREST = 3  # customers named
_SILENT = 2  # whole months without an order
_BETTER = {"B": "A", "C": "B"}


def stability_reading(customers: pd.DataFrame) -> dict:
    """How many customers buy steadily, and in class A how many do and how many stopped. customers: result table
    `abc_customers`."""
    counts = customers["xyz"].value_counts()
    letters = {name: int(counts.get(letter, 0)) for name, letter in zip("xyz", "XYZ", strict=True)}
    class_a = customers[customers["joint_class"] == "A"]
    return letters | {
        "short": int(counts.get("short", 0)),
        "x_limit": X_LIMIT,
        "y_limit": Y_LIMIT,
        "fewest_months": FEWEST_MONTHS,
        "a": len(class_a),
        "steady": int((class_a["xyz"] == "X").sum()),
        "silent": int((class_a["since_order"] >= _SILENT).sum()),
        "silent_months": _SILENT,
    }


def sure_reading(customers: pd.DataFrame) -> dict:
    """How many A customers are firmly A, which is the least firm, and who is more often in another class than its own.

    customers: result table `abc_customers`.
    """
    class_a = customers[(customers["joint_class"] == "A") & customers["how_sure"].notna()]
    if class_a.empty:
        return {"a": 0, "no_documents": bool(len(customers) and customers["how_sure"].isna().all())}
    least = class_a.loc[class_a["how_sure"].idxmin()]
    denied = customers[customers["more_often"].notna()]
    named = denied[["name", "joint_class", "more_often"]].astype("str").head(forms.NAMED)
    return {
        "no_documents": False,
        "a": len(class_a),
        "sure": int((class_a["how_sure"] >= SURE).sum()),
        "limit": SURE,
        "least": {"name": least["name"], "share": float(least["how_sure"])},
        "denied": len(denied),
        "named": named.to_dict("records"),
    }


def kept_reading(kept: pd.DataFrame) -> dict | None:
    """What such a share was worth in earlier quarters; None for a first quarter. kept: result table `abc_kept`."""
    bands = kept[kept["customers"] > 0]
    return {"bands": bands[["band", "customers", "kept_share"]].to_dict("records")} if len(bands) else None


def next_reading(customers: pd.DataFrame) -> dict:
    """The customers nearest to the next better class, and how near. customers: result table `abc_customers`."""
    below = customers[customers["joint_class"].isin(list(_BETTER))]
    reachable = below.dropna(subset="to_next").sort_values(["to_next", "name"])
    nearest = reachable.head(_NEAREST)[["name", "joint_class", "to_next"]]
    return {
        "below": len(below),
        "able": len(reachable),
        "nearest": nearest.assign(better=nearest["joint_class"].map(_BETTER)).to_dict("records"),
    }


def moves_reading(moves: pd.DataFrame) -> dict:
    """How many moves between classes only return to the class of a year ago, and how sure the new classes are. moves:
    result table `abc_moves`."""
    moved = moves[moves["step"].isin(("rose", "fell"))]
    counts = moved["step"].value_counts()
    return {
        "moves": len(moved),
        "rose": int(counts.get("rose", 0)),
        "fell": int(counts.get("fell", 0)),
        "back": int(moved["as_a_year_ago"].sum()),
        "near": int((moved["move"] == "at_threshold").sum()),
    }
