"""What people signed of the yearly plans: targets, and corrections of them (`plan_changes.csv`), read strictly."""

import datetime
import difflib
import re

import pandas as pd

from custlib import facts, quarters, reference, steps
from custlib.refusals import Refused

FILE = "plan_changes.csv"
KEY = ["year", *facts.LINE]
_MOST = 1e9
_EVER = datetime.date(2200, 1, 1)
_APART = 10  # a share written as 0.7 for 70 % lies so many times nearer to its target than to itself


def plan_changes(data_dir=None) -> pd.DataFrame:
    """`plan_changes.csv` as `reference.signed` gives it, year and target as numbers, `on` as a day.

    Raises Refused: as `reference.signed`, `not_one_of` for a year that is none, `terms_number`.
    """
    rows = reference.signed(FILE, data_dir)
    for line, row in rows.iterrows():
        if not re.fullmatch("[1-9][0-9]{3}", row["year"]):
            year = {"column": "year", "value": row["year"], "possible": "2024, 2025, …"}
            raise Refused("not_one_of", file=FILE, line=line, **year)
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", row["target"]) or float(row["target"]) > _MOST:
            facts_of_it = {"column": "target", "value": row["target"], "high": f"{_MOST:.0f}"}
            raise Refused("terms_number", file=FILE, line=line, **facts_of_it)
    numbers = {"year": rows["year"].astype("int64"), "target": rows["target"].astype("float64")}
    return rows.assign(**numbers, on=pd.to_datetime(rows["on"].map(reference.day)))


def check_plans(plans: pd.DataFrame, checks: pd.DataFrame, data_dir=None) -> None:
    """Plans, their checks and their corrections against one another, before anything is made of them.

    plans, checks: as `facts.plans` and `facts.plan_checks`. Raises Refused: `plan_unit` for a unit that is not the
    metric's, `plan_percent` for a share of 0.7 found where 70 % was promised, `step_unknown`, `change_nobody` for a
    correction of no line, `change_quarter` for one from a quarter after the line is due; as `plan_changes`.
    """
    for row in plans[plans["key"].notna()].drop_duplicates(["metric", "unit"]).to_dict("records"):
        if facts.as_word(row["unit"]) not in row["units"]:
            told = {"value": row["unit"], "metric": row["metric"], "possible": ", ".join(sorted(row["units"]))}
            raise Refused("plan_unit", file=row["file"], line=row["line"], **told)
    _check_percent(plans, checks)
    each = plans.drop_duplicates("status")
    steps.check(each.assign(thing=each.index, on=each["status_on"]), steps.of("yearly_plan", data_dir), _EVER)
    _check_changes(plans, plan_changes(data_dir))


def corrections(plans: pd.DataFrame, changes: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """What was corrected up to a day; result table `plan_corrections`, by line and quarter.

    plans: as `facts.plans`; changes: as `plan_changes`. Columns: year, customer_id, item, metric, before, after,
    from_quarter, after_missed (signed after the line was due), who, on, why.
    """
    signed = changes[changes["on"] <= pd.Timestamp(day)]
    rows = signed.merge(plans[[*KEY, "target", "due_on"]], on=KEY, suffixes=("", "_signed"))
    rows = rows.sort_values([*KEY, "from_quarter"], ignore_index=True)
    before = rows.groupby(KEY)["target"].shift().fillna(rows["target_signed"])
    rows = rows.assign(before=before, after=rows["target"], after_missed=rows["on"] > rows["due_on"])
    return rows[[*KEY, "before", "after", "from_quarter", "after_missed", "who", "on", "why"]]


def _check_percent(plans, checks):
    """0.7 beside a target of 70 % has two readings, 0.7 % and 70 %; so has 70 beside a target of 0.7."""
    if plans.empty or checks.empty:
        return
    percent = [unit for unit in plans["unit"].unique() if facts.as_word(unit) == "%"]
    shares = plans.loc[plans["unit"].isin(percent), [*KEY, "target"]]
    found = checks.assign(year=checks["quarter"].str[:4].astype("int64")).merge(shares, on=KEY)
    low, high = (found[["actual", "target"]].agg(end, axis=1) for end in ("min", "max"))
    for row in found[(low > 0) & (low <= 1) & (high > 1) & (low * _APART < high)].to_dict("records"):
        told = {"target": f"{row['target']:g}", "actual": f"{row['actual']:g}"}
        told |= {"other": f"{row['actual'] * 100 if row['actual'] <= 1 else row['actual'] / 100:g}"}
        raise Refused("plan_percent", file=row["file"], line=row["line"], metric=row["metric"], **told)


def _check_changes(plans, changes):
    due = plans[plans["customer_id"].isin(changes["customer_id"])].set_index(KEY)["due_on"].to_dict()
    for line, row in changes.iterrows():
        key = tuple(row[KEY])
        if key not in due:
            value = ", ".join(map(str, key))
            said = [", ".join(map(str, each)) for each in plans[KEY].itertuples(index=False)]
            nearest = next(iter(difflib.get_close_matches(value, said, n=1, cutoff=0)), "—")
            raise Refused("change_nobody", file=FILE, line=line, value=value, nearest=nearest)
        last = str(quarters.of(due[key]))
        if not f"{row['year']}Q1" <= row["from_quarter"] <= last:
            told = {"value": row["from_quarter"], "first": f"{row['year']}Q1", "last": last}
            raise Refused("change_quarter", file=FILE, line=line, **told)
