"""Which notebooks need not be executed. How a run uses it: test_runs.py."""

import copy
import json

import pytest

from custlib.report import files
from custlib.report.archive import manifest
from custlib.report.notebook import notebooks
from custlib.report.run import planning, reuse

SHARED = {"inputs": {"sales.csv": "1"}, "code": "2", "versions": {"pandas": "3"}}


@pytest.fixture
def books(notebook):
    return [notebook("1", stem=stem) for stem in ("10_a", "20_b", "50_c", "90_d")]


def made_of(books, shared=None, **parameters):
    given = {book.stem: parameters.get(f"n{book.stem}", {}) for book in books}
    return SHARED | (shared or {}) | {"parameters": {"notebooks": given}}


def changed(books, *of, **parameters):
    """The notebooks whose keys are not those of `books` without more."""
    before = reuse.keys(books, made_of(books))
    now = reuse.keys(of[0] if of else books, made_of(books, *of[1:], **parameters))
    return [stem for stem in before if before[stem]["key"] != now[stem]["key"]]


def test_a_cell_changes_its_notebook_and_those_of_later_waves(books, notebook):
    for place, expected in enumerate([["10_a", "50_c", "90_d"], ["20_b", "50_c", "90_d"], ["50_c", "90_d"], ["90_d"]]):
        others = [*books[:place], notebook("2", stem=books[place].stem), *books[place + 1 :]]
        assert changed(books, others) == expected


def test_prose_and_the_ids_of_cells_change_none(books):
    node = copy.deepcopy(books[0].node)
    node.cells[0].source, node.cells[-1].id = "# Other words", "other"
    assert changed(books, [notebooks.Notebook("10_a", node, books[0].parameters), *books[1:]]) == []


def test_a_tag_of_a_code_cell_counts_because_one_can_keep_it_from_running(books):
    node = copy.deepcopy(books[3].node)
    node.cells[-1].metadata["tags"] = ["skip-execution"]
    assert changed(books, [*books[:3], notebooks.Notebook("90_d", node, ())]) == ["90_d"]


def test_parameters_count_for_the_notebook_that_has_them(books):
    assert changed(books, n50_c={"ratio": [1, 1, 1]}) == ["50_c", "90_d"]


@pytest.mark.parametrize("part", ["inputs", "code", "versions"])
def test_inputs_code_and_versions_change_all(books, part):
    assert changed(books, books, {part: "other"}) == ["10_a", "20_b", "50_c", "90_d"]


@pytest.fixture
def kept(project):
    """A plan of one notebook, its keys, and the folder of a run that executed it."""
    root = project(n10_a=["1"])
    plan = planning.prepare(planning.Request("2025Q4"))
    keys = reuse.keys(plan.books, made_of(plan.books))
    folder = root / "reports/2025Q4/abc"
    for name in ("10_a.ipynb", "tables/t.csv", "tables/t.parquet"):
        files.make_folder((folder / name).parent)
        files.write(folder / name, name)
    files.write(folder / manifest.TIMES, json.dumps({"seconds": {"10_a": 7.5}}))
    manifest.write(folder, {}, executions=keys)
    return plan, keys, folder


def test_what_a_run_made_of_the_same_key_is_found_with_its_tables_and_time(kept):
    plan, keys, folder = kept
    taken = reuse.found(plan, keys, lambda stem: ["t"])["10_a"]
    assert taken == (folder, ("10_a.ipynb", "tables/t.csv", "tables/t.parquet"), 7.5)


@pytest.mark.parametrize("spoil", ["10_a.ipynb", "tables/t.csv", "tables/t.parquet", "manifest.json"])
def test_files_that_are_gone_or_others_are_not_taken(kept, spoil):
    plan, keys, folder = kept
    (folder / spoil).write_text("{}")
    assert reuse.found(plan, keys, lambda stem: ["t"]) == {}
    (folder / spoil).unlink()
    assert reuse.found(plan, keys, lambda stem: ["t"]) == {}


def test_a_table_that_the_run_did_not_make_and_another_key_are_not_taken(kept):
    plan, keys, _ = kept
    assert reuse.found(plan, keys, lambda stem: ["t", "new"]) == {}
    assert reuse.found(plan, {"10_a": keys["10_a"] | {"key": "other"}}, lambda stem: ["t"]) == {}
