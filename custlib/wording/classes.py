"""Classes, moves and the list of customers in notebook 20: facts for `words/<language>/classes.j2`."""

import pandas as pd

from custlib.facts import INDICATORS

FEW_CUSTOMERS = 25  # below it, one customer is more than four percent of the list
_LETTERS = tuple(f"{indicator}_class" for indicator in INDICATORS)


def size_meaning(missing: pd.DataFrame) -> dict:
    """What stands in for size, and which indicators are missing and why. missing: result table `abc_missing`."""
    stand_ins = missing.loc[missing["indicator"] == "size", "stands_for"]
    absent = missing.loc[missing["indicator"] != "size", ["indicator", "reason"]]
    return {"stand_in": "" if stand_ins.empty else stand_ins.iloc[0], "absent": absent.to_dict("records")}


def abc_reading(summary: pd.DataFrame, indicator: str = "size") -> dict:
    """How few customers are A, and how much they bring. summary: result table `abc_summary`, one quarter."""
    rows = summary[summary["indicator"] == indicator].set_index("class")
    counts, shares = ({letter: rows[name].get(letter, 0) for letter in "AC"} for name in ("customers", "share"))
    return {
        "indicator": indicator,
        "total": int(rows["customers"].sum()),
        "a": int(counts["A"]),
        "a_share": float(shares["A"]),
        "c": int(counts["C"]),
        "c_share": float(shares["C"]),
    }


def joint_reading(customers: pd.DataFrame) -> dict | None:
    """How the joint class relates to the classes on the single indicators; None if nobody is A. customers: result table
    `abc_customers`."""
    letters = customers[[name for name in _LETTERS if name in customers and customers[name].notna().any()]]
    class_a = letters[customers["joint_class"] == "A"]
    if class_a.empty:
        return None
    everywhere = int((class_a.isna() | (class_a == "A")).all(axis=1).sum())
    nowhere = int((class_a != "A").all(axis=1).sum())
    return {
        "indicators": letters.shape[1],
        "a": len(class_a),
        "everywhere": everywhere,
        "somewhere": len(class_a) - everywhere - nowhere,
        "nowhere": nowhere,
        "fewer": int((customers["known"] < letters.shape[1]).sum()),
    }


def last_share_reading(carried: pd.DataFrame) -> dict | None:
    """How many customers are judged with the brand share of an earlier quarter; None if nobody is.

    carried: the rows of result table `abc_customers` whose `brand_share_of` is another quarter than the report's.
    """
    return {"customers": len(carried)} if len(carried) else None


def migration_reading(migration: pd.DataFrame) -> dict:
    """Who stayed A, fell, came, came back and left; no moves for a first quarter. migration: result table
    `abc_migration`."""
    counts = migration.set_index(["from_class", "to_class"])["customers"]
    come, gone = (counts.groupby(level=level).sum() for level in ("from_class", "to_class"))
    new, returned, lost = (int(sums.get(name, 0)) for sums, name in ((come, "new"), (come, "returned"), (gone, "lost")))
    if come.sum() == new + returned + int(come.get("unjudged", 0)):
        return {"moves": {}}
    stayed, to_b, to_c, left = (int(counts.get(("A", to), 0)) for to in ("A", "B", "C", "lost"))
    moves = {
        "were_a": stayed + to_b + to_c + left,
        "stayed": stayed,
        "fell": to_b + to_c,
        "left": left,
        "rose": int(counts.get(("B", "A"), 0) + counts.get(("C", "A"), 0)),
        "came_as_a": int(counts.get(("new", "A"), 0) + counts.get(("returned", "A"), 0)),
        "new": new,
        "returned": returned,
        "lost": lost,
    }
    return {"moves": moves}


def limits_caption() -> dict:
    """The caption of the list of customers to act on, which says what the list is not; it needs no facts."""
    return {}


def list_reading(customers: pd.DataFrame) -> dict:
    """The caveats printed before a list of named customers. customers: result table `abc_customers`."""
    return {"customers": len(customers), "few": 0 < len(customers) < FEW_CUSTOMERS}
