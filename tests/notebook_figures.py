"""How much of the notebooks is analysis and how much plumbing: python tests/notebook_figures.py [folder]."""

import ast
import json
import re
import statistics
import sys
from pathlib import Path

ROOMS = (
    *("facts", "abc_classes", "customer_classes", "channels", "segments", "weights", "fishbone"),
    *("accounting", "anomalies", "restated", "contracts", "actions", "profile", "accounts", "demand", "scorecards"),
)
ANALYSIS = re.compile(rf"\b(?:{'|'.join(ROOMS)})\.\w+\(")


def code_cells(path):
    """Sources of the code cells of a notebook, that with the parameters left out."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return ["".join(cell["source"]) for cell in code if "parameters" not in cell["metadata"].get("tags", [])]


def lines(source):
    """The lines of a cell that are neither blank nor a comment."""
    return [line for line in source.splitlines() if line.strip() and not line.strip().startswith("#")]


def analysis(sources):
    """How many lines call a room of analysis, or combine (operators, subscripts, methods) what such a call gave."""
    results, count = set(), 0
    for statement in (node for source in sources for node in ast.parse(source).body):
        text = ast.unparse(statement)
        used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} & results
        calls = bool(ANALYSIS.search(text)) or "page.load(" in text
        combines = bool(used) and any(
            isinstance(node, ast.BinOp | ast.Compare | ast.Subscript) for node in ast.walk(statement)
        )
        if calls or combines:
            count += statement.end_lineno - statement.lineno + 1
        if isinstance(statement, ast.Assign) and (calls or used):
            results |= {
                node.id for target in statement.targets for node in ast.walk(target) if isinstance(node, ast.Name)
            }
    return count


def figures(folder):
    """Name → figure, of all notebooks of a folder together."""
    books = {path.stem: code_cells(path) for path in sorted(Path(folder).glob("[0-9][0-9]_*.ipynb"))}
    cells = [source for sources in books.values() for source in sources]
    sizes = [len(lines(source)) for source in cells]
    return {
        "notebooks": len(books),
        "code cells": len(cells),
        "code lines": sum(sizes),
        "median lines of a cell": statistics.median(sizes),
        "longest cell": max(sizes),
        "lang": sum(len(re.findall(r"\blang\b", source)) for source in cells),
        "analysis share": round(sum(map(analysis, books.values())) / sum(sizes), 2),
    }


if __name__ == "__main__":
    for name, figure in figures(sys.argv[1] if len(sys.argv) > 1 else "notebooks").items():
        print(f"{name}: {figure}")
