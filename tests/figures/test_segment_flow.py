"""Bands between segments say how many moved and why; a segment has its colour in every figure."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from custlib import figures, palette

FLOW = pd.DataFrame(
    [
        ("S1", "S1", "", 60),
        ("S1", "S2", "consumer_changed", 10),
        ("S1", "S2", "segment_moved", 7),
        ("S2", "S10", "segment_moved", 20),
        ("S2", "lost", "", 8),
        ("new", "S10", "", 12),
        ("apart", "S1", "", 5),
        ("S2", "S1", "consumer_changed", None),
        ("S10", "S2", "consumer_changed", None),
    ],
    columns=["from", "to", "moved", "consumers"],
).astype({"consumers": "Int64"})
NAMES = {"S1": "Regulars · large budgets", "S2": "Fading", "S10": "Newcomers"}


def named(names):
    return FLOW.assign(**{f"{side}_name": FLOW[side].map(lambda one: names.get(one, one)) for side in ("from", "to")})


def band_heights(panel):
    """The height of every band, and whether it is hatched."""
    heights = [band.get_paths()[0].vertices[band.get_paths()[0].vertices[:, 0] == 0, 1] for band in panel.collections]
    return [
        (round(float(ends.max() - ends.min()), 6), band.get_hatch() or "")
        for ends, band in zip(heights, panel.collections, strict=True)
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("phone", [False, True])
def test_nothing_is_cut_and_every_segment_is_named(drawn, read, cut, lang, phone):
    names = NAMES if lang == "en" else {"S1": "常购·高消费", "S2": "沉寂", "S10": "新用户"}
    figure = drawn(figures.segment_flow, named(names), lang, phone, quarters=("2025Q3", "2025Q4"))
    text = "\n".join(read(figure))
    assert not cut(figure) and all(name in text.replace("\n", " ") or phone for name in names.values())
    assert all(f"{identity}  {name}" in text for identity, name in names.items()) or not phone


def test_it_returns_its_axes_and_leaves_the_table_alone():
    before, ax = FLOW.copy(deep=True), Figure().subplots()
    assert figures.segment_flow(FLOW, ax, "en") is ax
    pd.testing.assert_frame_equal(FLOW, before)


def test_a_band_is_as_wide_as_its_consumers_and_looks_like_its_reason(drawn):
    panel = drawn(figures.segment_flow, FLOW).axes[1]
    assert band_heights(panel) == [
        (60, ""),
        (10, ""),
        (7, "//////"),
        (20, "//////"),
        (8, ""),
        (12, ""),
        (5, ""),
    ]
    stayed, changed = (to_hex(band.get_facecolor()) for band in panel.collections[:2])
    assert stayed != changed


def test_the_key_counts_each_reason(drawn, read):
    assert {"stayed: 60", "the consumer changed: 10", "the segment moved: 27", "came or left: 25"} <= set(
        read(drawn(figures.segment_flow, FLOW))
    )
    assert {"未变：60", "消费者变了：10", "细分边界移动：27", "新来或离开：25"} <= set(
        read(drawn(figures.segment_flow, FLOW, "zh"))
    )
    stayed = drawn(figures.segment_flow, FLOW.head(1))
    assert [text.get_text() for text in stayed.legends[0].get_texts()] == ["stayed: 60"]


def test_segments_stand_in_the_order_of_their_numbers_in_their_own_colours(drawn):
    panel = drawn(figures.segment_flow, FLOW).axes[1]
    nodes = [patch for patch in panel.patches if isinstance(patch, Rectangle)]
    left, right = ([node for node in nodes if (node.get_x() < 0) == side] for side in (True, False))
    colours = [to_hex(node.get_facecolor()).upper() for node in sorted(right, key=lambda node: node.get_y())]
    first, second, tenth = (figures.segment_look(one)[0] for one in ("S1", "S2", "S10"))
    assert colours == [first, second, tenth, palette.ALERT]
    assert [node.get_height() for node in sorted(right, key=lambda node: node.get_y())] == [65, 17, 32, 8]
    assert [node.get_height() for node in sorted(left, key=lambda node: node.get_y())] == [77, 28, 5, 12]


def test_nodes_say_how_many_consumers_were_and_are_in_them(drawn, read):
    found = set(read(drawn(figures.segment_flow, FLOW, quarters=("2025Q3", "2025Q4"))))
    assert {
        "S1  77",
        "S2  28",
        "S1  65",
        "S2  17",
        "S10  32",
        "no longer described  8",
        "too few purchases  5",
    } <= found
    # who is new was not there the quarter before, who is gone is not there now
    assert {"2025Q3: 110", "2025Q4: 114"} <= found


def test_on_phones_who_is_in_no_segment_is_said_in_a_word(drawn, read):
    assert {"apart  5", "new  12", "gone  8"} <= set(read(drawn(figures.segment_flow, FLOW, phone=True)))
    assert {"过少  5", "新来  12", "离开  8"} <= set(read(drawn(figures.segment_flow, FLOW, "zh", phone=True)))


@pytest.mark.parametrize("phone", [False, True])
def test_flows_of_too_few_consumers_are_told_and_not_drawn(drawn, read, phone):
    assert "2 flows of too few consumers are not drawn" in "\n".join(
        read(drawn(figures.segment_flow, named(NAMES), "en", phone))
    )
    one = "\n".join(read(drawn(figures.segment_flow, FLOW[:8], "en", phone)))
    assert "1 flow of too few consumers is not drawn" in one
    assert "另有 2 条人数过少的流向" in "\n".join(read(drawn(figures.segment_flow, FLOW, "zh", phone)))
    assert "flow" not in "\n".join(read(drawn(figures.segment_flow, FLOW[:7], "en", phone)))
