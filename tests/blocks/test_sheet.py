"""Style and script stand on their own."""

import re

from custlib import blocks, palette


def test_every_variable_of_the_style_sheet_is_defined():
    css = blocks.css()
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= set(re.findall(r"(--[\w-]+):", css))


def test_colours_come_from_the_palette_only():
    rules = blocks.css().partition("\n")[2]
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b", rules)


def test_classes_look_as_they_do_in_figures():
    assert f"--class-A:{palette.CLASSES['A']};" in blocks.css()


def test_nothing_is_fetched():
    assert not re.search(r"https?:|url\(|@import|fetch\(|import ", blocks.css() + blocks.script())


def test_a_notebook_gets_the_style_and_the_readers_own_chinese_font():
    html = blocks.style().html
    assert html.startswith('<style class="cl-style">@font-face') and html.endswith(f"{blocks.css()}</style>")
    assert "local('PingFang SC')" in html and "url(" not in html
