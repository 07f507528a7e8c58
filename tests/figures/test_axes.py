"""Names fit beside their bars and lines."""

from itertools import pairwise

from matplotlib.figure import Figure

from custlib.figures import axes


def test_names_of_lines_that_end_together_stay_apart():
    ax = Figure().subplots()
    ax.set_ylim(0, 10)
    axes.end_labels(ax, {"a": (5, "k"), "b": (5, "k"), "c": (5.1, "k")}, x=1, gap=0.1)
    heights = sorted(text.get_position()[1] for text in ax.texts)
    assert heights[0] == 5
    assert all(round(high - low, 6) >= 1 for low, high in pairwise(heights))


def test_more_bars_make_a_taller_figure():
    heights = []
    for bars in (2, 12):
        ax = Figure().subplots()
        axes.bar_names(ax, ["原因"] * bars, phone=True)
        heights.append(ax.figure.get_figheight())
    assert heights[1] > 3 * heights[0]


def test_long_chinese_names_are_broken():
    ax = Figure().subplots()
    axes.bar_names(ax, ["数量与单价之积与金额不符" * 3], phone=False)
    assert max(map(len, ax.get_yticklabels()[0].get_text().split("\n"))) == 20


def test_a_name_without_text_keeps_its_bar():
    ax = Figure().subplots()
    axes.bar_names(ax, ["", "b"], phone=False)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["", "b"]


def test_the_first_quarter_shows_its_year_unless_there_is_no_room_beside_the_next():
    assert axes.quarter_names(["2024Q3", "2024Q4", "2025Q1"]) == ["Q3\n2024", "Q4", "Q1\n2025"]
    many = ["2023Q4", "2024Q1", "2024Q2", "2024Q3", "2024Q4"]
    assert axes.quarter_names(many) == ["Q4", "Q1\n2024", "Q2", "Q3", "Q4"]


def test_panels_take_the_place_of_the_axes():
    figure = Figure()
    left, ax = figure.subplots(1, 2)
    found = axes.panels(ax, 2, 1)
    assert len(found) == 2 and not ax.axison and left.axison
    assert found[0].get_position().x0 == ax.get_position().x0
    assert found[0].get_position().y0 > found[1].get_position().y1


def test_a_heading_stands_above_the_key_of_its_panel():
    plain, with_key = Figure().subplots(2, 1)
    axes.key(with_key, {"A": "k"}, columns=1, row=1)
    for ax in (plain, with_key):
        axes.heading(ax, "回款额")
    assert plain.texts[0].get_text() == with_key.get_legend().get_title().get_text() == "回款额"


def test_a_key_of_the_figure_stands_once():
    ax = Figure().subplots()
    axes.key_of_figure(ax, {"a": ax.plot([0, 1])[0]})
    assert ax.get_legend() is None and [text.get_text() for text in ax.figure.legends[0].get_texts()] == ["a"]


def test_notes_stand_at_the_foot_and_take_height_not_width(drawn):
    def plot(notes):
        def draw(table, ax, lang, phone):
            axes.note_below(ax, notes, 60)

        return drawn(draw, None).axes[0].get_position()

    without, long = plot([]), plot(["S1  Regulars · large budgets · bought lately · new models · premium"] * 3)
    assert (long.x0, long.x1) == (without.x0, without.x1) and long.y0 > without.y0 + 0.1
