"""Cleaning beside a plain pandas script that does the same work but accounts for nothing: seconds and memory of whole processes.

By hand: `python -m pytest -n 0 tests/benchmarks/test_cleaning_speed.py -s`; read the ratios of one run. Ten million lines need two
gigabytes of disk and a quarter of an hour; `CUSTLIB_BENCHMARK_LINES=50000000` writes fifty million lines of CSV, for which pandas has
no room and is left out.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest
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


def measured(*command):
    """(seconds, gigabytes at the peak, what it printed) of a process."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *map(str, command)], stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read().strip()
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return time.perf_counter() - begun, used.ru_maxrss / 2**20, printed


@pytest.mark.parametrize("kind", ["csv", "parquet"][: 2 if LINES <= PANDAS_UP_TO else 1])
def test_cleaning_beside_pandas(project, kind):
    target = export(project, kind)
    seconds, memory, printed = measured(HERE / "with_custlib.py", project)
    print(f"\n{LINES:,} lines of {kind}, custlib: {seconds:.1f} s, {memory:.2f} GB; {printed}")
    if LINES <= PANDAS_UP_TO:
        theirs, their_memory, printed = measured(HERE / "plain_pandas.py", target)
        print(f"{LINES:,} lines of {kind}, pandas: {theirs:.1f} s, {their_memory:.2f} GB; {printed}")
        print(f"pandas needs {theirs / seconds:.1f} times as long and {their_memory / memory:.1f} times the memory")
