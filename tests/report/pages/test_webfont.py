"""A page brings the glyphs it needs and no more."""

import re
from base64 import b64decode
from io import BytesIO

from fontTools.ttLib import TTFont

from custlib.report.pages.webfont import font_faces


def fonts(css):
    return [TTFont(BytesIO(b64decode(data))) for data in re.findall(r"base64,([^)]+)\)", css)]


def test_both_weights_hold_exactly_the_characters():
    for font in fonts(font_faces("回款 48")):
        assert set(map(chr, font.getBestCmap())) == set("回款 48")


def test_a_character_the_family_lacks_is_left_to_the_readers_fonts():
    assert set(map(chr, fonts(font_faces("𠮷a"))[0].getBestCmap())) == {"a"}


def test_the_same_text_gives_the_same_bytes():
    assert font_faces("华锦") == font_faces("华锦")
