"""What is measured beforehand is what is drawn."""

import re

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from custlib.figures import drawing, style


@pytest.fixture(autouse=True)
def our_style():
    with mpl.rc_context():
        style.use_style()
        yield


def drawn(text, **look):
    figure = Figure(figsize=(5, 3), layout="constrained")
    figure.subplots().set_title(text, **look)
    return drawing.svg(figure).decode()


@pytest.mark.parametrize(("text", "bold"), [("Sales of the quarter", False), ("本季度净销售额", True)])
def test_a_line_is_as_wide_as_matplotlib_says(text, bold):
    figure = Figure(dpi=720)  # so large that rounding to pixels does not count
    line = figure.text(0, 0, text, weight="bold" if bold else "normal")
    assert drawing.width(text, bold) == pytest.approx(line.get_window_extent().width / 720, rel=0.01)


def test_twice_the_size_is_twice_as_wide():
    once = drawing.width("客户 A")
    mpl.rcParams["font.size"] *= 2
    assert drawing.width("客户 A") == pytest.approx(2 * once)


def test_it_is_the_same_as_matplotlib_saves_it(tmp_path):
    ours = drawn("one line\nand another", loc="left")
    figure = Figure(figsize=(5, 3), layout="constrained")
    figure.subplots().set_title("one line\nand another", loc="left")
    figure.savefig(tmp_path / "saved.svg", metadata={"Date": None, "Creator": None})
    assert ours == (tmp_path / "saved.svg").read_text(encoding="utf-8")


def test_a_picture_within_is_as_fine_as_before():
    figure = Figure(figsize=(5, 3), layout="constrained")
    figure.subplots().pcolormesh([[1, 2], [3, 4]], rasterized=True)
    (across,) = re.findall(r'<image [^>]*width="([\d.]+)"', drawing.svg(figure).decode())
    assert 300 < float(across) < 500  # nearly five inches of 100 dots


def test_a_character_without_a_glyph_is_an_error_each_time():
    for _ in range(2):
        with pytest.raises(style.MissingGlyph), style.strict_glyphs():
            drawn("𠮷野")
