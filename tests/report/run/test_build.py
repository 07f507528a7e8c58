"""Notebooks executed for a report."""

import time

import pytest

from custlib.refusals import Refused
from custlib.report.kernels import execution
from custlib.report.notebook import NotebookFailed
from custlib.report.run import build, ports


def test_a_promised_table_that_is_missing_fails_the_notebook_that_makes_it(project, run):
    project(n10_a=["1"], n20_b=["2"])

    def shape(name, out_dir):
        raise ValueError("not Parquet")

    using = {"promised": lambda stem: ["classes"] if stem == "20_b" else [], "shape": shape}
    with pytest.raises(NotebookFailed) as caught:
        run(using=using)
    assert (caught.value.notebook, caught.value.kind, caught.value.error) == ("20_b", "missing table", "classes")


def test_a_full_disk_in_a_kernel_is_no_fault_of_the_notebook(project, run):
    project(n10_a=["1"])

    def execute(book, values, **options):
        raise NotebookFailed(book.stem, "error", error="OSError", message="[Errno 28] No space left on device: 'x'")

    with pytest.raises(Refused, match="No space left") as caught:
        run(using={"execute": execute})
    assert caught.value.exit_code == 4


def test_one_job_and_processes_side_by_side_make_the_same(project, run, monkeypatch, tmp_path, ports_of_tests, tree):
    project(n10_a=["1"], n20_b=["2"])
    monkeypatch.setattr(ports, "real", lambda: ports_of_tests)  # in the other process a build has none
    called = []

    def beside(running, function, work, bare, editions):
        called.append((work, bare.ports, editions[0].lang))
        return [function(work, bare, editions)]

    run(lang="en,zh", jobs=1, reports=tmp_path / "alone", using={"apart": beside})
    assert not called
    run(lang="en,zh", jobs=2, reports=tmp_path / "beside", using={"apart": beside})
    assert {*called} == {(work, None, lang) for work in (build.books, build.pages) for lang in ("en", "zh")}
    assert tree(tmp_path / "beside") == tree(tmp_path / "alone")


def test_what_no_other_process_makes_is_made_here(project, run, tmp_path, tree):
    project(n10_a=["1"], n20_b=["2"])
    run(lang="en,zh", jobs=1, reports=tmp_path / "alone")
    run(lang="en,zh", jobs=2, reports=tmp_path / "failed", using={"apart": lambda *work: None})
    assert tree(tmp_path / "failed") == tree(tmp_path / "alone")


def test_ctrl_c_ends_what_other_processes_make(project, run):
    project(n10_a=["1"], n20_b=["2"])
    asked = []

    def apart(running, *work):
        asked.append(running)
        if len(asked) == 1:
            raise KeyboardInterrupt
        while not running.ended:
            time.sleep(0.01)

    with pytest.raises(KeyboardInterrupt):
        run(lang="en,zh", jobs=2, using={"apart": apart})
    assert all(isinstance(one, execution.Kernels) and one.ended for one in asked)
