"""What the front page says of the report before: what changed since, and what became of what it asked for.

Facts for `words/<language>/followed.j2`.
"""


def since_report(before, concerned, totals, quarter, *, size_is="payments") -> dict:
    """What changed since the report before: size as it was reported then and now, and what is new on the list of what to do.

    before: `actions.Earlier` or None; concerned: `actions.concerned` of now; totals: result table `abc_totals` of now.
    """
    if before is None:
        return {"report": ""}
    then, now = before.totals.set_index("quarter")[size_is], totals.set_index("quarter")[size_is]
    size = _size(then.get(before.quarter), now.get(quarter))
    return {"report": before.quarter, "size": size, "listed": _listed(before.concerned, concerned)}


def followed_texts(summary) -> list:
    """What became of each action that the report before named, in its order. summary: result table `actions_followed`."""
    return summary.to_dict("records")


def followed_limits(summary, unused) -> dict | None:
    """What the outcomes do not say; None if no action was named. summary: result table `actions_followed`; unused: `actions.unused`."""
    if summary.empty:
        return None
    nothing = bool((summary["not_recorded"] == summary["customers"]).all())
    return {"nothing_recorded": nothing, "unused_lines": list(map(str, unused))}


def _size(then, now):
    """Size of then and now, None where one of them is not known."""
    if then is None or now is None or not then > 0:
        return None
    return {"then": float(then), "now": float(now), "change": float(now / then - 1)}


def _listed(before, now):
    """How many things to do are new, stood on the list already, and are off it: each customer and action counts once."""
    then, today = ({(row.action, row.customer_id) for row in rows.itertuples()} for rows in (before, now))
    return {"all": len(today), "new": len(today - then), "still": len(today & then), "off": len(then - today)}
