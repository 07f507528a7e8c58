import ibis
import pytest

from custlib import warehouse
from custlib.cleaning import cell_text


def shown(make, text):
    return warehouse.connect().to_pyarrow(make(ibis.literal(text))).as_py()


@pytest.mark.parametrize(
    ("text", "words", "value", "free"),
    [
        ("（Ａ１）", "(A1)", "(A1)", "（Ａ１）"),
        (" a\u3000b\u00a0", "a b", "a b", "a\u3000b"),
        ("\u200ea\u200bb\u200e", "ab", "a\u200bb", "ab"),
        ("\u202e12", "12", "\u202e12", "12"),
        ("a\r\nb\n", "a b", "a\r\nb", "a\r\nb"),
        ("\x00\x1a", "", "", ""),
        ("−￥", "-¥", "-¥", "−￥"),
        ("𠮷 b", "𠮷 b", "𠮷 b", "𠮷 b"),
        ("", "", "", ""),
    ],
)
def test_a_text_made_plain(text, words, value, free):
    assert shown(cell_text.plain_words, text) == words
    assert shown(cell_text.plain_value, text) == value
    assert shown(cell_text.visible, text) == free


def test_a_token_is_narrowed_as_cells_are():
    text = "－　Ａ"
    assert cell_text.narrow(text) == shown(cell_text.plain_words, text) == "- A"
