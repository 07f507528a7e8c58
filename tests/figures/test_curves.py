"""Curves of concentration name what they show."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from custlib import figures

LORENZ = pd.DataFrame(
    {
        "label": ["2025Q4"] * 3 + ["2024Q4"] * 3,
        "customers_share": [0.5, 0.8, 1.0] * 2,
        "value_share": [0.1, 0.35, 1.0, 0.2, 0.5, 1.0],
    }
)
WHALE = pd.DataFrame({"rank": [1, 2, 3, 4], "value": [6e6, 4e6, -1e6, -1e6], "cumulative": [6e6, 10e6, 9e6, 8e6]})
ALL = [(figures.lorenz, LORENZ), (figures.whale, WHALE)]


def texts(ax):
    return [text.get_text() for text in ax.texts] + [ax.get_xlabel()]


@pytest.mark.parametrize("draw, table", ALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_a_curve_returns_its_axes_and_leaves_the_table_alone(draw, table, lang, phone):
    before, ax = table.copy(deep=True), Figure().subplots()
    assert draw(table, ax, lang, phone) is ax
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("draw, table", ALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_character_of_a_curve_has_a_glyph(draw, table, lang):
    figures.picture(draw, table, lang=lang, alt="curve")


def test_lorenz_curves_begin_at_nothing_and_are_named():
    ax = figures.lorenz(LORENZ, Figure().subplots(), "en")
    equal, now, then = ax.lines[:3]
    assert equal.get_xydata().tolist() == [[0, 0], [100, 100]]
    assert now.get_xydata().round(6).tolist() == [[0, 0], [50, 10], [80, 35], [100, 100]]
    assert (now.get_linestyle(), then.get_linestyle()) == ("-", "--")
    assert {"2025Q4", "2024Q4", "all customers equal", "the largest 20 % bring 65 %"} <= set(texts(ax))


def test_the_names_of_two_lorenz_curves_stand_on_either_side():
    ax = figures.lorenz(LORENZ, Figure().subplots(), "en")
    side = {text.get_text(): (text.get_ha(), text.get_va()) for text in ax.texts}
    # a year ago customers were less unequal: the upper curve
    assert (side["2025Q4"], side["2024Q4"]) == (("left", "top"), ("right", "bottom"))


def test_nearly_everything_is_not_said_to_be_everything():
    few = LORENZ.head(3).assign(value_share=[0.0, 0.003, 1.0])
    assert "最大的 20% 客户占 99.7%" in texts(figures.lorenz(few, Figure().subplots(), "zh"))


def test_the_whale_marks_its_peak_its_fall_and_its_end():
    ax = figures.whale(WHALE, Figure().subplots(), "en")
    assert {"125 % of the profit,\nby the first 2", "−¥2.00 million by the last 2", "in the end\n¥8.00 million"} <= set(
        texts(ax)
    )
    assert "¥ million" in texts(ax)


def test_the_whale_climbs_in_one_line_and_falls_in_another():
    ax = figures.whale(WHALE, Figure().subplots(), "zh")
    curves = [line.get_xydata().tolist() for line in ax.lines if len(line.get_xdata()) == 3]
    assert curves == [[[0, 0], [1, 600], [2, 1000]], [[2, 1000], [3, 900], [4, 800]]]


def test_the_whale_of_many_customers_keeps_its_peak_and_its_ends_in_few_places():
    value = np.concatenate([np.linspace(900, 1, 2347), np.linspace(-1, -300, 653)])
    table = pd.DataFrame({"rank": np.arange(3000) + 1, "value": value, "cumulative": value.cumsum()})
    ax = figures.whale(table, Figure().subplots(), "en")
    climb, fall = (line.get_xydata() for line in ax.lines if len(line.get_xdata()) > 3)
    assert climb[0].tolist() == [0, 0] and climb[-1].tolist() == fall[0].tolist()
    assert climb[-1][0] == 2347 and fall[-1][0] == 3000 and len(climb) + len(fall) <= 503


def test_a_whale_without_a_fall_says_so():
    shown = texts(figures.whale(WHALE.head(2), Figure().subplots(), "en"))
    assert "no customer costs us money" in shown and not any("by the last" in text for text in shown)


def test_a_share_of_a_loss_is_not_told():
    loss = WHALE.assign(cumulative=[6e6, 10e6, 4e6, -2e6])
    shown = texts(figures.whale(loss, Figure().subplots(), "zh"))
    assert {"前 2 家\n共 1,000 万元", "最终\n−200 万元"} <= set(shown)


def test_a_customer_who_neither_earns_nor_costs_is_no_part_of_the_fall():
    level = pd.DataFrame({"rank": [1, 2, 3], "value": [5e6, 0, -1e6], "cumulative": [5e6, 5e6, 4e6]})
    assert "−¥1.00 million by the last 1" in texts(figures.whale(level, Figure().subplots(), "en"))


@pytest.mark.parametrize("end", [8e6, 3.6e6, 2e6, 1e5, -2e6])
def test_the_words_at_the_peak_keep_off_the_line_of_the_end(end):
    ax = figures.whale(WHALE.assign(cumulative=[6e6, 10e6, 9e6, end]), Figure().subplots(), "en")
    at_peak = next(text for text in ax.texts if "by the first" in text.get_text())
    assert 0 < at_peak.xy[1] < 10 and abs(at_peak.xy[1] - end / 1e6) >= 1.7
