"""The look of every figure: fonts, sizes and lines, set in one place."""

from contextlib import contextmanager
from functools import cache
from importlib import resources
from warnings import catch_warnings, filterwarnings

import matplotlib as mpl
from matplotlib import font_manager

from custlib import palette
from custlib.escaping import visible

FAMILY = "Custlib Sans SC"
WIDE_TEXT, PHONE_TEXT = 10.5, 11.5  # points; a phone shows a figure smaller

RC = {
    "font.family": [FAMILY, "DejaVu Sans"],  # the second comes with matplotlib and knows other alphabets
    "font.size": WIDE_TEXT,
    "text.parse_math": False,  # a customer's name may hold two $
    "text.color": palette.INK,
    "axes.labelcolor": palette.MUTED,
    "axes.labelsize": "medium",
    "axes.edgecolor": palette.MUTED,
    "axes.linewidth": 0.8,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.prop_cycle": mpl.cycler(color=palette.SEGMENTS),
    "grid.color": palette.RULE,
    "grid.linewidth": 0.8,
    "xtick.color": palette.MUTED,
    "ytick.color": palette.MUTED,
    "xtick.labelcolor": palette.INK,
    "ytick.labelcolor": palette.INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.handlelength": 1,
    "legend.handleheight": 1,
    "legend.columnspacing": 1.8,
    "legend.borderpad": 0,
    "legend.borderaxespad": 0,
    "figure.facecolor": palette.PAPER,
    "svg.fonttype": "none",  # text stays text: small, searchable, read aloud
    "svg.hashsalt": "custlib",  # the same ids in every run
}


class MissingGlyph(ValueError):
    """A character that no font of the figures can draw."""


def use_style():
    """Set matplotlib to the look of the report, whatever was set before; text in Chinese is drawn with our own font."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    if FAMILY not in known:
        for style in ("Regular", "Bold"):
            with resources.as_file(resources.files("custlib") / "fonts" / f"CustlibSansSC-{style}.ttf") as path:
                font_manager.fontManager.addfont(path)
    mpl.rcdefaults()
    mpl.rcParams.update(RC)


def drawable(text: str) -> str:
    """The visible text with 〓, the printers' mark for a missing type, for every character that no font here knows."""
    known = _characters()
    return "".join(char if char in known or char == "\n" else "〓" for char in visible(text))


@cache
def _characters():
    use_style()
    paths = [font_manager.findfont(family) for family in RC["font.family"]]
    return {chr(code) for path in paths for code in font_manager.get_font(path).get_charmap()}


@contextmanager
def strict_glyphs():
    """Within it a character that would be drawn as a box raises MissingGlyph."""
    with catch_warnings():
        filterwarnings("error", message="Glyph .* missing from font")
        try:
            yield
        except UserWarning as warning:
            raise MissingGlyph(
                f"{warning}. Write the figure's text without this character, or add it to custlib/fonts."
            ) from None
