"""A figure as it is shown: one drawing for wide screens and paper, one for phones, and its description in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from warnings import catch_warnings
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import LogFormatter, NullFormatter

from custlib.escaping import escape, visible
from custlib.figures import axes, drawing, style
from custlib.figures.look import Look

PIXELS_PER_POINT = 1.13  # text of 10.5 points is read like the page's small text
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
USED = re.compile(r'(?:url\(#|href="#)([^)"]+)')  # ids that something refers to
REFERENCE = re.compile(r"(url\(#|^#)([^)]+)")  # a colour looks like one: "#b5432a"


@dataclass(frozen=True)
class Picture:
    """A drawn figure; Jupyter shows it, a page takes its HTML."""

    alt: str
    caption: str
    wide: str
    phone: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        caption = f"<figcaption>{escape(self.caption)}</figcaption>" if self.caption else ""
        return {
            "text/html": f'<figure class="cl-figure">{self.wide}{self.phone}{caption}</figure>',
            "text/plain": self.alt,
        }


def picture(draw: Callable, table: pd.DataFrame, *, lang: str, alt: str, caption: str = "", **options) -> Picture:
    """Draw `table` for wide screens and for phones.

    draw: a figure function, called as draw(table, ax, lang, phone, **options), in the sizes of its `look`.
    alt: what the figure says, in words, for those who do not see it.
    Returns a Picture; the same table gives the same bytes. Raises MissingGlyph if a character has no glyph.
    """
    _check(alt)
    look = getattr(draw, "look", Look())
    with mpl.rc_context(), style.strict_glyphs():
        style.use_style()
        large = _drawn(draw, table, lang, look.wide, False, options)
        small = _drawn(draw, table, lang, look.phone, True, options)
    return Picture(alt, caption, wide=_inline(large, alt, "wide"), phone=_inline(small, alt, "phone"))


def of_own(figure, alt: str) -> Picture:
    """A figure drawn with pandas, seaborn or matplotlib as a Picture, in our fonts: one drawing for every screen.

    figure: an Axes, an array of them, a Figure or a seaborn grid; it is closed, so that JupyterLab does not show it
    again. alt: what it shows, in words. Raises ValueError without it, MissingGlyph if a character has no glyph.
    """
    _check(alt)
    first = np.ravel(figure)[0]
    whole = getattr(first, "figure", first)
    with mpl.rc_context(style.RC):
        with catch_warnings(action="ignore"):
            whole.draw_without_rendering()  # now its texts are known
        for text in whole.findobj(Text):
            text.set_fontfamily(style.RC["font.family"])  # `sns.set_theme` and other styles have letters of their own
        for axis in (axis for ax in whole.axes for axis in (ax.xaxis, ax.yaxis)):
            _plain_numbers(axis)
        with style.strict_glyphs():
            whole.draw_without_rendering()
            svg = _svg(whole, bbox_inches="tight")
    plt.close(whole)
    return Picture(alt, "", wide=_inline(svg, alt, "own"), phone="")


def _drawn(draw, table, lang, size, phone, options):
    with mpl.rc_context({"font.size": style.PHONE_TEXT if phone else style.WIDE_TEXT}):
        figure = Figure(figsize=size, layout="constrained")
        draw(table, figure.subplots(), lang, phone, **options)
        return drawing.svg(figure)


def _svg(figure, **options):
    file = BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, **options)
    return file.getvalue()


def _plain_numbers(axis):
    """100 and 1,000 on a log scale: powers of ten would be formulas."""
    if isinstance(axis.get_major_formatter(), LogFormatter):
        low, high = sorted(axis.get_view_interval())
        axis.set_major_formatter(axes.NUMBER)
        axis.set_minor_formatter(axes.NUMBER if high < 10 * low else NullFormatter())


def _check(alt):
    if not alt.strip():
        raise ValueError("a figure needs a text alternative: say in `alt` what it shows")


def _inline(svg, alt, place):
    """matplotlib's SVG as an element of a page: sized by the page, ids of its own, no style that reaches out of it."""
    root, used = ElementTree.fromstring(svg), set(USED.findall(svg.decode()))
    prefix = f"f{sha256(svg + alt.encode()).hexdigest()[:10]}-"
    for element in root.iter():
        for child in [child for child in element if child.tag.endswith(("}metadata", "}style"))]:
            element.remove(child)
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = _own_ids(element.attrib, prefix, used)
        _slim(element)
    _above_all(root)
    width = float(root.attrib["viewBox"].split()[2])
    root.attrib = {
        "viewBox": root.attrib["viewBox"],
        "class": f"cl-{place}",
        "role": "img",
        "aria-label": visible(alt),
        "stroke-linejoin": "round",
        # a page's own style shows the phone's drawing in place of the wide one
        "style": "display:none" if place == "phone" else f"width:100%;max-width:{width * PIXELS_PER_POINT:.0f}px",
    }
    return ElementTree.tostring(root, encoding="unicode")


def _above_all(root):
    """What the marks say stands last in the drawing, beside it: a script makes the rest silent for who goes by key."""
    for parent in root.iter():
        for marks in [child for child in parent if child.get("class") == "cl-marks"]:
            parent.remove(marks)
            root.append(marks)


def _own_ids(attributes, prefix, used):
    """Attributes with ids that no other figure of a page has; an id that nothing refers to is left out."""

    def unlike(found):
        return f"{found[1]}{prefix}{found[2]}" if found[2] in used else found[0]

    own = {name.rpartition("}")[2]: REFERENCE.sub(unlike, value) for name, value in attributes.items()}
    identity = own.pop("id", None)
    return own | ({"id": prefix + identity} if identity in used else {})


def _slim(element):
    """Lengths in paths to a hundredth of a point, no lines between elements: a third of the page is figures."""
    if "d" in element.attrib:
        path = LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), element.attrib["d"])
        element.attrib["d"] = " ".join(path.split())
    for name in ("text", "tail"):
        if not (getattr(element, name) or "").strip():
            setattr(element, name, None)
