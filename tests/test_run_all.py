"""*Run All Cells*, notebook after notebook as they are: what they show of the sample, and that a report says the same."""

import shutil
from pathlib import Path

import nbformat
import pytest

from custlib.page import outputs
from custlib.report.kernels import client, execution
from custlib.report.notebook import notebooks

FOLDER = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in [*FOLDER.glob("*.ipynb"), *FOLDER.glob("[!.]*/*.ipynb")])
REPORTED = [book.stem for book in notebooks.snapshot(FOLDER) if book.in_the_run]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A project of its own, as after Run All of every notebook, in their order: its folder, and name → notebook."""
    project, nodes = tmp_path_factory.mktemp("project"), {}
    shutil.copytree(FOLDER, project / "notebooks")
    for name in ("pyproject.toml", "data"):
        (project / name).symlink_to(FOLDER.parent / name)
    kernels = execution.Kernels()
    with client.server(cold=False) as server, pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        for name in NAMES:
            path = project / "notebooks" / name
            book = notebooks.Notebook(path.stem, nbformat.read(path, as_version=4), ())
            nodes[name] = execution.execute(book, {}, folder=path.parent, kernels=kernels, server=server)
    return project, nodes


def code_cells(node):
    return [cell for cell in node.cells if cell.cell_type == "code"]


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def found(cell):
    """What a cell found, without its words."""
    return [output.data[outputs.KIND] for output in cell.outputs if outputs.KIND in output.get("data", {})]


def published(reports):
    (folder,) = (path for path in (reports / "2025Q4").iterdir() if path.is_dir())
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_check_cells_print_what_is_kept_of_them(executed, name):
    kept = nbformat.read(FOLDER / name, as_version=4)
    pairs = zip(code_cells(kept), code_cells(executed[1][name]), strict=True)
    checked = [(printed(was), printed(now)) for was, now in pairs if "nbval-check-output" in notebooks.tags(was)]
    assert checked and [now for _, now in checked] == [was for was, _ in checked]


@pytest.mark.parametrize("stem", REPORTED)
def test_the_report_found_the_same_cell_by_cell(executed, reports, stem):
    reported = nbformat.read(published(reports) / f"{stem}.ipynb", as_version=4)
    cells = [cell for cell in code_cells(reported) if "injected-parameters" not in notebooks.tags(cell)]
    for here, there in zip(code_cells(executed[1][f"{stem}.ipynb"]), cells, strict=True):
        assert here.source == there.source and found(here) == found(there), here.source
        assert printed(here) == printed(there), here.source


def test_the_tables_have_the_same_bytes_as_those_of_the_report(executed, reports):
    here, there = executed[0] / "reports/.draft/2025Q4/tables", published(reports) / "tables"
    names = sorted(path.name for path in there.iterdir())
    assert len(names) > 100
    assert [name for name in names if (here / name).read_bytes() != (there / name).read_bytes()] == []
