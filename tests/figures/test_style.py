"""The look does not depend on what was set before, and a box instead of a character is an error."""

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from custlib.figures import style


@pytest.fixture(autouse=True)
def own_settings():
    with mpl.rc_context():
        yield


def drawn(text, tmp_path, weight="normal"):
    figure = Figure()
    figure.text(0.5, 0.5, text, weight=weight)
    with style.strict_glyphs():
        figure.savefig(tmp_path / "figure.png")


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_names_and_symbols_have_glyphs(tmp_path, weight):
    style.use_style()
    drawn("华锦家居 喆堃䶮㛃 ▲▼■● −¥￥≥≤ ✓× ①⑳ £€ Łódź", tmp_path, weight)


def test_a_character_without_a_glyph_is_named(tmp_path):
    style.use_style()
    with pytest.raises(style.MissingGlyph, match="custlib/fonts"):
        drawn("𠮷野", tmp_path)


def test_two_dollars_in_a_name_are_text(tmp_path):
    style.use_style()
    drawn(r"A$\frac$B", tmp_path)


def test_settings_of_the_analyst_are_replaced():
    mpl.rcParams["lines.linewidth"] = 9
    mpl.rcParams["font.family"] = ["serif"]
    style.use_style()
    assert mpl.rcParams["lines.linewidth"] == mpl.rcParamsDefault["lines.linewidth"]
    assert mpl.rcParams["font.family"][0] == style.FAMILY


def test_a_character_without_a_glyph_is_marked_and_the_figure_is_drawn():
    assert style.drawable("𠮷祥\u202e") == "〓祥[U+202E]"
