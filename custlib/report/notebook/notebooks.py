"""The notebooks of a report as they were when the run began: cells, headings, parameters, and what identifies them."""

import re
from dataclasses import dataclass

from custlib.refusals import Refused
from custlib.report.notebook import parameters
from custlib.report.notebook.formats import nbformat

NAME = re.compile(r"\d\d_\w+")


@dataclass(frozen=True)
class Notebook:
    """One notebook of the report; `node` is its nbformat tree (4.5, without outputs), not to be changed."""

    stem: str
    node: nbformat.NotebookNode
    parameters: tuple

    @property
    def wave(self):
        """0: runs beside others on the data; 1: needs results of those; 2: the summary of all."""
        number = int(self.stem[:2])
        return (number >= 50) + (number >= 90)


def snapshot(folder):
    """The notebooks of `folder` in the order of their names (two digits, underscore; other files are an analyst's own).

    Each is read once, so that what an analyst changes during the run belongs to the next one.
    Raises Refused: `not_a_notebook`, `no_notebook`, and what `parameters.declared` raises.
    """
    paths = [path for path in sorted(folder.glob("*.ipynb")) if NAME.fullmatch(path.stem)]
    if not paths:
        raise Refused("no_notebook", name=f"{folder.name}/NN_*.ipynb", known="-")
    return tuple(_read(path) for path in paths)


def _read(path):
    try:
        node = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(node, relax_add_props=True)
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, ValueError, AttributeError, KeyError) as error:
        raise Refused("not_a_notebook", file=path.name, reason=type(error).__name__) from error
    node = _with_steady_ids(node)
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return Notebook(path.stem, node, parameters.declared(node.cells, path.stem))


def _with_steady_ids(node):
    """Notebooks older than format 4.5 get ids by position; nbformat would invent random ones."""
    if (node.nbformat, node.nbformat_minor) < (4, 5):
        node.nbformat, node.nbformat_minor = 4, 5
        for number, cell in enumerate(node.cells, 1):
            cell.id = f"cell-{number}"
    return node


def tags(cell):
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def runs(cell):
    """Whether a kernel is asked to run this cell: a code cell that is not blank."""
    return cell.cell_type == "code" and bool(cell.source.strip())


def cells_run(notebook):
    """How many cells a kernel is asked to run of a `Notebook`, that with the parameters included, which papermill adds."""
    return sum(map(runs, notebook.node.cells)) + 1


def identity(notebook):
    """What makes two notebooks the same to a reader, prose included: (id, type, source, tags) of each cell."""
    return [[cell.id, cell.cell_type, cell.source, list(tags(cell))] for cell in notebook.node.cells]


def title(cells, lang):
    """The first heading in the reader's language, or "" if there is none."""
    return next((text for cell in cells for text in _headings(cell, lang)), "")


def heading_above(cells, index, lang):
    """The nearest heading above cell number `index`, in the reader's language, or ""."""
    above = [text for cell in cells[:index] for text in _headings(cell, lang)]
    return above[-1] if above else ""


def _headings(cell, lang):
    other = "lang-zh" if lang == "en" else "lang-en"
    if cell.cell_type != "markdown" or other in tags(cell):
        return []
    return [match[1].strip() for match in re.finditer(r"^#{1,6}\s+(.+)$", cell.source, re.MULTILINE)]
