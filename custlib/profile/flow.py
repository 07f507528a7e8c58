"""What came to a customer, what it sold on, and what lies there: between two counts nothing else can have happened."""

import pandas as pd

from custlib import quarters

COLUMNS = ["customer_id", "from", "to", "opening", "sold_in", "sold_through", "closing", "cover_days", "doubt"]


def flow(counts: pd.DataFrame, daily_pieces: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """One row per customer and quarter after that of its first count, up to `quarter`: `COLUMNS`, sorted.

    counts: customer_id, quarter, counted_on, pieces, the last count of each quarter; daily_pieces: customer_id, date,
    pieces (returns taken off). opening + sold_in − sold_through − closing = 0; what came after the day of the opening
    count, up to that of the closing one, is sold in. from, to: the days of these counts; where a count is missing the
    last day of its quarter, and opening or closing, sold_through and cover_days are missing on both sides of it.
    cover_days: how long the closing stock lasts if it sells on as between the counts; missing where nothing was sold.
    doubt: sold_through below 0: a count or a delivery is in doubt; missing where it is not known.
    """
    if counts.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = _intervals(counts, quarter)
    rows["sold_in"] = _sold_in(rows, daily_pieces)
    rows["sold_through"] = rows["opening"] + rows["sold_in"] - rows["closing"]
    length = (rows["to"] - rows["from"]).dt.days
    rows["cover_days"] = rows["closing"] * length / rows["sold_through"].where(rows["sold_through"] > 0)
    rows["doubt"] = (rows["sold_through"] < 0).astype("object").where(rows["sold_through"].notna(), None)
    return rows.assign(**{"from": rows["from"].dt.date, "to": rows["to"].dt.date})[COLUMNS]


def _intervals(counts, quarter):
    """Customers × quarters since each one's first count, with the counts at both ends."""
    names = [str(each) for each in _quarters(counts["quarter"].min(), quarter)]
    every = pd.MultiIndex.from_product(
        [sorted(counts["customer_id"].unique()), names], names=["customer_id", "quarter"]
    )
    grid = counts.set_index(["customer_id", "quarter"]).reindex(every)
    ends = grid.index.get_level_values("quarter").map(
        {name: pd.Timestamp(quarters.parse(name).last_day) for name in names}
    )
    closed = pd.to_datetime(grid["counted_on"]).fillna(pd.Series(ends, grid.index))
    by_customer = closed.groupby(level="customer_id")
    before = grid["pieces"].groupby(level="customer_id")
    began = before.cummax().groupby(level="customer_id").ffill().groupby(level="customer_id").shift().notna()
    rows = pd.DataFrame(
        {"from": by_customer.shift(), "to": closed, "opening": before.shift(), "closing": grid["pieces"]}
    )
    return rows[began].reset_index("quarter").reset_index()


def _quarters(first, last):
    first, last = quarters.parse(first), quarters.parse(last)
    return quarters.span(last, 4 * (last.year - first.year) + last.number - first.number + 1)


def _sold_in(rows, daily_pieces):
    """Pieces after the opening day up to the closing one; each day belongs to the first interval that ends on it or
    later."""
    customers = pd.Index(rows["customer_id"].unique())
    pieces = _by_number(daily_pieces, customers, "date")[["number", "date", "pieces"]]
    ends = _by_number(rows.assign(place=rows.index), customers, "to")[["number", "from", "to", "place"]]
    found = pd.merge_asof(pieces, ends, left_on="date", right_on="to", by="number", direction="forward")
    found = found[found["date"] > found["from"]]
    return found.groupby("place")["pieces"].sum().reindex(rows.index, fill_value=0.0)


def _by_number(rows, customers, day):
    """The rows of these customers with their numbers in place of their names, by a day."""
    number = customers.get_indexer(rows["customer_id"])
    rows = rows.assign(**{"number": number, day: pd.to_datetime(rows[day]).astype("datetime64[ns]")})
    return rows[number >= 0].sort_values(day, kind="stable")
