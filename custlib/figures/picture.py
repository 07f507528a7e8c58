"""A figure as it is shown: one drawing for wide screens and paper, one for phones, and its description in words."""

import re
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.figure import Figure

from custlib.escaping import escape, visible
from custlib.figures import style
from custlib.figures.look import Look

PIXELS_PER_POINT = 1.13  # text of 10.5 points is read like the page's small text
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
URL, LINK = re.compile(r"(?<=url\(#)[^)]+(?=\))"), re.compile(r"(?<=^#).+")


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


def picture(draw, table, *, lang, alt, caption="", **options):
    """Draw `table` for wide screens and for phones.

    draw: a figure function, called as draw(table, ax, lang, phone, **options), in the sizes of its `look`.
    alt: what the figure says, in words, for those who do not see it.
    Returns a Picture; the same table gives the same bytes. Raises MissingGlyph if a character has no glyph.
    """
    if not alt.strip():
        raise ValueError("a figure needs a text alternative: say in `alt` what it shows")
    look = getattr(draw, "look", Look())
    with mpl.rc_context(), style.strict_glyphs():
        style.use_style()
        large = _drawn(draw, table, lang, look.wide, False, options)
        small = _drawn(draw, table, lang, look.phone, True, options)
    return Picture(alt, caption, wide=_inline(large, alt, "wide"), phone=_inline(small, alt, "phone"))


def of_own(figure, alt):
    """A figure that was drawn elsewhere with matplotlib or seaborn as a Picture: one drawing for every screen.

    figure: an Axes, a Figure or a seaborn grid. alt: what it shows, in words. Raises ValueError without it.
    """
    if not alt.strip():
        raise ValueError("a figure needs a text alternative: say in `alt` what it shows")
    from matplotlib import pyplot

    whole, file = getattr(figure, "figure", figure), BytesIO()
    with style.strict_glyphs():
        whole.draw_without_rendering()
        whole.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(whole)  # else Jupyter shows it a second time, below
    return Picture(alt, "", wide=_inline(file.getvalue(), alt, "own"), phone="")


def _drawn(draw, table, lang, size, phone, options):
    with mpl.rc_context({"font.size": style.PHONE_TEXT if phone else style.WIDE_TEXT}):
        figure = Figure(figsize=size, layout="constrained")
        draw(table, figure.subplots(), lang, phone, **options)
        file = BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        return file.getvalue()


def _inline(svg, alt, place):
    """matplotlib's SVG as an element of a page: sized by the page, ids of its own, no style that reaches out of it."""
    root = ElementTree.fromstring(svg)
    prefix = f"f{sha256(svg + alt.encode()).hexdigest()[:10]}-"
    attributes = [pair for element in root.iter() for pair in element.attrib.items()]
    used = {found for name, value in attributes for found in _reference(name).findall(value)}
    for parent in list(root.iter()):
        parent.tag = parent.tag.rpartition("}")[2]
        for child in list(parent):
            if child.tag.endswith(("}metadata", "}style")):
                parent.remove(child)
        parent.attrib = _own_ids(parent.attrib, prefix, used)
        _slim(parent)
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


def _slim(element):
    """Lengths in paths to a hundredth of a point, no lines between elements: a third of the page is figures."""
    if "d" in element.attrib:
        path = LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), element.attrib["d"])
        element.attrib["d"] = " ".join(path.split())
    for name in ("text", "tail"):
        if not (getattr(element, name) or "").strip():
            setattr(element, name, None)


def _own_ids(attributes, prefix, used):
    own = {}
    for name, value in attributes.items():
        name = name.rpartition("}")[2]
        if name == "id":
            if value in used:
                own[name] = prefix + value
        else:
            own[name] = _reference(name).sub(lambda found: prefix + found.group(), value)
    return own


def _reference(name):
    """What names an id in an attribute; outside a link "#b5432a" is a colour."""
    return LINK if name.endswith("href") else URL
