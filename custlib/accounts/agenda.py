"""What is talked about at the next review, what we did not do first; and what we ask of headquarters."""

import pandas as pd

from custlib.accounts.plans import DONE, MISSED, judged
from custlib.accounts.promises import KEY

AGENDA = ["customer_id", "kind", "subject", "about", "unit", "now", "expected", "evidence", "edition"]
_KINDS = ["mistake", "achievement", "gap", "opportunity"]
_FIRST = 3  # gaps, and categories, of each customer
# Who can change what only headquarters can, by bone of the fishbone.
_ASKED = {"value_for_money": "product_management", "policy_resources": "sales_policy"}


def account_requests(needs: pd.DataFrame, factors: pd.Series, tree: pd.DataFrame) -> pd.DataFrame:
    """What we ask of headquarters: a row for each open need whose factor lies in zone B; result table
    `account_requests`.

    needs: result table `account_needs`, its open needs only; what is marked as not feasible is not asked for; factors:
    need → factor (`needs.csv`); tree: as `fishbone.tree`. asked_of: a role; amount: yuan, due: a day, missing where
    nobody wrote one.
    """
    zones = tree.set_index("factor")[["zone", "bone"]]
    rows = needs.assign(factor=needs["need"].map(factors)).join(zones, on="factor")
    rows = rows[(rows["zone"] == "B") & ~rows["feasible"].eq(False)]
    rows = rows.assign(asked_of=rows["bone"].map(_ASKED).fillna("leadership"), amount=rows["cost"], due=rows["by_when"])
    columns = ["customer_id", "factor", "need", "asked_of", "amount", "due"]
    return rows.sort_values(["customer_id", "need"], ignore_index=True)[columns]


def review_agenda(
    lines: pd.DataFrame,
    corrected: pd.DataFrame,
    copied: pd.DataFrame,
    needs: pd.DataFrame,
    whitespace: pd.DataFrame,
    quarter: tuple,
) -> pd.DataFrame:
    """What each customer's review is about; result table `review_agenda`, by customer, what we did not do first.

    lines, corrected, needs, whitespace: result tables `plan_lines`, `plan_corrections`, `account_needs` (of the
    quarter), `whitespace`; copied: as `owners.copied`; quarter: its first and last day. kind: `mistake` (promises of
    the quarter that were missed, corrections signed after the line was due, a plan copied from last year),
    `achievement` (promises of the quarter that were kept), `gap` (the first three needs that fall short), `opportunity`
    (the three categories with most to win). about, unit, now, expected: what the row's sentence says; evidence:
    `table:key`; edition: `customer` for what may be talked about with the customer.
    """
    due = lines[pd.to_datetime(lines["due_on"]).between(*map(pd.Timestamp, quarter))]
    promised = {"about": due["metric"], "now": due["actual"], "expected": judged(due)}
    due = due.assign(**promised, evidence=_evidence("plan_lines", due, KEY))
    late = corrected[corrected["after_missed"].astype("bool")]
    late = late.merge(lines[[*KEY, "unit"]], on=KEY, how="left")
    late = late.assign(about=late["metric"], now=late["after"], expected=late["before"])
    late = late.assign(evidence=_evidence("plan_corrections", late, [*KEY, "from_quarter"]))
    short = needs[needs["gap"] > 0].sort_values("rank").groupby("customer_id").head(_FIRST)
    short = short.assign(about=short["need"], now=short["actual"], expected=short["ideal"])
    short = short.assign(evidence=_evidence("account_needs", short, ["quarter", "customer_id", "need"]))
    more = whitespace.assign(about=whitespace["category"], now=whitespace["bought"])
    more = more.assign(evidence=_evidence("whitespace", more, ["customer_id", "category"]))
    more = more.assign(missing=more["expected"] - more["now"]).sort_values("missing", ascending=False)
    same = copied.assign(now=copied["lines"], evidence=_evidence("plan_quality", copied, ["customer_id"]))
    parts = [
        _rows(due[due["state"] == MISSED], "mistake", "missed"),
        _rows(late, "mistake", "corrected_late", edition="internal"),
        _rows(same, "mistake", "copied", edition="internal"),
        _rows(due[due["state"] == DONE], "achievement", "kept"),
        _rows(short, "gap", "need"),
        _rows(more.groupby("customer_id").head(_FIRST), "opportunity", "category"),
    ]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    order = rows["kind"].map(_KINDS.index).rename("order")
    return rows.assign(order=order).sort_values(["customer_id", "order"], kind="stable", ignore_index=True)[AGENDA]


def _rows(rows, kind, subject, edition="customer"):
    return rows.assign(kind=kind, subject=subject, edition=edition).reindex(columns=AGENDA)


def _evidence(table, rows, key):
    first, *others = (rows[name].astype("str") for name in key)
    return table + ":" + sum((" " + each for each in others), first) if len(rows) else ""
