import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.cleaning import mojibake

COMMON = "".join(bytes([a, b]).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFF))


@pytest.mark.parametrize(
    ("text", "was"),
    [
        ("涓滄槑璐告槗", "东明贸易"),
        ("骞挎簮鍟嗚锤", "广源商贸"),
        ("K001 涓滄槑", "K001 东明"),
        ("涓滄槑璐告槗鍏?", "东明贸易\ufffd?"),
    ],
)
def test_chinese_that_was_read_as_gbk_is_read_again(text, was):
    assert mojibake.reading(text) == was


@pytest.mark.parametrize(
    "text", ["东明贸易", "宓超百货", "璐芳商行", "浏阳河酒业", "K001", "", "Café", "婧媛服饰", "涓"]
)
def test_what_is_as_it_was_written_stays(text):
    assert mojibake.reading(text) is None


@given(st.text(COMMON, min_size=2, max_size=12).filter(lambda text: len(text) % 2 == 0))
def test_every_text_of_common_characters_is_recognised(text):
    """Of an odd number of characters the last is lost on the way."""
    garbled = text.encode().decode("gbk", "replace")
    if "\ufffd" not in garbled:
        assert mojibake.reading(garbled) == text


@given(st.text(COMMON, min_size=2, max_size=12))
def test_a_text_of_common_characters_is_taken_for_no_other(text):
    assert mojibake.reading(text) is None
