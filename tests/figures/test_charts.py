"""Charts show what the result table says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from custlib import figures, palette

RANKED = pd.DataFrame(
    {
        "rank": [1, 2, 3, 4, 5],
        "value": [500_000.0, 300_000, 150_000, 40_000, 10_000],
        "cumulative_share": [0.5, 0.8, 0.95, 0.99, 1.0],
        "class": ["A", "B", "B", "C", "C"],
    }
)
LINES = pd.DataFrame(
    {"table": ["sales", "sales", "customers"], "class": ["clean", "quarantined", "clean"], "lines": [90, 10, 5]}
)
REASONS = pd.DataFrame({"label": ["金额无法读出", "日期超出范围"], "lines": [12, 5]})
TREND = pd.DataFrame(
    {"quarter": ["2024Q4", "2025Q1"] * 2, "value": [3e6, 4e6, 2e6, 4e6], "label": ["净销售额"] * 2 + ["回款"] * 2}
)
MOVEMENTS = pd.DataFrame(
    {
        "label": ["sales: rows", "sales: net amount, sum", "visits: rows"],
        "ratio": [1.02, 3.5, 0.0],
        "low": [0.6, 0.5, 0.7],
        "high": [1.6, 2.0, 1.5],
        "odd": ["", "jump", "nothing"],
    }
)
ALL = [
    (figures.pareto, RANKED),
    (figures.line_accounts, LINES),
    (figures.reasons, REASONS),
    (figures.trend, TREND),
    (figures.movements, MOVEMENTS),
]


def texts(ax):
    legend = ax.get_legend()
    own = [text.get_text() for text in ax.texts] + [ax.get_xlabel(), ax.get_ylabel()]
    own += [label.get_text() for label in [*ax.get_xticklabels(), *ax.get_yticklabels()]]
    return own + ([text.get_text() for text in legend.get_texts()] if legend else [])


@pytest.mark.parametrize("draw, table", ALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_a_chart_returns_its_axes_and_leaves_the_table_alone(draw, table, lang, phone):
    before, ax = table.copy(deep=True), Figure().subplots()
    assert draw(table, ax, lang, phone) is ax
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("draw, table", ALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_character_of_a_chart_has_a_glyph(draw, table, lang):
    figures.picture(draw, table, lang=lang, alt="chart")


@pytest.mark.parametrize(
    "draw, table, unit",
    [
        (figures.pareto, RANKED, "万元"),
        (figures.trend, TREND, "万元"),
        (figures.reasons, REASONS, "剔除待核的行数"),
        (figures.line_accounts, LINES, "占该表行数的比例"),
    ],
)
def test_axes_carry_their_unit(draw, table, unit):
    assert unit in texts(draw(table, Figure().subplots(), "zh"))


def test_pareto_says_how_many_customers_a_class_has_and_what_they_bring():
    assert "B 类：2 家，占 45%" in texts(figures.pareto(RANKED, Figure().subplots(), "zh"))


def test_pareto_draws_a_class_in_its_colour_even_where_classes_are_mixed():
    mixed = RANKED.assign(**{"class": ["A", "B", "A", "C", "C"]})
    ax = figures.pareto(mixed, Figure().subplots(), "en")
    heights = {to_hex(steps.get_facecolor()).upper(): steps.get_data().values for steps in ax.patches[::2]}
    unit = figures.money_unit(mixed["value"], "en").scale
    for letter, places in {"A": [0, 2], "B": [1], "C": [3, 4]}.items():
        own = heights[palette.CLASSES[letter]]
        assert np.flatnonzero(~np.isnan(own)).tolist() == places
        assert own[places].tolist() == (mixed["value"] / unit).iloc[places].tolist()


def test_pareto_of_many_customers_draws_the_small_ones_in_groups_and_keeps_areas_and_curve():
    count = 3000
    values, letters = np.arange(count, 0, -1.0), np.resize(list("ABBCC"), count)
    reached = np.cumsum(values) / values.sum()
    table = pd.DataFrame({"rank": np.arange(count) + 1, "value": values, "cumulative_share": reached, "class": letters})
    ax = figures.pareto(table, Figure().subplots(), "en")
    unit, curve = figures.money_unit(table["value"], "en").scale, ax.figure.axes[1].lines[0].get_xydata()
    for letter, steps in zip("ABC", (steps.get_data() for steps in ax.patches[::2]), strict=True):
        area = np.nansum((steps.values - steps.baseline) * np.diff(steps.edges))
        assert len(steps.values) <= 250 and area == pytest.approx(values[letters == letter].sum() / unit)
    assert len(curve) <= 251 and "A: 600 customers, 20 %" in texts(ax)
    assert np.interp([99.5, 900.5, 2900.5], *curve.T) == pytest.approx(100 * reached[[98, 899, 2899]], abs=0.1)


def test_pareto_takes_a_declared_currency():
    assert "£ thousand" in texts(figures.pareto(RANKED, Figure().subplots(), "en", currency="GBP"))


def test_pareto_of_a_single_customer():
    figures.picture(figures.pareto, RANKED.head(1), lang="en", alt="one customer")


def test_year_stands_below_its_first_quarter_and_below_the_first_of_all():
    shown = texts(figures.trend(TREND, Figure().subplots(), "en"))
    assert "Q4\n2024" in shown and "Q1\n2025" in shown


def test_line_accounts_say_how_many_lines_were_set_aside():
    assert "10 of 100 lines set aside" in texts(figures.line_accounts(LINES, Figure().subplots(), "en"))


def test_a_missing_quarter_is_a_gap_in_the_trend_and_a_value_between_gaps_a_mark():
    sold = pd.DataFrame({"quarter": ["2024Q3", "2024Q4", "2025Q2", "2025Q4", "2026Q1"], "value": [1, 2, 3, 4, 5]})
    ax = figures.trend(sold.assign(label="sales"), Figure().subplots(), "en")
    line = ax.get_lines()[0]
    assert [str(value) for value in line.get_ydata()] == ["1.0", "2.0", "nan", "3.0", "nan", "4.0", "5.0"]
    assert line.get_markevery() == [3, 6]
    names = [text.get_text() for text in ax.get_xticklabels()]
    assert names == ["Q3\n2024", "Q4", "Q1\n2025", "Q2", "Q3", "Q4", "Q1\n2026"]


def test_trend_names_each_line_with_its_last_value():
    assert {"净销售额\n400", "回款\n400"} <= set(texts(figures.trend(TREND, Figure().subplots(), "zh")))


def test_a_movement_out_of_its_usual_range_is_a_diamond_and_one_to_nothing_stays_in_the_plot():
    ax = figures.movements(MOVEMENTS, Figure().subplots(), "en")
    within, odd = (dots.get_offsets().tolist() for dots in ax.collections[1:])
    assert within == [[1.02, 0]] and [y for _, y in odd] == [1, 2]
    assert len({len(dots.get_paths()[0].vertices) for dots in ax.collections[1:]}) == 2
    low, high = ax.get_xlim()
    assert all(low <= x <= high for x, _ in odd)
    assert [bar.get_x() for bar in ax.patches] == [0.6, 0.5, 0.7] and "× 3.50" in texts(ax)
