"""Customers that fell silent, measured by their own rhythm of ordering, and why customers left, beside the
reference."""

import numpy as np
import pandas as pd
import scipy

from custlib import reference
from custlib.shrink import wilson

UNLIKELY = 0.01  # chance of so long a silence of a customer that still orders as before
FEWEST_DAYS = 3  # days with an order, so two gaps; with fewer there is no rhythm
SHORTEST_DAYS = 30  # a stock-taking or Spring Festival is no loss however frequent orders were
YEAR = 365  # days
FALSE_SHARE = 0.1  # of the customers called silent, how many may be so by chance (Benjamini & Hochberg 1995)
DAYS_A_MONTH = 365.25 / 12
_SILENT = [
    *("last_order", "order_days", "silence_days", "months_silent", "chance", "lost_on", "told"),
    *("new_this_quarter", "best_year"),
]
_FILE = "churn_reference.csv"


def silent(rhythm: pd.DataFrame, losses: pd.DataFrame) -> pd.DataFrame:
    """Customers silent for longer than their own rhythm explains, and those reported as lost; the new ones first, then
    those that ordered last.

    rhythm, losses: `facts.order_rhythm` and `facts.losses` of the same quarter. Index customer_id; columns last_order,
    order_days, silence_days, best_year (as in `rhythm`), months_silent, chance, lost_on, told: "silent_and_reported",
    "silent_only" (nobody reported it: ask) or "reported_only" (its silence is no longer than its rhythm, or it has too
    few orders for one), and new_this_quarter: whether it was neither silent nor reported when the quarter before ended.

    chance: with n gaps between order days that span S days, a customer that goes on ordering as before is silent for s
    days or longer with chance (S ÷ (S + s))**n. Derivation: if gaps are exponential with the same unknown rate, the
    current gap has no memory, and n·s/S follows the F distribution with 2 and 2n degrees of freedom; the Bayesian
    answer with the rate-free prior (Lomax) is the same. A customer is silent if the chance is below 0.01, with orders
    on at least three days and a month without one, and if of all customers so silent within a year at most a tenth
    would be so by chance. Of customers that order in bursts or seasons more are called silent than of regular ones.
    """
    rows = rhythm.assign(
        months_silent=rhythm["silence_days"] / DAYS_A_MONTH,
        chance=_chance(rhythm, rhythm["silence_days"]),
        silent=_fell_silent(rhythm, "silence_days"),
        silent_before=_fell_silent(rhythm, "silence_before"),
    )
    rows = rows.join(losses[["lost_on"]], how="outer").rename_axis("customer_id")
    fell_silent, reported = rows["silent"].eq(True), rows["lost_on"].notna()
    signs = {"silent_and_reported": fell_silent & reported, "silent_only": fell_silent, "reported_only": reported}
    rows["told"] = np.select(list(signs.values()), list(signs), "")
    before = pd.to_datetime(rows["last_order"]) + pd.to_timedelta(rows["silence_before"], unit="D")
    known = rows["silent_before"].eq(True) | ~(pd.to_datetime(rows["lost_on"]) > before) & reported
    rows["new_this_quarter"] = (fell_silent | reported) & ~known
    order = {"new_this_quarter": False, "silence_days": True}
    rows = rows.loc[rows["told"] != "", _SILENT]
    return rows.sort_values(list(order), ascending=list(order.values()), kind="stable")


def _fell_silent(rhythm, since):
    """Whether the chance is small for the customer, and few of those silent for less than a year are so by chance."""
    chance = _chance(rhythm, rhythm[since])
    recent = chance[chance.notna() & rhythm[since].between(0, YEAR)]
    adjusted = pd.Series(
        scipy.stats.false_discovery_control(recent) if len(recent) else [], recent.index, dtype="float64"
    )
    few_false = adjusted.reindex(chance.index, fill_value=0.0) <= FALSE_SHARE
    return (rhythm[since] >= SHORTEST_DAYS) & (chance < UNLIKELY) & few_false


def _chance(rhythm, silence):
    """Of so long a silence; missing without a rhythm."""
    spanned = (pd.to_datetime(rhythm["last_order"]) - pd.to_datetime(rhythm["first_order"])).dt.days
    chance = (spanned / (spanned + silence)) ** (rhythm["order_days"] - 1)
    return chance.where(rhythm["order_days"] >= FEWEST_DAYS)


def loss_reasons(losses: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    """Why customers left, beside the reference: a row per reason of the reference, then per other reason as written.

    losses: `facts.losses`; reasons: `reference.table("churn_reference.csv")`. A reason counts as one of the reference
    only if it is written exactly as one of its names or `words`.
    Columns: reason (key, or text), customers, share (of all losses), share_low and share_high (95 % Wilson interval),
    reference_share (0 to 1), reference_fits (whether that is within the interval; missing if either is unknown).
    """
    keys = reference.words(reasons, _FILE)
    counts = losses["reason"].map(keys).fillna(losses["reason"]).value_counts()
    others = sorted(set(counts.index) - set(reasons["reason"]))
    rows = pd.DataFrame({"reason": [*reasons["reason"], *others]})
    rows["customers"] = rows["reason"].map(counts).fillna(0).astype("int64")
    rows["share"] = rows["customers"] / (len(losses) or np.nan)
    rows[["share_low", "share_high"]] = wilson(rows["customers"], pd.Series(len(losses), rows.index))
    expected = reference.numbers(reasons, "percent", _FILE) / 100
    rows["reference_share"] = rows["reason"].map(expected).astype("float64")
    fits = rows["reference_share"].between(rows["share_low"], rows["share_high"]).astype("object")
    return rows.assign(reference_fits=fits.where(rows["reference_share"].notna() & rows["share"].notna(), None))
