"""What people decided about a customer's class, beside what the figures say."""

import pandas as pd

from custlib import reference

STATES = ("in_force", "agrees", "expired", "absent")


def overrides(classes, signed, day):
    """The signed overrides, each tested against this quarter: over customers, with class (as signed), joint_class (as computed now), who,
    on, until, why, and state.

    classes: Series of joint classes; signed: `overrides.csv` as `reference.signed` gives it; day: last day of the quarter
    (`datetime.date`). state: "expired" if `until` lies before that day; else "absent" if the customer has no class this quarter; else
    "agrees" if the figures say the same by now, so that it is no longer needed; else "in_force".
    """
    found = signed.set_index("customer_id")
    joint = classes.astype("object").reindex(found.index)
    until = found["until"].map(reference.day)
    state = pd.Series("in_force", found.index)
    state[joint == found["class"]] = "agrees"
    state[joint.isna()] = "absent"
    state[until < day] = "expired"
    return found.assign(joint_class=joint, state=state)


def decided(classes, found):
    """The class that counts: the signed one where an override is in force, else the computed one. found: as `overrides` gives it."""
    in_force = found.loc[found["state"] == "in_force", "class"]
    return classes.where(~classes.index.isin(in_force.index), in_force.reindex(classes.index).astype(classes.dtype))
