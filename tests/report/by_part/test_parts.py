"""Names of folders, and what the runs of parts share."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.report.by_part import parts
from custlib.report.notebook import NotebookFailed


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


@pytest.fixture
def stopping(monkeypatch):
    """Makes a `parts.Stopping` over a function that executes."""
    monkeypatch.setattr(parts, "replace", lambda steps, **changes: SimpleNamespace(**changes))
    others = dict.fromkeys(("fill", "load", "render", "workbook"), lambda: "done")
    return lambda execute: parts.Stopping(SimpleNamespace(execute=execute, **others))


def test_after_the_end_all_kernels_are_ended_and_nothing_counts_as_a_failure(stopping):
    began, ended = threading.Event(), threading.Event()

    def execute(book, values, *, kernels):
        began.set()
        assert ended.wait(5)
        raise NotebookFailed(book.stem, "dead kernel")

    one = stopping(execute)
    book = SimpleNamespace(stem="20_b")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(one.ports.execute, book, {}, kernels=SimpleNamespace(end=ended.set))
        assert began.wait(5)
        one.end()
        with pytest.raises(KeyboardInterrupt):
            running.result()
    with pytest.raises(KeyboardInterrupt):
        one.ports.execute(book, {}, kernels=SimpleNamespace(end=None))
    with pytest.raises(KeyboardInterrupt):
        one.ports.workbook()


def test_a_failure_before_the_end_is_a_failure(stopping):
    def execute(book, values, *, kernels):
        raise NotebookFailed(book.stem, "dead kernel")

    with pytest.raises(NotebookFailed):
        stopping(execute).ports.execute(SimpleNamespace(stem="20_b"), {}, kernels=None)


def test_the_line_of_a_part_counts_the_cells_of_its_notebooks_side_by_side():
    said = []
    one = parts.Progress(SimpleNamespace(cell=lambda *told: said.append(told)), "华东")
    for stem, done in [("20_a", 0), ("40_b", 0), ("20_a", 5), ("40_b", 2)]:
        one.cell(stem, done, "Classes")
    assert said == [("华东", 0, "Classes"), ("华东", 0, "Classes"), ("华东", 5, "Classes"), ("华东", 7, "Classes")]
