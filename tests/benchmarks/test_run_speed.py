"""A quarter and forty executions of one notebook, each way. By hand: `python -m pytest -s -p no:xdist -o addopts= tests/benchmarks/test_run_speed.py`.

The exports are cleaned before anything is timed. The plain way is the papermill command, once per notebook.
"""

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from custlib.report.kernels import client, execution
from custlib.report.notebook import notebooks

ROOT = Path(__file__).parents[2]
STEMS = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))]
SHORT = "90_quarterly_summary"
CUSTLIB = "from custlib.cli import main; main()"


def call(*command):
    subprocess.run([sys.executable, *command], check=True, cwd=ROOT, capture_output=True)


def papermill(stem, folder, name):
    parameters = ["-p", "quarter", "2025Q4", "-p", "out_dir", str(folder)]
    call("-m", "papermill", f"notebooks/{stem}.ipynb", str(folder / f"{name}.ipynb"), *parameters, "--no-progress-bar")


def timed(label, work):
    start = time.perf_counter()
    work()
    print(f"{label:34} {time.perf_counter() - start:6.1f} s")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """A folder that holds the result tables of all notebooks; making them cleans the exports."""
    folder = tmp_path_factory.mktemp("tables")
    for stem in STEMS:
        papermill(stem, folder, stem)
    return folder


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_quarter(tables, tmp_path, number):
    print()
    timed("papermill command, one by one", lambda: [papermill(stem, tmp_path, stem) for stem in STEMS])
    for label, options in {"cold": ["--cold"], "warm": []}.items():
        reports = ["--reports", str(tmp_path / label)]
        timed(f"custlib run, {label}", lambda: call("-c", CUSTLIB, "run", "2025Q4", *reports, *options))  # noqa: B023


def as_functions(book, values):
    """The cells of a notebook in this process, once for each of the parameters, results formatted as a kernel would."""
    shell = InteractiveShell.instance()
    shell.display_formatter.active_types = shell.display_formatter.format_types
    for own in values:
        shell.reset()
        with capture_output():
            for cell in filter(notebooks.runs, book.node.cells):
                shell.run_cell(cell.source).raise_error()
                if "parameters" in notebooks.tags(cell):
                    shell.push(own)


def test_forty_executions_of_one_notebook(tables, tmp_path, monkeypatch):
    print()
    timed("papermill command, 40 times", lambda: [papermill(SHORT, tables, f"plain-{n}") for n in range(40)])
    (book,) = (one for one in notebooks.snapshot(ROOT / "notebooks") if one.stem == SHORT)
    monkeypatch.chdir(ROOT)
    folders = [shutil.copytree(tables, tmp_path / str(number)) for number in range(40)]  # two never write to one
    values = [{"quarter": "2025Q4", "out_dir": str(folder)} for folder in folders]
    timed("its cells in this process, 40 times", lambda: as_functions(book, values))
    for label, cold in {"two cold kernels at once": True, "two warm kernels at once": False}.items():
        with execution.quiet(), client.server(cold) as server, ThreadPoolExecutor(2) as pool:

            def one(number):
                place = {"folder": ROOT / "notebooks", "kernels": execution.Kernels(), "server": server}  # noqa: B023
                return execution.execute(book, values[number], **place)

            timed(label, lambda: list(pool.map(one, range(40))))  # noqa: B023
