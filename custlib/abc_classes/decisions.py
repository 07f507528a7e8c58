"""People's decisions about a customer's class, beside the computed one."""

import datetime

import pandas as pd

from custlib import reference

STATES = ("in_force", "agrees", "expired", "absent")


def overrides(classes: pd.Series, signed: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """The signed overrides and what has become of them this quarter.

    classes: Series of joint classes; signed: `overrides.csv` as `reference.signed` returns it; day: last day of the
    quarter.
    Returns a DataFrame over customers: class (as signed), joint_class (as computed), who, on, until, why, and state:
    "expired" if `until` is before `day`, else "absent" if the customer has no class this quarter, else "agrees" if the
    computed class is the same, so that the override is no longer needed, else "in_force".
    """
    rows = signed.set_index("customer_id")
    joint = classes.astype("object").reindex(rows.index)
    until = rows["until"].map(reference.day)
    state = pd.Series("in_force", rows.index)
    state[joint == rows["class"]] = "agrees"
    state[joint.isna()] = "absent"
    state[until < day] = "expired"
    return rows.assign(joint_class=joint, state=state)


def decided(classes: pd.Series, found: pd.DataFrame) -> pd.Series:
    """The final class: the signed one if an override is in force, else the computed one. found: from `overrides`."""
    in_force = found.loc[found["state"] == "in_force", "class"]
    return classes.where(~classes.index.isin(in_force.index), in_force.reindex(classes.index).astype(classes.dtype))
