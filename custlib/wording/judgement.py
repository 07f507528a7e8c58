"""How a class came about, and why, customer by customer: facts for `words/<language>/judgement.j2`."""

import pandas as pd

from custlib.abc_classes import STATES
from custlib.facts import INDICATORS
from custlib.weights import Priorities

SMALL = 15  # below it, 1 : 2 : 2 leaves fewer than three customers in A
FRAGILE = 0.5


def rules_reading(compared: pd.DataFrame) -> dict:
    """The classes that the three rules make of the same figures. compared: result table `abc_rules`."""
    class_a = compared[compared["class"] == "A"]
    return {"by_rule": class_a[["rule", "customers", "share"]].to_dict("records")}


def systems_reading(systems: pd.Series, system: str) -> dict:
    """The systems within which customers are judged, and which of them are small.

    systems: customer → its system; system: "company", "region" or "account_manager".
    """
    sizes = systems.value_counts().sort_index()
    small = [{"name": name, "customers": int(number)} for name, number in sizes.items() if number < SMALL]
    few = len(systems) < SMALL
    return {"system": system, "systems": len(sizes), "customers": len(systems), "few": few, "small": small}


def weights_reading(weights: dict | None, priorities: Priorities | None) -> dict:
    """The weights that are used, and where they come from.

    weights: indicator → weight, None for equal weights; priorities: those of `comparisons.csv` if they made the
    weights, else None.
    """
    parts = weights or {}
    return {
        "shares": [{"indicator": name, "share": weight / sum(parts.values())} for name, weight in parts.items()],
        "compared": priorities is not None,
        "ratio": None if priorities is None else priorities.consistency_ratio,
    }


def weighed(classes: pd.DataFrame, weights: dict, ratio: list) -> dict:
    """What another ratio and other weights would change.

    classes: customers that have a class, columns now and then; weights: indicator → weight; ratio: A : B : C.
    """
    moved = classes[classes["now"] != classes["then"]]
    ways = moved.groupby(["now", "then"]).size()
    return {
        "ratio": " : ".join(f"{part:g}" for part in ratio),
        "shares": weights_reading(weights, None)["shares"],
        "customers": len(classes),
        "changed": len(moved),
        "ways": [{"now": now, "then": then, "customers": int(number)} for (now, then), number in ways.items()],
    }


def setting(settings: pd.DataFrame) -> list:
    """The value of each setting. settings: result table `abc_settings`."""
    return [_setting(*pair) for pair in zip(settings["name"], settings["value"], strict=True)]


def robust_reading(robust: pd.DataFrame) -> dict:
    """How far the joint classes depend on the weights. robust: result table `abc_robustness`."""
    judged = robust[robust["robust"].notna()]
    class_a = judged[judged["joint_class"] == "A"]
    return {
        "customers": len(judged),
        "firm": int((judged["robust"] == 1).sum()),
        "a": len(class_a),
        "fragile": int((class_a["robust"] < FRAGILE).sum()),
    }


def overrides_reading(decisions: pd.DataFrame) -> dict:
    """People's decisions against the figures, by state. decisions: result table `abc_overrides`."""
    counts = decisions["state"].value_counts()
    return {"states": [{"state": state, "decisions": int(counts[state])} for state in STATES if state in counts]}


def fits(measures: pd.DataFrame) -> list:
    """Which customers each measure is for, one dict per row. measures: `measures.csv`."""
    return [
        {"letter": line["class"]} | {name: _choices(line[name]) for name in ("stability", "movement")}
        for line in measures.to_dict("records")
    ]


def why(customers: pd.DataFrame) -> list:
    """Why each customer has its class, one dict per row. customers: rows of result table `abc_customers`."""
    return [_reasons(row) for row in customers.to_dict("records")]


def _choices(cell):
    return [] if cell == "any" else cell.split()


def _reasons(row):
    by_letter = {}
    for indicator in INDICATORS:
        if isinstance(letter := row.get(f"{indicator}_class"), str):
            by_letter.setdefault(letter, []).append(indicator)
    moved, decided = row["step"] in ("rose", "fell"), row["decided_class"]
    return {
        "on": [{"letter": letter, "indicators": by_letter[letter]} for letter in sorted(by_letter)],
        "step": row["step"],
        "cause": row["cause"] if moved and isinstance(row["cause"], str) else "",
        "class_before": row["class_before"] if moved else "",
        "a_by_season": bool(row["a_by_season"]),
        "costs_us_money": bool(row["costs_us_money"]),
        "more_often": row["more_often"] if isinstance(row.get("more_often"), str) else "",
        "decided": decided if isinstance(decided, str) and decided != row["joint_class"] else "",
    }


def _setting(name, value):
    weights = [part.rpartition(" ") for part in value.split(", ")] if name == "weights" else []
    shares = [{"indicator": indicator, "share": float(share)} for indicator, _, share in weights]
    return {"name": name, "value": value, "shares": shares}
