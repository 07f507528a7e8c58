"""Stability and seasons, a mark or a panel per customer."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from custlib import figures

STABILITY = pd.DataFrame(
    {
        "variation": [0.2, 0.6, 1.4, 0.3, None],
        "size": [3e6, 2.9e6, 5e4, 0.0, 4e5],
        "class": ["A", "A", "C", "C", "B"],
        "label": ["华锦家居", "宏达电器", "", "", ""],
    }
)
SEASONS = pd.DataFrame(
    {
        "label": ["all_customers"] * 4 + ["华锦家居"] * 4 + ["宏达电器"] * 4,
        "quarter_number": [1, 2, 3, 4] * 3,
        "index": [0.8, 0.9, 0.9, 1.4, 0.5, 1.9, 0.8, 0.8, 0.2, 0.4, 0.4, 3.0],
    }
)
ALL = [(figures.stability_scatter, STABILITY), (figures.season_curves, SEASONS)]


def texts(ax):
    return [text.get_text() for text in ax.texts] + [ax.get_xlabel(), ax.get_title(loc="left")]


@pytest.mark.parametrize("draw, table", ALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_a_figure_returns_its_axes_and_leaves_the_table_alone(draw, table, lang, phone):
    before, ax = table.copy(deep=True), Figure().subplots()
    assert draw(table, ax, lang, phone) is ax
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("draw, table", ALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_character_of_a_figure_has_a_glyph(draw, table, lang):
    figures.picture(draw, table, lang=lang, alt="figure")


def test_each_class_has_a_mark_of_its_own():
    known = STABILITY.fillna({"variation": 0.9})
    ax = figures.stability_scatter(known, Figure().subplots(), "en")
    marks = [len(points.get_paths()[0].vertices) for points in ax.collections]
    assert len(set(marks)) == 3
    places = [points.get_offsets().tolist() for points in ax.collections]
    assert places == [[[1.4, 0.05]], [[0.9, 0.4]], [[0.2, 3.0], [0.6, 2.9]]]


def test_more_marks_than_a_screen_shows_apart_are_one_picture():
    for customers, picture in ((500, False), (501, True)):
        many = STABILITY.head(1).loc[[0] * customers].reset_index(drop=True)
        apart = {"variation": np.tile(np.linspace(0, 2, 50), 11)[:customers], "size": np.arange(customers) + 1.0}
        ax = figures.stability_scatter(many.assign(label="", **apart), Figure().subplots(), "en")
        assert {bool(points.get_rasterized()) for points in ax.collections if len(points.get_offsets())} == {picture}


def test_who_cannot_be_drawn_is_counted():
    shown = texts(figures.stability_scatter(STABILITY, Figure().subplots(), "zh"))
    assert any(text.endswith("未画出（规模不为正或月数不足）：2 家") for text in shown)
    assert "万元" in shown


def test_lines_stand_at_the_limits_and_regions_are_named():
    ax = figures.stability_scatter(STABILITY, Figure().subplots(), "en", limits=(0.4, 0.9))
    assert [line.get_xdata()[0] for line in ax.lines] == [0.4, 0.9]
    assert {"X regular", "Y varying", "Z irregular"} <= set(texts(ax))


@pytest.mark.parametrize("phone", [False, True])
def test_names_of_customers_alike_stay_apart(phone):
    alike = pd.DataFrame(
        {"variation": [0.2] * 12, "size": [1e6] * 12, "class": ["A"] * 12, "label": list("abcdefghijkl")}
    )
    ax = figures.stability_scatter(alike, Figure().subplots(), "en", phone)
    heights = [text.get_position()[1] for text in ax.texts if text.get_position()[0] == 1.02]
    assert len(heights) == 8
    assert all(high - low > 0.05 for high, low in pairwise(heights))


def test_on_phones_numbers_stand_at_the_marks_and_names_below():
    assert "1  华锦家居\n2  宏达电器" in texts(figures.stability_scatter(STABILITY, Figure().subplots(), "en", True))


def test_each_seasonal_customer_has_a_panel_with_all_customers_behind():
    figure = figures.season_curves(SEASONS, Figure().subplots(), "en").figure
    first, second = figure.axes[1:]
    assert (first.get_title(loc="left"), second.get_title(loc="left")) == ("华锦家居", "宏达电器")
    for panel in (first, second):
        assert panel.lines[1].get_ydata().tolist() == [0.8, 0.9, 0.9, 1.4]
    assert ("× 1.9" in texts(first), "× 3.0" in texts(second)) == (True, True)


def test_without_seasonal_customers_there_is_the_curve_of_all():
    figure = figures.season_curves(SEASONS.head(4), Figure().subplots(), "en").figure
    assert len(figure.axes) == 2
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["all customers", "the mean quarter = 1"]


def test_a_missing_quarter_is_a_gap_in_a_season():
    table = SEASONS.drop(index=5)  # the second quarter of the first customer
    ax = figures.season_curves(table, Figure().subplots(), "en")
    panel = next(each for each in ax.figure.axes if each.get_title(loc="left") == "华锦家居")
    drawn = [line.get_ydata().tolist() for line in panel.get_lines() if len(line.get_ydata()) == 4]
    assert [str(value) for value in drawn[1]] == ["0.5", "nan", "0.8", "0.8"]
