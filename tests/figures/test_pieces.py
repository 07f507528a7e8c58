"""Pieces that a customer was sold, sold on and held say their day and number."""

import re

import pandas as pd

from custlib import figures

PIECES = pd.DataFrame(
    {
        "kind": ["sold_in", "sold_in", "sold_through", "stock"],
        "begin": ["2025-09-01", "2025-10-01", "2025-09-01", "2025-09-30"],
        "end": ["2025-09-30", "2025-10-31", "2025-10-31", "2025-09-30"],
        "pieces": [120, 1300, 90, 400],
    }
)


def test_months_intervals_and_counts_say_their_last_day_and_their_pieces():
    told = re.findall(r"<title>(.*?)</title>", figures.picture(figures.sell_in_out, PIECES, lang="en", alt="a").wide)
    assert told == [
        "2025-09-30 sold in, returns taken off: 120",
        "2025-10-31 sold in, returns taken off: 1,300",
        "2025-10-31 sold through between two counts: 90",
        "2025-09-30 in stock when counted: 400",
    ]
