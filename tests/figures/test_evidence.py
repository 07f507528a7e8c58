"""The evidence on the number of segments: where a mark stands, whether it is full, and which number is on the band."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from custlib import figures, palette

EVIDENCE = pd.DataFrame(
    {
        "k": [1, 4, 2, 3],
        "prediction_strength": [1.0, 0.41, 0.97, 0.8],
        "asked_strength": [0.8, 0.9, np.nan, 0.75],
        "jaccard": [1.0, 0.66, 0.98, 0.74],
        "silhouette": [np.nan, 0.21, 0.45, 0.38],
        "null_silhouette": [np.nan, 0.25, 0.3, 0.28],
        "tree_fidelity": [np.nan, 0.8, 0.95, np.nan],
        "smallest_share": [1.0, 0.08, 0.31, 0.2],
    }
)
NAMES = ["Prediction strength", "Lowest Jaccard", "Silhouette", "A small tree agrees, %", "Smallest segment, %"]


def panels(figure):
    return {ax.get_title(loc="left").replace("\n", " "): ax for ax in figure.axes if ax.axison}


def marks(panel, look):
    """(value, number of segments) of the marks that are full, empty or those of data without structure."""
    if look == "none":
        points = [tuple(point) for line in panel.lines if line.get_marker() == "|" for point in line.get_xydata()]
        return [(value, number) for value, number in points if not np.isnan(value)]
    return [
        tuple(point)
        for dots in panel.collections
        if not isinstance(dots, LineCollection)
        for point, face in zip(dots.get_offsets().tolist(), dots.get_facecolors(), strict=True)
        if (to_hex(face) == "#ffffff") == (look == "empty")
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("k", [1, 3])
def test_nothing_is_cut_and_every_panel_has_its_name(drawn, read, cut, lang, phone, k):
    figure = drawn(figures.k_table, EVIDENCE, lang, phone, k=k)
    names = NAMES if lang == "en" else ["预测强度", "最低Jaccard", "轮廓系数", "决策树吻合 %", "最小细分 %"]
    assert [name.replace(" ", "") for name in panels(figure)] == [name.replace(" ", "") for name in names] and not cut(
        figure
    )
    assert {"en": "segments", "zh": "细分数"}[lang] in read(figure)


def test_it_returns_its_axes_and_leaves_the_table_alone():
    before, ax = EVIDENCE.copy(deep=True), Figure().subplots()
    assert figures.k_table(EVIDENCE, ax, "en", k=2) is ax
    pd.testing.assert_frame_equal(EVIDENCE, before)


def test_a_row_for_every_number_of_segments_but_one(drawn):
    panel = panels(drawn(figures.k_table, EVIDENCE))["Prediction strength"]
    assert panel.get_yticks().tolist() == [2, 3, 4]
    assert panel.get_ylim() == (4.6, 1.4)  # the fewest stand at the top


def test_a_mark_is_full_where_the_limit_is_reached_and_empty_below_it(drawn):
    found = panels(drawn(figures.k_table, EVIDENCE))
    strength, jaccard = found["Prediction strength"], found["Lowest Jaccard"]
    assert marks(strength, "full") == [(0.97, 2), (0.8, 3)] and marks(strength, "empty") == [(0.41, 4)]
    assert marks(jaccard, "full") == [(0.98, 2)] and marks(jaccard, "empty") == [(0.74, 3), (0.66, 4)]
    # each number has the limit that was asked of it: another for more segments than before
    assert limits(strength) == [(0.75, 3), (0.9, 4)] and limits(jaccard) == [(0.75, 2), (0.75, 3), (0.75, 4)]


def limits(panel):
    """(limit, number of segments) of each dashed stroke."""
    lines = next(each for each in panel.collections if isinstance(each, LineCollection))
    return [(float(stroke[0, 0]), stroke[:, 1].mean()) for stroke in lines.get_segments() if len(stroke)]


def test_a_silhouette_is_measured_by_that_of_data_without_structure(drawn):
    panel = panels(drawn(figures.k_table, EVIDENCE))["Silhouette"]
    assert marks(panel, "none") == [(0.3, 2), (0.28, 3), (0.25, 4)]
    assert marks(panel, "full") == [(0.45, 2), (0.38, 3)] and marks(panel, "empty") == [(0.21, 4)]


def test_shares_of_consumers_are_in_percent(drawn):
    panel = panels(drawn(figures.k_table, EVIDENCE))["Smallest segment, %"]
    assert marks(panel, "full") == [(0.31, 2), (0.2, 3), (0.08, 4)]
    assert {"0", "20"} <= {text.get_text() for text in panel.get_xticklabels()}


def test_a_measure_that_nobody_has_leaves_its_panel_empty(drawn, cut):
    figure = drawn(figures.k_table, EVIDENCE.assign(tree_fidelity=np.nan))
    assert not cut(figure) and marks(panels(figure)["A small tree agrees, %"], "full") == []


def test_the_chosen_number_lies_on_a_band_and_in_the_key(drawn, read):
    figure = drawn(figures.k_table, EVIDENCE, k=3)
    for panel in panels(figure).values():
        (band,) = panel.patches
        assert to_hex(band.get_facecolor()).upper() == palette.PALE
        assert band.get_y() < 3 < band.get_y() + band.get_height() < 4
    assert "chosen: 3" in read(figure) and "选定：3" in read(drawn(figures.k_table, EVIDENCE, "zh", k=3))


def test_without_stable_segments_no_number_lies_on_a_band(drawn, read):
    figure = drawn(figures.k_table, EVIDENCE, k=1)
    assert not any(len(panel.patches) for panel in panels(figure).values())
    assert "none chosen" in read(figure) and not any("chosen: " in text for text in read(figure))
    assert "未选定" in read(drawn(figures.k_table, EVIDENCE, "zh"))


def test_the_figure_grows_with_the_numbers_looked_at(drawn):
    longer = pd.concat([EVIDENCE, EVIDENCE.assign(k=EVIDENCE["k"] + 4)])
    assert drawn(figures.k_table, longer).get_figheight() > drawn(figures.k_table, EVIDENCE).get_figheight()
