"""The fonts of a page, cut down to the characters on it."""

from base64 import b64encode
from importlib import resources
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Custlib Sans SC"
WEIGHTS = {"Regular": 400, "Bold": 700}


def font_faces(text):
    """CSS that brings the family, with the glyphs for the characters of `text` and no others, inside the page."""
    return "\n".join(_face(style, weight, text) for style, weight in WEIGHTS.items())


def _face(style, weight, text):
    source = f"url(data:font/woff2;base64,{b64encode(_cut(style, text)).decode('ascii')}) format('woff2')"
    return f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; src: {source}; }}"


def _cut(style, text):
    cutter = subset.Subsetter(subset.Options(layout_features=["kern"], hinting=False, notdef_outline=True))
    with (resources.files("custlib") / "fonts" / f"CustlibSansSC-{style}.ttf").open("rb") as file:
        font = TTFont(file, lazy=True, recalcTimestamp=False)
        cutter.populate(text=text)
        cutter.subset(font)
        font.flavor = "woff2"
        cut = BytesIO()
        font.save(cut)
    return cut.getvalue()
