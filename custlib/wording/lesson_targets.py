"""Targets of lesson 8, two quarters later, in notebook 50. Facts for `words/<language>/lesson_targets.j2`."""

import pandas as pd

from custlib.wording import forms

_SHARES = ("low", "high")


def lesson_reading(sums: pd.DataFrame) -> dict | None:
    """What became of the targets, beside chance, and of the measures; None without one. sums: result table
    `lesson_sums`."""
    if sums.empty:
        return None
    rows = {row["what"]: _facts(row) for row in sums.to_dict("records")}
    return {what: rows.get(what) for what in ("reached", "grew", "carried_out")}


def _facts(row):
    """Counts and shares of a row, and than_chance: "more" or "fewer" than a draw from those that are comparable gives,
    or "within"."""
    counts = ("found", "of", "chance_low", "chance_high", "compared")
    told = {name: None if pd.isna(row[name]) else int(row[name]) for name in counts}
    told |= {name: forms.number(row[name]) for name in _SHARES}
    more, fewer = (row["found"] > row["chance_high"], row["found"] < row["chance_low"])
    return told | {"than_chance": "more" if more else "fewer" if fewer else "within"}


def lesson_beside(targets: pd.DataFrame) -> list:
    """Of each line, how many comparable customers bought more. targets: result table `lesson_targets`."""
    return [
        {"found": int(row["comparable_grew"]), "of": int(row["comparable"])}
        | {name: forms.number(row[name]) for name in _SHARES}
        for row in targets.to_dict("records")
    ]
