"""First cleaning, the folder of clean tables empty, beside scripts in pandas and polars that do the same work but account for nothing.

By hand: `python -m pytest -s -p no:xdist -o addopts= tests/benchmarks/test_cleaning_speed.py` prints a table: of each whole tree of processes the CPU
seconds (of user and system, children included), the wall clock and the most memory at once. Read the ratios of one run.
Ten million lines need two gigabytes of disk and a quarter of an hour; `CUSTLIB_BENCHMARK_LINES=1000000` sets another number; for
50,000,000 pandas has no room and is left out. polars is no part of the locks: `pip install polars` into an environment of your own;
without it the table says so.
"""

import importlib.util
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from process_trees import measured
from pyarrow import csv, parquet

HERE = Path(__file__).parent
LINES = int(os.environ.get("CUSTLIB_BENCHMARK_LINES", 10_000_000))
# Beyond this pandas needs more memory than most machines have.
PANDAS_UP_TO = 20_000_000


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project whose data/raw holds dirty sales; the CSV lies beside it."""
    root = tmp_path_factory.mktemp("speed")
    (root / "notebooks").mkdir()
    (root / "pyproject.toml").touch()
    (root / "data" / "raw").mkdir(parents=True)
    shutil.copytree(HERE.parents[1] / "data" / "reference", root / "data" / "reference")
    (root / "data" / "raw" / "sources.toml").write_text('[[source]]\nfiles = "*"\ntax = "excluded"\n')
    measured(HERE / "dirty_sales.py", LINES, root / "sales.csv")
    return root


def export(project, kind):
    """The one export in data/raw, as CSV or Parquet."""
    for old in (project / "data" / "raw").glob("sales.*"):
        old.unlink()
    target = project / "data" / "raw" / f"sales.{kind}"
    if kind == "csv":
        os.link(project / "sales.csv", target)
    else:
        with (project / "sales.csv").open(encoding="utf-8") as lines:
            names = next(lines).strip().split(",")
        texts = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
        parquet.write_table(csv.read_csv(project / "sales.csv", convert_options=texts), target)
    return target


@pytest.mark.parametrize("kind", ["csv", "parquet"][: 2 if LINES <= PANDAS_UP_TO else 1])
def test_first_cleaning_beside_pandas_and_polars(project, kind):
    target = export(project, kind)
    shutil.rmtree(project / "data" / "clean", ignore_errors=True)
    print(f"\n{LINES:,} lines of {kind}, load {os.getloadavg()[0]:.1f}; what each printed: clean rows, sums, net sales")
    row("custlib", HERE / "with_custlib.py", project)
    if LINES <= PANDAS_UP_TO:
        row("pandas", HERE / "plain_pandas.py", target)
    if importlib.util.find_spec("polars"):
        row("polars", HERE / "plain_polars.py", target)
    else:
        print("polars    is not installed")


def row(name, *command):
    """Measure a command and print it as a row of the table."""
    cost = measured(*command)
    print(f"{name:8} {cost}  {cost.printed}")
    assert cost.printed
