"""Cases 64 to 66: inputs that change or are no files, and whatever may happen to the machine while a report is made."""

import errno
import multiprocessing
import os
import signal
import time

import pytest

from custlib import reading
from custlib.report import files
from custlib.report.run import ports


def test_64_a_file_that_changes_while_it_is_read(refused, export, row, workbook, monkeypatch):
    real = reading.headers.find

    def find(*arguments):
        with open(workbook / "data" / "raw" / "a.csv", "a") as more:
            more.write("A9")
        return real(*arguments)

    monkeypatch.setattr(reading.headers, "find", find)
    facts = refused("input_changed", {"a.csv": export(row(1))})
    assert facts["file"] == "a.csv"


@pytest.mark.parametrize(
    "make",
    [os.mkdir, getattr(os, "mkfifo", None), lambda path: os.symlink("/dev/null", path)],
    ids=["folder", "pipe", "link"],
)
def test_65_what_is_no_file(refused, workbook, monkeypatch, export, row, make):
    from custlib import cleaning

    folder = workbook / "data" / "raw"
    folder.mkdir(parents=True)
    (folder / "b.csv").write_text(export(row(1)), encoding="utf-8")
    make(folder / "a.csv")
    with pytest.raises(reading.Refused) as refusal:
        cleaning.open_tables("data/raw")
    assert (refusal.value.code, refusal.value.exit_code, refusal.value.facts["file"]) == ("not_a_file", 3, "a.csv")
    assert not (workbook / "data" / "clean").exists()


@pytest.fixture
def published(tmp_path, monkeypatch, unchanged, fakes, custlib):
    """A project with a published report, and a change that asks for another; gives its root and the bytes of the old page."""
    fakes.make_project(tmp_path, n10_a=["1"], n90_c=["3"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ports, "real", fakes.fake_ports)
    assert custlib("run", "2025Q4")[0] == 0
    book = tmp_path / "notebooks" / "90_c.ipynb"
    book.write_text(book.read_text().replace('"3"', '"4"'))
    return tmp_path / "reports" / "2025Q4" / "index.html", (tmp_path / "reports" / "2025Q4" / "index.html").read_bytes()


def no_room(*arguments):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def denied(*arguments):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_66_the_disk_is_full_at_any_step(published, custlib, monkeypatch):
    page, old = published
    perform, left = files.perform, 0

    def failing(operation, path, *arguments):
        nonlocal left
        left -= 1
        return perform(no_room if left == 0 else operation, path, *arguments)

    monkeypatch.setattr(files, "perform", failing)
    pages = []
    for step in range(1, 100):
        left = step
        code, said = custlib("run", "2025Q4")
        pages.append(page.read_bytes())
        if code == 0:
            break
        assert code == 4 and "cannot be written" in said and "Traceback" not in said
    # Every failure but one after the page was replaced left the old one; the run that met no failure brought the new one.
    assert len(pages) > 10 and set(pages) == {old, pages[-1]} and pages[-1] != old
    assert pages == sorted(pages, key=lambda content: content != old)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 of a forked run")
def test_66_killed_at_any_moment(published, custlib, monkeypatch):
    page, old = published
    seen = set()
    for moment in (0.0, 0.02, 0.05, 0.1):
        child = multiprocessing.get_context("fork").Process(target=custlib, args=("run", "2025Q4"))
        child.start()
        time.sleep(moment)
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        assert child.exitcode != 0 or page.read_bytes() != old
        seen.add(page.read_bytes())
    assert custlib("run", "2025Q4")[0] == 0
    assert seen <= {old, page.read_bytes()}


def test_66_a_second_run_at_the_same_time(published, custlib):
    page, old = published
    with files.only_one(page.parents[1]):
        code, said = custlib("run", "2025Q4")
    assert code == 75 and "Another run" in said
    assert page.read_bytes() == old


def test_66_a_target_that_may_not_be_written(published, custlib, monkeypatch):
    (page, old), perform = published, files.perform
    monkeypatch.setattr(files, "perform", lambda operation, path, *arguments: perform(denied, path, *arguments))
    code, said = custlib("run", "2025Q4")
    assert code == 4 and "cannot be written" in said
    assert page.read_bytes() == old
