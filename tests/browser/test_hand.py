"""The report answers to a hand: figures tell, tables filter and add up, the address keeps what was asked, axe finds nothing.

axe-core is a test tool: CUSTLIB_AXE names its axe.min.js (`npm pack axe-core`), CUSTLIB_REPORT a folder with pages of a
report to look at beside the one made here.
"""

import os
from pathlib import Path

import nbformat.v4 as v4
import pandas as pd
import pytest

from custlib import abc_classes, blocks, figures
from custlib.report.pages import bodies, facets, pages
from tests.browser import kinds

NAMES = [f"客户{n:02d}" for n in range(1, 31)]
HEADS = {"en": ["customer", "amount"], "zh": ["客户", "金额"]}
OTHER = {"en": "zh", "zh": "en"}
WORDS = {"en": ("region", "Sum of 10 rows", "Sum of 4 rows"), "zh": ("大区", "10 行合计", "4 行合计")}
LOOKS = [(lang, width) for lang in ("en", "zh") for width in (1280, 390)]
SHOWN = ".cl-table tbody tr:visible"


def customers():
    """Thirty customers: regions in turn, one account manager, ten of each class; the n-th paid 1,000 · n."""
    region = ["华东", "华南", "西北"] * 10
    columns = {"customer_id": [f"K{n:02d}" for n in range(1, 31)], "name": NAMES, "account_manager": "周雅琴"}
    columns |= {"region": region, "decided_class": [*"A" * 10, *"B" * 10, *"C" * 10], "store_format": "个体"}
    return pd.DataFrame(columns | {"size": [1000.0 * n for n in range(1, 31)]})


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A page in both languages, beside each other: language → address."""
    folder, frame = tmp_path_factory.mktemp("report"), customers()
    ranked = abc_classes.ranked(frame["size"], frame["decided_class"].astype(abc_classes.CLASSES))
    for lang in ("en", "zh"):
        drawn = figures.picture(figures.pareto, ranked.assign(name=frame["name"]), lang=lang, alt="Pareto")
        heads = dict(zip(("name", "size"), HEADS[lang], strict=True))
        options = {"lang": lang, "columns": heads, "name": "abc_customers", "sums": ["size"]}
        table = blocks.table(frame, caption="t", limit=12, customers=frame["customer_id"], **options)
        small = blocks.table(frame.head(5), caption="s", limit=12, customers=frame["customer_id"].head(5), **options)
        outputs = [
            v4.new_output("display_data", one)
            for one in (drawn._repr_mimebundle_(), {"text/html": table.html}, {"text/html": small.html})
        ]
        cells = [v4.new_markdown_cell("# Which?\n\n## First\n\n## Second"), v4.new_code_cell("1", outputs=outputs)]
        sources = bodies.Sources(facets=facets.of(frame, lang))
        twins = [(OTHER[lang], f"{OTHER[lang]}.html")]
        page = pages.render(v4.new_notebook(cells=cells), lang=lang, title="t", twins=twins, sources=sources)
        (folder / f"{lang}.html").write_text(page, encoding="utf-8")
    return {lang: (folder / f"{lang}.html").as_uri() for lang in ("en", "zh")}


@pytest.mark.parametrize("lang, width", LOOKS)
def test_a_mark_tells_its_name_and_value_on_hovering_and_by_key(report, open_page, lang, width):
    seen = open_page(report[lang], width)
    tip, marks = seen.page.locator(".cl-tip"), seen.page.locator("svg:visible .cl-marks path")
    first, second = {"en": ("客户30: ¥30.0 thousand, C", "客户29"), "zh": ("客户30：3.00 万元，C", "客户29")}[lang]
    marks.nth(0).hover()
    assert tip.inner_text() == first
    assert marks.nth(0).locator("title").text_content() == ""  # no second label beside ours
    seen.page.mouse.move(0, 0)
    assert not tip.is_visible() and marks.nth(0).locator("title").text_content() == first
    marks.nth(0).focus()
    seen.page.keyboard.press("ArrowRight")
    assert tip.inner_text().startswith(second)
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    seen.page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert (seen.outside, seen.said) == ([], [])


def test_a_figure_is_one_tab_stop(report, open_page):
    seen = open_page(report["en"])
    seen.page.locator("svg:visible .cl-marks path").nth(0).focus()
    seen.page.keyboard.press("End")
    assert seen.page.evaluate("document.activeElement.ariaLabel").startswith("客户01")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.closest('svg')") is None
    seen.page.keyboard.press("Shift+Tab")
    assert seen.page.evaluate("document.activeElement.ariaLabel").startswith("客户01")


@pytest.mark.parametrize("lang, width", LOOKS)
def test_a_table_filters_with_its_search_and_says_the_sum(report, open_page, lang, width):
    seen = open_page(report[lang], width)
    label, ten, four = WORDS[lang]
    foot = seen.page.locator("tfoot")
    assert seen.page.locator("select").count() == 2  # one account manager and one format are no choice
    seen.page.get_by_label(label).select_option("华南")
    assert foot.inner_text().split("\t") == [ten, "155,000"]  # 2 + 5 + … + 29 thousand
    seen.page.get_by_role("searchbox").fill("客户2")
    assert foot.inner_text().split("\t") == [four, "98,000"]  # 20, 23, 26, 29
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_table_is_filtered_by_keyboard(report, open_page):
    seen = open_page(report["en"])
    seen.page.get_by_role("searchbox").focus()
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("ArrowDown")
    assert seen.page.locator(SHOWN).first.inner_text().startswith("客户01")
    assert seen.page.locator("tfoot th").inner_text() == "Sum of 10 rows"


def test_the_address_opens_the_same_view_in_both_languages(report, open_page):
    seen = open_page(report["en"])
    seen.page.get_by_label("region").select_option("西北")
    seen.page.get_by_role("searchbox").fill("客户1")
    seen.page.get_by_role("button", name="amount").first.click()
    shown = seen.page.locator(SHOWN).all_inner_texts()
    assert [row[:4] for row in shown[:3]] == ["客户18", "客户15", "客户12"]
    again = open_page(seen.page.url)
    assert again.page.locator(SHOWN).all_inner_texts() == shown
    again.page.get_by_role("link", name="中文").click()
    again.page.wait_for_url("**/zh.html#*")
    assert again.page.locator(SHOWN).all_inner_texts() == shown
    assert again.page.get_by_label("大区").input_value() == "西北"


def test_back_goes_a_step_back_and_a_link_within_the_page_leaves_the_view(report, open_page):
    seen = open_page(report["en"])
    seen.page.get_by_label("region").select_option("西北")
    seen.page.get_by_role("searchbox").press_sequentially("客户1")
    foot = seen.page.locator("tfoot th")
    assert foot.inner_text() == "Sum of 3 rows"
    seen.page.locator("nav.contents a").last.click()
    seen.page.wait_for_url("**#section-2&abc_customers.*")
    assert foot.inner_text() == "Sum of 3 rows"
    for step in ("Sum of 3 rows", "Sum of 10 rows", "Sum of 30 rows"):
        seen.page.go_back()
        assert foot.inner_text() == step
    seen.page.go_forward()
    assert foot.inner_text() == "Sum of 10 rows"


def test_an_address_of_nonsense_shows_everything(report, open_page):
    seen = open_page(report["en"] + "#%E0%A4%A&abc_customers.region=Mars&abc_customers.sort=99&x=1")
    assert seen.page.locator("tfoot th").inner_text() == "Sum of 30 rows"
    assert seen.said == []


def axe():
    place = os.environ.get("CUSTLIB_AXE", "")
    if not Path(place).is_file():
        pytest.skip("no axe-core: unpack `npm pack axe-core` and name its axe.min.js in CUSTLIB_AXE")
    return Path(place).read_text(encoding="utf-8")


FOUND = """async () => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  const found = await axe.run({resultTypes: ["violations"]});
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 150)}`));
}"""


@pytest.mark.parametrize("lang, width", LOOKS)
def test_axe_finds_nothing_on_the_page(report, open_page, lang, width):
    script, seen = axe(), open_page(report[lang], width)
    seen.page.evaluate(script)
    assert seen.page.evaluate(FOUND) == []


def test_axe_finds_nothing_on_any_kind_of_page_of_a_report(open_page):
    """Every notebook's page with its code, which holds what the page without it holds; of the others, those that have all."""
    paths = sorted(Path(os.environ.get("CUSTLIB_REPORT", "none")).glob("**/*.html"))
    if not paths:
        pytest.skip("no report: name its folder in CUSTLIB_REPORT")
    chosen = kinds.covering({path: kinds.of(path.read_text(encoding="utf-8")) for path in paths})
    script, found, page = axe(), {}, open_page("about:blank").page
    for path in dict.fromkeys([*chosen, *(path for path in paths if "_code." in path.name)]):
        page.goto(path.as_uri())
        page.evaluate(script)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found[path.name, width] = page.evaluate(FOUND)
    assert not {name: rules for name, rules in found.items() if rules}


def test_the_front_page_leads_to_a_table_whose_address_opens_the_same_view(open_page):
    fronts = sorted(Path(os.environ.get("CUSTLIB_REPORT", "none")).glob("20*/index.html"))
    if not fronts:
        pytest.skip("no report: name its folder in CUSTLIB_REPORT")
    seen = open_page(fronts[0].as_uri())
    seen.page.locator('a[href*="20_abc_analysis.html"]').first.click()
    seen.page.wait_for_url("**/20_abc_analysis.html**")
    seen.page.get_by_label("region").locator("visible=true").first.select_option(index=1)
    shown = seen.page.locator(SHOWN).all_inner_texts()
    again = open_page(seen.page.url)
    assert "region=" in again.page.url and again.page.locator(SHOWN).all_inner_texts() == shown
    again.page.get_by_role("link", name="中文").click()
    again.page.wait_for_url("**/20_abc_analysis.zh.html#**")
    assert len(again.page.locator(SHOWN).all_inner_texts()) == len(shown)
    assert (again.outside, again.said) == ([], [])
