"""The front page of notebook 90: one conclusion, the first actions, gaps in the data. Facts for
`words/<language>/summary.j2`."""

import pandas as pd

from custlib import quarters

_ACTIONS, _NAMED = 3, 3  # how many actions are named, and how many customers for each


def conclusion(totals: pd.DataFrame, summary: pd.DataFrame, quarter: str, *, size_is: str = "payments") -> dict:
    """The quarter in one sentence.

    totals: result table `abc_totals`, including the quarter before if there is one; summary: `abc_summary`, including
    the joint class; size_is: "payments" or "net_sales".
    """
    by_quarter = totals.set_index("quarter")
    now = by_quarter.loc[quarter]
    nameless = now["without_customer_share"]  # missing in a report on a part
    before = by_quarter[size_is].get(str(quarters.parse(quarter).previous()))
    return {
        "quarter": quarter,
        "size": float(now[size_is]),
        "customers": int(now["customers"]),
        "change": float(now[size_is] / before - 1) if before is not None and before > 0 else None,
        "of_a": _of_a(summary, quarter, now[size_is]),
        "nameless": float(nameless) if nameless > 0 else 0.0,
        "fees": float(now.get("fees", 0)),
    }


def action_texts(concerned: pd.DataFrame) -> list:
    """The three most urgent actions, with the customers to start with. concerned: as `actions.concerned` returns it."""
    by_action = list(concerned.groupby("action", sort=False))[:_ACTIONS]
    return [_action(action, rows) for action, rows in by_action] or [_action("keep_on", concerned)]


def unfinished_note(data: pd.Series, quarter: str) -> dict | None:
    """That the quarter is incomplete, and why: data begin late or end early, or months are missing; None if it is
    complete.

    data: the one row of result table `data_facts`.
    """
    asked = quarters.parse(quarter)
    facts = {
        "quarter": quarter,
        "begin": data["data_from"] if data["data_from"] > asked.first_day else None,
        "end": data["data_until"] if data["data_until"] < asked.last_day else None,
        "gaps": data["gaps"],
    }
    return facts if facts["begin"] or facts["end"] or facts["gaps"] else None


def _of_a(summary, quarter, whole):
    """How many customers are A jointly, and their share of the whole; None where that is unknown."""
    joint = summary[(summary["quarter"] == quarter) & (summary["indicator"] == "joint") & (summary["class"] == "A")]
    if joint.empty or not whole > 0:
        return None
    return {"customers": int(joint["customers"].iloc[0]), "share": float(joint["value"].iloc[0] / whole)}


def _action(action, rows):
    first = rows[["name", "account_manager", "amount"]].head(_NAMED).to_dict("records")
    return {"action": action, "customers": len(rows), "amount": float(rows["amount"].sum()), "first": first}
