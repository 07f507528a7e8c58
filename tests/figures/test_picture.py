"""A picture is the same in every run, describes itself, and keeps to itself on a page."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.figure import Figure

from custlib.figures import MissingGlyph, of_own, picture, reasons, style

FOUND = pd.DataFrame({"label": ["金额无法读出", "日期超出范围"], "lines": [12, 5]})


def html(table=FOUND, **changes):
    options = {"lang": "zh", "alt": "隔离的原因", "caption": "图 1"} | changes
    return picture(reasons, table, **options)._repr_mimebundle_()["text/html"]


def test_the_same_table_gives_the_same_bytes():
    first, second = (picture(reasons, FOUND, lang="zh", alt="原因") for _ in range(2))
    assert first == second


def test_it_offers_a_page_and_words():
    bundle = picture(reasons, FOUND, lang="zh", alt="原因")._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"} and bundle["text/plain"] == "原因"


def test_both_drawings_carry_the_text_alternative():
    assert html().count('role="img" aria-label="隔离的原因"') == 2


def test_text_stays_text():
    assert html().count(">金额无法读出</text>") == 2


def test_lengths_in_paths_are_no_longer_than_a_page_can_show():
    paths = re.findall(r'\bd="([^"]+)"', html())
    assert paths and not any(re.search(r"\d\.\d{3}|\n", path) for path in paths)


def test_no_text_alternative_no_picture():
    with pytest.raises(ValueError, match="text alternative"):
        picture(reasons, FOUND, lang="zh", alt=" ")


def test_figures_of_a_page_share_no_id():
    ids = re.findall(r'\bid="([^"]+)"', html() + html(FOUND.assign(lines=[1, 2])))
    assert ids and len(ids) == len(set(ids))


def test_every_reference_finds_its_id():
    drawn = html()
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= set(re.findall(r'\bid="([^"]+)"', drawn))


def hatched(table, ax, lang, phone):
    ax.bar(table["label"], table["lines"], facecolor="#b5432a", edgecolor="#ffffff", hatch="//")
    return ax


def test_a_colour_is_not_taken_for_an_id():
    drawn = picture(hatched, FOUND, lang="zh", alt="hatched").wide
    assert "<pattern" in drawn
    assert set(re.findall(r'\bfill="([^"]+)"', drawn)) == {"#b5432a"}


def test_nothing_reaches_out_of_the_drawing():
    assert not re.search(r"https?:|<style|<script|<metadata", html())


def test_hostile_words_are_inert():
    drawn = html(FOUND.assign(label=["<script>alert(1)</script>", "A$\\frac$B\u202e"]), alt='"><script>', caption="<b>")
    assert "<script" not in drawn and "<b>" not in drawn and "\u202e" not in drawn
    assert "A$\\frac$B[U+202E]" in drawn


def test_a_name_with_a_character_that_no_font_knows_is_marked():
    assert "〓野" in html(FOUND.assign(label=["𠮷野", "b"]))


def test_a_character_without_a_glyph_in_a_figure_of_ones_own_is_an_error():
    ax = Figure().subplots()
    ax.set_title("𠮷野")
    with pytest.raises(MissingGlyph):
        of_own(ax, "a title")


def test_settings_stay_as_the_analyst_left_them():
    with mpl.rc_context({"font.size": 33}):
        html()
        assert mpl.rcParams["font.size"] == 33


@pytest.fixture
def notebook():
    """The settings of a notebook whose page is open; no figure stays behind."""
    with mpl.rc_context():
        style.use_style()
        yield
        assert plt.get_fignums() == []


AMOUNTS = pd.DataFrame({"华锦家居": [1, 20, 300], "宏达电器": [2, 3, 400]}, index=["一月", "二月", "三月"])
OWN = [
    AMOUNTS.plot,
    lambda: AMOUNTS.plot(logy=True),
    lambda: AMOUNTS.plot(subplots=True),
    lambda: sns.lineplot(AMOUNTS),
    lambda: sns.relplot(AMOUNTS, kind="line"),
    lambda: AMOUNTS.plot.bar().figure,
]


@pytest.mark.parametrize("draw", OWN)
def test_a_figure_of_ones_own_is_in_our_letters_fits_its_page_and_is_closed(draw, notebook):
    drawn = of_own(draw(), "金额")._repr_mimebundle_()["text/html"]
    assert "华锦家居" in drawn and "三月" in drawn and "$" not in drawn
    assert set(re.findall(r"font-family: ([^;\"]+)", drawn)) <= {"'Custlib Sans SC', 'DejaVu Sans'"}
    assert drawn.count('class="cl-own"') == 1 and 'style="width:100%;max-width:' in drawn


def test_another_style_keeps_our_letters_and_the_same_figure_gives_the_same_bytes(notebook):
    for restyle in (sns.set_theme, lambda: plt.style.use("default")):
        restyle()
        one, other = (of_own(AMOUNTS.plot.bar(), "金额") for _ in range(2))
        assert one == other and ">华锦家居</text>" in one.wide


def test_a_figure_of_ones_own_needs_an_alternative_and_its_glyphs(notebook):
    with pytest.raises(ValueError, match="text alternative"):
        of_own(AMOUNTS.plot(), " ")
    with pytest.raises(MissingGlyph):
        of_own(AMOUNTS.plot(title="𠮷野"), "金额")
    plt.close("all")
