"""Making a report in a folder: executed notebooks, their result tables, their pages."""

import contextlib
import re
import time
from dataclasses import dataclass
from pathlib import Path

from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import manifest, publishing
from custlib.report.kernels import execution
from custlib.report.notebook import NotebookFailed, executed, lineage, nbformat, notebooks
from custlib.report.pages import bodies
from custlib.report.pages import pdf as paper
from custlib.report.pages import workbook as books
from custlib.report.run import reuse, scheduler

BESIDE = {
    "en": {"book": "Excel workbook", "code": "With the code"},
    "zh": {"book": "Excel 工作簿", "code": "含代码的版本"},
}
CODE = "_code.html"
FOOTER = {"en": "The exports cover {first} to {last}.", "zh": "导出文件覆盖 {first} 至 {last}。"}
NO_ROOM = re.compile(r"No space left on device|Read-only file system|[Qq]uota exceeded")


def execute(plan, folder, steps, watch):
    """Executes the plan's notebooks into `folder`: `NN_name.ipynb` each, result tables under `tables/`.

    What `plan.taken` names is taken over instead. Returns stem → (the node to publish, seconds). Raises NotebookFailed
    (also for a promised table that is missing or cannot be read); the kernels of the other notebooks are ended then.
    """
    kernels = execution.Kernels()

    def work(book):
        if book.stem in plan.taken:
            return _take(plan, book, folder, watch)
        watch.start(book.stem, notebooks.cells_run(book))
        begun = time.monotonic()
        try:
            node = _execute_one(plan, book, folder, steps, watch, kernels)
        except BaseException:
            watch.end(book.stem, "stopped" if kernels.ended else "failed")
            raise
        watch.end(book.stem, "done")
        return node, round(time.monotonic() - begun, 3)

    return scheduler.in_waves(plan.books, work, plan.jobs, kernels.end)


def _take(plan, book, folder, watch):
    taken = plan.taken[book.stem]
    node = reuse.take(book, taken, folder)
    watch.taken(book.stem, taken.folder.name)
    return _written(plan, book, node, folder), taken.seconds


def _written(plan, book, node, folder):
    node = executed.publishable(node, plan.shown(book))
    files.write(folder / f"{book.stem}.ipynb", nbformat.writes(node) + "\n")
    return node


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
    return _written(plan, book, node, folder)


def _check_tables(stem, folder, steps):
    for name in steps.promised(stem):
        try:
            steps.load(name, folder)
        except (Refused, ValueError, OSError) as error:
            raise NotebookFailed(stem, "missing table", error=name) from error


def front(plan, nodes, folder, steps, clean):
    """Writes the front page: the last notebook's, with links into the run folder and the best of the other notebooks."""
    page = _Page(plan, list(nodes)[-1], list(nodes.values())[-1], nodes, steps, clean)
    files.write(folder / publishing.FRONT, page.front(f"{folder.name}/", lambda name: steps.load(name, folder)))


def pages(plan, nodes, folder, steps, clean):
    """Writes two pages for each executed notebook, the second with its code for analysts."""
    for stem, node in nodes.items():
        page = _Page(plan, stem, node, nodes, steps, clean)
        files.write(folder / f"{stem}.html", page.render(made_at=f"{stem}{CODE}"))
        files.write(folder / f"{stem}{CODE}", page.render(code=True))


@dataclass(frozen=True)
class _Page:
    """A notebook's page in a report; `nodes` holds all notebooks of it: stem → executed node."""

    plan: object
    stem: str
    node: object
    nodes: dict
    steps: object
    clean: object

    def front(self, prefix, load):
        """As the front page, above the folder `prefix` of its run."""
        others = {stem: node for stem, node in self.nodes.items() if stem != self.stem}
        folder = {"folder": f"{prefix}tables/", "load": load}
        sections = [
            bodies.best(node, self.plan.lang, _sources(node, f"{prefix}{stem}.html", **folder))
            for stem, node in others.items()
        ]
        return self.render(prefix, f"{prefix}{self.stem}.html", sections=list(filter(None, sections)), **folder)

    def render(self, prefix="", made_at="", code=False, sections=(), **folder):
        """As HTML. prefix: before addresses of the run folder; made_at: the page that shows how a reading was made."""
        lang = self.plan.lang
        others = [stem for stem in self.nodes if stem != self.stem]
        links = [(_title(self.plan, stem, self.nodes[stem]), f"{prefix}{stem}.html") for stem in others]
        beside = [(BESIDE[lang]["book"], books.NAME)] if others else []
        beside += [(BESIDE[lang]["code"], f"{self.stem}{CODE}")] if made_at else []
        try:
            return self.steps.render(
                self.node,
                lang=lang,
                title=_report_title(self.plan, self.clean),
                links=links,
                downloads=[(text, prefix + name) for text, name in beside],
                code=code,
                footer=_period(self.plan, self.clean),
                sources=_sources(self.node, made_at, **folder),
                sections=sections,
            )
        except Refused:
            raise
        except Exception as error:  # whatever a notebook's outputs do to the page, it is this notebook's
            raise NotebookFailed(self.stem, "rendering", error=type(error).__name__, message=str(error)) from error


def _sources(node, made_at, **options):
    return bodies.Sources(lineage.by_cell(node.cells), made_at, **options)


def _report_title(plan, clean):
    return " · ".join(filter(None, [clean.company, plan.quarter, plan.part_name]))


def _period(plan, clean):
    return FOOTER[plan.lang].format(first=clean.data_from, last=clean.data_until)


def _title(plan, stem, node):
    return notebooks.title(node.cells, plan.lang) or stem


def workbook(plan, folder, steps, clean, made_of):
    """Writes the result tables of all notebooks as one Excel workbook, with what the run was made of."""
    names = [name for book in plan.books for name in steps.promised(book.stem)]
    data = steps.workbook(
        {name: steps.load(name, folder) for name in names},
        lang=plan.lang,
        title=_report_title(plan, clean),
        period=_period(plan, clean),
        currency=clean.currency,
        about=books.provenance(manifest.run_id(made_of), made_of, plan.lang),
    )
    files.write_bytes(folder / books.NAME, data)


@contextlib.contextmanager
def pdf(folder, steps, watch):
    """Prints the front page as a PDF, while other work is done within; the log says where there is no Chromium for it."""
    with steps.pdf((folder / publishing.FRONT).read_text(encoding="utf-8")) as printed:
        yield
        data = printed()
    if data:
        files.write_bytes(folder / paper.NAME, data)
    else:
        watch.step("no pdf")


def draft_page(plan, stem, node, folder, steps, clean):
    """Writes one notebook's page by itself; returns its path."""
    page = Path(folder) / f"{stem}.html"
    files.write(page, _Page(plan, stem, node, {stem: node}, steps, clean).render())
    return page
