"""What sets segments apart, cell by cell."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from custlib import figures

TABLE = pd.DataFrame(
    [
        ("S2", "Regulars · large budgets · bought lately", "purchases in the year", 1.73, "9.2"),
        ("S2", "Regulars · large budgets · bought lately", "paid in shopping-festival months", -0.5, "12 %"),
        ("S2", "Regulars · large budgets · bought lately", "list price of what is bought", np.nan, "–"),
        ("S1", "Fading", "purchases in the year", -2.4, "1.1"),
        ("S1", "Fading", "paid in shopping-festival months", -0.04, "21 %"),
        ("S1", "Fading", "list price of what is bought", 0.49, "¥456"),
    ],
    columns=["identity", "name", "feature", "difference", "shown"],
)


def cells(figure):
    """Text → whether it is bold, of every cell."""
    (ax,) = figure.axes
    return {text.get_text(): text.get_weight() == "bold" for text in ax.texts}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_nothing_is_cut(drawn, cut, lang, phone):
    assert not cut(drawn(figures.segment_heat_map, TABLE, lang, phone))


@pytest.mark.parametrize("phone", [False, True])
def test_names_of_features_do_not_run_into_one_another(drawn, phone):
    (ax,) = drawn(figures.segment_heat_map, TABLE, phone=phone).axes
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert all(lower.y1 <= upper.y0 for upper, lower in zip(boxes, boxes[1:], strict=False))


def test_it_returns_its_axes_and_leaves_the_table_alone():
    before, ax = TABLE.copy(deep=True), Figure().subplots()
    assert figures.segment_heat_map(TABLE, ax, "en") is ax
    pd.testing.assert_frame_equal(TABLE, before)


def test_segments_and_features_stand_in_the_order_of_the_table(drawn):
    (ax,) = drawn(figures.segment_heat_map, TABLE).axes
    heads = [text.get_text().replace("\n", " ") for text in ax.get_xticklabels()]
    rows = [text.get_text().replace("\n", " ") for text in ax.get_yticklabels()]
    assert heads == ["S2 Regulars · large budgets · bought lately", "S1 Fading"]
    assert rows == ["purchases in the year", "paid in shopping- festival months", "list price of what is bought"]
    assert ax.get_ylim() == (3, 0)  # the first feature at the top


def test_a_cell_says_the_value_and_how_far_it_is_off_bold_from_half_a_standard_deviation(drawn):
    assert cells(drawn(figures.segment_heat_map, TABLE)) == {
        "9.2\u00a0\u00a0\u00a0+1.7": True,
        "12 %\u00a0\u00a0\u00a0−0.5": True,
        "–": False,  # no value, no difference
        "1.1\u00a0\u00a0\u00a0−2.4": True,
        "21 %\u00a0\u00a0\u00a00.0": False,
        "¥456\u00a0\u00a0\u00a0+0.5": False,  # 0.49
    }


def test_colours_say_above_and_below_to_two_standard_deviations(drawn):
    (ax,) = drawn(figures.segment_heat_map, TABLE).axes
    (mesh,) = ax.collections
    assert mesh.get_clim() == (-2, 2) and mesh.get_array()[2, 0] == 0  # of what is missing nothing is said
    low, high = (to_hex(mesh.cmap(mesh.norm(value))) for value in (-9, 9))
    assert (low, high) == ("#b5432a", "#123f73")
    on_dark = {text.get_text(): to_hex(text.get_color()) for text in ax.texts}
    assert on_dark["1.1\u00a0\u00a0\u00a0−2.4"] == "#ffffff" and on_dark["12 %\u00a0\u00a0\u00a0−0.5"] != "#ffffff"


def test_the_key_says_the_unit(drawn, read):
    assert {"below all consumers", "above (in standard deviations)"} <= set(
        read(drawn(figures.segment_heat_map, TABLE))
    )
    assert {"低于全体", "高于（单位：标准差）"} <= set(read(drawn(figures.segment_heat_map, TABLE, "zh")))


def test_on_phones_the_names_stand_below_and_cells_hold_the_difference_alone(drawn, read):
    figure = drawn(figures.segment_heat_map, TABLE, phone=True)
    assert [text.get_text() for text in figure.axes[0].get_xticklabels()] == ["S2", "S1"]
    text = " ".join(read(figure)).replace("\n", " ")
    assert "S2  Regulars · large budgets · bought lately S1  Fading" in text
    assert set(cells(figure)) == {"+1.7", "−0.5", "–", "−2.4", "0.0", "+0.5"}


def test_a_name_from_an_export_cannot_act(drawn, read):
    named = TABLE.assign(name="a\u202eb", shown="\u202e1")
    for phone in (False, True):
        text = "".join(read(drawn(figures.segment_heat_map, named, phone=phone)))
        assert "\u202e" not in text and "[U+202E]" in text
