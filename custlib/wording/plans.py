"""The yearly plan, in notebook 50: what we did not do first. Facts for `words/<language>/plans.j2`."""

from datetime import date

import pandas as pd

from custlib.accounts.owners import BACK, LEAST, OVER
from custlib.accounts.plans import DONE, MISSED, NEAR, judged
from custlib.wording import forms

_NAMED = 5  # lines in a sentence
_CLOSE = 0.8  # of a target: who came so far is named last
_LARGE = 1_000


def promises_due(lines: pd.DataFrame, first_day: date, last_day: date, customers: pd.DataFrame) -> dict | None:
    """The promises of a quarter beside what came; None where none was due.

    lines: result table `plan_lines`; customers: `abc_customers` (customer_id, name, size). Those missed are told by how
    much they matter: the customer's size × the part that is lacking.
    """
    due = lines[pd.to_datetime(lines["due_on"]).between(pd.Timestamp(first_day), pd.Timestamp(last_day))]
    if due.empty:
        return None
    missed = _by_weight(due[due["state"] == MISSED], customers)
    return {
        "due": len(due),
        "kept": int((due["state"] == DONE).sum()),
        "missed": len(missed),
        "unmeasured": int((due["state"] == "not_measured").sum()),
        "first": _promises(missed.head(_NAMED)),
        "more": max(0, len(missed) - _NAMED),
    }


def promises_finding(lines: pd.DataFrame, first_day: date, last_day: date, customers: pd.DataFrame) -> dict | None:
    """The one line for the front page; None where no promise was due. As `promises_due`."""
    return promises_due(lines, first_day, last_day, customers)


def corrected_late(corrected: pd.DataFrame, customers: pd.DataFrame) -> dict | None:
    """Corrections that were signed after the line was due, named as such; None without any correction.

    corrected: result table `plan_corrections`; customers: name by customer.
    """
    if corrected.empty:
        return None
    late = corrected[corrected["after_missed"].astype("bool")].join(customers["name"], on="customer_id")
    told = late[["name", "metric", "who", "before", "after"]].assign(on=late["on"].astype("str").str[:10])
    told = told.assign(**{name: list(map(_number, told[name])) for name in ("before", "after")})
    return {
        "all": len(corrected),
        "late": len(late),
        "first": told.head(_NAMED).to_dict("records"),
        "more": max(0, len(late) - _NAMED),
    }


def plans_copied(copied: pd.DataFrame, customers: pd.DataFrame) -> dict | None:
    """Plans that are last year's unchanged, named; None without one. copied: `owners.copied`; customers: name by
    customer."""
    if copied.empty:
        return None
    rows = copied.join(customers["name"], on="customer_id")
    return {"plans": len(rows), "lines": int(rows["lines"].sum()), "named": forms.first_customers(rows)}


def owners_reading(owners: pd.DataFrame) -> dict | None:
    """Who promises too much, who holds back; None where nobody has lines enough. owners: result table `plan_owners`."""
    if owners.empty:
        return None
    columns = ["owner", "lines", "kept", "bias"]
    by_word = {word: owners.loc[owners["word"] == word, columns].to_dict("records") for word in (OVER, BACK)}
    return {"owners": len(owners), "least": LEAST, **by_word}


def plans_asked(lines: pd.DataFrame, last_day: date) -> dict | None:
    """What to ask about the lines of the year: measured by nothing, of an unknown metric, due in another year, stuck
    before the signature; None without plans. lines: result table `plan_lines`."""
    if lines.empty:
        return None
    due = pd.to_datetime(lines["due_on"]) <= pd.Timestamp(last_day)
    questions = lines["question"].value_counts()
    unmeasured = lines["state"] == "not_measured"
    asked = {name: int(questions.get(name, 0)) for name in ("metric_unknown", "due_outside_year", "step_late")}
    return {"lines": len(lines), "unmeasured": int((due & unmeasured).sum()), "due": int(due.sum()), **asked}


def plans_made(quality: pd.DataFrame) -> dict | None:
    """How well the lines of the year are made, weakest first; None without plans. quality: result table
    `plan_quality`."""
    five = ["specific", "measurable", "attainable", "effective", "dated"]
    known = quality[five].notna().mul(quality["lines"], axis=0)
    shares = (quality[five].mul(quality["lines"], axis=0).sum() / known.sum()).dropna().sort_values(kind="stable")
    if shares.empty:
        return None
    return {
        "lines": int(quality["lines"].sum()),
        "shares": [{"what": name, "share": float(share)} for name, share in shares.items() if share < 1],
    }


def plans_method() -> dict:
    """By which rules a promise is kept, an owner named."""
    return {"near": NEAR, "least": LEAST}


def became(lines: pd.DataFrame) -> list:
    """What became of each line. lines: result table `plan_lines`."""
    return [
        {
            "target": _number(target),
            "actual": _number(row["actual"]),
            "unit": row["unit"],
            "due_on": str(row["due_on"])[:10],
            "state": row["state"],
        }
        for row, target in zip(lines.to_dict("records"), judged(lines), strict=True)
    ]


def agenda_text(agenda: pd.DataFrame) -> list:
    """Each row of an agenda in a sentence. agenda: result table `review_agenda`."""
    return [
        {
            "subject": row["subject"],
            "about": "" if pd.isna(row["about"]) else row["about"],
            "unit": "" if pd.isna(row["unit"]) else row["unit"],
            "now": _number(row["now"]),
            "expected": _number(row["expected"]),
        }
        for row in agenda.to_dict("records")
    ]


def state_line(state: pd.DataFrame) -> list:
    """The numbers of each row in words. state: result table `account_state`."""
    numbers = ["now", "before", "year_ago", "change_share"]
    return [
        {name: forms.number(row[name]) for name in numbers} | {"unit": row["unit"]} for row in state.to_dict("records")
    ]


def _by_weight(rows, customers):
    known = customers.set_index("customer_id")
    sizes, names = (rows["customer_id"].map(known[column]) for column in ("size", "name"))
    lacking = (1 - rows["attained_share"].clip(0, 1)).fillna(0.0)
    rows = rows.assign(weight=sizes.astype("float64").fillna(0.0) * lacking, name=names.fillna(rows["customer_id"]))
    rows = rows.assign(close=rows["attained_share"] >= _CLOSE)
    return rows.sort_values(["close", "weight"], ascending=[True, False], kind="stable")


def _promises(rows):
    told = became(rows)
    others = rows[["name", "metric", "owner"]].to_dict("records")
    return [one | other for one, other in zip(told, others, strict=True)]


def _number(value):
    """A number as a fact: whole where it is whole or large, else to a hundredth; None if it is missing."""
    if pd.isna(value):
        return None
    number = round(float(value), 2 if abs(value) < _LARGE else 0)
    return int(number) if number.is_integer() else number
