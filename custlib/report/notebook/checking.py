"""What would trip a notebook in a run or in review, found by reading its file: no kernel, no data, in a moment."""

import ast
import builtins
import json
import re
from dataclasses import dataclass
from typing import NamedTuple

from custlib import codebook, words
from custlib.refusals import Refused
from custlib.report.notebook import parameters

CHECK_TAGS = {"nbval-check-output", "keep_output"}
PATHS = re.compile(
    r"(?<![\w.:/<])(/(?:home|root|work|tmp|Users|mnt|srv|opt|var|data|etc)/[\w./-]*|[A-Za-z]:\\[\w.\\-]+)"
)
STYLE = re.compile(
    r"(?:(?:sns|seaborn)\.set\w*|(?:plt|pyplot|mpl|matplotlib)\.(?:style|rc|rcdefaults|use)|[\w.]*\brcParams)\b"
)
GIVEN_NAMES = set(dir(builtins)) | {"display", "get_ipython", "In", "Out", "_", "__"}


class Finding(NamedTuple):
    """Something to mend: `cell` is the number of the cell from the top, prose included (None: the file as a whole)."""

    file: str
    cell: int | None
    code: str
    found: str = ""

    def line(self, lang):
        """One line that says where, what, and the exact mend."""
        message = words.say("check", self.code, lang, found=self.found, path=f"notebooks/{self.file}")
        place = {"file": self.file, "cell": self.cell} if self.cell else {"file": self.file}
        return words.say("check", "place" if self.cell else "file", lang, message=message, **place)


def check(folder):
    """The `Finding`s in all notebooks of a folder, and how many notebooks were read. Raises Refused (`no_notebook`)."""
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise Refused("no_notebook", name=f"{folder.name}/NN_*.ipynb", known="-")
    return [finding for path in paths for finding in _of_file(path)], len(paths)


def told(findings, count, lang):
    """The lines for the terminal."""
    return [finding.line(lang) for finding in findings] or [words.say("check", "good", lang, count=count)]


def _of_file(path):
    try:
        cells = [_cell(cell) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [Finding(path.name, None, "not_a_notebook", type(error).__name__)]
    found = [(None, *finding) for finding in _parameters(cells)]
    for number, cell in enumerate(cells, 1):
        found += [(number, *finding) for finding in _of_cell(cell)]
    found += [(number, "stale", place) for number, place in _stale(cells)]
    found += [(number, "undeclared", name) for number, name in _undeclared(cells)]
    found += [(number, "unlisted", line) for number, line in _unlisted(cells, path.stem)]
    return [Finding(path.name, *one) for one in sorted(found, key=lambda one: one[0] or 0)]


@dataclass(frozen=True)
class _Cell:
    kind: str
    source: str
    tags: set
    outputs: list
    count: int | None
    tree: object


def _cell(cell):
    source = "".join(cell["source"])
    tags = set(cell.get("metadata", {}).get("tags", []))
    tree = _tree(source) if cell["cell_type"] == "code" else None
    return _Cell(cell["cell_type"], source, tags, cell.get("outputs", []), cell.get("execution_count"), tree)


def _tree(source):
    try:
        return ast.parse(source)
    except SyntaxError as error:
        return f"{error.lineno}: {(error.text or '').strip()}"


def _parameters(cells):
    tagged = [cell for cell in cells if cell.kind == "code" and "parameters" in cell.tags]
    if len(tagged) != 1:
        return [("parameters", str(len(tagged)))]
    lines = [line for line in tagged[0].source.splitlines() if line.strip() and not line.startswith("#")]
    return [("parameter_line", line.strip()) for line in lines if parameters.read_line(line) is None]


def _of_cell(cell):
    found = [("path", match[0]) for match in PATHS.finditer(cell.source)]
    if cell.kind != "code":
        return found
    if isinstance(cell.tree, str):
        return [*found, ("not_python", cell.tree)]
    return found + _outputs(cell) + _of_tree(cell.tree)


def _outputs(cell):
    marked = cell.tags & CHECK_TAGS
    if len(marked) == 1:
        return [("half_tagged", *(CHECK_TAGS - marked))]
    if not marked:
        return [("outputs", "")] if cell.outputs else []
    return [] if cell.outputs and isinstance(cell.count, int) else [("no_outputs", "")]


def _stale(cells):
    """(number of the cell, how it shows) of outputs that are not those of Run all: In [n] is not the n-th cell that runs."""
    running = [(number, cell) for number, cell in enumerate(cells, 1) if cell.kind == "code" and cell.source.strip()]
    return [
        (number, f"In [{cell.count}] ≠ {place}")
        for place, (number, cell) in enumerate(running, 1)
        if cell.tags >= CHECK_TAGS and cell.outputs and cell.count not in (None, place)
    ]


def _of_tree(tree):
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append(("function", node.name))
        elif isinstance(node, ast.Lambda):
            found.append(("function", "lambda"))
        elif isinstance(node, ast.Attribute | ast.Name) and STYLE.fullmatch(ast.unparse(node)):
            found.append(("style", ast.unparse(node)))
    return found


def _undeclared(cells):
    """(number of the cell, name) of names that are read, but set in no cell: what a lost line of the parameters cell leaves."""
    trees = [(number, cell.tree) for number, cell in enumerate(cells, 1) if isinstance(cell.tree, ast.Module)]
    known = GIVEN_NAMES.union(*(_set_names(tree) for _, tree in trees))
    found = {}
    for number, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known:
                found.setdefault(node.id, number)
    return [(number, name) for name, number in found.items()]


def _unlisted(cells, stem):
    """(number of the cell, line to add) of result tables and columns that it saves or shows and the codebook does not list."""
    lacking = {}
    for number, cell in enumerate(cells, 1):
        for node in ast.walk(cell.tree) if isinstance(cell.tree, ast.Module) else ():
            for table, column in _named(node):
                listed = codebook.columns(table)
                if not listed or (column and not set(codebook.in_languages(table, column)) <= set(listed)):
                    lacking.setdefault(codebook.line_to_add(table, column or "its_column", stem), number)
    return [(number, line) for line, number in lacking.items()]


def _named(node):
    """(table, column) that a call such as `page.table("name", ["column", …])` names, column "" for the table itself."""
    if not (isinstance(node, ast.Call) and re.fullmatch(r"page\.(save|table)", ast.unparse(node.func))):
        return []
    table, *more = [_literal(argument) for argument in node.args]
    columns = more[0] if more and isinstance(more[0], list) else []
    return [(table, column) for column in ["", *columns]] if isinstance(table, str) else []


def _literal(node):
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _set_names(tree):
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name) | ast.ExceptHandler(name=name):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add((other or name).split(".")[0])
    return names
