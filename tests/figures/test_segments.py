"""An identity looks the same everywhere; the map and the seasons draw what their table says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from custlib import figures, palette

RANDOM = np.random.default_rng(0)
MAP = pd.concat(
    [
        pd.DataFrame(RANDOM.normal(size=(40, 2)), columns=["x", "y"]).assign(
            identity=["S1", "S3"] * 20, kind="consumer"
        ),
        pd.DataFrame({"x": [-1.0, 1.5], "y": [0.5, -0.5], "identity": ["S1", "S3"], "kind": "centre"}),
    ],
    ignore_index=True,
).assign(name=lambda table: table["identity"].map({"S1": "Regulars · large budgets", "S3": "Fading"}))
AXES = {"axis_names": ("more purchases in the year, more paid →", "less discount, more days since the last purchase →")}
SHARES = {"explained": (0.42, 0.231)}


def season(identity, name, index):
    return pd.DataFrame({"identity": identity, "name": name, "month": range(1, len(index) + 1), "index": index})


SHORT = pd.concat(
    [
        season("S2", "Fading", [1.6, 0.4, 1, 1]),
        season("S1", "Regulars", [0.8, 1, 1, 1.2]),
        season("", "", [1.0, 1, 0.9, 1.1]),
    ]
)
MONTHS = pd.concat(
    [season(f"S{number}", f"Name {number}", RANDOM.uniform(0.5, 1.5, 12)) for number in range(1, 6)], ignore_index=True
)


def test_an_identity_has_the_look_of_its_number():
    assert figures.segment_look("S1") == (palette.SEGMENTS[0], palette.SEGMENT_MARKERS[0], palette.SEGMENT_HATCHES[0])
    assert figures.segment_look("S8")[0] == palette.SEGMENTS[7]


def test_no_two_of_the_first_sixty_four_identities_look_the_same():
    looks = [figures.segment_look(f"S{number}") for number in range(1, 65)]
    assert len(set(looks)) == 64 and len({look[:2] for look in looks}) == 64
    assert looks[0][0] == looks[8][0] and looks[0][1] != looks[8][1]  # S9 has the colour of S1 and another mark


@pytest.mark.parametrize(
    ("draw", "table", "options"),
    [
        (figures.segment_map, MAP, AXES | SHARES),
        (figures.segment_seasons, SHORT, {}),
        (figures.segment_seasons, MONTHS, {}),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_nothing_is_cut_and_the_table_is_left_alone(drawn, cut, draw, table, options, lang, phone):
    before = table.copy(deep=True)
    assert not cut(drawn(draw, table, lang, phone, **options))
    ax = Figure().subplots()
    assert draw(table, ax, lang, phone, **options) is ax
    pd.testing.assert_frame_equal(table, before)


def shown_axes(figure):
    return [ax for ax in figure.axes if ax.axison]


def test_every_consumer_is_a_mark_in_the_look_of_its_segment_and_every_middle_a_large_one(drawn):
    (ax,) = drawn(figures.segment_map, MAP).axes
    sizes = [(len(marks.get_offsets()), to_hex(marks.get_facecolor()[0]).upper()) for marks in ax.collections]
    first, third = palette.SEGMENTS[0], palette.SEGMENTS[2]
    assert sizes == [(20, first), (20, third), (1, first), (1, third)]
    assert [marks.get_offsets()[0].tolist() for marks in ax.collections[2:]] == [[-1.0, 0.5], [1.5, -0.5]]
    assert min(marks.get_sizes()[0] for marks in ax.collections[2:]) > max(
        marks.get_sizes()[0] for marks in ax.collections[:2]
    )


def test_the_axes_are_named_and_say_how_much_of_the_differences_they_hold(drawn):
    (ax,) = drawn(figures.segment_map, MAP, **AXES, **SHARES).axes
    label = " ".join(ax.get_ylabel().split())
    assert ax.get_xlabel() == "more purchases in the year, more paid → (42 % of the differences)"
    assert label == "less discount, more days since the last purchase → (23 % of the differences)"
    (ax,) = drawn(figures.segment_map, MAP, "zh", axis_names=("消费金额越高 →", ""), **SHARES).axes
    assert ax.get_xlabel() == "消费金额越高 →（解释 42% 的差异）"
    (ax,) = drawn(figures.segment_map, MAP, axis_names=("more paid →", "")).axes
    assert ax.get_xlabel() == "more paid →"


def test_middles_carry_their_identity_and_the_key_their_names(drawn, read):
    figure = drawn(figures.segment_map, MAP)
    assert {"S1", "S3", "S1  Regulars · large budgets", "S3  Fading", "40 consumers drawn"} <= set(read(figure))
    assert "画出 40 位消费者" in read(drawn(figures.segment_map, MAP, "zh"))


def test_the_numbers_of_components_are_not_shown(drawn):
    (ax,) = drawn(figures.segment_map, MAP).axes
    assert not ax.xaxis.get_tick_params()["labelbottom"] and not ax.yaxis.get_tick_params()["labelleft"]


def curve(panel, colour):
    return next(line.get_ydata().tolist() for line in panel.lines if to_hex(line.get_color()).upper() == colour)


def test_every_segment_has_a_panel_with_its_curve_before_that_of_all(drawn):
    panels = shown_axes(drawn(figures.segment_seasons, SHORT))
    assert [panel.get_title(loc="left") for panel in panels] == ["S2\nFading", "S1\nRegulars"]
    assert curve(panels[0], palette.SEGMENTS[1]) == [1.6, 0.4, 1, 1]
    assert curve(panels[1], palette.SEGMENTS[0]) == [0.8, 1, 1, 1.2]
    everyone = [[line.get_ydata().tolist() for line in panel.lines if line.get_linestyle() == "--"] for panel in panels]
    assert everyone == [[[1, 1, 0.9, 1.1]]] * 2


def test_panels_share_a_scale_that_begins_at_nothing(drawn):
    limits = {panel.get_ylim() for panel in shown_axes(drawn(figures.segment_seasons, SHORT))}
    assert limits == {(0, 1.6 * 1.25)}


def test_the_highest_period_carries_its_index(drawn):
    first, second = shown_axes(drawn(figures.segment_seasons, SHORT))
    assert [(text.get_text(), text.xy) for text in first.texts + second.texts] == [
        ("× 1.6", (1, 1.6)),
        ("× 1.2", (4, 1.2)),
    ]


def test_months_have_their_ticks_and_the_key_its_mean(drawn, read):
    months = read(drawn(figures.segment_seasons, MONTHS))
    assert {"1", "4", "7", "10", "12", "the mean month = 1"} <= set(months) and "all consumers" not in months
    assert "all consumers" in read(drawn(figures.segment_seasons, SHORT))
    assert {"月均 = 1", "全体消费者"} <= set(read(drawn(figures.segment_seasons, SHORT, "zh")))


def test_five_segments_stand_four_and_one_or_on_phones_in_pairs(drawn):
    for phone, rows in ((False, 2), (True, 3)):
        figure = drawn(figures.segment_seasons, MONTHS, phone=phone)
        assert len(shown_axes(figure)) == 5
        assert shown_axes(figure)[0].get_subplotspec().get_gridspec().nrows == rows


def test_a_segment_whose_seasons_are_suppressed_has_an_empty_panel(drawn, cut):
    hidden = SHORT.assign(index=SHORT["index"].mask(SHORT["identity"] == "S2"))
    figure = drawn(figures.segment_seasons, hidden)
    assert not shown_axes(figure)[0].texts and not cut(figure)
