"""Making a report in a folder: executed notebooks, result tables, and pages, workbook and PDF in each language."""

import contextlib
import copy
import functools
import re
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive
from custlib.report.kernels import execution
from custlib.report.notebook import NotebookFailed, executed, nbformat, notebooks
from custlib.report.run import ports as all_ports
from custlib.report.run import profiles, scheduler
from custlib.report.run.cache import Cache
from custlib.report.run.edition import Edition
from custlib.report.run.planning import Plan
from custlib.report.run.progress import Silent
from custlib.report.run.translations import FACTS, Translations

NO_ROOM = re.compile(r"No space left on device|Read-only file system|[Qq]uota exceeded")


@dataclass(frozen=True)
class Build:
    """A report in the making.

    folder: where it is made; made_of: the run's key (`manifest.key`); cache: what earlier runs made, which notes what
    this one makes; clean: the clean tables.
    """

    plan: Plan
    folder: Path
    ports: all_ports.Ports
    watch: Silent
    made_of: dict
    cache: Cache
    clean: object

    def report(self) -> dict[str, float]:
        """Makes everything of a report but its manifest; returns stem → seconds of execution."""
        seconds, nodes = self.execute("pages")
        context = self._context(nodes[self.plan.lang])
        customers = profiles.known(self)
        editions = [Edition(self, lang, nodes[lang], context, customers) for lang in self.plan.langs]
        with contextlib.ExitStack() as printing:
            for edition in editions:
                printing.enter_context(edition.printed())
            self._finish(editions)
        return seconds

    def _finish(self, editions):
        """Makes what comes after the front pages, side by side in processes of their own where there are any."""
        works = [(work, edition) for work in self._works() for edition in editions]
        made = [None] if self.plan.jobs == 1 else self._apart(works)
        for noted in filter(None, made):
            self.cache.noted |= noted[0]
        if not all(made):
            for work in self._works():
                work(self, editions)

    def _works(self):
        return [books, pages][bool(self.plan.request.beside) :]

    def _apart(self, works):
        said = ("company", "data_from", "data_until")
        clean = SimpleNamespace(**{name: getattr(self.clean, name) for name in said})
        bare = replace(self, ports=None, watch=Silent(), clean=clean)
        running = execution.Kernels()

        def made(at):
            work, edition = works[at]
            return self.ports.apart(running, apart, work, bare, [replace(edition, build=bare)])

        waits: dict[int, tuple] = dict.fromkeys(range(len(works)), ())
        return list(scheduler.in_order(waits, made, self.plan.jobs, running.end).values())

    def draft(self) -> Path:
        """Makes the page of the plan's one notebook; returns its path."""
        _, nodes = self.execute("pages")
        for lang in self.plan.langs:
            Edition(self, lang, nodes[lang]).draft()
        return self.folder / f"{self.plan.books[0].stem}.html"

    def execute(self, step: str = "") -> tuple[dict[str, float], dict[str, dict]]:
        """Executes the notebooks, or copies what `plan.taken` names; result tables go to `tables/` of the folder.

        Returns stem → seconds, and language → {stem: executed notebook in it}. Raises NotebookFailed (also for a
        promised table that is missing or cannot be read); the kernels of the other notebooks are ended then.
        step: what is said to come next, while the last words are put in.
        """
        plan, kernels = self.plan, execution.Kernels()
        books = {book.stem: book for book in plan.books}
        with Translations(plan, self.folder, self.ports.fill, self.made_of, self.cache) as translations:

            def work(stem):
                book, taken, begun = books[stem], plan.taken.get(stem), time.monotonic()
                node = self._take(book, taken) if taken else self._execute(book, kernels)
                translations.begin(stem, executed.publishable(node, plan.shown(book)))
                return taken.seconds if taken else round(time.monotonic() - begun, 3)

            seconds = scheduler.in_order(plan.waits, work, plan.jobs, kernels.end, archive.seconds(plan.reports))
            if step:
                self.watch.step(step)
            return seconds, {lang: translations.nodes(lang) for lang in plan.langs}

    def made_by(self, stem: str) -> list[str]:
        """The files that come of executing a notebook, as names in the folder."""
        tables = [f"tables/{name}.{ending}" for name in self.ports.promised(stem) for ending in ("csv", "parquet")]
        return [*(self.plan.edition(f"{stem}.ipynb", lang) for lang in self.plan.langs), *tables]

    def _take(self, book, taken):
        """Copies an earlier run's result tables; returns the node as if just executed: today's prose, its outputs."""
        for name in taken.files:
            if name.startswith("tables/"):
                files.copy(taken.folder / name, self.folder / name)
        earlier, node = nbformat.read(taken.folder / f"{book.stem}.ipynb", as_version=4), copy.deepcopy(book.node)
        node.metadata.language_info = earlier.metadata.language_info
        place = next(number for number, cell in enumerate(node.cells) if "parameters" in notebooks.tags(cell))
        node.cells[place + 1 : place + 1] = [c for c in earlier.cells if "injected-parameters" in notebooks.tags(c)]
        for cell, done in zip(notebooks.code(node), notebooks.code(earlier), strict=True):
            cell.outputs, cell.execution_count = done.outputs, done.execution_count
        self.watch.taken(book.stem, taken.folder.name)
        return node

    def _execute(self, book, kernels):
        self.watch.start(book.stem, notebooks.cells_run(book))
        try:
            node = self._executed(book, kernels)
        except BaseException:
            self.watch.end(book.stem, "stopped" if kernels.ended else "failed")
            raise
        self.watch.end(book.stem, "done")
        return node

    def _executed(self, book, kernels):
        plan, on_cell = self.plan, functools.partial(self.watch.cell, book.stem)
        limits = {"lang": plan.lang, "cell_seconds": plan.cell_seconds, "on_cell": on_cell}
        values, folder = plan.values(book, self.folder), plan.root / "notebooks"
        try:
            node = self.ports.execute(book, values, folder=folder, kernels=kernels, **limits)
        except NotebookFailed as failed:
            room = NO_ROOM.search(failed.message)
            if room and not kernels.ended:
                raise Refused("cannot_write", folder=self.folder, reason=room[0]) from failed
            raise
        for name in self.ports.promised(book.stem):
            try:
                self.ports.shape(name, self.folder)
            except (Refused, ValueError, OSError) as error:
                raise NotebookFailed(book.stem, "missing table", error=name) from error
        return node

    def _context(self, nodes):
        """The report's context, with the words that its notebooks give to keys of their own."""
        context, own = self.ports.context(self.clean, self.plan.data_dir), {}
        for node in nodes.values():
            for output in executed.outputs_with(node, FACTS):
                own |= output.data[FACTS].get("context", {}).get("vocabulary", {})
        return replace(context, vocabulary=own | context.vocabulary)


def apart(work, build: Build, editions) -> dict:
    """Does a work in another process, in which a build has no ports; returns what is noted of it."""
    build = replace(build, ports=all_ports.real())
    work(build, [replace(edition, build=build) for edition in editions])
    return build.cache.noted


def books(build: Build, editions) -> None:
    """Writes the workbook of each edition."""
    for edition in editions:
        edition.workbook()


def pages(build: Build, editions) -> None:
    """Writes the pages of each edition, and those of customers."""
    for edition in editions:
        edition.pages()
    profiles.write(build, editions)
