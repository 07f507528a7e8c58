"""Small notebooks and projects for the tests of runs."""

import contextlib
import copy
import dataclasses
import io
from types import SimpleNamespace

import nbformat
import nbformat.v4 as v4
import pytest
import rich.console

from custlib.report.by_part import reports
from custlib.report.notebook import failures, notebooks, parameters
from custlib.report.run import planning, progress, quarterly
from custlib.report.run.ports import Ports
from custlib.wording.sentences import Context

PARAMETERS = """quarter: str = "2025Q4"  # quarter to report
data_dir: str = "data/raw"  # folder of exports
out_dir: str = ""  # where result tables go
lang: str = "en"  # language of sentences"""


def cells_of(*codes, parameters=PARAMETERS):
    """A title in both languages, the parameters cell, a heading, then one code cell for each text."""
    return [
        v4.new_markdown_cell("# Which customers?", id="title-en", metadata={"tags": ["lang-en"]}),
        v4.new_markdown_cell("# 哪些客户？", id="title-zh", metadata={"tags": ["lang-zh"]}),
        v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        v4.new_markdown_cell("## Classes", id="heading"),
        *[v4.new_code_cell(code, id=f"code-{number}") for number, code in enumerate(codes)],
    ]


@pytest.fixture
def notebook():
    """Makes a `Notebook` of the given code cells."""

    def make(*codes, stem="20_classes", **options):
        node = v4.new_notebook(cells=cells_of(*codes, **options))
        return notebooks.Notebook(stem, node, parameters.declared(node.cells, stem))

    return make


def make_project(root, **books):
    """A project folder with one export and the given notebooks: `n` and stem → code cells."""
    (root / "pyproject.toml").write_text("")
    for folder in ("notebooks", "data/raw", "data/reference"):
        (root / folder).mkdir(parents=True)
    (root / "data/raw/sales.csv").write_text("a,b\n1,2\n")
    for stem, codes in books.items():
        path = root / "notebooks" / f"{stem.removeprefix('n')}.ipynb"
        nbformat.write(v4.new_notebook(cells=cells_of(*codes)), path)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Makes a project (see `make_project`) and goes there."""

    def make(**books):
        make_project(tmp_path, **books)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make


def fake_execute(book, values, *, folder, kernels, lang, cell_seconds, on_cell):
    """Runs no kernel: the n-th cell "prints" its source; a cell that reads `fail` fails."""
    node = copy.deepcopy(book.node)
    node.cells.insert(3, v4.new_code_cell(str(values), metadata={"tags": ["injected-parameters"]}))
    for number, cell in enumerate(c for c in node.cells if c.cell_type == "code"):
        on_cell(number, "Classes")
        cell.execution_count = number + 1
        cell.outputs = [v4.new_output("stream", text=cell.source)] if "injected" not in str(cell.metadata) else []
        if cell.source == "fail":
            raise failures.NotebookFailed(book.stem, "error", "Classes", number, "fail", "ValueError", "secret 138")
    return node


@pytest.fixture
def executing():
    """The fake step that executes a notebook, for a test that listens to it."""
    return fake_execute


def fake_ports(server=None):
    """Ports without data, kernels and templates."""
    clean = SimpleNamespace(
        key="k", counts={"sales": 1}, company="Huajin", currency="CNY", data_from="2023-10-01", data_until="2025-12-31"
    )
    return Ports(
        open_tables=lambda data_dir, said, engine: said(data_dir) or clean,
        check_quarter=lambda clean, quarter, unfinished: None,
        check_given=lambda clean, quarter, given, data_dir: None,
        check_references=lambda data_dir: None,
        check_contracts=lambda clean, data_dir: None,
        check_kernel=lambda: None,
        execute=fake_execute,
        promised=lambda stem: [],
        load=lambda name, out_dir: None,
        shape=lambda name, out_dir: (0, 0),
        fill=lambda node, lang: None,
        context=lambda clean, data_dir: Context(),
        render=lambda node, *, lang, title, links, **rest: f"{title} {lang} {links} {[c.source for c in node.cells]}",
        workbook=lambda shapes, load, **options: b"workbook",
        pdf=lambda page: contextlib.nullcontext(lambda: None),
        render_error=lambda failure, *, lang: failure.describe(lang),
        check_part=lambda clean, part, folder: None,
    )


@pytest.fixture
def ports_of_tests():
    """The fake ports."""
    return fake_ports()


@pytest.fixture
def run(unchanged):
    """Runs a request with the fake ports, some of them replaced by `using`; the log goes nowhere."""

    def go(quarter="2025Q4", using=None, **options):
        watch = progress.Log(rich.console.Console(file=io.StringIO()), "en")
        return quarterly.run(
            planning.Request(quarter, **options), watch, dataclasses.replace(fake_ports(), **(using or {}))
        )

    return go


@pytest.fixture
def run_each(unchanged):
    """Runs a request for each region of the table `found` with the fake ports; returns what `reports.run` does and the log."""

    def go(found, using=None, **options):
        said = io.StringIO()
        watch = progress.Log(rich.console.Console(file=said), "en")
        ports = dataclasses.replace(fake_ports(), **(using or {}))
        request = planning.Request("2025Q4", by="region", **options)
        return *reports.run(request, watch, ports, parts_of=lambda clean, quarter, by: found), said.getvalue()

    return go


@pytest.fixture
def tree():
    """Reads a folder: path → bytes of all files below it; times and locks left out."""

    def read(folder):
        files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("times.json", ".lock"))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    return read
