"""The bridge adds up where it is drawn, and expectations stand beside what came."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from custlib import figures

BRIDGE = pd.DataFrame(
    [
        ("gained", "k1", "Alpha", 1, 0.0, 4e6, 4e6),
        ("lost", "k2", "Beta", 1, 5e6, 2e6, -3e6),
        ("others", "", "", 98, 70e6, 71e6, 1e6),
        ("fees", "", "", np.nan, 0.0, 0.0, 0.0),
        ("total", "", "", np.nan, 75e6, 77e6, 2e6),
        ("unexplained", "", "", np.nan, 0.0, 0.0, 0.0),
    ],
    columns=["part", "customer_id", "name", "customers", "year_ago", "net_sales", "change"],
)
CHANGES = pd.DataFrame(
    {
        "name": ["Alpha", "Beta"],
        "change": ["fell", "rose"],
        "a_year": [-3e6, 1e6],
        "net_sales": [2e5, 4e5],
        "expected": [9e5, 1e5],
        "expected_low": [7e5, 8e4],
        "expected_high": [1.1e6, 1.2e5],
    }
)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_each_bar_of_the_bridge_begins_where_the_last_one_ended(lang, phone):
    ax = figures.year_bridge(BRIDGE, Figure().subplots(), lang, phone)
    bars = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches]
    ends = np.array(bars[1:-1])
    # 75 + 4 = 79, − 3 = 76, + 1 = 77 million
    assert np.allclose(ends, [(75, 79), (76, 79), (76, 77)]) or np.allclose(
        ends, [(7500, 7900), (7600, 7900), (7600, 7700)]
    )
    assert bars[0][1] in (75, 7500) and bars[-1][1] in (77, 7700)
    assert {"en": "the axis does not begin at 0", "zh": "横轴不从 0 开始"}[lang] in ax.get_xlabel()


def test_without_a_last_year_there_is_nothing_to_draw():
    assert figures.year_bridge.look.is_something(BRIDGE)
    assert not figures.year_bridge.look.is_something(BRIDGE.assign(year_ago=0.0))


@pytest.mark.parametrize("phone", [False, True])
def test_the_range_of_the_expected_and_what_came(phone):
    ax = figures.expected_and_came(CHANGES, Figure().subplots(), "en", phone)
    ranges = [(bar.get_x(), round(bar.get_x() + bar.get_width(), 6)) for bar in ax.patches]
    unit = 0.2 / ax.collections[-1].get_offsets()[0][0]  # of the axis, in millions
    assert np.allclose(np.array(ranges) * unit, [(0.7, 1.1), (0.08, 0.12)])
    marks = [segment[:, 1] for segment in ax.collections[0].get_segments()]  # on a phone names stand above the bars
    assert np.allclose(marks, [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in ax.patches])
