"""Targets that learners signed for in lesson 8, once they are due: what became of each, beside comparable customers
without one in the same quarters. Counts with intervals; who signed for whom was chosen, so nothing here is an effect.
"""

import numpy as np
import pandas as pd
import scipy

from custlib import quarters, shrink
from custlib.accounts.plans import DONE, MISSED
from custlib.accounts.promises import KEY

ORIGIN = "lesson"
SPAN = 2  # quarters up to the day by which a target is due, in which it is followed
_YEAR = 4
_RARE = 0.025
COMPARED = ["until", "class", "store_format"]  # customers with the same of all three are comparable
COLUMNS = [
    *(*KEY, "owner", "unit", "target_now", "actual", "state", "due_on", "since", "until", "class", "store_format"),
    *("grew", "comparable", "comparable_grew", "low", "high"),
]
SUMS = ["what", "found", "of", "low", "high", "chance_low", "chance_high", "compared"]


def lesson_lines(lines: pd.DataFrame, plans: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The lines of a year's plans that come from a lesson and are due by the end of a quarter, with since and until,
    the first and the last of the `SPAN` quarters in which they are followed.

    lines: result table `plan_lines` of that quarter; plans: as `facts.plans`.
    """
    signed = plans[plans["origin"].eq(ORIGIN)].assign(target_signed=plans["target"])
    own = lines[_names(lines).isin(_names(signed))]
    own = own.assign(until=_quarters(own["due_on"]))
    own = own[own["until"] <= quarter].reset_index(drop=True)
    return own.assign(since=pd.Series([_before(each, SPAN - 1) for each in own["until"]], own.index, dtype="str"))


def lesson_beside(
    own: pd.DataFrame, net_sales: pd.DataFrame, classes: pd.DataFrame, formats: pd.Series
) -> pd.DataFrame:
    """Every customer of each last quarter in `own`: until, customer_id, class (of the quarter before the first), store
    format, grew (it bought more in the quarters followed than in the same of the year before; missing where the data
    do not hold them, or it bought nothing then) and signed (it has a target from a lesson due in that quarter). Who has
    one due in another quarter is left out.

    own: as `lesson_lines`; net_sales: `facts.customer_quarters`; classes: result table `abc_history`; formats: customer
    → store format.
    """
    wide = net_sales.pivot(index="customer_id", columns="quarter", values="net_sales").fillna(0.0)
    letters = classes.pivot(index="customer_id", columns="quarter", values="joint_class")
    parts = []
    for until, lines in own.groupby("until"):
        span = [_before(until, back) for back in range(SPAN)]
        now, then = (_sum(wide, names) for names in (span, [_before(each, _YEAR) for each in span]))
        grew = (now > then).astype("boolean").where((then > 0) & now.notna())
        letter = letters.get(_before(until, SPAN), pd.Series(dtype="str")).reindex(wide.index)
        rows = pd.DataFrame({"class": letter, "store_format": formats.reindex(wide.index), "grew": grew})
        others = set(own["customer_id"]) - set(lines["customer_id"])
        rows = rows.drop(index=others & set(rows.index)).assign(until=until)
        parts.append(rows.assign(signed=rows.index.isin(lines["customer_id"])).reset_index())
    empty = ["customer_id", "class", "store_format", "grew", "until", "signed"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=empty)


def lesson_targets(own: pd.DataFrame, beside: pd.DataFrame) -> pd.DataFrame:
    """The result table of that name: each line of `own`, whether its customer grew, and of how many comparable ones how
    many did, with the 95 % interval of their share (Wilson). own, beside: as `lesson_lines` and `lesson_beside`."""
    known = beside[beside["grew"].notna() & ~beside["signed"].astype("bool")]
    of = (
        known.groupby(COMPARED)["grew"]
        .agg(["size", "sum"])
        .rename(columns={"size": "comparable", "sum": "comparable_grew"})
    )
    told = beside[["customer_id", "until", "class", "store_format", "grew"]]
    rows = own.merge(told, on=["customer_id", "until"], how="left").join(of, on=COMPARED)
    counts = rows[["comparable", "comparable_grew"]].fillna(0).astype("int64")
    ends = shrink.wilson(counts["comparable_grew"], counts["comparable"])
    return rows.assign(**counts).join(ends)[COLUMNS].sort_values(["until", *KEY], ignore_index=True)


def lesson_sums(own: pd.DataFrame, beside: pd.DataFrame, lines: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    """What the lines come to together; result table `lesson_sums`, no row without a line.

    what: `grew` (customers), `reached` (lines that are kept or missed), `carried_out` (measures that `done.csv` tells
    of, asked for by the reports before and in the first quarter); found of how many; low, high: the 95 % interval of
    the share (Wilson). chance_low, chance_high: how many would be found in 95 % of cases if those with a target were
    drawn from all that are comparable (`by_chance`), of lines from those of the same metric; compared: how many of
    these have no target from a lesson; missing for measures.

    lines: result table `plan_lines`; done: `reference.signed("done.csv")`.
    """
    if own.empty:
        return pd.DataFrame(columns=SUMS)
    grown = beside.dropna(subset="grew").rename(columns={"grew": "hit"})
    decided = _decided(own, beside, lines)
    rows = [
        {"what": "grew"} | _found(grown, COMPARED),
        {"what": "reached"} | _found(decided, [*COMPARED, "metric"]),
        {"what": "carried_out"} | _carried_out(own, done),
    ]
    table = pd.DataFrame(rows).reindex(columns=SUMS)
    return table[table["of"] > 0].reset_index(drop=True)


def by_chance(rows: pd.DataFrame, strata: list[str]) -> tuple[int, int]:
    """The ends of the interval that holds, in 95 % of cases or more, how many with a target would be hits if they were
    drawn at random from all of their stratum: a sum of hypergeometric counts, exactly.

    rows: signed, hit (booleans), and the columns of `strata`.
    """
    chances = np.ones(1)
    for _, all_of in rows.groupby(strata):
        own, hits = (int(all_of[name].sum()) for name in ("signed", "hit"))
        chances = np.convolve(chances, scipy.stats.hypergeom.pmf(np.arange(own + 1), len(all_of), hits, own))
    upto = np.cumsum(chances).round(12)
    return int(np.searchsorted(upto, _RARE, "right")), int(np.searchsorted(upto, 1 - _RARE, "left"))


def _found(rows, strata):
    """Hits of those with a target that have somebody to be compared with, beside chance."""
    rows = rows.dropna(subset=strata)
    both = rows.groupby(strata)["signed"].transform(lambda signed: signed.any() and not signed.all()).astype("bool")
    rows = rows[both].astype({"hit": "bool", "signed": "bool"})
    own = rows[rows["signed"]]
    low, high = by_chance(rows, strata)
    chance = {"chance_low": low, "chance_high": high, "compared": int((~rows["signed"]).sum())}
    return _share(int(own["hit"].sum()), len(own)) | chance


def _share(found, of):
    ends = shrink.wilson(pd.Series([found]), pd.Series([of])).iloc[0]
    return {"found": found, "of": of, "low": ends["low"], "high": ends["high"]}


def _decided(own, beside, lines):
    """Lines that are kept or missed, of the customers compared, due when those from a lesson are."""
    rows = lines.assign(until=_quarters(lines["due_on"]))[lines["state"].isin([DONE, MISSED])]
    rows = rows.merge(beside.drop(columns="signed"), on=["customer_id", "until"])
    rows = rows.assign(signed=_names(rows).isin(_names(own)), hit=rows["state"] == DONE)
    # a customer with a target of a lesson is nobody without one
    return rows[rows["signed"] | ~rows["customer_id"].isin(own["customer_id"])]


def _carried_out(own, done):
    asked = {
        (who, _before(each, back))
        for who, each in zip(own["customer_id"], own["since"], strict=True)
        for back in (0, 1)
    }
    told = [key in asked for key in zip(done["customer_id"], done["quarter"], strict=True)]
    rows = done[pd.Series(told, done.index, dtype="bool")]
    return _share(int((rows["done"] == "yes").sum()), len(rows))


def _names(lines):
    """What tells a line from another of the same customer and metric."""
    names = lines[[*KEY, "owner", "target_signed"]].assign(due_on=lines["due_on"].astype("str").str[:10])
    return pd.MultiIndex.from_frame(names)


def _quarters(days):
    return pd.Series(pd.PeriodIndex(pd.to_datetime(days), freq="Q").astype("str"), days.index, dtype="str")


def _before(quarter, back):
    return str(quarters.parse(quarter).previous(back))


def _sum(wide, names):
    """The sum of these quarters; missing where the data do not hold one of them."""
    return wide.reindex(columns=names).sum(axis=1, skipna=False)
