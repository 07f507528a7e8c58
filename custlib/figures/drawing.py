"""A figure as SVG, laid out once and drawn once; each text is measured once in a process, whatever figure it is in."""

from functools import cache
from io import StringIO

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
    """Measures with one renderer, as long as the figure lives."""

    def get_renderer(self):
        return self.figure.measured


def blank(size: tuple) -> Figure:
    """A figure of this size (inches), in which a text is as large as in the SVG that becomes of it."""
    figure = Figure(figsize=size, dpi=POINTS, layout="constrained")
    figure.measured = _renderer(figure, StringIO())
    _Canvas(figure)
    return figure


def svg(figure: Figure) -> bytes:
    """A `blank` figure on which something has been drawn; it is laid out now, and not fit for more drawing."""
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


@cache
def _extent(text, *face):
    """Width, height and descent of a text of `UNIT` points."""
    return TextToPath().get_text_width_height_descent(text, FontProperties(*face, size=UNIT), False)


@cache
def _heights(*face):
    """Ascent and descent of a font, and the room between its lines, in sizes of the letters."""
    font = get_font(fontManager._find_fonts_by_props(FontProperties(*face)))
    scale, table = 1 / font.get_sfnt_table("head")["unitsPerEm"], font.get_sfnt_table("OS/2")
    return table["sTypoAscender"] * scale, -table["sTypoDescender"] * scale, table["sTypoLineGap"] * scale
