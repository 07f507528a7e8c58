"""What of a notebook reaches the reader."""

import pytest
from nbformat import v4

from custlib import blocks
from custlib.report.pages import cells as report_cells
from custlib.report.pages.cells import quiet


def markdown(source, *tags):
    return v4.new_markdown_cell(source, metadata={"tags": list(tags)})


def code(source, *outputs, tags=()):
    return v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def shown(data, **metadata):
    return v4.new_output("display_data", data, metadata=metadata)


def stream(name, text):
    return v4.new_output("stream", name=name, text=text)


def html(*cells, lang="en", **options):
    return "".join(html for _, html in report_cells.shown(v4.new_notebook(cells=list(cells)), lang, **options))


def test_prose_of_the_other_language_is_left_out():
    cells = [markdown("both"), markdown("English", "lang-en"), markdown("中文", "lang-zh")]
    assert html(*cells, lang="zh") == "<p>both</p>\n<p>中文</p>\n"


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "hide", "nbval-check-output"])
def test_cells_for_the_machinery_are_left_out(tag):
    assert html(code("1", stream("stdout", "fact"), tags=[tag])) == ""


def test_code_shows_in_the_analysts_edition_only():
    cell = code("x < 1", stream("stdout", "48"))
    assert "x &lt; 1" not in html(cell)
    assert '<pre class="code" tabindex="0"><code>x &lt; 1</code></pre>' in html(cell, code=True)


def test_warnings_never_show():
    assert (
        html(code("1", stream("stderr", "/home/someone/warning"), stream("stdout", "48")))
        == '<pre tabindex="0">48</pre>'
    )


def test_terminal_colours_are_dropped():
    assert html(code("1", stream("stdout", "\x1b[31mred\x1b[0m"))) == '<pre tabindex="0">red</pre>'


def test_errors_of_cells_that_may_raise_do_not_show():
    error = v4.new_output("error", ename="ValueError", evalue="华锦", traceback=["华锦"])
    assert html(code("1", error)) == ""


def test_a_live_widget_is_left_out_and_its_still_picture_is_shown():
    live = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "IntSlider(value=0)"}
    assert html(code("1", shown(live))) == ""
    assert "still" in html(code("1", shown(live | {"text/html": "<p>still</p>"})))


def test_a_picture_keeps_its_words():
    bundle = {"image/png": "iVBORw==\n", "text/plain": "A curve"}
    assert html(code("1", shown(bundle))) == '<img alt="A curve" src="data:image/png;base64,iVBORw=="/>'


def test_a_picture_pasted_into_prose_is_embedded():
    cell = markdown("![shelf](attachment:shelf.png)")
    cell["attachments"] = {"shelf.png": {"image/png": "iVBORw=="}}
    assert '<img alt="shelf" src="data:image/png;base64,iVBORw=="/>' in html(cell)


def test_html_in_prose_is_shown_not_run():
    assert "&lt;script&gt;" in html(markdown("a <script>alert(1)</script>"))


@pytest.mark.parametrize("name", ["A$\\frac$B", "{{7*7}}", '=HYPERLINK("x")'])
def test_names_in_prose_stay_as_they_are(name):
    assert name.replace('"', "&quot;") in html(markdown(name)).replace('"', "&quot;")


def test_hidden_directions_in_prose_and_outputs_are_written_out():
    cells = [markdown("张\u202e三"), code("1", shown({"text/html": "<b>李\u202e四</b>"}))]
    assert "张[U+202E]三" in html(*cells) and "李[U+202E]四" in html(*cells)


def test_markdown_output_is_prose():
    assert html(code("1", shown({"text/markdown": "**54**", "text/plain": "x"}))) == "<p><strong>54</strong></p>\n"


def test_links_lead_to_sibling_pages_and_places_of_the_page_only():
    prose = "[a](20.html) [b](#section-1) [c](https://example.org) [d](../../secret)"
    kept = html(markdown(prose), pages={"20.html"})
    assert kept == '<p><a href="20.html">a</a> <a href="#section-1">b</a> <a>c</a> <a>d</a></p>\n'


def test_a_link_that_is_a_script_is_dead():
    assert "alert" not in html(markdown("[e](javascript:alert(1))"))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=http://example.org/a.png onerror=alert(1)>",
        "<iframe src=//example.org></iframe>",
        "<svg><image xlink:href='http://example.org/x'></image><script>1</script></svg>",
        "<form action=//example.org><button formaction=//example.org>x</button></form>",
        "<meta http-equiv=refresh content='0;url=//example.org'><base href=//example.org>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<object data=//example.org></object>",
        "<svg><a HREF='http://example.org'/></svg>",
        "<svg><g onload='alert(1)'/></svg><svg/>",
        "<p title='<svg><a t=' onmouseover=alert(1) '/></svg>'>x</p>",
        "<svg><!--><script>alert(1)</script>--></svg>",
        "<svg><![CDATA[><script>alert(1)</script>]]></svg>",
        "<?x ><script>alert(1)</script>?>",
        "<svg><style class='cl-style'>a { background: url(//example.org) }</style></svg>",
    ],
)
def test_outputs_neither_run_nor_ask(hostile):
    kept = quiet(hostile)
    assert not any(word in kept for word in ("example.org", "alert", "<script", "<iframe", "http-equiv"))


@pytest.mark.parametrize("before", ["<p>a", "<b title='<svg></svg>'>", "<!--", ""])
def test_a_drawing_that_only_shows_stays_as_it_was_drawn(before):
    drawing = '<svg viewBox="0 0 9 9" aria-label="A &amp; B"><path id="a" d="M 1 1"/><use href="#a"/></svg>'
    assert drawing in quiet(drawing) and quiet(f"{before}{drawing}<i>x{drawing}").count("<use") in (0, 2)


def test_the_style_of_the_blocks_is_not_repeated():
    assert html(code("blocks.style()", shown({"text/html": blocks.style().html, "text/plain": ""}))) == (
        '<div class="output"></div>'
    )


def test_the_page_with_code_shows_that_of_hidden_cells_too():
    hidden = code("import pandas", tags=["hide"])
    assert html(hidden) == "" and "import pandas" in html(hidden, code=True)


NOTHING = shown({report_cells.KIND: {"kind": "nothing", "what": "abc_moves"}, "text/html": "<p>Moves: none</p>"})


def test_what_there_is_none_of_is_left_out_and_so_is_a_section_of_nothing_else():
    told = shown({report_cells.KIND: {"kind": "say"}, "text/markdown": "told"})
    cells = [markdown("# Page"), code("a", NOTHING), markdown("## First"), code("b", NOTHING), code("c", told)]
    cells += [markdown("### Second\n\nprose"), code("d", NOTHING), code("e"), markdown("## Last")]
    assert html(*cells) == "<h1>Page</h1>\n<h2>First</h2>\n<p>told</p>\n<h2>Last</h2>\n"
    assert "<h3>Second</h3>" in html(*cells, code=True)


def test_a_section_whose_code_only_computes_keeps_its_prose():
    assert html(markdown("## Means\n\nprose"), code("x = 1")) == "<h2>Means</h2>\n<p>prose</p>\n"


def test_the_kind_of_outputs_is_that_of_the_page():
    from custlib.page import outputs

    assert report_cells.KIND == outputs.KIND
