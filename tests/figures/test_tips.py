"""What figures say on hovering: each place its name and value, never more places than a page can carry."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import figures
from custlib.figures import tips

RANKED = pd.DataFrame(
    {
        "rank": [1, 2, 3],
        "value": [2_184_100.0, 277_000, -1_500],
        "cumulative_share": [0.89, 1.0006, 1.0],
        "class": ["A", "B", "C"],
        "name": ["Alpha <b>", "恒达", "x\u202ey"],
    }
)
PATH = re.compile(r'<path d="M([\d.]+) [\d.]+h([\d.]+)')


def told(draw, table, lang="en", **options):
    """What the wide drawing says, in its order."""
    wide = figures.picture(draw, table, lang=lang, alt="alt", **options).wide
    return re.findall(r"<title>(.*?)</title>", wide)


def many(count):
    rank = np.arange(1, count + 1)
    names = [f"K{n}" for n in rank]
    rest = {"class": "C", "name": names, "cumulative_share": rank / count, "cumulative": 1000.0 * rank}
    return pd.DataFrame({"rank": rank, "value": 1000.0} | rest)


def test_a_bar_of_the_pareto_chart_says_customer_amount_and_class():
    said = ["Alpha &lt;b&gt;: ¥2.18 million, A", "恒达: ¥277 thousand, B", "x[U+202E]y: −¥1,500, C"]
    assert told(figures.pareto, RANKED) == said
    assert told(figures.pareto, RANKED, "zh")[1] == "恒达：27.7 万元，B"


def test_a_customer_without_a_name_is_known_by_its_rank():
    assert told(figures.pareto, RANKED.drop(columns="name"))[2] == "customer 3: −¥1,500, C"


def test_places_stand_where_the_bars_are_and_end_the_drawing():
    wide = figures.picture(figures.pareto, RANKED, lang="en", alt="alt").wide
    places = [tuple(map(float, found)) for found in PATH.findall(wide.partition("cl-marks")[2])]
    (first, width), (second, _), (third, _) = places
    assert first < second < third and abs(second - first - width) < 0.2
    assert wide.endswith("</title></path></g></svg>")


@pytest.mark.parametrize("draw", [figures.pareto, figures.whale])
def test_five_thousand_customers_say_no_more_than_a_page_can_carry(draw):
    picture = figures.picture(draw, many(5000), lang="en", alt="alt")
    assert picture.wide.count("<title>") <= tips.MOST[False] and picture.phone.count("<title>") == tips.MOST[True]
    last = re.findall(r"<title>(.*?)</title>", picture.wide)[-1]
    assert last.startswith("customers 4,921 to 5,000: ¥80.0 thousand")  # a 62nd of them


@given(st.integers(0, 6000), st.integers(4, 300))
def test_groups_hold_every_place_once_and_are_few(count, most):
    ranges = tips.grouped(count, most)
    assert [place for first, beyond in ranges for place in range(first, beyond)] == list(range(count))
    assert len(ranges) <= most


def test_a_heat_map_of_many_customers_says_its_columns():
    few = pd.DataFrame({"2025Q3": ["A", None], "2025Q4": ["A", "B"]}, index=["甲", "乙"])
    assert told(figures.class_heat_map, few) == ["甲: A A", "乙: – B"]
    crowd = pd.concat([few] * 200)
    assert told(figures.class_heat_map, crowd) == ["2025Q3: A 200, B 0, C 0", "2025Q4: A 200, B 200, C 0"]


def test_stacked_bars_say_each_piece_and_nothing_of_none():
    lines = pd.DataFrame({"table": ["sales", "sales", "customers"], "class": ["clean", "quarantined", "clean"]})
    said = ["sales: clean 90 lines", "sales: set aside 10 lines", "customers: clean 5 lines"]
    assert told(figures.line_accounts, lines.assign(lines=[90, 10, 5])) == said


def test_a_point_of_a_trend_says_its_quarter():
    rows = {"quarter": ["2024Q4", "2025Q1"], "value": [3e6, 4_200.0], "label": ["Net sales"] * 2}
    assert told(figures.trend, pd.DataFrame(rows)) == [
        "Net sales 2024Q4: ¥3.00 million",
        "Net sales 2025Q1: ¥4.20 thousand",
    ]


def test_a_band_says_who_went_where_and_with_how_much():
    rows = {"from_class": ["A"], "to_class": ["B"], "customers": [3], "size_before": [4e6], "size": [1e6]}
    assert told(figures.migration_flow, pd.DataFrame(rows)) == ["A → B: 3", "A → B: ¥4.00 million → ¥1,000 thousand"]


def test_a_place_with_a_missing_number_says_nothing():
    rows = {"label": ["a"] * 4, "quarter_number": [1, 2, 3, 4], "index": [1.2, None, 0.9, 0.9]}
    said = told(figures.season_curves, pd.DataFrame(rows))
    assert said == ["a · Q1: × 1.20", "a · Q3: × 0.90", "a · Q4: × 0.90"]
