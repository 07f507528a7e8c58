"""A figure drawn as a page shows it, and what a reader can read in it."""

from warnings import catch_warnings, filterwarnings

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from custlib.figures import style

SIZES = {False: (9.6, 4.0), True: (4.6, 4.4)}  # as `picture` has them
EDGE = 0.03  # inches


@pytest.fixture
def drawn():
    """draw, table, lang, phone → the figure in the style of the report, laid out."""

    def make(draw, table, lang="en", phone=False, **options):
        with mpl.rc_context(), style.strict_glyphs(), catch_warnings():
            filterwarnings("error", message="constrained_layout not applied")
            style.use_style()
            mpl.rcParams["font.size"] = style.PHONE_TEXT if phone else style.WIDE_TEXT
            figure = Figure(figsize=SIZES[phone], layout="constrained")
            draw(table, figure.subplots(), lang, phone, **options)
            figure.draw_without_rendering()
        return figure

    return make


@pytest.fixture
def read():
    """Every text of a figure."""
    return lambda figure: [text.get_text() for text in figure.findobj(Text) if text.get_visible() and text.get_text()]


@pytest.fixture
def cut():
    """Whether anything of a figure reaches over its edge."""

    def of(figure):
        box, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
        return min(box.x0, box.y0, width - box.x1, height - box.y1) < -EDGE

    return of
