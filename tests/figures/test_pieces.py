"""Pieces that a customer was sold, sold on and held."""

import re

import pandas as pd
import pytest
from matplotlib.figure import Figure

from custlib import figures

TABLE = pd.DataFrame(
    [
        ("sold_in", "2025-01-01", "2025-01-31", 20.0),
        ("sold_in", "2025-02-01", "2025-02-28", 0.0),
        ("sold_in", "2025-03-01", "2025-03-31", -5.0),
        ("sold_through", "2024-12-31", "2025-03-30", 12.0),
        ("stock", "2025-03-30", "2025-03-30", 40.0),
    ],
    columns=["kind", "begin", "end", "pieces"],
)


def drawn(table, lang="en", phone=False):
    return figures.sell_in_out(table, Figure().subplots(), lang, phone)


@pytest.mark.parametrize("phone", [False, True])
def test_a_bar_a_month_a_line_between_counts_and_a_mark_at_a_count(phone):
    ax = drawn(TABLE, phone=phone)
    assert [bar.get_height() for bar in ax.patches] == [20, 0, -5]
    assert [segment[0][1] for line in ax.collections for segment in line.get_segments()] == [12]
    assert list(ax.lines[0].get_ydata()) == [40]
    assert ax.get_ylim()[0] == -5


def test_the_key_names_only_what_is_drawn():
    assert [text.get_text() for text in drawn(TABLE[:3], "zh").get_legend().get_texts()] == ["进货（已减退货）"]
    assert len(drawn(TABLE).get_legend().get_texts()) == 3


def test_one_month_is_no_picture():
    assert not figures.sell_in_out.look.is_something(TABLE[:1])
    assert figures.sell_in_out.look.is_something(TABLE)


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
