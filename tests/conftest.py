"""A small project to clean exports in, for the tests of every room; and the promises of cleaning, checked by code that shares
nothing with `reading` and `cleaning`: Python's csv, openpyxl, Decimal."""

import contextlib
import csv
import datetime
import functools
import gc
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import unicodedata
from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from custlib import cleaning, cli, sample, schema
from custlib.reading import child, sheet_rows
from custlib.report.archive import manifest

ROOT = Path(__file__).parents[1]
CENT = Decimal("0.01")

# The same examples in every run, however busy the machine. To look for others: HYPOTHESIS_PROFILE=default.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, max_examples=40)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


# Files that make whole reports or execute many notebooks. They begin first: else, having few tests, they come last, and one
# worker is left with them while the other has nothing to do.
LONGEST = [
    "notebooks",
    *(f"tests/test_{name}.py" for name in ("end_to_end", "languages", "run_all", "promises", "part_safety", "spark")),
    "tests/report/run/test_refused.py",
    *(f"tests/test_{name}.py" for name in ("people", "advice", "completejourney")),
]


def pytest_collection_finish():
    """What was imported and collected stays to the end: looking through it for garbage again and again takes a tenth of a run."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Test files run side by side, the notebooks one after the other: 90 reads what 10 and 20 wrote."""
    from xdist.scheduler import LoadFileScheduling

    class NotebooksInOrder(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return "notebooks" if nodeid.startswith("notebooks/") else super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # by `pytest_collection_modifyitems`, not by the number of tests
    return NotebooksInOrder(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(config, items):
    if hasattr(config, "workerinput"):
        items.sort(
            key=lambda item: next(
                (at for at, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST)
            )
        )


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Makes a folder once for all workers: its name, and what writes into it when nobody has done so yet."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name, make):
        with FileLock(base / f"{name}.lock"):
            if not (base / name).exists():
                draft = tmp_path_factory.mktemp(name)
                make(draft)
                draft.rename(base / name)
        return base / name

    return folder


@pytest.fixture(scope="session")
def sample_clean():
    """The clean tables of the sample, where notebooks and runs keep them too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return cleaning.open_tables("data/raw")


@pytest.fixture(scope="session")
def truth():
    """What is true of the sample."""
    return sample.truth()


@pytest.fixture(scope="session")
def small_company(made_once):
    """The exports of a company of forty customers and 300 consumers, of nine quarters. Only to be read."""
    return made_once(
        "small_company", lambda folder: sample.write(folder, customers=40, consumers=300, quarters=9, seed=1)
    )


@pytest.fixture(scope="session")
def reports(made_once):
    """The folder of reports with that of the sample in both languages. Only to be read."""

    def run(folder):
        command = [sys.executable, "-c", "from custlib.cli import main; main()", "run", "2025Q4", "--lang", "en,zh"]
        command += ["--reports", str(folder)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
        assert ended.returncode == 0, ended.stderr

    return made_once("reports", run)


@pytest.fixture
def in_this_process(monkeypatch):
    """Excel files are read here: the process of its own that `tests/reading/test_child.py` is about takes a fifth of a second."""

    def ask(path, file, sheet=None):
        facts, *batches = sheet_rows.tell(path, file, sheet)
        return facts, iter(batches)

    monkeypatch.setattr(child, "ask", ask)


LOOKED_UP = {name: functools.cache(getattr(manifest, name)) for name in ("_package", "versions")}


@pytest.fixture
def unchanged(monkeypatch):
    """The code counts as unchanged, so that a developer may save a file while the tests run; words and packages are looked up once.
    No process begins to import what kernels need: no kernel is asked for."""
    monkeypatch.setattr(manifest, "code", lambda: "code")
    monkeypatch.setattr("custlib.report.kernels.client.server", lambda *given: contextlib.nullcontext())
    for name, looked_up in LOOKED_UP.items():
        monkeypatch.setattr(manifest, name, looked_up)


@pytest.fixture
def in_the_project(monkeypatch):
    """The test runs where `custlib` and the sample lie."""
    monkeypatch.chdir(ROOT)


@pytest.fixture
def called(monkeypatch, capsys):
    """Calls the command line in this process, a new one takes three seconds: arguments → exit code, standard output and error."""
    before = signal.getsignal(signal.SIGTERM)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["custlib", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return (ended.value.code, *capsys.readouterr())

    yield call
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def workbook(tmp_path, monkeypatch, in_this_process):
    """An empty project with the reference tables of the real one; the test runs in it."""
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cleaned(workbook):
    """Makes a folder of exports (file name → text or bytes; `declared`: text of sources.toml) and gives its clean tables."""

    def make(files, declared=""):
        folder = workbook / "data" / "raw"
        write(folder, files, declared)
        return cleaning.open_tables("data/raw")

    return make


@pytest.fixture(scope="session")
def kept_clean(tmp_path_factory):
    """Where clean tables are kept under the hash of all that decides them."""
    return tmp_path_factory.mktemp("clean")


@pytest.fixture
def cleaned_once(cleaned, workbook, kept_clean):
    """As `cleaned`, for tests of what clean tables are read for: the same exports are cleaned once for all of these."""
    (workbook / "data" / "clean").symlink_to(kept_clean)
    return cleaned


@pytest.fixture
def cleaned_apart(cleaned_once, workbook):
    """As `cleaned_once`, each file by itself, for tables that hang together by nothing but ids: the same file is cleaned once."""

    def make(files, declared=""):
        if declared:
            return cleaned_once(files, declared)
        parts = [cleaned_once({name: files[name]}) for name in sorted(files)]
        write(workbook / "data" / "raw", files)
        return together(parts, workbook / "data" / f"clean-{'-'.join(part.key for part in parts)}")

    return make


def together(parts, folder):
    """Clean tables of several folders of exports as those of one."""
    folder.mkdir(exist_ok=True)
    for name in {path.name for part in parts for path in part.folder.glob("*.parquet")}:
        tables = [pq.read_table(part.folder / name) for part in parts if (part.folder / name).is_file()]
        pq.write_table(pa.concat_tables(tables, promote_options="default"), folder / name)
    counts = {name: sum(part.counts.get(name, 0) for part in parts) for part in parts for name in part.counts}
    first, last = ([day for part in parts if (day := getattr(part, end))] for end in ("data_from", "data_until"))
    period = {"data_from": min(first, default=None), "data_until": max(last, default=None)}
    inputs, taxes = ({k: v for part in parts for k, v in getattr(part, of).items()} for of in ("inputs", "taxes"))
    return replace(parts[0], folder=folder, key=folder.name, counts=counts, inputs=inputs, taxes=taxes, **period)


def write(folder, files, declared=""):
    """Write exports and, if anything is declared, sources.toml into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    if declared:
        (folder / "sources.toml").write_text(declared, encoding="utf-8")


@pytest.fixture
def rows_of():
    """The rows of one clean table or ledger as dicts, in the order of the file."""
    return lambda clean, name: clean.table(name).to_pyarrow().to_pylist()


@pytest.fixture
def reasons(rows_of):
    """(file, line, reason) of every line that was set aside."""

    def of(clean):
        return [
            (row["file"], row["line"], row["reason"])
            for row in rows_of(clean, "lines")
            if row["class"] == "quarantined"
        ]

    return of


@pytest.fixture(scope="session")
def promises():
    """Checks of a folder of exports and its clean tables: `lines`, `raw_cells`, `money`; and `raw_rows`, what they look at."""
    return SimpleNamespace(lines=check_lines, raw_cells=check_raw_cells, money=check_money, raw_rows=raw_rows)


def physical_lines(path, told):
    """The lines of a text file with their ends, the rows of one sheet of a workbook as lists of text.

    told: the file's line of the ledger `files`: which sheet was read, which encoding was seen.
    """
    if path.parent.suffix == ".xlsx":  # one of several sheets
        path = path.parent
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path, data_only=True)[told["sheet"]]
        return [[cell_text(cell) for cell in row] for row in sheet.rows]
    text = path.read_bytes().decode(told["encoding"], "surrogateescape").removeprefix("\ufeff")
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)


def cell_text(cell):
    value = cell.value
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time(0) else str(value)
    if isinstance(value, int | float) and set(cell.number_format) == {"0"} and len(cell.number_format) > 1:
        return f"{int(value):0{len(cell.number_format)}d}"
    return "" if value is None else str(int(value) if isinstance(value, float) and value.is_integer() else value)


def check_lines(folder, clean):
    """Every physical line of every file that was read is in the ledger exactly once."""
    spans, files = defaultdict(list), files_of(clean)
    for row in clean.table("lines").order_by("file", "line").to_pyarrow().to_pylist():
        spans[row["file"]] += range(row["line"], row["line"] + row["lines"])
    read = set(clean.inputs) - set(clean.not_read)
    assert {file if file in read else file.rpartition("/")[0] for file in files} == read
    for file, told in files.items():
        assert spans[file] == list(range(1, len(physical_lines(folder / file, told)) + 1)), file


def files_of(clean):
    return {row["file"]: row for row in clean.table("files").to_pyarrow().to_pylist()}


def raw_rows(folder, clean):
    """(file, line) → {column: raw text} of every line that is clean or was set aside after reading, parsed independently."""
    lines = clean.table("lines").order_by("file", "line").to_pyarrow().to_pylist()
    unread = {(row["file"], row["line"]) for row in clean.table("broken").to_pyarrow().to_pylist()}
    files = files_of(clean)
    physical = {file: physical_lines(folder / file, told) for file, told in files.items()}
    delimiters = {file: delimiter(physical[file], row["columns"]) for file, row in files.items()}
    rows = {}
    for row in lines:
        place = file, line = row["file"], row["line"]
        if row["class"] in ("clean", "quarantined") and place not in unread:
            own = physical[file][line - 1 : line - 1 + row["lines"]]
            rows[place] = dict(zip(files[file]["columns"], parsed(own, delimiters[file]), strict=False))
    return rows


def delimiter(lines, columns):
    """The one that cuts some line into as many cells as there are columns."""
    text = [line for line in lines if isinstance(line, str)]
    return next((one for one in ",\t;|" if any(line.count(one) == len(columns) - 1 for line in text)), ",")


def parsed(own, delimiter=","):
    if isinstance(own[0], list):
        return own[0]
    return next(csv.reader(io.StringIO("".join(own), newline=""), strict=True, delimiter=delimiter))


def check_raw_cells(folder, clean):
    """Clean values plus the change log give back every raw cell of the rows that stayed, to the character."""
    raw = raw_rows(folder, clean)
    changes = {
        (row["file"], row["line"], row["column"]): row["raw"] for row in clean.table("changes").to_pyarrow().to_pylist()
    }
    stayed = 0
    # A list that sales carry has no lines of its own.
    for name in {row["table"] for row in clean.table("files").to_pyarrow().to_pylist()}:
        table = schema.TABLES[name]
        for row in clean.table(name).to_pyarrow().to_pylist():
            place = row["file"], row["line"]
            for column, text in raw[place].items():
                rebuilt = changes.get((*place, column), shown(table, column, row[column]))
                assert rebuilt == text, (place, column)
            stayed += 1
    assert stayed == sum(row["class"] == "clean" for row in clean.table("lines").to_pyarrow().to_pylist())


def shown(table, column, value):
    """A clean value in its own form."""
    kind = {one.name: one.kind for one in table.columns}.get(column, "text")
    if value is None:
        return ""
    return f"{value.normalize():f}" if kind in ("number", "price", "ratio") else str(value)


def amount(text, unit):
    """The exact amount in yuan that a text says, or None."""
    text = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").strip(" ¥")
    wan = re.fullmatch(r"(.*)万", text)
    text, unit = (wan[1], 10_000) if wan else (text, unit)
    text = re.sub(r"^\((.*)\)$|^(.*)-$", r"-\1\2", text)
    return Decimal(text) * unit if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def check_money(folder, clean, units):
    """Money by file and column: exact sum in = clean + set aside; units: (file, column) → yuan a unit."""
    came, stayed = defaultdict(Decimal), defaultdict(Decimal)
    reasons = {(row["file"], row["line"]): row["reason"] for row in clean.table("lines").to_pyarrow().to_pylist()}
    for place, cells in raw_rows(folder, clean).items():
        for column, text in cells.items():
            exact = amount(text, units[place[0], column]) if (place[0], column) in units else None
            came[place[0], column] += exact or 0
            if not reasons[place]:
                stayed[place[0], column] += (exact or Decimal(0)).quantize(CENT, ROUND_HALF_UP)
    told = defaultdict(lambda: [Decimal(0)] * 4)
    for row in clean.table("controls").to_pyarrow().to_pylist():
        sums = [row[name] or 0 for name in ("amount_in", "amount_clean", "amount_quarantined", "rounding")]
        told[row["file"], row["column"]] = [a + b for a, b in zip(told[row["file"], row["column"]], sums, strict=True)]
    for place in units:
        money_in, money_clean, money_aside, rounding = told[place]
        assert money_in == came[place] == money_clean - rounding + money_aside, place
        assert money_clean == stayed[place], place
