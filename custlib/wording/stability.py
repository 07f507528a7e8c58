"""How steadily customers buy, how firm classes are, who is near the next class: facts for
`words/<language>/stability.j2`."""

import pandas as pd

from custlib.abc_classes.stability import FEWEST_MONTHS, SURE, X_LIMIT, Y_LIMIT

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
    """How many A customers are firmly A, and which is the least firm. customers: result table `abc_customers`."""
    class_a = customers[(customers["joint_class"] == "A") & customers["how_sure"].notna()]
    if class_a.empty:
        return {"a": 0}
    least = class_a.loc[class_a["how_sure"].idxmin()]
    return {
        "a": len(class_a),
        "sure": int((class_a["how_sure"] >= SURE).sum()),
        "limit": SURE,
        "least": {"name": least["name"], "share": float(least["how_sure"])},
    }


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
    """How many of the moves between classes are real. moves: result table `abc_moves`."""
    real = moves[moves["move"] == "real"]
    rose = int((real["to_class"].astype("str") < real["from_class"].astype("str")).sum())
    near = int((moves["move"] == "at_threshold").sum())
    return {
        "moves": len(real) + near,
        "real": len(real),
        "rose": rose,
        "fell": len(real) - rose,
        "near": near,
        "limit": SURE,
    }
