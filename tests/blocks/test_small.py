"""Small drawings of a customer's page."""

import re

from custlib import blocks


def test_bars_stand_on_one_line_and_tell_their_month_and_value():
    html = blocks.bars([10, -5, None, 5], ["a", "b", "c", "d"], ["¥10", "−¥5", "–", "¥5"], title="Sales", last=1).html
    drawn = re.findall(
        r'<rect class="(\w*)" x="([\d.]+)" y="([\d.]+)" \S+ height="([\d.]+)"><title>(.*?)</title>', html
    )
    assert drawn == [
        ("", "0.0", "0.0", "48.0", "a: ¥10"),
        ("", "16.0", "48.0", "24.0", "b: −¥5"),
        ("now", "48.0", "24.0", "24.0", "d: ¥5"),
    ]
    assert 'role="img" aria-label="Sales"' in html and "<span>a</span><span>d</span>" in html


def test_bars_of_nothing_have_no_height_that_could_be_read():
    assert re.findall(r'height="([\d.]+)"', blocks.bars([0, 0], "ab", "00", title="t").html) == ["0.5", "0.5"]


def test_shares_fill_the_bar_one_after_another():
    html = blocks.shares([("new", 0.25, "¥1"), ("old", 0.75, "¥3")], title="Stock").html
    assert re.findall(r'x="([\d.]+)" y="0.0" width="([\d.]+)"', html) == [("0.0", "100.0"), ("100.0", "300.0")]
    assert '<li class="a">new ¥1</li><li class="b">old ¥3</li>' in html


def test_labels_are_shown_never_run():
    html = blocks.bars([1], ["<script>"], ['"x'], title="<b>").html + blocks.shares([("<i>", 1, "&")], title="<b>").html
    assert "<script>" not in html and "<i>" not in html and "<b>" not in html
