"""Rooms of the report know each other by their doors, and only in one direction."""

import ast
import importlib
from pathlib import Path

import pytest

import custlib

REPORT = Path(custlib.__file__).parent / "report"
ROOMS = [
    "notebook",
    "kernels",
    "pages",
    "archive",
    "profile",
    "diff",
    "run",
    "by_part",
    "forms",
    "lessons",
]  # each may know those before it


@pytest.mark.parametrize("path", sorted(REPORT.glob("*/*.py")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_room_imports_what_the_doors_of_earlier_rooms_offer(path):
    own = path.parent.name
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("custlib.report."):
            room, names = node.module.split(".")[2], {alias.name for alias in node.names}
            if room != own:
                assert node.module == f"custlib.report.{room}" and ROOMS.index(room) < ROOMS.index(own), node.module
                assert names <= set(importlib.import_module(node.module).__all__), (node.module, names)
