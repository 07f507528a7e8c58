"""Making a report in a folder: executed notebooks, their result tables, their pages."""

import re
import time
from pathlib import Path

import nbformat

from custlib.refusals import Refused
from custlib.report import executed, execution, files, notebooks, publishing, waves
from custlib.report.failures import NotebookFailed

FOOTER = {"en": "The exports cover {first} to {last}.", "zh": "导出文件覆盖 {first} 至 {last}。"}
NO_ROOM = re.compile(r"No space left on device|Read-only file system|[Qq]uota exceeded")


def execute(plan, folder, steps, watch):
    """Executes the plan's notebooks into `folder`: `NN_name.ipynb` each, result tables under `tables/`.

    Returns stem → (the node to publish, seconds). Raises NotebookFailed (also for a promised table that is missing or
    cannot be read); the kernels of the other notebooks are ended then.
    """
    kernels = execution.Kernels()

    def work(book):
        watch.start(book.stem, sum(map(notebooks.runs, book.node.cells)) + 1)  # papermill adds a cell
        begun = time.monotonic()
        try:
            node = _execute_one(plan, book, folder, steps, watch, kernels)
        except BaseException:
            watch.end(book.stem, "stopped" if kernels.ended else "failed")
            raise
        watch.end(book.stem, "done")
        return node, round(time.monotonic() - begun, 3)

    return waves.in_waves(plan.books, work, plan.jobs, kernels.end)


def _execute_one(plan, book, folder, steps, watch, kernels):
    def on_cell(done, heading):
        watch.cell(book.stem, done, heading)

    place = {"folder": plan.root / "notebooks", "kernels": kernels, "on_cell": on_cell}
    limits = {"lang": plan.lang, "cell_seconds": plan.cell_seconds}
    try:
        node = steps.execute(book, plan.values(book, folder), **limits, **place)
    except NotebookFailed as failed:
        room = NO_ROOM.search(failed.message)
        if room and not kernels.ended:
            raise Refused("cannot_write", folder=folder, reason=room[0]) from failed
        raise
    _check_tables(book.stem, folder, steps)
    node = executed.publishable(node, plan.shown(book))
    files.write(folder / f"{book.stem}.ipynb", nbformat.writes(node) + "\n")
    return node


def _check_tables(stem, folder, steps):
    for name in steps.promised(stem):
        try:
            steps.load(name, folder)
        except (Refused, ValueError, OSError) as error:
            raise NotebookFailed(stem, "missing table", error=name) from error


def pages(plan, nodes, folder, steps, clean):
    """Writes a page for each executed notebook, and the front page: the last one's, with links into the run folder."""
    for stem, node in nodes.items():
        files.write(folder / f"{stem}.html", _page(plan, stem, node, nodes, "", steps, clean))
    stem = list(nodes)[-1]
    files.write(folder / publishing.FRONT, _page(plan, stem, nodes[stem], nodes, f"{folder.name}/", steps, clean))


def _page(plan, stem, node, nodes, prefix, steps, clean):
    title = " · ".join(filter(None, [clean.company, plan.quarter, plan.part_name]))
    period = FOOTER[plan.lang].format(first=clean.data_from, last=clean.data_until)
    links = [(_title(plan, other, nodes[other]), f"{prefix}{other}.html") for other in nodes if other != stem]
    try:
        return steps.render(node, lang=plan.lang, title=title, links=links, footer=period)
    except Refused:
        raise
    except Exception as error:  # whatever a notebook's outputs do to the page, it is this notebook's
        raise NotebookFailed(stem, "rendering", error=type(error).__name__, message=str(error)) from error


def _title(plan, stem, node):
    return notebooks.title(node.cells, plan.lang) or stem


def draft_page(plan, stem, node, folder, steps, clean):
    """Writes one notebook's page by itself; returns its path."""
    page = Path(folder) / f"{stem}.html"
    files.write(page, _page(plan, stem, node, {stem: node}, "", steps, clean))
    return page
