"""Notebooks that need not be executed: what an earlier run of the quarter made of the same cells and inputs is taken over."""

import copy
from typing import NamedTuple

from custlib.report import files
from custlib.report.archive import manifest
from custlib.report.notebook import nbformat, notebooks

SHARED = ("inputs", "code", "versions")  # parts of a run's key that every notebook hangs on


class Taken(NamedTuple):
    """Where a notebook's results are taken from: the run's folder, the files, how long they took to make."""

    folder: object
    files: tuple
    seconds: float


def keys(books, made_of):
    """What decides a notebook's outputs: stem → {"cells": hash of its code cells, "key": hash of all}.

    made_of: a run's key (`manifest.key`). Prose does not count. A notebook hangs on all those of the waves before its own,
    because it may read their tables.
    """
    found = {}
    shared = [made_of[part] for part in SHARED]
    for book in sorted(books, key=lambda book: book.wave):
        before = sorted(found[other.stem]["key"] for other in books if other.wave < book.wave)
        cells = manifest.hash_of([[cell.source, list(notebooks.tags(cell))] for cell in _code(book.node)])
        whole = [cells, made_of["parameters"]["notebooks"][book.stem], shared, before]
        found[book.stem] = {"cells": cells, "key": manifest.hash_of(whole)}
    return found


def _code(node):
    return [cell for cell in node.cells if cell.cell_type == "code"]


def found(plan, executions, promised):
    """The notebooks that need not be executed: stem → `Taken`.

    executions: as `keys` gives them; promised: stem → names of result tables. A run counts if it executed the same key and
    the notebook's files in it still have the hashes that its manifest names.
    """
    runs = earlier(plan)
    taken = {book.stem: _first(book.stem, executions[book.stem]["key"], runs, promised) for book in plan.books}
    return {stem: one for stem, one in taken.items() if one}


def earlier(plan):
    """(folder, manifest) of each run of the quarter that is kept."""
    told = [(folder, manifest.told(folder)) for folder in sorted((plan.reports / plan.quarter).glob("*/"))]
    return [(folder, content) for folder, content in told if content]


def _first(stem, key, runs, promised):
    names = _names(stem, promised)
    for folder, told in runs:
        if told.get("executions", {}).get(stem, {}).get("key") == key and _stand(folder, names, told["outputs"]):
            return Taken(folder, names, manifest.times(folder).get("seconds", {}).get(stem, 0.0))
    return None


def _names(stem, promised):
    tables = [f"tables/{name}.{ending}" for name in promised(stem) for ending in ("csv", "parquet")]
    return (f"{stem}.ipynb", *tables)


def made(stem, folder, seconds, promised):
    """What a notebook that was executed into `folder` just now left there, as `Taken`."""
    return Taken(folder, tuple(name for name in _names(stem, promised) if (folder / name).is_file()), seconds)


def _stand(folder, names, outputs):
    paths = [folder / name for name in names]
    return all(path.is_file() for path in paths) and all(
        manifest.hash_file(path) == outputs.get(name) for path, name in zip(paths, names, strict=True)
    )


def take(book, taken, folder):
    """Copies a notebook's result tables into `folder`; returns its node as if it had just been executed: prose of now,
    outputs of then."""
    for name in taken.files[1:]:
        files.copy(taken.folder / name, folder / name)
    return _joined(book, nbformat.read(taken.folder / taken.files[0], as_version=4))


def _joined(book, executed):
    node = copy.deepcopy(book.node)
    node.metadata.language_info = executed.metadata.language_info
    place = next(number for number, cell in enumerate(node.cells) if "parameters" in notebooks.tags(cell))
    injected = [cell for cell in executed.cells if "injected-parameters" in notebooks.tags(cell)]
    node.cells[place + 1 : place + 1] = injected
    for cell, done in zip(_code(node), _code(executed), strict=True):
        cell.outputs, cell.execution_count = done.outputs, done.execution_count
    return node
