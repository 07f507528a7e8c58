"""How a class was come to, and why, customer by customer: facts for the sentences of `words/<language>/judgement.j2`."""

import pandas as pd

from custlib.abc_classes import STATES

SMALL = 15  # below it, 1 : 2 : 2 leaves fewer than three customers in A
FRAGILE = 0.5


def rules_reading(compared: pd.DataFrame) -> dict:
    """What the three rules would make of the same figures. compared: result table `abc_rules`."""
    ours = compared[compared["class"] == "A"]
    return {"by_rule": ours[["rule", "customers", "share"]].to_dict("records")}


def systems_reading(systems: pd.Series, system: str) -> dict:
    """Within which systems customers are judged, and which are small. systems: customer → its system; system: "company", "region" …"""
    sizes = systems.value_counts().sort_index()
    small = [{"name": name, "customers": int(number)} for name, number in sizes.items() if number < SMALL]
    few = len(systems) < SMALL
    return {"system": system, "systems": len(sizes), "customers": len(systems), "few": few, "small": small}


def weights_reading(weights: dict | None, priorities) -> dict:
    """Which weights count and where they are from. weights: indicator → weight, None where all are equal; priorities:
    `weights.Priorities` where comparisons made them, else None."""
    given = weights or {}
    return {
        "shares": [{"indicator": name, "share": weight / sum(given.values())} for name, weight in given.items()],
        "compared": priorities is not None,
        "ratio": None if priorities is None else priorities.consistency_ratio,
    }


def robust_reading(robust: pd.DataFrame) -> dict:
    """How far the joint classes hang on the weights. robust: result table `abc_robustness`."""
    known = robust[robust["robust"].notna()]
    a = known[known["joint_class"] == "A"]
    return {
        "customers": len(known),
        "firm": int((known["robust"] == 1).sum()),
        "a": len(a),
        "fragile": int((a["robust"] < FRAGILE).sum()),
    }


def overrides_reading(decisions: pd.DataFrame) -> dict:
    """What people decided against the figures, tested again. decisions: result table `abc_overrides`."""
    counts = decisions["state"].value_counts()
    return {"states": [{"state": state, "decisions": int(counts[state])} for state in STATES if state in counts]}


def fits(measures: pd.DataFrame) -> list:
    """Whom each measure is for: facts for each row. measures: `measures.csv`."""
    return [
        {"letter": line["class"]} | {name: _choices(line[name]) for name in ("stability", "movement")}
        for line in measures.to_dict("records")
    ]


def why(customers: pd.DataFrame) -> list:
    """Why each customer has its class: facts for each row. customers: rows of result table `abc_customers`."""
    return [_reasons(row) for row in customers.to_dict("records")]


def _choices(cell):
    return [] if cell == "any" else cell.split()


def _reasons(row):
    by_letter = {}
    for indicator in ("size", "contribution", "brand_share"):
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
        "decided": decided if isinstance(decided, str) and decided != row["joint_class"] else "",
    }
