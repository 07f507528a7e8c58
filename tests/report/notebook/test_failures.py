"""What a failed notebook says."""

import pytest
from nbformat import v4

from custlib.report.notebook import failures

KINDS = ["error", "dead kernel", "timeout", "exit", "not run", "missing table", "rendering"]


def reply(trace):
    return v4.new_output("error", ename="ValueError", evalue="customer 138", traceback=[trace])


def test_the_line_is_the_last_of_the_analysts_code_not_of_the_library(notebook):
    cells = notebook("a = 1\nb = f(a)\nc = 2").node.cells
    cells[4].execution_count = 3
    trace = "\x1b[31mCell\x1b[39m In[1], line 1\nCell In[3], line 2\nFile library.py:7"
    failed = failures.at_cell("20_classes", cells, 4, "error", "en", reply(trace))
    assert (failed.line, failed.cell, failed.heading) == ("b = f(a)", 2, "Classes")


def test_without_a_traceback_the_line_is_the_cells_last_line_of_code(notebook):
    cells = notebook("a = 1\nb = 2\n# end").node.cells
    assert failures.at_cell("20_classes", cells, 4, "timeout", "en").line == "b = 2"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_line_for_the_reader_names_the_place_but_never_the_message(notebook, kind, lang):
    failed = failures.at_cell("20_classes", notebook("f()").node.cells, 4, kind, lang, reply("x"))
    line = failed.describe(lang)
    assert "20_classes" in line and "Classes" in line and "f()" in line and "138" not in line


def test_a_failure_without_a_cell_names_the_notebook():
    failed = failures.NotebookFailed("20_classes", "missing table", error="classes")
    assert str(failed) == "20_classes: the result table “classes” was promised, but is missing or cannot be read"
    assert failed.command == "jupyter lab notebooks/20_classes.ipynb"
