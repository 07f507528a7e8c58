"""What need not be made again. How a run uses it: test_quarterly.py."""

import copy
import json

import pytest

from custlib.report import files
from custlib.report.archive import manifest
from custlib.report.notebook import notebooks
from custlib.report.run import cache

MADE_OF = {"inputs": {"sales.csv": "1"}, "code": "2", "versions": {"pandas": "3"}, "words": {"glossary.csv": "4"}}
WAITS = {"10_a": (), "20_b": (), "50_c": ("10_a", "20_b"), "90_d": ("50_c",)}


@pytest.fixture
def books(notebook):
    return [notebook("1", stem=stem) for stem in WAITS]


def changed(books, others=None, parts=None, **parameters):
    """The notebooks whose keys are not those of `books` without more."""

    def keys(of, parts, parameters):
        given = {book.stem: parameters.get(f"n{book.stem}", {}) for book in of}
        return cache.keys(of, WAITS, MADE_OF | parts | {"parameters": {"notebooks": given}})

    before, now = keys(books, {}, {}), keys(others or books, parts or {}, parameters)
    return [stem for stem in before if before[stem]["key"] != now[stem]["key"]]


def test_a_cell_changes_its_notebook_and_those_that_wait_for_it(books, notebook):
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


def test_parameters_count_for_the_notebook_that_has_them_but_the_language_only_where_it_makes_words(books, notebook):
    assert changed(books, n50_c={"ratio": [1, 1, 1]}) == ["50_c", "90_d"]
    assert changed(books, n50_c={"lang": "zh"}) == []
    speaking = [notebook("print(lang)", stem=book.stem) for book in books]
    assert changed(speaking, n50_c={"lang": "zh"}) == ["50_c", "90_d"]


@pytest.mark.parametrize("part", ["inputs", "code", "versions"])
def test_inputs_code_and_versions_change_all(books, part):
    assert changed(books, parts={part: {"other": "5"}}) == list(WAITS)


def test_words_change_only_a_notebook_that_makes_words(books, notebook):
    assert changed(books, parts={"words": {"glossary.csv": "5"}}) == []
    others = [*books[:3], notebook("print(lang)", stem="90_d")]
    assert changed(others, parts={"words": {"glossary.csv": "5"}}) == ["90_d"]


@pytest.fixture
def kept(tmp_path):
    """The folder of a run that executed a notebook with the key "k"."""
    names = ("10_a.ipynb", "tables/t.csv", "tables/t.parquet")
    for name in names:
        files.make_folder((tmp_path / name).parent)
        files.write(tmp_path / name, name)
    files.write(tmp_path / manifest.TIMES, json.dumps({"seconds": {"10_a": 7.5}}))
    manifest.write(tmp_path, {}, made={"k": names})
    return tmp_path


def test_what_a_run_made_of_the_same_key_is_found_with_its_tables_and_time(kept):
    taken = cache.Cache([kept]).executed({"10_a": {"key": "k"}, "20_b": {"key": "other"}})
    assert taken == {"10_a": (kept, ("10_a.ipynb", "tables/t.csv", "tables/t.parquet"), 7.5)}


@pytest.mark.parametrize("spoil", ["10_a.ipynb", "tables/t.csv", "tables/t.parquet", "manifest.json"])
def test_files_that_are_gone_or_others_are_not_taken(kept, spoil):
    (kept / spoil).write_text("{}")
    assert cache.Cache([kept]).find("k") is None
    (kept / spoil).unlink()
    assert cache.Cache([kept]).find("k") is None


@pytest.fixture
def page(tmp_path):
    """A run that made one page of [1], and a function that asks for one; `asked` notes whether it was made."""
    first, asked = cache.Cache(), []
    files.write(tmp_path / "20_b.html", first.text("20_b.html", [1], lambda: "Page 1\r\n"))
    manifest.write(tmp_path, {}, made=first.noted)

    def ask(made_of):
        one = cache.Cache([tmp_path])
        return one.text("20_b.html", made_of, lambda: asked.append(1) or "Page 1\r\n"), one.noted, list(asked)

    return tmp_path, first.noted, ask


def test_the_same_page_is_taken_over_byte_for_byte_and_known_to_the_next_run(page):
    _, noted, ask = page
    assert ask([1]) == ("Page 1\r\n", noted, [])


def test_a_page_that_is_made_of_something_else_or_was_changed_is_made_anew(page):
    folder, _, ask = page
    assert ask([2])[2] == [1]
    (folder / "20_b.html").write_text("other")
    assert ask([1])[2] == [1, 1]
    (folder / "20_b.html").unlink()
    assert ask([1])[2] == [1, 1, 1]


def test_runs_come_newest_first(tmp_path):
    for name, ended in (("b", "2026-01-02"), ("a", "2026-01-03"), ("c", "2026-01-01")):
        (tmp_path / name).mkdir()
        (tmp_path / name / manifest.NAME).write_text(json.dumps({"run": name, "made_of": {}, "outputs": {}}))
        (tmp_path / name / manifest.TIMES).write_text(json.dumps({"ended": ended}))
    (tmp_path / "no run").mkdir()
    assert [folder.name for folder in cache.runs(tmp_path)] == ["a", "b", "c"]
