"""Each reading leads to the cell and the tables that made it; the front page has its fixed places."""

import nbformat.v4 as v4
import pandas as pd
from bs4 import BeautifulSoup

from custlib import blocks, codebook, glossary
from custlib.report.pages import bodies
from custlib.wording.sentences import Context

TOTALS = pd.DataFrame({"quarter": ["2025Q4"], "net_sales": [1500.0]})
SUMMARY = pd.DataFrame({"rank": range(1, 31), "action": "win_back", "customers": 2, "amount": 1234.5})
FIGURE = '<figure class="cl-figure"><svg aria-label="a line"></svg></figure>'


def code(name, *outputs, tags=()):
    made = [v4.new_output("display_data", {kind: text}) for kind, text in outputs]
    return v4.new_code_cell("1", id=name, outputs=made, metadata={"tags": list(tags)})


def said(text):
    return "text/markdown", text


def notebook(*cells):
    return v4.new_notebook(cells=[v4.new_markdown_cell("# Which <b>customers</b>?"), *cells])


def sources(made_at="20.html", load=None, **tables):
    return bodies.Sources(tables, made_at, "run/tables/", load, Context())


def whole(*cells, **options):
    return BeautifulSoup(bodies.whole(notebook(*cells), "en", sources=sources(**options)), "html.parser")


def front(*cells, findings=(), **options):
    return BeautifulSoup(bodies.front(notebook(*cells), "en", sources(**options), findings), "html.parser")


def finding(*cells):
    return BeautifulSoup(bodies.finding(notebook(*cells), "en", sources()), "html.parser")


def test_a_reading_ends_in_an_arrow_to_its_cell_that_names_the_tables():
    page = whole(code("c1", said("45 are A.\n\n89 are B.")), c1=["abc_summary"])
    (arrow,) = page.select("a.made")
    assert arrow["href"] == "20.html#cell-c1" and arrow.parent.get_text().startswith("89 are B.")
    assert arrow["title"] == arrow["aria-label"] == f"How this was made: {glossary.term('abc_summary', 'en')}"
    assert page.select_one("#cell-c1")


def test_each_card_and_a_list_of_what_to_do_have_their_arrow():
    figures = blocks.cards([blocks.Card("Payments", "1"), blocks.Card("Profit", "2")]).html
    page = whole(
        code("c1", ("text/html", figures)), code("c2", ("text/html", blocks.actions("What to do", ["x"]).html))
    )
    assert [link["href"] for link in page.select(".cl-label a.made")] == ["20.html#cell-c1"] * 2
    (arrow,) = page.select(".cl-actions a.made")
    assert arrow["href"] == "20.html#cell-c2" and arrow.parent.get_text() == "What to do\N{NO-BREAK SPACE}↗"


def test_a_page_that_is_the_origin_has_no_arrow_but_the_place():
    page = whole(code("c1", said("45 are A.")), made_at="", c1=["abc_summary"])
    assert not page.select("a.made") and page.select_one("#cell-c1")


def test_below_each_section_stand_the_tables_of_its_cells():
    heads = [v4.new_markdown_cell(f"## {name}") for name in ("One", "Two", "Three")]
    cells = [heads[0], code("a", said("x")), code("b", said("y")), heads[1], code("c", said("z")), heads[2]]
    page = whole(*cells, a=["abc_totals"], b=["abc_moves", "abc_totals"], c=["abc_sold"])
    lists = page.select("p.tables")
    assert [[link["href"] for link in one.select("a")] for one in lists] == [
        ["run/tables/abc_totals.csv", "run/tables/abc_moves.csv"],
        ["run/tables/abc_sold.csv"],
    ]
    assert lists[0].find_next("h2").get_text() == "Two" and lists[1].find_next("h2").get_text() == "Three"


METHOD = (
    v4.new_markdown_cell("## How sure?\n\nDrawn anew.", metadata={"tags": ["lang-en", "method"]}),
    v4.new_markdown_cell("## 有多可靠？", metadata={"tags": ["lang-zh", "method"]}),
    code("m", said("1,000 resamples."), tags=["method"]),
)


def test_how_it_was_computed_stands_in_one_folded_box_at_the_end_with_its_tables_and_arrows():
    first = code("m0", said("Ranks are means."), tags=["method"])
    head = v4.new_markdown_cell("## One")
    page = whole(first, head, *METHOD, code("a", said("45 are A.")), a=["abc_totals"], m=["abc_robustness"])
    (box,) = page.select("details")
    assert box.find_next_sibling() is None and not box.has_attr("open")
    assert box.summary.get_text() == "How this was computed" and not box.h3.find_parent("summary")
    said_in_box = [one.get_text().removesuffix("\N{NO-BREAK SPACE}↗") for one in box.select("p:not(.tables)")]
    assert said_in_box == ["Ranks are means.", "Drawn anew.", "1,000 resamples."]
    assert box.select_one("#cell-m") and box.select("a.made")[-1]["href"] == "20.html#cell-m"
    assert [link["href"] for link in box.select(".tables a")] == ["run/tables/abc_robustness.csv"]
    assert [head.get_text() for head in page.select("h2")] == ["One", "How this was computed"]
    assert [link["href"] for link in box.find_previous_sibling("p").select("a")] == ["run/tables/abc_totals.csv"]


def test_the_box_is_in_the_language_of_the_page_and_there_is_none_without_such_a_cell():
    page = BeautifulSoup(bodies.whole(notebook(*METHOD), "zh", sources=sources()), "html.parser")
    assert page.select_one("details summary").get_text() == "计算方法" and page.h3.get_text() == "有多可靠？"
    assert not whole(code("a", said("45 are A."))).select("details")


def test_the_front_page_has_its_places_in_their_order_whatever_that_of_the_notebook():
    orders = code("o", said("Call Alpha."), tags=["orders"])
    told = [code("h", said("More than a year ago."), tags=["headline"]), code("r", said("Left out."))]
    page = front(orders, *told, code("w", said("Incomplete."), tags=["warning"]), findings=["<p>45 are A.</p>"])
    assert page.h1.get_text() == "Which <b>customers</b>?"
    assert [place["class"][1] for place in page.select("section.place")] == ["warning", "headline", "orders", "cards"]
    texts = [one.get_text().removesuffix("\N{NO-BREAK SPACE}↗") for one in page.find_all("p")]
    assert texts == ["Incomplete.", "More than a year ago.", "Call Alpha.", "45 are A.", "The summary in full"]
    assert [link["href"] for link in page.select("a.made")] == ["20.html#cell-w", "20.html#cell-h", "20.html#cell-o"]
    assert page.select("a")[-1]["href"] == "20.html" and not page.select("[id], details")


def test_how_the_front_page_was_computed_is_its_last_and_only_fold():
    page = front(*METHOD[:2], code("h", said("More."), tags=["headline"]), code("m", said("Drawn."), tags=["method"]))
    assert [fold.summary.get_text() for fold in page.select("details")] == ["How this was computed"]
    assert page.select("details p")[-1].get_text().startswith("Drawn.")


def test_a_notebook_that_tags_no_place_is_the_front_page_as_a_whole_with_the_findings_below():
    page = front(code("a", said("All of it.")), findings=["<p>45 are A.</p>"])
    assert [one.get_text()[:10] for one in page.find_all("p")] == ["All of it.", "45 are A."]


def test_of_a_long_table_the_front_page_shows_the_first_rows_and_leads_to_the_rest():
    names = pd.DataFrame({"name": [f"Dealer {n}" for n in range(9)], "why": "fell"})
    table = blocks.table(names, lang="en", caption="Orders", columns={"name": "who", "why": "why"}, limit=5).html
    page = front(code("o", ("text/html", table), tags=["orders"]))
    assert [cell["data-label"] for cell in page.select("td")[:2]] == ["who", "why"]
    assert len(page.select(".as-cards tbody tr")) == 5
    more = page.select_one(".cl-table + p.more a")
    assert (more.get_text(), more["href"]) == ("and 4 more", "20.html#cell-o")
    short = blocks.table(names.head(5), lang="en", caption="Orders", limit=5).html
    assert not front(code("o", ("text/html", short), tags=["orders"])).select(".cl-table + p.more")


def test_on_its_own_page_a_table_is_whole_and_its_rows_are_cards_only_where_asked_for():
    names = pd.DataFrame({"name": [f"Dealer {n}" for n in range(9)]})
    table = ("text/html", blocks.table(names, lang="en", caption="Orders", limit=5).html)
    page = whole(code("o", table, tags=["phone-cards"]), code("p", table))
    assert [len(one.select("tbody tr")) for one in page.select(".cl-table")] == [9, 9]
    assert ["as-cards" in one["class"] for one in page.select(".cl-table")] == [True, False]
    assert page.select_one(".as-cards td")["data-label"] == "name" and not page.select("p.more")


def test_a_card_says_what_the_tagged_cells_say_under_the_title_that_leads_to_their_page():
    card = finding(
        code("a", ("text/html", FIGURE), said("45 are A."), tags=["front"]), code("b", said("Not asked for."))
    )
    assert card.select_one(".cl-card > .cl-label > a")["href"] == "20.html"
    assert card.select_one(".cl-label").get_text() == "Which <b>customers</b>?"
    assert [one.get_text() for one in card.find_all("p")] == ["45 are A.\N{NO-BREAK SPACE}↗"]
    assert card.select_one("a.made")["href"] == "20.html#cell-a" and not card.select("figure")


def test_a_notebook_that_has_nothing_to_say_has_no_card():
    assert bodies.finding(notebook(code("a", said("x"))), "en", sources()) == ""
    assert bodies.finding(notebook(code("a", tags=["front"])), "en", sources()) == ""


def test_the_data_behind_a_figure_are_shown_where_they_can_be_loaded():
    chosen = code("a", ("text/html", FIGURE), tags=["headline"])
    page = front(chosen, load=lambda name: TOTALS.reindex(columns=_columns(name)), a=["abc_totals"])
    assert page.select_one("details.data td").get_text() == "2025Q4"
    assert not front(chosen, a=["abc_totals"]).select("details")


def _columns(table):
    return [line["column"] for line in codebook.lines() if line["table"] == table]


def behind(names, frame, lang="en"):
    sources = bodies.Sources({}, "", "tables/", lambda name: frame, Context())
    return BeautifulSoup(bodies._data_behind(names, sources, lang), "html.parser")


def test_rows_are_shown_in_words_and_numbers_in_their_form():
    page = behind(["quarter_actions"], SUMMARY.head(1), "zh")
    assert [cell.get_text() for cell in page.select("td")] == ["1", glossary.term("win_back", "zh"), "2", "1,234"]
    assert [cell.get_text() for cell in page.select("th")][1] == codebook.header(
        codebook.columns("quarter_actions")["action"], "zh"
    )


def test_a_long_table_shows_its_first_rows_and_links_to_all():
    page = behind(["quarter_actions"], SUMMARY)
    assert len(page.select("tbody tr")) == bodies.ROWS
    assert [link["href"] for link in page.select("a")] == ["tables/quarter_actions.csv"]


def test_a_wide_table_is_only_linked():
    columns = [line["column"] for line in codebook.lines() if line["table"] == "abc_customers"]
    page = behind(["abc_customers"], pd.DataFrame([dict.fromkeys(columns)]))
    assert not page.select("table") and page.select_one("a")["href"] == "tables/abc_customers.csv"


def test_a_share_is_a_percentage_and_a_name_is_inert():
    columns = [line["column"] for line in codebook.lines() if line["table"] == "abc_loss_reasons"]
    frame = pd.DataFrame({"reason": ["<script>"], "customers": [3], "share": [0.25]}).reindex(columns=columns)
    page = behind(["abc_loss_reasons"], frame)
    assert [cell.get_text() for cell in page.select("td")] == ["<script>", "3", "25%"] and not page.select("script")


def test_without_tables_there_is_nothing_behind():
    assert bodies._data_behind([], None, "en") == ""


def test_two_tables_of_one_name_are_told_apart_for_those_who_cannot_see_them():
    table = ("text/html", blocks.table(pd.DataFrame({"n": [1]}), lang="en", caption="Sums").html)
    page = whole(code("a", table), code("b", table))
    assert [one["aria-label"] for one in page.select("[role=region]")] == ["Sums", "Sums (2)"]
