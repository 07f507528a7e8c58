"""A figure drawn as a page shows it, and what a reader can read in it."""

from warnings import catch_warnings, filterwarnings

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from custlib.figures import style

SIZES = {False: (9.6, 4.0), True: (4.6, 4.4)}  # as `picture` has them


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
    """Every text of a figure that is shown."""
    return lambda figure: [text.get_text() for text in _texts(figure)]


@pytest.fixture
def cut():
    """The texts of a figure that reach over its edge."""

    def of(figure):
        inside = figure.bbox.padded(1)
        boxes = [(text.get_text(), text.get_window_extent()) for text in _texts(figure)]
        return [text for text, box in boxes if not (inside.contains(*box.min) and inside.contains(*box.max))]

    return of


def _texts(figure):
    """A hidden axis draws nothing, nor does a tick outside the limits."""
    unseen = set()
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        ticks = (
            axis.findobj(Text)
            if not axis.axes.axison
            else [text for text in axis.get_ticklabels() if _beyond(axis, text)]
        )
        unseen |= {id(text) for text in ticks}
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text() and id(text) not in unseen]


def _beyond(axis, label):
    low, high = sorted(axis.get_view_interval())
    return not low <= label.get_position()[axis.axis_name == "y"] <= high
