"""The fonts of a page, cut down to the characters on it."""

from base64 import b64encode
from importlib import resources
from io import BytesIO

import uharfbuzz
from fontTools.ttLib import TTFont

FAMILY = "Custlib Sans SC"
WEIGHTS = {"Regular": 400, "Bold": 700}


def font_faces(text):
    """CSS that brings the family, with the glyphs for the characters of `text` and no others, inside the page."""
    return "\n".join(_face(style, weight, text) for style, weight in WEIGHTS.items())


def _face(style, weight, text):
    source = f"url(data:font/woff;base64,{b64encode(_packed(_cut(style, text))).decode('ascii')}) format('woff')"
    return f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; src: {source}; }}"


def _cut(style, text):
    whole = (resources.files("custlib") / "fonts" / f"CustlibSansSC-{style}.ttf").read_bytes()
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, text))
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return uharfbuzz.subset(uharfbuzz.Face(whole), wanted).blob.data


def _packed(font):
    """The font as WOFF: a quarter larger than WOFF2, and made in a thirtieth of the time."""
    packed = BytesIO()
    with TTFont(BytesIO(font), lazy=True, recalcTimestamp=False) as opened:
        opened.flavor = "woff"
        opened.save(packed)
    return packed.getvalue()
