"""What would trip a notebook in a run or in review, found by reading its file: no kernel, no data, in a moment."""

import ast
import builtins
import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError

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
ALWAYS_SET = set(dir(builtins)) | {"display", "get_ipython", "In", "Out", "_", "__"}


class Finding(NamedTuple):
    """Something to mend: `cell` is the number of the cell from the top, prose included (None: the file as a whole)."""

    file: str
    cell: int | None
    code: str
    found: str = ""

    def line(self, lang: str) -> str:
        """One line that says where, what, and the exact mend."""
        message = words.say("check", self.code, lang, found=self.found, path=f"notebooks/{self.file}")
        place = "place" if self.cell else "file"
        return words.say("check", place, lang, message=message, file=self.file, cell=self.cell)


def check(folder: Path) -> tuple[list[Finding], int]:
    """What is to mend in the notebooks of a folder and its lessons, and how many were read.

    Raises Refused (`no_notebook`).
    """
    paths = [*sorted(folder.glob("*.ipynb")), *sorted(folder.glob("lessons/*.ipynb"))]
    if not paths:
        raise Refused("no_notebook", name=f"{folder.name}/NN_*.ipynb", known="-")
    return [
        *(finding for path in paths for finding in _of_file(path, path.relative_to(folder).as_posix())),
        *_templates(),
    ], len(paths)


def lines(findings: list[Finding], count: int, lang: str) -> list[str]:
    """The lines for the terminal; count: how many notebooks were read."""
    return [finding.line(lang) for finding in findings] or [words.say("check", "good", lang, count=count)]


def _templates():
    """Sentence templates that are no templates: a sentence in one of them would end a run."""
    for path in sorted(words.FOLDER.glob("*/*.j2")):
        if wrong := _syntax(path.read_text(encoding="utf-8")):
            yield Finding(f"custlib/words/{path.parent.name}/{path.name}", None, "template", wrong)


@functools.cache
def _syntax(template):
    """Where a text is no template and why, "" where it is one."""
    try:
        Environment().parse(template)
    except TemplateSyntaxError as error:
        return f"{error.lineno}: {error}"
    return ""


def _of_file(path, name):
    try:
        cells = [_cell(*numbered) for numbered in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], 1)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [Finding(name, None, "not_a_notebook", type(error).__name__)]
    findings = [(None, *finding) for finding in _parameters(cells)]
    findings += [(cell.number, *finding) for cell in cells for finding in _of_cell(cell)]
    findings += [*_stale(cells), *_undeclared(cells), *_unlisted(cells, path.stem)]
    return [Finding(name, *finding) for finding in sorted(findings, key=lambda finding: finding[0] or 0)]


@dataclass(frozen=True)
class _Cell:
    """A cell of the file; tree: of its code, None for prose and what is no Python, about which `error` says where."""

    number: int
    source: str
    is_code: bool
    tags: set
    outputs: list
    count: int | None
    tree: ast.Module | None = None
    error: str = ""

    def nodes(self):
        return ast.walk(self.tree) if self.tree else ()


def _cell(number, cell):
    source, is_code = "".join(cell["source"]), cell["cell_type"] == "code"
    tags = set(cell.get("metadata", {}).get("tags", []))
    parts = (number, source, is_code, tags, cell.get("outputs", []), cell.get("execution_count"))
    try:
        return _Cell(*parts, ast.parse(source) if is_code else None)
    except SyntaxError as error:
        return _Cell(*parts, error=f"{error.lineno}: {(error.text or '').strip()}")


def _parameters(cells):
    tagged = [cell for cell in cells if cell.is_code and "parameters" in cell.tags]
    if len(tagged) != 1:
        return [("parameters", str(len(tagged)))]
    rows = parameters.lines(tagged[0].source)
    return [("parameter_line", line.strip()) for _, line in rows if parameters.read_line(line) is None]


def _of_cell(cell):
    findings = [("path", match[0]) for match in PATHS.finditer(cell.source)]
    if not cell.is_code:
        return findings
    return [*findings, *([("not_python", cell.error)] if cell.error else [*_outputs(cell), *_definitions(cell)])]


def _outputs(cell):
    marked = cell.tags & CHECK_TAGS
    if len(marked) == 1:
        return [("half_tagged", *(CHECK_TAGS - marked))]
    if not marked:
        return [("outputs", "")] if cell.outputs else []
    return [] if cell.outputs and isinstance(cell.count, int) else [("no_outputs", "")]


def _definitions(cell):
    for node in cell.nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield "function", getattr(node, "name", "lambda")
        elif isinstance(node, ast.Attribute | ast.Name) and STYLE.fullmatch(ast.unparse(node)):
            yield "style", ast.unparse(node)


def _stale(cells):
    """Outputs that are not those of Run all: In [n] is not the n-th cell that runs."""
    running = [cell for cell in cells if cell.is_code and cell.source.strip()]
    for place, cell in enumerate(running, 1):
        if cell.tags >= CHECK_TAGS and cell.outputs and cell.count not in (None, place):
            yield cell.number, "stale", f"In [{cell.count}] ≠ {place}"


def _undeclared(cells):
    """Names that are read, but set in no cell: what a lost line of the parameters cell leaves."""
    declared, first = ALWAYS_SET.union(*(_set_names(cell) for cell in cells)), {}
    for cell in cells:
        for node in cell.nodes():
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in declared:
                first.setdefault(node.id, cell.number)
    return [(number, "undeclared", name) for name, number in first.items()]


def _set_names(cell):
    for node in cell.nodes():
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name) | ast.ExceptHandler(name=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield (other or name).split(".")[0]


def _unlisted(cells, stem):
    """The lines to add for result tables and columns that are saved or shown and that the codebook does not list."""
    lacking = {}
    for cell in cells:
        for table, column in (name for node in cell.nodes() for name in _named(node)):
            listed = codebook.columns(table)
            if not listed or (column and not set(codebook.in_languages(table, column)) <= set(listed)):
                lacking.setdefault(codebook.line_to_add(table, column or "its_column", stem), cell.number)
    return [(number, "unlisted", line) for line, number in lacking.items()]


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
