"""A quarter from nothing, then again: nothing changed, a sentence changed, another quarter. By hand, on a quiet machine:
`python -m pytest -s -p no:xdist -o addopts= tests/benchmarks/test_first_run.py`.

`CUSTLIB_BENCHMARK_CUSTOMERS=2500,5000` takes made companies in place of the sample, one after another, with ten consumers for each
customer and five quarters; the last columns say how much more each takes than the one before.
"""

import os
import shutil
from pathlib import Path

import pytest
from process_trees import measured

ROOT = Path(__file__).parents[2]
CUSTLIB = ("-c", "from custlib.cli import main; main()")
SIZES = [int(size) for size in os.environ.get("CUSTLIB_BENCHMARK_CUSTOMERS", "0").split(",")]


@pytest.fixture
def project(tmp_path):
    """The notebooks and tables that people edit, with nothing cleaned and nothing published."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("notebooks", "data/reference", "data/raw"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def reworded(project):
    """One sentence of the summary's prose is another."""
    path = project / "notebooks/90_quarterly_summary.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"# ', '"# Again: ', 1), encoding="utf-8")


def made(project, customers):
    """Where the exports lie: a company of this size, or for 0 the sample."""
    if customers:
        sizes = ["--customers", customers, "--consumers", customers * 10, "--quarters", 5]
        measured(*CUSTLIB, "sample", project / "company", *sizes, cwd=project)
    return project / "company" if customers else "data/raw"


def test_first_and_later_runs(project):
    print()
    before = None
    for customers in SIZES:
        run = [*CUSTLIB, "run", "2025Q4", "--data", made(project, customers), "--reports", project / f"r{customers}"]
        first = measured(*run, cwd=project)
        growth = f"{first.cpu / before.cpu:5.2f} × CPU {first.wall / before.wall:5.2f} ×" if before else ""
        print(f"{customers or 'sample':>8} first run          {first} {growth}")
        before = first
        print(f"{'':8} nothing changed    {measured(*run, cwd=project)}")
        shutil.rmtree(project / "company", ignore_errors=True)
    if not any(SIZES):
        reworded(project)
        print(f"{'':8} a sentence changed {measured(*run, cwd=project)}")
        run[3] = "2025Q3"
        print(f"{'':8} another quarter    {measured(*run, cwd=project)}")
