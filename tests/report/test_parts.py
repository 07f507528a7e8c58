"""Names of folders, and what parts of a company share."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.report import parts
from custlib.report.failures import NotebookFailed


def test_a_plain_name_is_kept_and_any_other_gets_a_mark_of_its_own():
    names = parts.folder_names(["华东", "North East", "", "a/b", "a:b", "..", "CON", "2025Q4", "west", "West", "Ltd."])
    assert (names["华东"], names["North East"], names[""]) == ("华东", "North East", "~not-known")
    # the marks are the first eight hex digits of `printf 'a/b' | sha256sum`, and so on
    assert (names["a/b"], names["a:b"], names[".."]) == ("a b~c14cddc0", "a b~6783a31e", "~5ec1f7e7")
    assert all(
        names[value].startswith(f"{value.removesuffix('.')}~") for value in ("CON", "2025Q4", "west", "West", "Ltd.")
    )


@given(st.sets(st.text(max_size=60), max_size=8))
def test_two_parts_never_share_a_folder_and_no_name_can_leave_its_place(values):
    names = parts.folder_names(values)
    assert len({name.casefold() for name in names.values()}) == len(values)
    for name in names.values():
        assert name and name.strip(" .") == name and not set(name) & set('/\\:*?"<>|\0\n') and len(name.encode()) < 255
    assert parts.folder_names(sorted(values, reverse=True)) == names


class Steps(SimpleNamespace):
    """Stands in for `steps.Steps` where only two steps matter."""


@pytest.fixture
def once(monkeypatch, tmp_path):
    """Makes a `parts.Once` over an execution that writes a table; says which notebooks ran."""
    monkeypatch.setattr(parts, "replace", lambda steps, **changes: SimpleNamespace(**changes))
    ran = []

    def execute(book, values, *, kernels):
        ran.append(book.stem)
        (tmp_path / values["out_dir"] / "tables/t.csv").write_text("1")
        return [book.stem]

    books = [SimpleNamespace(stem="10_a"), SimpleNamespace(stem="20_b")]
    for name in ("one", "two"):
        (tmp_path / name / "tables").mkdir(parents=True)
    return parts.Once(Steps(execute=execute, promised=lambda stem: ["t"]), books, None), books, ran


def test_a_notebook_without_part_runs_once_and_every_part_gets_its_tables(once, tmp_path):
    once, (shared, own), ran = once

    def both(name):
        values = {"out_dir": str(tmp_path / name)}
        first = once.execute(shared, values, kernels=None)
        once.execute(own, values | {"part": name}, kernels=None)
        return first

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(both, ["one", "two"])
    assert sorted(ran) == ["10_a", "20_b", "20_b"]
    assert one == two == ["10_a"] and one is not two
    assert (tmp_path / "two/tables/t.csv").read_text() == (tmp_path / "one/tables/t.csv").read_text() == "1"


def test_after_the_end_all_kernels_are_ended_and_nothing_counts_as_a_failure(monkeypatch):
    monkeypatch.setattr(parts, "replace", lambda steps, **changes: None)
    began, ended = threading.Event(), threading.Event()

    def execute(book, values, *, kernels):
        began.set()
        assert ended.wait(5)
        raise NotebookFailed(book.stem, "dead kernel")

    once = parts.Once(Steps(execute=execute, promised=None), [], None)
    book, values = SimpleNamespace(stem="20_b"), {"part": "x"}
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(once.execute, book, values, kernels=SimpleNamespace(end=ended.set))
        assert began.wait(5)
        once.end()
        with pytest.raises(KeyboardInterrupt):
            running.result()
    with pytest.raises(KeyboardInterrupt):
        once.execute(book, values, kernels=SimpleNamespace(end=None))
