"""Lesson 7: why customers leave, what a complaint needs, and what a visit note shows of who wrote it."""

import dataclasses

import pandas as pd

from custlib import shrink
from custlib.lessons import tables
from custlib.lessons.exercises import RIGHT, Exercise, Item, Option, Text, said
from custlib.lessons.ways import with_ways
from custlib.refusals import Refused

ASKED = ("attitude", "competition")  # reasons whose share is estimated
CUT = 0.01  # of all prices
TOY = {"few": (3, 4), "toy": (9, 12)}  # customers with a reason, of how many: questions about few
WAYS = ("activity", "friendly")


def places(by_reason: pd.DataFrame, silent: pd.DataFrame, sums: pd.Series) -> dict[str, Text]:
    """{place} of the lesson's texts → text. by_reason, silent: result tables `abc_loss_reasons`, `abc_silent`; sums:
    net sales of the quarter, by customer.

    Raises Refused (`lesson_lacks`) where nobody was lost.
    """
    lost = int(by_reason["customers"].sum())
    if not lost:
        raise Refused("lesson_lacks", lesson=7, problem="customers_that_left")
    attitude = by_reason.set_index("reason").loc["attitude"]
    shares = {"share": attitude["share"], "low": attitude["share_low"], "high": attitude["share_high"]}
    money = {"best": silent.loc[silent["lost_on"].notna(), "best_year"].sum(), "cut": CUT * sums.sum()}
    told = {name: said("lessons_visits.percent", share=float(share)) for name, share in (shares | toy_ends()).items()}
    told |= {name: said("lessons_visits.money", amount=float(amount)) for name, amount in money.items()}
    return told | {"gone": said("lessons_visits.how_many", number=lost)}


def toy_ends() -> dict[str, float]:
    """The ends of the 95 % interval of the shares of few in questions: few_low, few_high (3 of 4), toy_low, toy_high (9
    of 12)."""
    ends = {name: shrink.wilson(pd.Series([found]), pd.Series([of])).iloc[0] for name, (found, of) in TOY.items()}
    return {f"{name}_{end}": float(row[end]) for name, row in ends.items() for end in ("low", "high")}


def estimates(by_reason: pd.DataFrame) -> Exercise:
    """Estimate the share of `ASKED` reasons among our lost customers; right is what our interval holds. by_reason:
    result table `abc_loss_reasons`."""
    reasons = by_reason.set_index("reason").loc[list(ASKED)]
    lost = int(by_reason["customers"].sum())
    items = [_estimate(name, row, lost) for name, row in reasons.iterrows()]
    return Exercise("quiz", "estimate", tuple(items))


def complaint(rows: pd.DataFrame) -> Exercise:
    """A complaint, answered step by step. rows: of `tables.lines("turns", "7")`."""
    return tables.ending(tables.branch("complaint", rows), "lessons_visits.complaint_end")


def stages(rows: pd.DataFrame, data_dir=None) -> Exercise:
    """Visit notes to sort into the four stages of a salesperson, two into each. rows: of
    `tables.lines("cases", "7")`."""
    hints = tables.thinking("7", data_dir)
    notes = tables.cases("sort", "stages", rows, guided=False)
    quota = {letter: notes.key.count(letter) for letter, _ in notes.bins}
    return with_ways(dataclasses.replace(notes, quota=quota), {tag: hints[tag] for tag in WAYS})


def _estimate(reason, row, lost):
    """A share in percent as a slider; below, within and above the interval of ours."""
    facts = {"reason": reason, "customers": int(row["customers"]), "lost": lost}
    facts |= {name: float(row[name]) for name in ("share", "share_low", "share_high", "reference_share")}
    bands = (("A", "too_low", row["share_low"]), ("B", RIGHT, row["share_high"]), ("C", "too_high", 1.0))
    options = [
        Option(
            letter,
            said(f"lessons_visits.band_{tag}", **facts),
            said(f"lessons_visits.loss_{tag}", **facts),
            tag,
            upto=100 * float(end),
        )
        for letter, tag, end in bands
    ]
    return Item(reason, said("lessons_visits.loss_asked", **facts), tuple(options), scale=(0.0, 100.0, 1.0), unit="%")
