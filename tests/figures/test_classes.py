"""Figures of classes show what their table says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from custlib import figures, palette

RANKED = pd.DataFrame(
    {
        "rank": [1, 2, 3],
        "value": [5_000_000.0, 300_000, 150_000],
        "cumulative_share": [0.917, 0.972, 1.0],
        "class": ["A", "B", "C"],
    }
)
PANELS = pd.concat(
    [RANKED.assign(indicator="回款额"), RANKED.assign(indicator="毛利额", value=RANKED["value"] / 1000)],
    ignore_index=True,
)
CUBE = pd.DataFrame(
    [("A", "A", "A", 6), ("A", "A", "B", 13), ("B", "B", "B", 29), ("C", "B", "", 4), ("", "C", "C", 2)],
    columns=["size_class", "contribution_class", "brand_share_class", "customers"],
)
CLASSES = pd.DataFrame(
    {"2025Q3": ["A", "B", None], "2025Q4": ["A", "A", "C"]}, index=["华锦家居", "宏达电器", "新城百货"]
)
ALL = [(figures.pareto_panels, PANELS), (figures.class_cube, CUBE), (figures.class_heat_map, CLASSES)]


def texts(figure):
    legends = [legend for one in (figure, *figure.axes) for legend in [*getattr(one, "legends", [])]]
    legends += [ax.get_legend() for ax in figure.axes if ax.get_legend()]
    found = [text for legend in legends for text in (*legend.get_texts(), legend.get_title())]
    for ax in figure.axes:
        found += [*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels()]
    return [text.get_text() for text in found]


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


def test_each_pareto_panel_has_its_name_its_unit_and_its_shares():
    ax = figures.pareto_panels(PANELS, Figure().subplots(), "zh")
    shown = texts(ax.figure)
    assert [shown.count(name) for name in ("回款额", "毛利额", "万元", "元")] == [1, 1, 1, 1]
    assert shown.count("A 类：1 家，占 92%") == 2


def test_pareto_panels_in_another_currency():
    ax = figures.pareto_panels(PANELS, Figure().subplots(), "en", currency="GBP")
    assert {"£ million", "£ thousand"} <= set(texts(ax.figure))


def test_pareto_panels_stand_side_by_side_or_on_phones_below_one_another():
    for phone, shape in ((False, (1, 2)), (True, (2, 1))):
        figure = figures.pareto_panels(PANELS, Figure().subplots(), "en", phone).figure
        assert figure.axes[1].get_subplotspec().get_gridspec().get_geometry() == shape


def grids(figure):
    return {ax.get_title(): ax for ax in figure.axes if ax.get_title()}


def counts(grid):
    return [text.get_text() for text in grid.texts]


def test_the_cube_has_a_grid_for_each_class_by_brand_share_and_one_for_those_without():
    found = grids(figures.class_cube(CUBE, Figure().subplots(), "en").figure)
    assert list(found) == ["Brand share A: 6", "Brand share B: 42", "Brand share C: 2", "Not known: 4"]
    # rows by size A, B, C and none; columns by contribution A, B, C
    assert counts(found["Brand share B: 42"]) == ["13", "0", "0", "0", "29", "0", "0", "0", "0", "0", "0", "0"]
    assert counts(found["Brand share C: 2"])[-1] == "2"


def test_the_cube_frames_where_all_three_classes_agree():
    found = grids(figures.class_cube(CUBE, Figure().subplots(), "en").figure)
    corners = [[patch.get_xy() for patch in grid.patches] for grid in found.values()]
    assert corners == [[(0.04, 0.04)], [(1.04, 1.04)], [(2.04, 2.04)], []]


def test_the_cube_shades_by_the_same_scale_in_all_grids():
    found = grids(figures.class_cube(CUBE, Figure().subplots(), "en").figure)
    assert {grid.collections[0].get_clim() for grid in found.values()} == {(0, 29)}


def test_a_cube_without_brand_share_is_one_grid_without_frames():
    none = CUBE.assign(brand_share_class="")
    figure = figures.class_cube(none, Figure().subplots(), "zh").figure
    assert list(grids(figure)) == ["品牌占比未知：54"]
    assert "三项类别一致" not in texts(figure) and "数字：客户数" in texts(figure)


def test_the_heat_map_colours_each_quarter_by_class_and_leaves_the_absent_blank():
    ax = figures.class_heat_map(CLASSES, Figure().subplots(), "en")
    cells = ax.collections[0]
    before, now = np.moveaxis(cells.cmap(cells.norm(cells.get_array())), 1, 0)
    assert [to_hex(colour).upper() for colour in before[:2]] == [palette.CLASSES["A"], palette.CLASSES["B"]]
    assert before[2, 3] == 0  # nothing is drawn
    assert [to_hex(colour).upper() for colour in now] == [palette.CLASSES[letter] for letter in "AAC"]


def test_the_quarters_of_the_heat_map_do_not_touch():
    ax = figures.class_heat_map(CLASSES, Figure().subplots(), "en")
    between = ax.collections[1]
    assert [line.tolist() for line in between.get_segments()] == [[[1, 0], [1, 3]]]
    assert to_hex(between.get_color()[0]).upper() == palette.PAPER


def test_few_customers_are_named_and_many_are_counted():
    few = texts(figures.class_heat_map(CLASSES, Figure().subplots(), "zh").figure)
    many = pd.concat([CLASSES] * 20, ignore_index=True)
    assert "宏达电器" in few
    assert "60 家客户，每行一家" in texts(figures.class_heat_map(many, Figure().subplots(), "zh").figure)
