"""The yearly plan, line by line: what was to be expected by a day, what came, and what became of the promise."""

import datetime

import numpy as np
import pandas as pd

from custlib import facts, quarters, steps
from custlib.accounts.promises import KEY, corrections, plan_changes

DONE, MISSED = "done", "missed"
NEAR = 0.05  # of what is expected: so near is as expected
_DIGITS = 6
_CENTS = 2  # of a percent: a booked rebate of 2.9997 % is one of 3 %
COLUMNS = [
    *(*KEY, "unit", "target_signed", "target_now", "corrected_in", "expected_by_now", "actual", "how_measured"),
    *("state", "attained_share", "owner", "due_on", "status", "question"),
]


def expected_by(
    target: pd.Series, profile: pd.Series, direction: pd.Series, day: datetime.date, due_on: pd.Series
) -> pd.Series:
    """How much of each target is to be expected by a day, in its unit, never above it.

    profile: `linear` (days since 31 December of the year before `day` ÷ days to due_on), `by_quarter` (the same in full
    quarters), `at_the_end` (0 before due_on); due_on: days. A level that is to come down (`down`, `at_the_end`) is
    expected nowhere before it is due: NaN.
    """
    now, due = pd.Timestamp(day), pd.to_datetime(due_on)
    start = pd.Timestamp(now.year - 1, 12, 31)
    by_day = (now - start).days / (due - start).dt.days.where(due > start)
    full = (now + pd.Timedelta(days=1)).quarter - 1 + 4 * ((now + pd.Timedelta(days=1)).year - now.year)
    by_quarter = full / (due.dt.quarter + 4 * (due.dt.year - now.year)).where(due > start)
    share = by_day.where(profile != "by_quarter", by_quarter).where(profile != "at_the_end", 0.0)
    share = share.where(due > now, 1.0).clip(0, 1)
    return target * share.mask((profile == "at_the_end") & (direction == "down") & (due > now))


def plan_state(lines: pd.DataFrame, actuals: pd.Series, changes: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """What became of each line by a day; over the index of `lines`.

    lines: year, customer_id, item, metric, target (as signed), direction, profile, due_on; actuals: over the same
    index, NaN where nothing was measured; changes: as `plan_changes`. Columns: target_signed, target_now (the latest
    correction in force), corrected_in (its quarter), expected_by_now, actual, state, attained_share (actual ÷
    target_signed, turned round where less is better).
    state: `not_measured`; `done` (reached; where less is better, once it is due); `missed` (due, not reached); else
    `on` (within 5 % of what is expected, or nothing is expected yet), `ahead` or `behind`. A promise is judged by the
    target that stood when it was due: a correction that was signed later leaves it missed.
    """
    made = corrections(lines, changes, day)
    made = made[made["from_quarter"] <= str(quarters.of(day))]
    now, in_time = (_last(rows, lines) for rows in (made, made[~made["after_missed"].astype("bool")]))
    target = in_time["after"].fillna(lines["target"])
    due, down = pd.to_datetime(lines["due_on"]) <= pd.Timestamp(day), lines["direction"] == "down"
    expected = expected_by(target, lines["profile"], lines["direction"], day, lines["due_on"])
    good, aim, hoped = ((-1.0) ** down * values for values in (actuals, target, expected))
    near = NEAR * hoped.abs()
    choices = {
        "not_measured": actuals.isna(),
        DONE: (good >= aim - 10.0**-_DIGITS) & (due | ~down),
        MISSED: due,
        "on": hoped.isna() | (hoped == 0) | ((good - hoped).abs() <= near),
        "ahead": good > hoped,
    }
    state = np.select(list(choices.values()), list(choices), "behind")
    attained = (actuals / lines["target"]).where(~down, lines["target"] / actuals.where(actuals > 0))
    return pd.DataFrame(
        {
            "target_signed": lines["target"],
            "target_now": now["after"].fillna(lines["target"]),
            "corrected_in": now["from_quarter"],
            "expected_by_now": expected,
            "actual": actuals,
            "state": pd.Series(state, lines.index, dtype="str"),
            "attained_share": attained.replace([np.inf, -np.inf], np.nan),
        }
    )


def checked(lines: pd.DataFrame, checks: pd.DataFrame, rebates: pd.DataFrame, contacts: pd.DataFrame, quarter: str):
    """What was measured of each line of a year's plans up to a quarter: DataFrame actual, how_measured, over the index
    of `lines`. What came after a line was due does not count.

    lines: as `facts.plans`; checks: as `facts.plan_checks`; rebates: result table `profile_rebates` of the same
    quarter; contacts: as `profile.contacts` gives them. how_measured: `data`, `checks`, `by_hand` (a check of what
    nobody else sees), `not_measured`.
    """
    days = lines["due_on"].drop_duplicates()
    due = pd.Series(pd.PeriodIndex(days, freq="Q").astype("str"), days)
    until = lines["due_on"].map(due).astype("str").fillna(quarter).clip(upper=quarter)
    own = checks[checks["quarter"] <= quarter]
    own = own.assign(year=own["quarter"].str[:4].astype("int64"))
    place = lines.reset_index(names="place")[[*KEY, "place"]].assign(until=until.to_numpy())
    found = own.merge(place, on=KEY)
    found = found[found["quarter"] <= found["until"]].sort_values("quarter", kind="stable").groupby("place")["actual"]
    last, total = (values.reindex(lines.index) for values in (found.last(), found.sum()))
    by_check = total.where(lines["together"] == "sum", last).where(lines["measured"].isin([facts.CHECKS, "by_hand"]))
    data = _rebated(lines, rebates).fillna(_display_checks(lines, contacts, quarters.parse(quarter).last_day))
    choices = {"data": data.notna(), "by_hand": by_check.notna() & (lines["measured"] == "by_hand")}
    how = np.select([*choices.values(), by_check.notna()], [*choices, "checks"], "not_measured")
    return pd.DataFrame({"actual": data.fillna(by_check), "how_measured": pd.Series(how, lines.index, dtype="str")})


def plan_lines(
    plans: pd.DataFrame,
    checks: pd.DataFrame,
    rebates: pd.DataFrame,
    contacts: pd.DataFrame,
    quarter: str,
    data_dir=None,
) -> pd.DataFrame:
    """Every line of the plans of the year of `quarter` and what became of it by then; result table `plan_lines`.

    plans, checks, rebates, contacts: as for `checked`; data_dir: whose `plan_changes.csv` and `steps.csv` count.
    question: what to ask about a line, or missing: `due_outside_year`, `metric_unknown`, `changed_after_due`,
    `step_late`. Raises Refused as `plan_changes`, `steps.check`.
    """
    asked = quarters.parse(quarter)
    lines = plans[plans["year"] == asked.year].reset_index(drop=True)
    changes, day = plan_changes(data_dir), asked.last_day
    measured = checked(lines, checks, rebates, contacts, quarter)
    rows = lines.join(plan_state(lines, measured["actual"], changes, day)).join(measured["how_measured"])
    told = steps.check(lines.assign(thing=lines.index, on=lines["status_on"]), steps.of("yearly_plan", data_dir), day)
    late = pd.MultiIndex.from_frame(corrections(lines, changes, day).query("after_missed == True")[KEY])
    questions = {
        "due_outside_year": lines["due_on"].dt.year != lines["year"],
        "metric_unknown": lines["key"].isna(),
        "changed_after_due": pd.MultiIndex.from_frame(lines[KEY]).isin(late),
        "step_late": told["late"].reindex(lines.index).fillna(False).astype("bool"),
    }
    question = np.select([np.asarray(each, "bool") for each in questions.values()], list(questions), "")
    rows = rows.assign(status=told["status"].reindex(lines.index), question=question)
    return rows.assign(question=rows["question"].replace("", None), due_on=rows["due_on"].dt.date)[COLUMNS]


def judged(lines: pd.DataFrame) -> pd.Series:
    """The target that each line is held against: of a missed one that which stood when it was due, which a correction
    signed later does not change. lines: result table `plan_lines`."""
    return lines["target_now"].mask(lines["state"] == MISSED, lines["expected_by_now"])


def best_reached(last_year: pd.DataFrame, alike: pd.DataFrame) -> pd.Series:
    """(customer_id, metric) → the most that the customer or one like it reached last year. last_year: result table
    `plan_lines` of that year; alike: `facts.look_alikes`."""
    reached = last_year.dropna(subset="actual")[["customer_id", "metric", "actual"]]
    others = alike[["customer_id", "like"]].merge(reached, left_on="like", right_on="customer_id", suffixes=("", "_of"))
    both = pd.concat([reached, others[["customer_id", "metric", "actual"]]])
    return both.groupby(["customer_id", "metric"])["actual"].max()


def _last(rows, lines):
    """The last correction of each line, over the index of `lines`."""
    last = rows.drop_duplicates(KEY, keep="last").set_index(KEY)[["after", "from_quarter"]]
    return last.reindex(pd.MultiIndex.from_frame(lines[KEY])).set_axis(lines.index)


def _rebated(lines, rebates):
    """Rebates booked in % of the net sales that they are for."""
    share = (100 * rebates["booked"] / rebates["base"].where(rebates["base"] > 0)).astype("float64").round(_CENTS)
    booked = share.set_axis(pd.MultiIndex.from_frame(rebates[["customer_id", "metric"]])).groupby(level=[0, 1]).first()
    own = booked.reindex(pd.MultiIndex.from_frame(lines[["customer_id", "metric"]])).set_axis(lines.index)
    return own.where(lines["measured"] == facts.REBATES)


def _display_checks(lines, contacts, day):
    """Visits with the subject `display_check` in the year, up to the line's day; unknown without contacts."""
    if contacts.empty:
        return pd.Series(np.nan, lines.index)
    visits = contacts.loc[contacts["subject"] == "display_check", ["customer_id", "date"]]
    own = lines.loc[lines["measured"] == "visits:display_check", ["customer_id", "year", "due_on"]]
    both = own.reset_index(names="place").merge(visits, on="customer_id")
    within = (both["date"].dt.year == both["year"]) & (both["date"] <= both["due_on"].clip(upper=pd.Timestamp(day)))
    counts = both[within].groupby("place").size().reindex(own.index, fill_value=0)
    return counts.reindex(lines.index).astype("float64")
