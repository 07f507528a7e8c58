"""What notebook 20 found of classes, moves and the list: facts for the sentences of `words/<language>/classes.j2`."""

import pandas as pd

FEW_CUSTOMERS = 25  # below it, one customer is more than four percent of the list
_LETTERS = ("size_class", "contribution_class", "brand_share_class")


def size_meaning(missing: pd.DataFrame) -> dict:
    """What customer size stands for, and which indicators are missing and why. missing: result table `abc_missing`."""
    stand_ins = missing.loc[missing["indicator"] == "size", "stands_for"]
    absent = missing.loc[missing["indicator"] != "size", ["indicator", "reason"]]
    return {"stand_in": "" if stand_ins.empty else stand_ins.iloc[0], "absent": absent.to_dict("records")}


def abc_reading(summary: pd.DataFrame, indicator: str = "size") -> dict:
    """How few customers are A and how much they bring. summary: result table `abc_summary` for one quarter."""
    rows = summary[summary["indicator"] == indicator].set_index("class")
    of, shares = ({letter: rows[name].get(letter, 0) for letter in "AC"} for name in ("customers", "share"))
    return {
        "indicator": indicator,
        "total": int(rows["customers"].sum()),
        "a": int(of["A"]),
        "a_share": float(shares["A"]),
        "c": int(of["C"]),
        "c_share": float(shares["C"]),
    }


def joint_reading(customers: pd.DataFrame) -> dict:
    """How the joint class relates to the classes on the single indicators. customers: result table `abc_customers`."""
    letters = customers[[name for name in _LETTERS if name in customers and customers[name].notna().any()]]
    ours = letters[customers["joint_class"] == "A"]
    everywhere = int((ours.isna() | (ours == "A")).all(axis=1).sum())
    nowhere = int((ours != "A").all(axis=1).sum())
    return {
        "indicators": letters.shape[1],
        "a": len(ours),
        "everywhere": everywhere,
        "somewhere": len(ours) - everywhere - nowhere,
        "nowhere": nowhere,
        "fewer": int((customers["known"] < letters.shape[1]).sum()),
    }


def migration_reading(migration: pd.DataFrame) -> dict:
    """Who stayed A, who fell, who came, came back and left; empty for a first quarter. migration: result table `abc_migration`."""
    went = migration.set_index(["from_class", "to_class"])["customers"]
    come, gone = (went.groupby(level=level).sum() for level in ("from_class", "to_class"))
    new, returned, lost = (int(sums.get(name, 0)) for sums, name in ((come, "new"), (come, "returned"), (gone, "lost")))
    if come.sum() == new + returned:
        return {"moves": {}}
    stayed, to_b, to_c, left = (int(went.get(("A", to), 0)) for to in ("A", "B", "C", "lost"))
    moves = {
        "were_a": stayed + to_b + to_c + left,
        "stayed": stayed,
        "fell": to_b + to_c,
        "left": left,
        "rose": int(went.get(("B", "A"), 0) + went.get(("C", "A"), 0)),
        "came_as_a": int(went.get(("new", "A"), 0) + went.get(("returned", "A"), 0)),
        "new": new,
        "returned": returned,
        "lost": lost,
    }
    return {"moves": moves}


def limits_caption() -> dict:
    """The title of the list of customers to act on; it says what the list is not."""
    return {}


def list_reading(customers: pd.DataFrame) -> dict:
    """The limits that stand before a list of named customers. customers: result table `abc_customers`."""
    return {"customers": len(customers), "few": 0 < len(customers) < FEW_CUSTOMERS}
