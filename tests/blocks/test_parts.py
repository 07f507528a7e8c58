"""Cards and actions show what they are given."""

import re

import pytest

from custlib import blocks

HOSTILE = ["<script>alert(1)</script>", "{{7*7}}", "A$\\frac$B", '=HYPERLINK("x")', "张\u202e三"]


def test_a_card_shows_its_figure():
    html = blocks.cards([blocks.Card("回款", "3,104", "万元", "+14.8 % 较上季", "up", (1, 2, 3))])._repr_html_()
    for part in ("回款", "3,104", "万元", "▲", "+14.8 % 较上季", "<polyline"):
        assert part in html


@pytest.mark.parametrize("trend", [(), (5,), (None, 5.0), (float("nan"), 5.0)])
def test_one_value_is_no_line(trend):
    assert "<svg" not in blocks.cards([blocks.Card("回款", "5", trend=trend)]).html


def test_missing_values_leave_the_line_in_its_place():
    points = re.search('points="(.*?)"', blocks.cards([blocks.Card("a", "1", trend=(1, None, 3))]).html).group(1)
    assert points == "4.0,24.0 92.0,4.0"


def test_a_level_trend_is_drawn():
    assert 'points="4.0,24.0 92.0,24.0"' in blocks.cards([blocks.Card("a", "1", trend=(2, 2))]).html


def test_words_stand_in_where_html_does_not():
    assert repr(blocks.actions("先做", ["拜访", "培训"])) == "先做\n1. 拜访\n2. 培训"


def test_whom_it_is_about_is_bold_and_nothing_else_is():
    block = blocks.actions("先做", ["**A <b>** (Li): call **now**"])
    assert "<li><strong>A &lt;b&gt;</strong> (Li): call **now**</li>" in block.html
    assert repr(block) == "先做\n1. A <b> (Li): call **now**"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_inert(name):
    card = blocks.Card(name, name, name, name, "up")
    html = blocks.cards([card]).html + blocks.actions(name, [name]).html
    assert "<script" not in html and "\u202e" not in html


def test_markup_in_names_is_shown_as_written():
    assert "{{7*7}}" in blocks.actions("t", HOSTILE).html
    assert "&lt;script&gt;" in blocks.actions("t", HOSTILE).html
    assert "张[U+202E]三" in blocks.actions("t", HOSTILE).html


def test_an_action_knows_the_customer_that_it_is_about():
    html = blocks.actions("To do", ["**A** visit", "B"], ['K"1', ""]).html
    assert '<li data-key="K&quot;1"><strong>A</strong> visit</li><li>B</li>' in html
