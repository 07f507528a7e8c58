"""The notebooks of a report as they were when the run began: cells, headings, parameters, and what identifies them."""

import re
from dataclasses import dataclass

from custlib.refusals import Refused
from custlib.report.notebook import parameters
from custlib.report.notebook.formats import nbformat

NAME = re.compile(r"\d\d_\w+")
# Tags of the parameters cell: only `--only` or `--with` executes such a notebook; it speaks of people, by their ids
LEFT_OUT, PEOPLE = "not-in-the-run", "people"


@dataclass(frozen=True)
class Notebook:
    """One notebook of the report; `node` is its nbformat tree (4.5, without outputs), not to be changed."""

    stem: str
    node: nbformat.NotebookNode
    parameters: tuple

    @property
    def in_the_run(self):
        """Whether the quarterly run executes it."""
        return not self._tagged(LEFT_OUT)

    @property
    def of_people(self):
        """Whether it speaks of people, so that all it makes goes to a folder of its own."""
        return self._tagged(PEOPLE)

    def _tagged(self, tag):
        return any(tag in tags(cell) for cell in self.node.cells if "parameters" in tags(cell))


def snapshot(folder, name=NAME):
    """The notebooks of `folder` in the order of their names (default: two digits, underscore; other files are an
    analyst's own).

    Each is read once, so that what an analyst changes during the run belongs to the next one.
    Raises Refused: `not_a_notebook`, `no_notebook`, and what `parameters.declared` raises.
    """
    paths = [path for path in sorted(folder.glob("*.ipynb")) if name.fullmatch(path.stem)]
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
    for cell in code(node):
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


def is_for(cell, lang):
    """Whether a reader in this language sees a cell: it is tagged `lang-…` for no language, or for this one."""
    languages = [tag for tag in tags(cell) if tag.startswith("lang-")]
    return not languages or f"lang-{lang}" in languages


def code(node):
    """The code cells of a notebook."""
    return [cell for cell in node.cells if cell.cell_type == "code"]


def runs(cell):
    """Whether a kernel is asked to run this cell: a code cell that is not blank."""
    return cell.cell_type == "code" and bool(cell.source.strip())


def cells_run(notebook):
    """How many cells of a `Notebook` a kernel runs, that with the parameters included, which papermill adds."""
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
    if cell.cell_type != "markdown" or not is_for(cell, lang):
        return []
    return [match[1].strip() for match in re.finditer(r"^#{1,6}\s+(.+)$", cell.source, re.MULTILINE)]
