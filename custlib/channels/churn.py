"""Who fell silent by their own rhythm of ordering, and why customers left, beside the reference."""

import numpy as np
import pandas as pd

from custlib import reference

UNLIKELY = 0.01  # chance of so long a silence in a customer that still orders as before
FEWEST_DAYS = 3  # days with an order, two gaps: below it there is no rhythm to speak of
SHORTEST_DAYS = 30  # a shorter silence is no loss, however brisk the orders were: a stock-taking, a Spring Festival
DAYS_A_MONTH = 365.25 / 12
_SILENT = ["last_order", "order_days", "silence_days", "months_silent", "chance", "lost_on", "told"]
_FILE = "churn_reference.csv"
_Z = 1.959964  # 95 % of a normal distribution lie within


def silent(rhythm, losses):
    """Customers that are silent for longer than their own rhythm explains, and those that people reported as lost.

    rhythm: `facts.order_rhythm`; losses: `facts.losses`, both of the same quarter. Index customer_id, the longest silence
    first: last_order, order_days, silence_days as in `rhythm`, months_silent, chance, lost_on, and told: "silent_and_reported", "silent_only" (nobody reported it: ask)
    or "reported_only" (reported, but its silence is no longer than its rhythm, or it has too few orders to have one).

    chance: with n gaps between order days, together S days, a customer that goes on ordering in the same way is silent for s days or
    longer with chance (S ÷ (S + s))**n. Derivation: if gaps are exponential with the same unknown rate, the gap that is running has no
    memory, and n·s/S follows the F distribution with 2 and 2n degrees of freedom; so does the Bayesian answer with the rate-free prior
    (Lomax). silent: chance below 0.01, orders on at least three days, and a month without one. Of 100 customers that go on as before,
    at most about one is called silent by chance: regular ones more seldom, those who order in bursts or seasons more often.
    """
    gaps = rhythm["order_days"] - 1
    spanned = (pd.to_datetime(rhythm["last_order"]) - pd.to_datetime(rhythm["first_order"])).dt.days
    chance = (spanned / (spanned + rhythm["silence_days"])) ** gaps
    rows = rhythm.assign(
        months_silent=rhythm["silence_days"] / DAYS_A_MONTH, chance=chance.where(rhythm["order_days"] >= FEWEST_DAYS)
    )
    rows = rows.join(losses[["lost_on"]], how="outer").rename_axis("customer_id")
    fell_silent = (rows["chance"] < UNLIKELY) & (rows["silence_days"] >= SHORTEST_DAYS)
    reported = rows["lost_on"].notna()
    signs = {"silent_and_reported": fell_silent & reported, "silent_only": fell_silent, "reported_only": reported}
    rows["told"] = np.select(list(signs.values()), list(signs), "")
    return rows.loc[rows["told"] != "", _SILENT].sort_values("silence_days", ascending=False, kind="stable")


def loss_reasons(losses, reasons):
    """Why customers left, beside the reference.

    losses: `facts.losses`; reasons: `reference.table("churn_reference.csv")`. Returns a row per reason of the reference, then per
    other reason as it is written: reason (key, or text), customers, share (of all losses), share_low and share_high (95 % Wilson
    interval), reference_share (0 to 1), reference_fits (whether that lies within the interval; missing where there is no such thing).
    A reason counts as the reference's only if it is written exactly as one of its names or `words`.
    """
    keys = reference.words(reasons, _FILE)
    counts = losses["reason"].map(keys).fillna(losses["reason"]).value_counts()
    others = sorted(set(counts.index) - set(reasons["reason"]))
    rows = pd.DataFrame({"reason": [*reasons["reason"], *others]})
    rows["customers"] = rows["reason"].map(counts).fillna(0).astype("int64")
    rows["share"] = rows["customers"] / (len(losses) or np.nan)
    rows[["share_low", "share_high"]] = wilson(rows["customers"], pd.Series(len(losses), rows.index))
    known = reference.numbers(reasons, "percent", _FILE) / 100
    rows["reference_share"] = rows["reason"].map(known).astype("float64")
    fits = rows["reference_share"].between(rows["share_low"], rows["share_high"]).astype("object")
    return rows.assign(reference_fits=fits.where(rows["reference_share"].notna() & rows["share"].notna(), None))


def wilson(found, of):
    """The 95 % interval of a share (Wilson 1927): DataFrame low, high over the index; missing where there is nothing to share.

    found, of: Series of whole numbers. Unlike share ± error it never leaves 0 to 1 and holds for few.
    """
    of = of.where(of > 0).astype("float64")
    share, spread = found / of, _Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * np.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    # rounded, so that none of twenty begins at 0 exactly
    return pd.DataFrame({"low": (middle - half).round(12) + 0.0, "high": (middle + half).round(12)})
