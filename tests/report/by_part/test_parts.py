"""What the runs of parts share."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from custlib.report.by_part import parts
from custlib.report.notebook import NotebookFailed


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
