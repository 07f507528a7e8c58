"""A block shows itself in Jupyter, and in words elsewhere."""

from custlib.blocks.block import Block


def test_html_for_jupyter_and_words_for_the_terminal():
    block = Block("<b>48</b>", "48")
    assert block._repr_html_() == "<b>48</b>"
    assert repr(block) == "48"
