"""Style and script stand on their own."""

import json
import re

from custlib import blocks, glossary, palette


def test_every_variable_of_the_style_sheet_is_defined():
    css = blocks.css()
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= set(re.findall(r"(--[\w-]+):", css))


def test_colours_come_from_the_palette_only():
    rules = blocks.css().partition("\n")[2]
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b", rules)


def test_classes_look_as_they_do_in_figures():
    assert f"--class-A:{palette.CLASSES['A']};" in blocks.css()


def test_nothing_is_fetched():
    assert not re.search(r"https?:|url\(|@import|fetch\(|import ", blocks.css() + blocks.style().html)


def test_a_notebook_gets_the_style_and_the_readers_own_chinese_font():
    html = blocks.style().html
    assert html.startswith('<style class="cl-style">@font-face') and blocks.css() in html
    assert "local('PingFang SC')" in html and "url(" not in html


def test_a_notebook_gets_the_script_too_and_says_its_language():
    html = blocks.style("zh").html
    assert blocks.script() in html and '<script data-lang="zh">' in html
    assert 'data-lang=""' in blocks.style().html


def test_the_script_knows_its_words_in_every_language():
    table = json.loads(blocks.script().partition("\n")[0].removeprefix("const WORDS = ").removesuffix(";"))
    assert list(table) == list(glossary.LANGUAGES)
    used = set(re.findall(r"words\.(\w+)", blocks.script()))
    assert all(used <= set(texts) for texts in table.values()) and table["zh"]["search"] == "搜索"
