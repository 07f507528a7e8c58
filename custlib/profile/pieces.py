"""The pieces of one customer by month and between counts, as a figure shows them."""

import pandas as pd

MONTH = 365.25 / 12  # days


def pieces(months: pd.DataFrame, flow: pd.DataFrame, customer: str) -> pd.DataFrame:
    """What a customer was sold, sold on and held: kind (sold_in, sold_through, stock), begin and end (days, both
    included), pieces.

    months, flow: result tables `profile_months`, `profile_flow`. sold_in: of a month, returns taken off;
    sold_through: a
    month's pieces between two counts, left out where a count or delivery is in doubt; stock: at a count.
    """
    own = months[(months["customer_id"] == customer) & months["sold_in_pieces"].notna()]
    begin = pd.PeriodIndex(own["month"], freq="M")
    sold = own["sold_in_pieces"] - own["returned_pieces"]
    bars = {"kind": "sold_in", "begin": begin.start_time, "end": begin.end_time.normalize(), "pieces": sold.to_numpy()}
    counted = flow[flow["customer_id"] == customer]
    day = {name: pd.to_datetime(counted[name]) for name in ("from", "to")}
    days = (day["to"] - day["from"]).dt.days
    through = counted["sold_through"].where(~counted["doubt"].eq(True)) / days * MONTH
    lines = {"kind": "sold_through", "begin": day["from"], "end": day["to"], "pieces": through}
    stock = {"kind": "stock", "begin": day["to"], "end": day["to"], "pieces": counted["closing"]}
    rows = pd.concat([pd.DataFrame(each) for each in (bars, lines, stock)], ignore_index=True)
    return rows.dropna(subset="pieces").reset_index(drop=True)
