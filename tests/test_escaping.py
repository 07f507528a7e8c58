"""Names from exports are shown and never act."""

import pytest

from custlib.escaping import cell, escape, is_text, terminal, visible, without_apostrophe


def test_a_direction_override_is_written_out():
    assert visible("张\u202e三") == "张[U+202E]三"


def test_zero_width_and_control_characters_are_written_out():
    assert visible("a\u200bb\x00c") == "a[U+200B]b[U+0000]c"


def test_half_a_surrogate_pair_can_be_encoded_afterwards():
    assert visible("\ud83d").encode("utf-8") == b"[U+D83D]"


def test_chinese_text_and_its_wide_space_stay_as_they_are():
    assert visible("华锦　家居（上海）") == "华锦　家居（上海）"


def test_markup_is_escaped_in_elements_and_attributes():
    assert escape("<b a='\"'>&") == "&lt;b a=&#x27;&quot;&#x27;&gt;&amp;"


@pytest.mark.parametrize("text", ["=1", "+1", "@SUM", "\t=1", "＝1", "-1", "'=1", "plain", "", "'"])
def test_a_cell_is_no_formula_and_gives_its_text_back(text):
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "＝"))
    assert without_apostrophe(cell(text)) == text


def test_on_a_terminal_no_character_acts_but_line_ends_and_tabs():
    seen = terminal("\x1b]0;x\x07\x1b[2J 恒\t1\nb\rc")
    assert seen == "[U+001B]]0;x[U+0007][U+001B][2J 恒\t1\nb[U+000D]c"


def test_a_name_whose_bytes_are_no_utf_8_is_no_text():
    assert is_text("销售\x1b.csv") and not is_text(b"a\xff.csv".decode("utf-8", "surrogateescape"))
