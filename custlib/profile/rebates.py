"""The rebates that were agreed, beside those that were booked."""

import pandas as pd

COLUMNS = ["customer_id", "year", "metric", "agreed_share", "base", "due", "booked", "open"]


def rebates(agreed: pd.DataFrame, base: pd.Series, booked: pd.Series) -> pd.DataFrame:
    """One row per agreement, and per customer with a rebate booked that nobody agreed on: `COLUMNS`, sorted.

    agreed: customer_id, year, metric, agreed_share (0 to 1); base: customer → net sales of the year so far (yuan, on
    the basis of tax of `booked`); booked: customer → rebates booked in the year so far, missing where not known.
    due = agreed share × base, none below 0; booked is one figure for a customer, dealt out to its agreements as they
    share in what is due; open = due − booked, below 0 where more was booked than is due. metric and due are missing
    where nobody agreed on anything.
    """
    without = booked[(booked > 0) & ~booked.index.isin(agreed["customer_id"])]
    others = pd.DataFrame({"customer_id": without.index, "year": agreed["year"].max(), "metric": None})
    rows = pd.concat([agreed, others], ignore_index=True) if len(others) else agreed.copy()
    # of nobody `map` makes texts
    base, booked = (rows["customer_id"].map(each).astype("float64") for each in (base, booked))
    rows["base"] = base.fillna(0.0)
    rows["due"] = (rows["agreed_share"] * rows["base"].clip(lower=0)).round(2)
    share = rows["agreed_share"] / rows.groupby("customer_id")["agreed_share"].transform("sum")
    rows["booked"] = (booked * share.fillna(1.0)).round(2)
    rows["open"] = rows["due"] - rows["booked"]
    return rows.sort_values(["customer_id", "metric"], ignore_index=True)[COLUMNS]
