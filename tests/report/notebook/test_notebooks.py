"""Notebooks as a run reads them."""

import json

import nbformat
import pytest

from custlib.refusals import Refused
from custlib.report.notebook import notebooks


def test_only_numbered_notebooks_belong_to_the_report(project):
    folder = project(n20_b=["1"], n10_a=["1"], Untitled=["1"]) / "notebooks"
    assert [n.stem for n in notebooks.snapshot(folder)] == ["10_a", "20_b"]


def test_a_folder_without_notebooks_is_refused(project):
    with pytest.raises(Refused) as caught:
        notebooks.snapshot(project() / "notebooks")
    assert caught.value.code == "no_notebook"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"nbformat": 4}', '{"cells": [{}], "nbformat": 4, "nbformat_minor": 5}']
)
def test_a_file_that_is_no_notebook_is_refused(project, text):
    folder = project() / "notebooks"
    (folder / "10_a.ipynb").write_text(text)
    with pytest.raises(Refused) as caught:
        notebooks.snapshot(folder)
    assert caught.value.code == "not_a_notebook"


def test_a_notebook_says_itself_that_a_run_leaves_it_out(notebook):
    book = notebook("1")
    assert book.in_the_run
    book.node.cells[2].metadata["tags"].append("not-in-the-run")
    assert not book.in_the_run


def test_old_notebooks_get_the_same_ids_each_time(project):
    folder = project(n10_a=["1"]) / "notebooks"
    tree = json.loads((folder / "10_a.ipynb").read_text())
    tree["nbformat_minor"] = 4
    for cell in tree["cells"]:
        del cell["id"]
    (folder / "10_a.ipynb").write_text(json.dumps(tree))
    first, second = (notebooks.identity(notebooks.snapshot(folder)[0]) for _ in range(2))
    assert first == second and first[0][0] == "cell-1"


def test_identity_ignores_outputs_and_sees_prose(notebook):
    book = notebook("1")
    before = notebooks.identity(book)
    book.node.cells[4].outputs = [nbformat.v4.new_output("stream", text="1")]
    assert notebooks.identity(book) == before
    book.node.cells[3].source = "## Other"
    assert notebooks.identity(book) != before


def test_headings_are_read_in_the_readers_language(notebook):
    cells = notebook("1").node.cells
    assert (notebooks.title(cells, "en"), notebooks.title(cells, "zh")) == ("Which customers?", "哪些客户？")
    assert notebooks.heading_above(cells, 3, "zh") == "哪些客户？"
    assert notebooks.heading_above(cells, 4, "zh") == "Classes"
    assert notebooks.heading_above(cells, 0, "en") == ""
