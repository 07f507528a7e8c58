"""Whether a promotion paid: at each of its customers, and at all of them together."""

import numpy as np
import pandas as pd

from custlib.accounts.uplift import Uplift, gain_and_spent

BY_CHANCE = 0.1  # placebo_rank up to which a promotion may be said to have paid
COLUMNS = [
    *["promotion", "customer_id", "category", "kind", "from", "to", "customers", "compared", "measured"],
    *["baseline_pieces", "sold", "incremental", "low", "high", "pulled_forward", "cost", "margin"],
    *["roi", "roi_low", "roi_high", "placebo_rank", "verdict", "reason"],
]
_ENDS = [0.025, 0.975]
_EVENT = ["promotion", "category", "kind", "from", "to"]
_SUMMED = ["baseline_pieces", "sold", "incremental", "pulled_forward", "cost", "margin"]


def judged(own: pd.DataFrame, found: Uplift, price: np.ndarray, unit_cost: np.ndarray) -> pd.DataFrame:
    """The rows of one promotion in `promotion_effect` (`COLUMNS` without measured): first that of its customers
    together, customer_id "", then one of each customer that can be compared.

    own: rows of `promotions.events`, one per customer; found: their `uplift`; price, unit_cost: of a piece at each,
    without the discount. Together are those customers that can be compared; where these are under half of all, their
    sum is no verdict on the promotion.
    """
    rows = own.reset_index(drop=True).join(found.rows.drop(columns="customer_id"))
    rows["reason"] = rows["reason"].mask(rows["reason"].eq("") & np.isnan(price * unit_cost), "no_cost")
    told = rows["reason"].eq("").to_numpy()
    drawn = told[found.rows["reason"].eq("").to_numpy()]
    if not told.any():
        return untold(own, rows["reason"].mode()[0], found.rows["sold"].sum(min_count=1))
    rows, price, unit_cost = rows[told].reset_index(drop=True), price[told], unit_cost[told]
    rows = _measured(rows, price, unit_cost)
    single, jointly = found.drawn[:, drawn], found.jointly[:, drawn]
    total = (rows["sold"] + rows["sold_after"]).to_numpy()
    each = _with_ends(rows, total - single, _gains(rows, single, price, unit_cost))
    sums = rows[_SUMMED].sum().to_frame().T.assign(placebo_rank=found.placebo_rank, reason="")
    gains = _gains(rows, jointly, price, unit_cost).sum(axis=1, keepdims=True)
    sums = _with_ends(sums, (total - jointly).sum(axis=1, keepdims=True), gains)
    if 2 * told.sum() < len(own):
        sums[["verdict", "reason"]] = "cannot_tell", found.rows["reason"].loc[lambda each: each != ""].mode()[0]
    sums = sums.assign(customer_id="", customers=len(own), compared=told.sum(), **_of(own))
    return pd.concat([sums, each.assign(customers=1, compared=1)], ignore_index=True).reindex(columns=COLUMNS)


def untold(own: pd.DataFrame, reason: str, sold: float = np.nan) -> pd.DataFrame:
    """The one row of a promotion of which nothing can be said. own: as for `judged`."""
    count = len(own) if own["customer_id"].all() else np.nan  # of all, nobody counted them
    row = _of(own) | {"customer_id": "", "customers": count, "compared": 0, "sold": sold, "cost": own["cost"].sum()}
    return pd.DataFrame([row | {"verdict": "cannot_tell", "reason": reason}]).reindex(columns=COLUMNS)


def _of(own):
    """What the promotion is called, and when it was."""
    return {name: own[name].iloc[0] for name in _EVENT} | {"from": own["from"].min(), "to": own["to"].max()}


def _measured(rows, price, unit_cost):
    pulled = rows["base_after"] - rows["sold_after"]
    more = rows["sold"] - rows["base"] - pulled
    _, spent = gain_and_spent(0, rows["sold"], price, rows["discount"], unit_cost, rows["cost"])
    margin = (price - unit_cost) * more
    return rows.rename(columns={"base": "baseline_pieces"}).assign(
        pulled_forward=pulled, incremental=more, cost=spent, fixed=rows["cost"], margin=margin
    )


def _gains(rows, drawn, price, unit_cost):
    """What it earned beyond its cost, resamples × customers: what was missing afterwards would have been sold."""
    values = {name: rows[name].to_numpy("float64") for name in ("sold", "sold_after", "discount", "fixed")}
    base = drawn - values["sold_after"]
    return gain_and_spent(base, values["sold"], price, values["discount"], unit_cost, values["fixed"])[0]


def _with_ends(rows, more, gains):
    """With intervals and verdict. more, gains: resamples × rows."""
    spent = rows["cost"].where(rows["cost"] > 0).to_numpy("float64")
    ends = np.quantile(more, _ENDS, axis=0), np.quantile(gains, _ENDS, axis=0) / spent
    rows = rows.assign(low=ends[0][0], high=ends[0][1], roi=rows["margin"] / spent - 1)
    rows = rows.assign(roi_low=ends[1][0], roi_high=ends[1][1])
    paid = (rows["roi_low"] > 0) & (rows["placebo_rank"] <= BY_CHANCE)
    verdict = np.select([paid, rows["roi_high"] < 0], ["paid", "did_not_pay"], "cannot_tell")
    reason = np.select([np.isnan(spent), verdict == "cannot_tell"], ["no_cost", "by_chance"], "")
    return rows.assign(verdict=verdict, reason=reason)
