from datetime import date

import pandas as pd

from custlib import profile

MONTHS = pd.DataFrame(
    [
        ("k1", "2025-01", 30.0, 10.0),
        ("k1", "2025-02", 0.0, 5.0),
        ("k1", "2025-03", None, None),
        ("k2", "2025-01", 9.0, 0.0),
    ],
    columns=["customer_id", "month", "sold_in_pieces", "returned_pieces"],
)
COUNTS = pd.DataFrame(
    [
        ("k1", date(2024, 12, 31), date(2025, 4, 1), 91.0, 7.0, False),
        ("k1", date(2025, 4, 1), date(2025, 7, 1), -3.0, 9.0, True),
        ("k2", date(2025, 4, 1), date(2025, 7, 1), 5.0, 1.0, False),
    ],
    columns=["customer_id", "from", "to", "sold_through", "closing", "doubt"],
)


def test_bars_lines_and_counts_of_one_customer():
    rows = profile.pieces(MONTHS, COUNTS, "k1")
    bars = rows[rows["kind"] == "sold_in"]
    assert bars["pieces"].tolist() == [20, -5] and str(bars["end"].iloc[1].date()) == "2025-02-28"
    through = rows[rows["kind"] == "sold_through"]
    assert through["pieces"].tolist() == [365.25 / 12]  # a piece a day; what is in doubt is left out
    assert rows.loc[rows["kind"] == "stock", "pieces"].tolist() == [7, 9]


def test_a_customer_without_anything_has_no_rows():
    assert profile.pieces(MONTHS, COUNTS, "k9").empty
