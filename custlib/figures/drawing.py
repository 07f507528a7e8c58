"""A figure as SVG, laid out once and drawn once; each text is measured once in a process, whatever figure it is in."""

from functools import cache
from io import StringIO

from matplotlib import rcParams
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.textpath import TextToPath

POINTS = 72  # an inch; SVG's lengths are points
PICTURE_DPI = 100  # of what is drawn as a picture within
UNIT = TextToPath.FONT_SCALE  # size at which texts are measured, in points
UNDATED = {"Date": None, "Creator": None}


class _Renderer(RendererSVG):
    """Writes SVG; asks the fonts only for texts that no figure has held yet."""

    def get_text_width_height_descent(self, s, prop, ismath):
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        scale = prop.get_size_in_points() / UNIT
        return tuple(length * scale for length in _extent(s, *_face(prop)))

    def _get_font_height_metrics(self, prop):  # matplotlib asks for it where there is one, and else the font each time
        size = prop.get_size_in_points()
        return tuple(length * size for length in _heights(*_face(prop)))


class _Canvas(FigureCanvasBase):
    """Lays out with a renderer that measures as the one that draws; matplotlib's own draws all once to find one."""

    def get_renderer(self):
        return _renderer(self.figure, StringIO())


def width(text: str, bold: bool = False) -> float:
    """How wide a line of text will be, in inches, in the size of the figure's letters."""
    weight = "bold" if bold else "normal"
    return _extent(text, *_face(FontProperties(weight=weight)))[0] / UNIT * rcParams["font.size"] / POINTS


def svg(figure: Figure) -> bytes:
    """A figure with constrained layout on which something has been drawn; afterwards it is not fit for more drawing."""
    figure.dpi = POINTS
    _Canvas(figure)
    figure.get_layout_engine().execute(figure)
    figure.set_layout_engine("none")
    file = StringIO()
    renderer = MixedModeRenderer(figure, *figure.get_size_inches(), PICTURE_DPI, _renderer(figure, file))
    figure.draw(renderer)
    renderer.finalize()
    return file.getvalue().encode()


def _renderer(figure, file):
    return _Renderer(*(POINTS * figure.get_size_inches()), file, image_dpi=PICTURE_DPI, metadata=UNDATED)


def _face(prop):
    return tuple(prop.get_family()), prop.get_style(), prop.get_variant(), prop.get_weight(), prop.get_stretch()


def _properties(face, **more):
    return FontProperties(**dict(zip(("family", "style", "variant", "weight", "stretch"), face, strict=True)), **more)


@cache
def _extent(text, *face):
    """Width, height and descent of a text of `UNIT` points."""
    return TextToPath().get_text_width_height_descent(text, _properties(face, size=UNIT), False)


@cache
def _heights(*face):
    """Ascent and descent of a font, and the room between its lines, in sizes of the letters."""
    font = get_font(fontManager._find_fonts_by_props(_properties(face)))
    scale, table = 1 / font.get_sfnt_table("head")["unitsPerEm"], font.get_sfnt_table("OS/2")
    return table["sTypoAscender"] * scale, -table["sTypoDescender"] * scale, table["sTypoLineGap"] * scale
