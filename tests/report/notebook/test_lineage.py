"""Which result tables stand behind a cell."""

import nbformat.v4 as v4

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
