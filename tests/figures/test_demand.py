import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from custlib import figures

MONTHS = pd.DataFrame(
    {
        "month": ["2025-01", "2025-12", "2026-01"],
        "actual": [50.0, 40.0, np.nan],
        "forecast": [np.nan, np.nan, 60.0],
        "low": [np.nan, np.nan, 45.0],
        "high": [np.nan, np.nan, 80.0],
        "year_ago": [np.nan, 30.0, 50.0],
    }
)
STEPS = pd.DataFrame(
    {
        "step": ["naive", "forecast", "joint review"],
        "wape": [0.3, 0.25, 0.31],
        "fva_points": [np.nan, 5.0, -6.0],
        "low": [np.nan, 1.0, -8.0],
        "high": [np.nan, 9.0, -3.0],
    }
)


def told(draw, table):
    return re.findall(r"<title>(.*?)</title>", figures.picture(draw, table, lang="en", alt="a").wide)


@pytest.mark.parametrize("phone", [False, True])
def test_bars_of_the_past_and_a_mark_with_its_range_to_come(phone):
    ax = figures.demand_outlook(MONTHS, Figure().subplots(), "en", phone)
    assert [bar.get_height() for bar in ax.patches] == [50, 40, 0]
    assert list(ax.lines[0].get_ydata()) == [60]
    spans = [segment.tolist() for line in ax.collections for segment in line.get_segments()]
    assert spans == [[[2, 45], [2, 80]], [[1.6, 50], [2.4, 50]]]


def test_months_say_what_came_or_the_range():
    assert told(figures.demand_outlook, MONTHS) == ["2025-01: 50", "2025-12: 40", "2026-01: 60, 45 … 80"]
    without = MONTHS.assign(low=np.nan, high=np.nan)
    assert told(figures.demand_outlook, without)[-1] == "2026-01: 60"


def test_steps_with_points_and_their_intervals():
    ax = figures.value_steps(STEPS, Figure().subplots(), "en")
    assert [bar.get_width() for bar in ax.patches] == [5, -6]
    assert told(figures.value_steps, STEPS) == ["forecast: +5.0, +1.0 … +9.0", "joint review: −6.0, −8.0 … −3.0"]


def test_nothing_to_draw():
    assert not figures.value_steps.look.is_something(STEPS[:1])
    assert not figures.demand_outlook.look.is_something(MONTHS[:2])
