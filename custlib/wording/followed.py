"""The front page's look back at the report before: what changed since, and what became of the actions it asked for.

Facts for `words/<language>/followed.j2`.
"""

import pandas as pd

from custlib.actions import Earlier


def since_report(
    before: Earlier | None, named: pd.DataFrame, totals: pd.DataFrame, quarter: str, *, size_is: str = "payments"
) -> dict:
    """How size changed since the report before, and how the list of actions changed.

    before: that report, None if there is none; named: today's result table `actions_named`; totals: result table
    `abc_totals`.
    """
    if before is None:
        return {"report": ""}
    then, now = before.totals.set_index("quarter")[size_is], totals.set_index("quarter")[size_is]
    size = _size(then.get(before.quarter), now.get(quarter))
    return {"report": before.quarter, "size": size, "listed": _listed(before.named, named)}


def followed_texts(summary: pd.DataFrame) -> list:
    """What became of each action of the report before, in its order. summary: result table `actions_followed`."""
    return summary.to_dict("records")


def effect_reading(effect: pd.DataFrame, before: Earlier | None) -> dict | None:
    """Whether the customers named bought more than those not named; None without a report before.

    effect: result table `actions_effect`; before: as for `since_report`.
    """
    if before is None or before.named.empty:
        return None
    lines = effect.assign(beyond=(effect["low"] > 0) | (effect["high"] < 0)).to_dict("records")
    return {"report": before.quarter, "lines": lines}


def followed_limits(summary: pd.DataFrame, unused: list[int]) -> dict | None:
    """What the outcomes do not prove; None if no action was named.

    summary: result table `actions_followed`; unused: lines of `done.csv` that match nobody (`actions.unused`).
    """
    if summary.empty:
        return None
    nothing = bool((summary["not_recorded"] == summary["customers"]).all())
    return {"nothing_recorded": nothing, "unused_lines": list(map(str, unused))}


def _size(then, now):
    """Size then and now; None where one of them is unknown."""
    if then is None or now is None or not then > 0:
        return None
    return {"then": float(then), "now": float(now), "change": float(now / then - 1)}


def _listed(before, now):
    """How many actions are new, were listed before, and are gone: each customer and action counts once."""
    then, today = ({(row.action, row.customer_id) for row in rows.itertuples()} for rows in (before, now))
    return {"all": len(today), "new": len(today - then), "still": len(today & then), "off": len(then - today)}
