"""Which result tables stand behind a cell."""

import nbformat.v4 as v4
import pytest

from custlib.report.notebook import lineage


def found(*sources):
    cells = [v4.new_code_cell(source, id=f"c{place}") for place, source in enumerate(sources)]
    return list(lineage.by_cell([v4.new_markdown_cell("## Sales"), *cells]).values())


def test_a_table_is_followed_from_the_cell_that_saves_it_to_the_sentence():
    assert found(
        'summary = results.save(classes.summary(found), "abc_summary", out)', "text = summary.head()", "Markdown(text)"
    ) == [["abc_summary"], [], ["abc_summary"]]


def test_tables_loaded_side_by_side_are_told_apart():
    loads = 'totals, moves = results.load("abc_totals", out), results.load("abc_moves", out)'
    many = 'sold, seasons = (results.load(name, out) for name in ("abc_sold", "abc_seasons"))'
    assert found(loads, many, "show(moves)", "show(seasons)", "show(totals, sold)")[2:] == [
        ["abc_moves"],
        ["abc_seasons"],
        ["abc_totals", "abc_sold"],
    ]


def test_a_column_added_or_a_list_lengthened_brings_its_table_along():
    source = 'customers = results.load("a", out)\ntold = []\nb = results.load("b", out)\ncustomers["x"] = b["x"]\ntold += [b]'
    assert found(source, "show(customers)", "show(told)") == [[], ["a", "b"], ["b"]]


def test_a_variable_made_anew_forgets_its_table():
    assert found('shown = results.load("a", out)', "shown, other = 1, 2\nshow(shown)") == [[], []]


def test_how_to_show_is_not_what_is_shown():
    source = 'data = results.load("data_facts", out)\ncurrency = data["currency"]\ntotals = results.load("t", out)'
    assert found(source, "show(totals, currency=currency)")[1] == ["t"]


def test_what_stands_in_a_condition_counts():
    assert found('a = results.load("a", out)', "if len(a):\n    b = a\n    display(b)\nelse:\n    display(2)")[1] == [
        "a"
    ]


def test_a_line_that_is_no_python_has_no_table():
    assert found("%time x", "1") == [[], []]


def test_a_page_is_followed_like_the_tables_it_saves_and_loads():
    first = 'moves = page.save("abc_moves", judged.moves)\nold = page.load("abc_history")'
    shown = 'page.table("abc_moves", ["name", "from_class"], rows=old, limit=8)'
    assert found(first, "page.figure(figures.pareto, moves)", "page.say(wording.reading, old, moves)", shown) == [
        ["abc_moves"],
        ["abc_moves"],
        ["abc_history", "abc_moves"],
        ["abc_moves"],
    ]


def loaded(*sources):
    return lineage.loaded([v4.new_code_cell(source) for source in sources])


def test_a_notebook_reads_what_it_loads_or_shows_as_saved():
    assert loaded('a = results.load("a", out)', 'page.table("b")', 'page.table("c", rows=a)\npage.save("d", a)') == [
        "a",
        "b",
    ]
    assert loaded('a, b = (page.load(name) for name in ("a", "b"))', 'for name in ["c"]:\n    page.table(name)') == [
        "a",
        "b",
        "c",
    ]


@pytest.mark.parametrize(
    ("source", "own"),
    [
        ("page = custlib.page.open(quarter, data_dir, lang=lang)", False),
        ("page = custlib.page.open(quarter, lang=lang)\nprint(lang)", True),
        ("caption = glossary.term(key, lang)", True),
        ("lang = 1", False),
    ],
)
def test_a_notebook_makes_words_itself_that_uses_the_language_but_to_open_its_page(source, own):
    assert lineage.makes_words([v4.new_code_cell(source)]) == own


def test_two_lists_of_names_in_one_cell_are_both_loaded():
    source = 'a, b = (page.load(name) for name in ("a", "b"))\nc = [page.load(name) for name in ("c",)]'
    assert lineage.loaded([v4.new_code_cell(source)]) == ["a", "b", "c"]
