import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from custlib import palette
from custlib.figures import MissingGlyph, of_own, use_style


@pytest.fixture
def ax():
    with mpl.rc_context():
        use_style()
        figure, ax = plt.subplots()
        yield ax
        plt.close(figure)


def test_an_own_figure_speaks_chinese_and_has_its_alternative(ax):
    ax.set_title("回款额")
    html = of_own(ax, "Payments, one bar.")._repr_mimebundle_()["text/html"]
    assert "回款额" in html and 'aria-label="Payments, one bar."' in html


def test_an_own_figure_is_shown_once_in_the_reports_colours(ax):
    (bar,) = ax.bar([1], [2])
    of_own(ax, "Payments, one bar.")
    assert mpl.colors.to_hex(bar.get_facecolor()).upper() in palette.SEGMENTS
    assert ax.figure.number not in plt.get_fignums()


def test_a_figure_without_words_is_refused(ax):
    with pytest.raises(ValueError, match="text alternative"):
        of_own(ax, " ")


def test_a_box_in_place_of_a_letter_is_an_error(ax):
    ax.set_title("\U00013000")
    with pytest.raises(MissingGlyph):
        of_own(ax, "A hieroglyph.")
