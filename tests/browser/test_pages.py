"""A page of the report in a browser: nothing reaches outside, tables sort and search, names are only names."""

import nbformat.v4 as v4
import pandas as pd
import pytest

from custlib import blocks
from custlib.report.pages import bodies, pages

CODE = [
    "<script>alert('name')</script>",
    '<img src="http://example.invalid/x.png" onerror="alert(1)">',
    '=HYPERLINK("http://example.invalid","open")',
    "A$\\frac$B",
    "abc\u202egnp.exe",
    '"><svg onload=alert(2)>',
    "[name](javascript:alert(3))",
    "{{ 7 * 7 }}",
]
TITLE = {"en": "Which customers decide our result?", "zh": "哪些客户决定我们的业绩？"}
CAPTION = {"en": "Customers", "zh": "客户"}


def frame():
    """Thirty customers, the n-th with 10 · n yuan; the last eight have names that try to be code."""
    names = [f"经销商{n:02d}" for n in range(1, 23)] + CODE
    return pd.DataFrame({"name": names, "size": [10 * n for n in range(1, 31)]})


@pytest.fixture
def page(tmp_path):
    """Writes a page as a run does: (language) → its address."""

    def make(lang):
        table = blocks.table(frame(), lang=lang, caption=CAPTION[lang], limit=12).html
        said = v4.new_output("display_data", {"text/markdown": "Drawn anew."})
        cells = [
            v4.new_markdown_cell(f"# {TITLE[lang]}\n\n" + "\n\n".join(CODE)),
            v4.new_markdown_cell(f"## {CAPTION[lang]}"),
            v4.new_code_cell("1", outputs=[v4.new_output("display_data", {"text/html": table})], execution_count=1),
            v4.new_code_cell("1", outputs=[v4.new_output("stream", text="\n".join(CODE))], execution_count=2),
            v4.new_markdown_cell("[back](#section-1)\n\nHow sure?", metadata={"tags": ["method"]}),
            v4.new_code_cell("1", id="sure", outputs=[said], execution_count=3, metadata={"tags": ["method"]}),
        ]
        sources = bodies.Sources()
        links = [(CODE[0], "abc/20_classes.html")]
        text = pages.render(
            v4.new_notebook(cells=cells), lang=lang, title=CODE[1], links=links, footer=CODE[5], sources=sources
        )
        path = tmp_path / "index.html"
        path.write_text(text, encoding="utf-8")
        return path.as_uri()

    return make


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_asks_for_nothing_says_nothing_and_fits(page, open_page, lang, width):
    seen = open_page(page(lang), width)
    seen.page.evaluate("document.fonts.ready")
    assert seen.page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-CN"}[lang]
    assert seen.page.locator("h1").inner_text() == TITLE[lang]
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate("document.fonts.check('16px \"Custlib Sans SC\"', '哪些客户')")
    assert (seen.outside, seen.said, seen.asked) == ([], [], [])


def test_a_name_that_tries_to_be_code_is_shown_and_does_nothing(page, open_page):
    seen = open_page(page("en"))
    shown = seen.page.locator("table td").all_inner_texts()
    text = seen.page.locator("main").inner_text()
    assert {CODE[0], CODE[2], CODE[5], CODE[7]} <= set(shown) and "\u202e" not in text
    assert seen.page.locator("main img, main svg, main script").count() == 0
    seen.page.locator("input[type=search]").fill("<script>")
    for link in seen.page.locator("main a").all():
        assert not link.get_attribute("href") or link.get_attribute("href").startswith("#")
    assert (seen.outside, seen.said, seen.asked) == ([], [], [])


def visible(seen):
    return [row.locator("td").first.inner_text() for row in seen.page.locator("tbody tr").all() if row.is_visible()]


def test_a_table_shows_its_first_rows_and_the_rest_at_a_click(page, open_page):
    seen = open_page(page("en"))
    assert visible(seen) == [f"经销商{n:02d}" for n in range(1, 13)]
    seen.page.get_by_role("button", name="Show all").click()
    assert len(visible(seen)) == 30


def test_a_search_finds_rows_that_were_not_shown(page, open_page):
    seen = open_page(page("zh"))
    seen.page.get_by_role("searchbox", name="搜索").fill("经销商2")
    assert visible(seen) == ["经销商20", "经销商21", "经销商22"]
    seen.page.get_by_role("searchbox", name="搜索").fill("")
    assert len(visible(seen)) == 12


def test_a_click_on_a_header_sorts_by_its_numbers_and_another_turns_the_order(page, open_page):
    seen = open_page(page("en"))
    head = seen.page.get_by_role("button", name="size")
    head.click()
    assert visible(seen)[8:10] == ["经销商22", "经销商21"]  # after the eight largest, which try to be code
    head.click()
    assert visible(seen)[:2] == ["经销商01", "经销商02"]


def test_a_table_can_be_sorted_by_keyboard(page, open_page):
    seen = open_page(page("en"))
    seen.page.get_by_role("button", name="size").focus()
    seen.page.keyboard.press("Enter")
    assert visible(seen)[8] == "经销商22"
    assert seen.page.locator("th").last.get_attribute("aria-sort") == "descending"


def test_a_link_into_the_folded_box_opens_it_and_on_paper_it_is_open(page, open_page):
    seen = open_page(page("en"))
    inside = seen.page.get_by_text("Drawn anew.")
    assert not inside.is_visible()
    seen.page.evaluate("location.hash = '#cell-sure'")
    inside.wait_for()
    seen.page.get_by_text("How this was computed").last.click()
    assert not inside.is_visible()
    seen.page.locator("nav.contents a").last.click()
    inside.wait_for()
    seen.page.get_by_text("How this was computed").last.click()
    seen.page.emulate_media(media="print")
    assert inside.is_visible()
    assert (seen.outside, seen.said, seen.asked) == ([], [], [])


def test_on_a_phone_a_row_of_the_front_page_is_a_card_and_runs_over_no_edge(tmp_path, open_page):
    names = pd.DataFrame({"customer": ["常熟市虞山镇家居生活馆有限责任公司"] * 7, "why": ["Net sales fell " * 9] * 7})
    table = blocks.table(names, lang="en", caption="What to do first", limit=5).html
    made = v4.new_output("display_data", {"text/html": table})
    cells = [
        v4.new_markdown_cell("# What first?"),
        v4.new_code_cell("1", outputs=[made], execution_count=1, metadata={"tags": ["orders"]}),
    ]
    sources = bodies.Sources(made_at="90.html")
    text = pages.render(v4.new_notebook(cells=cells), lang="en", title="t", sources=sources, findings=[])
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    seen = open_page((tmp_path / "index.html").as_uri(), 390)
    region = seen.page.locator(".cl-table")
    assert region.evaluate("one => one.scrollWidth <= one.clientWidth")
    first, second = (cell.bounding_box() for cell in region.locator("tbody tr").first.locator("td").all())
    assert second["y"] >= first["y"] + first["height"] and not region.locator("thead").is_visible()
    assert seen.page.get_by_text("and 2 more").is_visible() and region.locator("tbody tr").count() == 5
