"""Price discipline: what a customer pays beside what is usual for the same models."""

import pandas as pd

LEAST = 5  # customers that bought a model, for a usual price
LOW = 0.85  # of the usual price: below it a question


def usual(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with at_usual: what their pieces cost at the usual price of the model, yuan; NaN where there is none.

    lines: as `facts.price_lines` gives them, one per customer and model. The usual price is the median of the
    customers' own mean prices, so that no large buyer sets it; at least five customers bought the model.
    """
    price = lines["paid"] / lines["pieces"]
    by_model = price.groupby(lines["product_id"])
    median = by_model.transform("median").where(by_model.transform("size") >= LEAST)
    return lines.assign(at_usual=lines["pieces"] * median)


def prices(lines: pd.DataFrame) -> pd.DataFrame:
    """What each customer pays beside the usual prices; index customer_id, result table `profile_prices`.

    lines: as for `usual`. Columns: compared_share (of what it paid, for models with a usual price), price_index
    (what it paid for those ÷ what they cost at usual prices; NaN without any), below_share (of their pieces, those
    bought under 0.85 of the usual price), given_away (what it paid less than usual, model by model, yuan), contribution
    (paid less cost, yuan; NaN where a cost is unknown), question (its index is under 0.85). A question, no verdict.
    """
    lines = usual(lines)
    known = lines[lines["at_usual"].notna()]
    low = known["paid"] < LOW * known["at_usual"]
    known = known.assign(
        below=known["pieces"].where(low, 0.0), given_away=(known["at_usual"] - known["paid"]).clip(lower=0)
    )
    sums = known.groupby("customer_id")[["pieces", "paid", "at_usual", "below", "given_away"]].sum()
    by_customer = lines.groupby("customer_id")
    paid, cost = by_customer["paid"].sum(), by_customer["cost"].sum(skipna=False)
    sums = sums.reindex(paid.index)
    index = sums["paid"] / sums["at_usual"]
    return pd.DataFrame(
        {
            "compared_share": sums["paid"].fillna(0.0) / paid,
            "price_index": index,
            "below_share": sums["below"] / sums["pieces"],
            "given_away": sums["given_away"],
            "contribution": paid - cost,
            "question": index < LOW,
        }
    )
