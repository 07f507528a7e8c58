"""Who keeps what was promised, who promises too much and who holds back; and whose plan is last year's."""

import pandas as pd

from custlib import shrink
from custlib.accounts.plans import DONE, MISSED

LEAST = 5  # lines that were due; of fewer nothing is said
OVER, BACK = "over_promises", "holds_back"
_COPIED = 3  # lines that are all the same as last year's: no chance


def kept(lines: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """How many lines that were due each kept; result table `plan_owners`, by owner.

    lines: result table `plan_lines`; of those only lines count that are done or missed, `done` before it is due
    included. Columns: owner, lines, kept, kept_share, low, high (95 %, drawn towards the share of all owners as
    `shrink.rates` does), bias (median of attained_share), word: `over_promises` (high under 0.5, bias under 0.8),
    `holds_back` (low over 0.8, bias over 1.3) or missing. Only who has `least` lines is listed.
    """
    rows = lines[lines["state"].isin([DONE, MISSED])]
    table = (
        rows.assign(kept=rows["state"] == DONE)
        .groupby("owner")
        .agg(lines=("kept", "size"), kept=("kept", "sum"), bias=("attained_share", "median"))
    )
    table = table.join(shrink.rates(table["kept"], table["lines"])[["low", "high"]])
    table["word"] = pd.Series(None, table.index, dtype="object")
    table.loc[(table["high"] < 0.5) & (table["bias"] < 0.8), "word"] = OVER
    table.loc[(table["low"] > 0.8) & (table["bias"] > 1.3), "word"] = BACK
    table = table[table["lines"] >= least].assign(kept_share=table["kept"] / table["lines"])
    return table.reset_index()[["owner", "lines", "kept", "kept_share", "low", "high", "bias", "word"]]


def copied(quality: pd.DataFrame) -> pd.DataFrame:
    """The customers whose plan of three lines or more is last year's, line by line: customer_id, lines. quality: result
    table `plan_quality`."""
    rows = quality.assign(same=quality["same_as_last_year"] * quality["lines"])
    sums = rows.groupby("customer_id")[["lines", "same"]].sum(min_count=1)
    return sums[(sums["lines"] >= _COPIED) & (sums["same"].round(6) == sums["lines"])][["lines"]].reset_index()
