"""Wrapping and placing, with a ruler that gives every character a tenth of an inch."""

import pytest

from custlib.figures import fish_layout


def tenth(text, bold=False):
    return len(text) / 10


@pytest.mark.parametrize(
    "text, width, lines",
    [
        ("outlet training", 2, ["outlet training"]),
        ("outlet training 9.6\u00a0%", 1.2, ["outlet", "training", "9.6\u00a0%"]),
        ("price-difference", 1.2, ["price-", "difference"]),
        ("客户库龄分析 3.3%", 0.6, ["客户库龄分析", "3.3%"]),
        ("设计，运用", 0.3, ["设计，", "运用"]),
        ("abcdefghij", 0.4, ["abcd", "efgh", "ij"]),
        ("", 1, [""]),
    ],
)
def test_a_name_is_broken_where_people_would(text, width, lines):
    assert fish_layout.wrap(text, tenth, width, False) == lines


def test_bones_hang_above_and_below_in_turn_and_lean_towards_the_tail():
    bones = fish_layout.lying([("one", ["a"]), ("two", ["b"]), ("three", ["c"])], "profit", tenth, 0.2, 9).bones
    spine = bones[0].line[0][1]
    assert [bone.line[1][1] < spine for bone in bones] == [True, False, True]
    assert bones[0].line[0] == bones[1].line[0] and bones[2].line[0][0] > bones[0].line[0][0]
    assert all(tip[0] < foot[0] for foot, tip in (bone.line for bone in bones))


def test_causes_keep_their_order_from_the_top_down_on_both_sides():
    above, below = fish_layout.lying([("one", list("abc")), ("two", list("def"))], "profit", tenth, 0.2, 9).bones
    for bone in (above, below):
        heights = [cause.y for cause in bone.causes]
        assert heights == sorted(heights)
    assert "".join(cause.text for cause in (*above.causes, *below.causes)) == "abcdef"


def test_the_page_grows_only_where_bones_cannot_be_narrower():
    few, many = (fish_layout.lying([("bone", ["cause"])] * number, "profit", tenth, 0.2, 9).width for number in (6, 14))
    assert few <= 9 < many


def test_a_phone_never_grows_wider():
    layout = fish_layout.standing([("bone" * 20, ["cause" * 20])] * 9, "profit" * 20, tenth, 0.2, 4.5)
    assert layout.width == 4.5
    ends = [cause.x + max(map(tenth, cause.text.split("\n"))) for bone in layout.bones for cause in bone.causes]
    assert max(ends) <= 4.5 - fish_layout.PHONE_SCALE
