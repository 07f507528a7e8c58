"""The map of needs: where a mark stands, whether it is full, what names and corners say."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from custlib import figures

ROWS = [
    ("profit", "profit", 4.4, 4.2, 4.5, 6.3, 6.0, 6.7, "concentrate"),
    ("service", "a long name of a need", 4.0, 3.8, 4.1, 6.7, 6.4, 7.1, "undecided"),
    ("ease", "ease", 3.1, 2.9, 3.3, 7.1, 6.8, 7.4, "overkill"),
]
COLUMNS = ["need", "name", *(f"importance_{end}" for end in ("mean", "low", "high"))]
COLUMNS += [*(f"actual_{end}" for end in ("mean", "low", "high")), "quadrant"]
TABLE = pd.DataFrame(ROWS, columns=COLUMNS).assign(place=lambda table: table["quadrant"])


@pytest.mark.parametrize("lang, corners", [("en", ["concentrate here", "keep up"]), ("zh", ["低优先级", "可能过度"])])
@pytest.mark.parametrize("phone", [False, True])
def test_nothing_is_cut_and_needs_and_corners_have_their_names(drawn, read, cut, lang, corners, phone):
    figure = drawn(figures.needs_map, TABLE, lang, phone)
    assert not cut(figure) and {"profit", "a long name of a need", "ease", *corners} <= set(read(figure))


def test_it_returns_its_axes_and_leaves_the_table_alone():
    before, ax = TABLE.copy(deep=True), Figure().subplots()
    assert figures.needs_map(TABLE, ax, "en") is ax
    pd.testing.assert_frame_equal(TABLE, before)


def test_a_mark_is_empty_where_no_quadrant_is_sure(drawn):
    (ax,) = drawn(figures.needs_map, TABLE).axes
    marks = next(each for each in ax.collections if len(each.get_offsets()) == 3 and len(each.get_facecolors()) == 3)
    assert marks.get_offsets().tolist() == [[6.3, 4.4], [6.7, 4.0], [7.1, 3.1]]
    assert [to_hex(face) == "#ffffff" for face in marks.get_facecolors()] == [False, True, False]


def test_few_customers_have_marks_without_intervals(drawn, cut):
    ends = ["importance_low", "importance_high", "actual_low", "actual_high"]
    assert not cut(drawn(figures.needs_map, TABLE.assign(**dict.fromkeys(ends, float("nan")), quadrant="undecided")))


def test_each_mark_says_its_name_and_values(drawn):
    marks = next(each for each in drawn(figures.needs_map, TABLE, "zh").artists if hasattr(each, "told"))
    assert [text for text, *_ in marks.told][0] == "profit：重要性 4.4，现实 6.3，concentrate"
