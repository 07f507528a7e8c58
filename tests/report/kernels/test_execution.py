"""Notebooks in real kernels: what counts as success, and each way to fail."""

import json
import subprocess
import sys
import threading

import nbformat
import pytest

from custlib.refusals import Refused
from custlib.report.kernels import execution
from custlib.report.notebook import NotebookFailed, executed


def execute(book, folder, kernels=None, **options):
    with execution.quiet():
        kernels = kernels or execution.Kernels()
        return execution.execute(book, {"quarter": "2025Q3"}, folder=folder, kernels=kernels, **options)


def test_a_notebook_runs_with_its_parameters_and_gives_the_same_bytes_twice(notebook, tmp_path):
    seen = []
    book = notebook("print(quarter, {'b', 'a', 'c'})", "import os; print(os.getcwd(), __import__('sys').executable)")
    first = execute(book, tmp_path, on_cell=lambda done, heading: seen.append((done, heading)))
    second = execute(book, tmp_path)
    one, two = (nbformat.writes(executed.publishable(node, {"quarter": "2025Q3"})) for node in (first, second))
    assert one == two and "2025Q3" in one
    assert first.cells[-1].outputs[0].text.split() == [str(tmp_path), sys.executable]
    assert seen[-1] == (3, "Classes")


@pytest.mark.parametrize(
    ("code", "kind", "error"),
    [
        ("a = 1\na / 0\nb = 2", "error", "ZeroDivisionError"),
        ("import os; os.kill(os.getpid(), 9)", "dead kernel", ""),
        ("import sys; sys.exit(0)", "exit", "SystemExit"),
        ("import time; time.sleep(60)", "timeout", ""),
    ],
)
def test_each_way_to_fail_is_told_apart_and_placed(notebook, tmp_path, code, kind, error):
    with pytest.raises(NotebookFailed) as caught:
        execute(notebook(code, "2"), tmp_path, cell_seconds=2)
    failed = caught.value
    assert (failed.kind, failed.error, failed.cell, failed.heading) == (kind, error, 2, "Classes")
    assert failed.line and failed.line in code


def test_a_refusal_within_a_notebook_speaks_the_language_of_the_run(notebook, tmp_path):
    book = notebook("from custlib.refusals import Refused; raise Refused('no_rows', table='sales', why='-')")
    with pytest.raises(NotebookFailed) as caught:
        execute(book, tmp_path, lang="zh")
    assert caught.value.message == Refused("no_rows", table="sales", why="-").line("zh")


def test_ending_all_kernels_from_another_thread_stops_a_long_cell(notebook, tmp_path):
    kernels = execution.Kernels()
    book = notebook("import os; open('pid', 'w').write(str(os.getpid())); import time; time.sleep(60)")

    def end_at_code(done, heading):
        if done == 2:
            threading.Timer(0.5, kernels.end).start()

    with pytest.raises(NotebookFailed) as caught:
        execute(book, tmp_path, kernels, on_cell=end_at_code)
    assert caught.value.kind == "dead kernel"
    pid = (tmp_path / "pid").read_text()
    assert subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True).stdout.strip() in ("", "Z")


def test_another_python_behind_the_kernel_name_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    for argv0, refused in [("python", False), (sys.executable, False), ("/usr/bin/other-python", True)]:
        spec = {"argv": [argv0, "-f", "{connection_file}"], "display_name": "x", "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec))
        if refused:
            with pytest.raises(Refused, match="other-python"):
                execution.check_kernel()
        else:
            execution.check_kernel()
