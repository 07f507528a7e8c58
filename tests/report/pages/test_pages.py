"""A page carries all it needs, asks nothing of a network, and says nothing it must not."""

import re
from base64 import b64encode
from copy import deepcopy
from hashlib import sha256
from types import SimpleNamespace

import pandas as pd
import pytest
from nbformat import v4

from custlib import blocks, figures
from custlib.report.pages.pages import render, render_error, render_lesson

REASONS = pd.DataFrame({"label": ["金额无法读出", "日期超出范围"], "lines": [12, 5]})
NAMES = ["<script>alert(1)</script>", "{{7*7}}", "A$\\frac$B", '=HYPERLINK("x")', "张\u202e三"]


def cell(shown):
    if hasattr(shown, "_repr_mimebundle_"):
        bundle = shown._repr_mimebundle_()
    else:
        bundle = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
    return v4.new_code_cell("shown", outputs=[v4.new_output("display_data", bundle)])


@pytest.fixture(scope="module")
def notebook():
    prose = [("# Which?\n\n## Reasons", "lang-en"), ("# 哪些？\n\n## 原因\n\n## 客户", "lang-zh")]
    cells = [v4.new_markdown_cell(text, metadata={"tags": [tag]}) for text, tag in prose]
    cells.append(cell(blocks.cards([blocks.Card("回款", "3,104", "万元", "+1 %", "up", (1, 2))])))
    cells.append(cell(figures.picture(figures.reasons, REASONS, lang="zh", alt="隔离的原因")))
    cells.append(cell(figures.picture(figures.reasons, REASONS.head(1), lang="zh", alt="第一个原因")))
    cells.append(cell(blocks.table(pd.DataFrame({"name": NAMES}), lang="zh", caption="客户")))
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def page(notebook):
    links = [("数据", "10_data_cleanup.html")]
    return render(notebook, lang="zh", title="华锦 2025Q4", links=links, footer="数据截至 2025-12-31")


def failure(**changes):
    facts = {
        "notebook": "20_abc_analysis",
        "heading": "三项指标",
        "cell": 4,
        "line": "classes = joint(<b>)",
        "error": "ValueError",
        "message": "customer 华锦 owes 12,000",
        "command": "jupyter lab notebooks/20_abc_analysis.ipynb",
        "describe": {"en": "its kernel died", "zh": "内核已终止"}.get,
    }
    return SimpleNamespace(**(facts | changes))


def test_the_same_notebook_gives_the_same_bytes(notebook):
    first, second = (render(notebook, lang="en", title="t") for _ in range(2))
    assert first == second


def test_the_notebook_stays_as_it_was(notebook):
    before = deepcopy(notebook)
    render(notebook, lang="en", title="t")
    assert notebook == before


@pytest.mark.parametrize("lang, declared", [("en", "en"), ("zh", "zh-CN")])
def test_the_page_declares_its_language(notebook, lang, declared):
    assert f'<html lang="{declared}">' in render(notebook, lang=lang, title="t")


def test_nothing_is_asked_of_a_network(page):
    assert not re.search(r"""(?:src|href|srcset|action)\s*=\s*["']?\s*(?:[a-z]+:)?//""", page)
    assert not re.search(r"@import|url\((?!#|data:)", page)


def test_the_policy_allows_our_script_and_nothing_from_elsewhere(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    script = re.search(r'<script type="module">(.*?)</script>', page, re.S).group(1)
    assert policy.startswith("default-src 'none';")
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in policy
    assert page.count("<script") == 1


def test_contents_lead_to_the_headings(page):
    assert re.findall(r'<a href="#(section-\d)">(.*?)</a>', page) == [("section-1", "原因"), ("section-2", "客户")]
    assert '<h2 id="section-2">客户</h2>' in page


def test_a_figure_has_its_text_alternative_below_it(page):
    assert page.count('<details class="words"><summary>文字说明</summary><p>隔离的原因</p></details>') == 1
    assert page.count('<details class="words">') == 2


def test_findings_of_the_others_make_it_the_front_page(notebook):
    page = render(notebook, lang="en", title="t", findings=["<p>45 are A.</p>"])
    assert '<div class="cl-cards findings"><p>45 are A.</p></div>' in page


def test_what_lies_beside_the_page_is_linked(notebook):
    page = render(notebook, lang="en", title="t", downloads=[("Excel workbook", "run/report.xlsx")])
    assert '<a href="run/report.xlsx">Excel workbook</a>' in page


def test_sibling_pages_are_linked(page):
    assert '<a href="10_data_cleanup.html">数据</a>' in page


def test_figures_keep_their_words_and_share_no_id(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert page.count('aria-label="隔离的原因"') == 2
    assert len(ids) == len(set(ids))


def test_names_are_shown_and_inert(page):
    for name in ("&lt;script&gt;alert(1)&lt;/script&gt;", "{{7*7}}", "A$\\frac$B", '=HYPERLINK("x")', "张[U+202E]三"):
        assert f"<td>{name}</td>" in page


def test_title_and_footer_are_escaped(notebook):
    page = render(notebook, lang="en", title="<b>A&B</b>", footer="<i>\u202e")
    assert "&lt;b&gt;A&amp;B" in page and "&lt;i&gt;[U+202E]" in page


def test_fonts_hold_what_the_page_shows(page):
    assert page.count("@font-face") == 2
    assert len(page) < 300_000


def test_the_error_page_names_place_line_and_next_step():
    page = render_error(failure(), lang="zh")
    for part in (
        "20_abc_analysis",
        "三项指标",
        ">4<",
        "classes = joint(&lt;b&gt;)",
        "ValueError",
        "内核已终止",
        "jupyter lab notebooks/",
    ):
        assert part in page


def test_the_error_page_quotes_no_customer():
    assert "华锦" not in render_error(failure(), lang="en")


def test_the_error_page_without_a_cell_to_blame():
    page = render_error(failure(cell=None, heading="", line="", error=""), lang="en")
    assert "Code cell" not in page and "20_abc_analysis" in page


def test_only_a_lessons_page_has_the_script_of_exercises():
    node = v4.new_notebook(cells=[v4.new_markdown_cell("# Which?", id="a")])
    plain, lesson = render(node, lang="en", title="t"), render_lesson(node, lang="en", title="t")
    assert "const SAY" in lesson and ".ex-card" in lesson and "no script runs here" in lesson
    assert "const SAY" not in plain and ".ex-" not in plain and "no script runs" not in plain
    assert render_lesson(node, lang="en", title="t") == lesson


def test_a_lesson_of_many_characters_has_no_bold_face_of_its_own():
    faces = [
        render_lesson(v4.new_notebook(cells=[v4.new_markdown_cell(text, id="a")]), lang="zh", title="t")
        for text in ("# 少", "".join(map(chr, range(0x4E00, 0x4E00 + 600))))
    ]
    assert [text.count("data:font") for text in faces] == [2, 1]
