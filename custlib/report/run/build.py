"""Making a report in a folder: executed notebooks, their result tables, pages, workbook and PDF in each language."""

import contextlib
import copy
import re
import time
from dataclasses import asdict, dataclass, replace

from custlib import words
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, manifest, publishing
from custlib.report.kernels import execution
from custlib.report.notebook import NotebookFailed, executed, lineage, nbformat, notebooks
from custlib.report.pages import bodies, workbook
from custlib.report.run import scheduler
from custlib.report.run.cache import SHOWN, Cache
from custlib.report.run.editions import FACTS, Editions

BOOK, PAPER = "report.xlsx", "report.pdf"
NO_ROOM = re.compile(r"No space left on device|Read-only file system|[Qq]uota exceeded")


def execute(plan, folder, ports, watch, editions):
    """Executes the plan's notebooks: result tables go to `tables/`, what they put out to `editions`; returns stem → seconds.

    What `plan.taken` names is taken over instead. Raises NotebookFailed (also for a promised table that is missing or cannot be read);
    the kernels of the other notebooks are ended then.
    """
    kernels, books = execution.Kernels(), {book.stem: book for book in plan.books}

    def work(stem):
        taken, begun = plan.taken.get(stem), time.monotonic()
        if taken:
            node = _take(books[stem], taken, folder)
            watch.taken(stem, taken.folder.name)
        else:
            node = _watched(plan, books[stem], folder, ports, watch, kernels)
        editions.begin(stem, executed.publishable(node, plan.shown(books[stem])))
        return taken.seconds if taken else round(time.monotonic() - begun, 3)

    return scheduler.in_order(plan.waits, work, plan.jobs, kernels.end, archive.seconds(plan.reports))


def _take(book, taken, folder):
    """Copies a notebook's result tables; returns its node as if it had just been executed: prose of now, outputs of then."""
    for name in taken.files:
        if name.startswith("tables/"):
            files.copy(taken.folder / name, folder / name)
    earlier = nbformat.read(taken.folder / f"{book.stem}.ipynb", as_version=4)
    node = copy.deepcopy(book.node)
    node.metadata.language_info = earlier.metadata.language_info
    place = next(number for number, cell in enumerate(node.cells) if "parameters" in notebooks.tags(cell))
    node.cells[place + 1 : place + 1] = [c for c in earlier.cells if "injected-parameters" in notebooks.tags(c)]
    for cell, done in zip(notebooks.code(node), notebooks.code(earlier), strict=True):
        cell.outputs, cell.execution_count = done.outputs, done.execution_count
    return node


def _watched(plan, book, folder, ports, watch, kernels):
    watch.start(book.stem, notebooks.cells_run(book))
    try:
        node = _executed(plan, book, folder, ports, watch, kernels)
    except BaseException:
        watch.end(book.stem, "stopped" if kernels.ended else "failed")
        raise
    watch.end(book.stem, "done")
    return node


def _executed(plan, book, folder, ports, watch, kernels):
    def on_cell(done, heading):
        watch.cell(book.stem, done, heading)

    place = {"folder": plan.root / "notebooks", "kernels": kernels, "on_cell": on_cell}
    limits = {"lang": plan.lang, "cell_seconds": plan.cell_seconds}
    try:
        node = ports.execute(book, plan.values(book, folder), **limits, **place)
    except NotebookFailed as failed:
        room = NO_ROOM.search(failed.message)
        if room and not kernels.ended:
            raise Refused("cannot_write", folder=folder, reason=room[0]) from failed
        raise
    for name in ports.promised(book.stem):
        try:
            ports.load(name, folder)
        except (Refused, ValueError, OSError) as error:
            raise NotebookFailed(book.stem, "missing table", error=name) from error
    return node


def report(plan, folder, ports, watch, clean, made_of, cache, executions):
    """Makes everything of a report but its manifest; `cache` notes what was made of what. Returns stem → seconds of execution."""
    with Editions(plan, folder, ports.fill, made_of, cache) as editions:
        seconds = execute(plan, folder, ports, watch, editions)
        watch.step("pages")
        nodes = {lang: editions.nodes(lang) for lang in plan.langs}
    for stem in seconds:
        cache.noted[executions[stem]["key"]] = made_by(plan, stem, ports)
    context = _context(ports.context(clean, plan.data_dir), nodes[plan.lang].values())
    told = [Edition(plan, lang, nodes[lang], folder, ports, clean, context, cache, made_of) for lang in plan.langs]
    with contextlib.ExitStack() as printing:
        for edition in told:
            printing.enter_context(_printed(plan.edition(PAPER, edition.lang), folder, edition.front(), ports, watch))
        for edition in told:
            edition.pages()
            edition.workbook()
    return seconds


def made_by(plan, stem, ports):
    """The files that come of executing a notebook, as names in a run's folder."""
    tables = [f"tables/{name}.{ending}" for name in ports.promised(stem) for ending in ("csv", "parquet")]
    return [*(plan.edition(f"{stem}.ipynb", lang) for lang in plan.langs), *tables]


def draft(plan, folder, ports, watch, clean, made_of):
    """Makes the page of the plan's one notebook; returns its path."""
    with Editions(plan, folder, ports.fill, made_of, Cache()) as editions:
        execute(plan, folder, ports, watch, editions)
        watch.step("pages")
        nodes = {lang: editions.nodes(lang) for lang in plan.langs}
    for lang in plan.langs:
        Edition(plan, lang, nodes[lang], folder, ports, clean, None, Cache(), made_of).draft()
    return folder / f"{plan.books[0].stem}.html"


def _context(context, nodes):
    """The report's context, with the words that its notebooks give to keys of their own."""
    told = [one.data[FACTS].get("context", {}) for node in nodes for one in executed.outputs_with(node, FACTS)]
    own = {name: one for each in told for name, one in each.get("vocabulary", {}).items()}
    return replace(context, vocabulary=own | context.vocabulary)


@contextlib.contextmanager
def _printed(name, folder, page, ports, watch):
    """Prints a page as a PDF, while other work is done within; the log says where there is no Chromium for it."""
    with ports.pdf(page) as printed:
        yield
        data = printed()
    if data:
        files.write_bytes(folder / name, data)
    else:
        watch.step("no_pdf")


@dataclass(frozen=True)
class Edition:
    """A report in one language; nodes: stem → executed notebook in it."""

    plan: object
    lang: str
    nodes: dict
    folder: object
    ports: object
    clean: object
    context: object
    cache: object
    made_of: dict

    def front(self):
        """Writes the front page: the last notebook's, with links into the run folder and the best of the other notebooks; returns it."""
        *others, stem = self.nodes
        prefix = f"{self.folder.name}/"
        place = {"folder": f"{prefix}tables/", "load": self._load, "context": self.context}
        sections = [
            bodies.best(self.nodes[one], self.lang, self._sources(one, prefix + self._name(f"{one}.html"), **place))
            for one in others
        ]
        sources = self._sources(stem, prefix + self._name(f"{stem}.html"), **place)
        twins = self._twins(publishing.INDEX)
        page = self._rendered(stem, self._options(stem, sources, twins, prefix, sections=tuple(filter(None, sections))))
        files.write(self.folder / self._name(publishing.FRONT), page)
        return page

    def pages(self):
        """Writes two pages for each notebook, the second with its code for analysts."""
        for stem in self.nodes:
            code = self._name(f"{stem}_code.html")
            self._page(f"{stem}.html", stem, self._sources(stem, code))
            self._page(f"{stem}_code.html", stem, self._sources(stem, ""), code=True)

    def draft(self):
        """Writes the page of the one notebook."""
        (stem,) = self.nodes
        self._page(f"{stem}.html", stem, self._sources(stem, ""))

    def workbook(self):
        """Writes the result tables of all notebooks as one Excel workbook, with what the run was made of."""
        names = [name for stem in self.nodes for name in self.ports.promised(stem)]
        data = self.ports.workbook(
            {name: self._load(name) for name in names},
            lang=self.lang,
            title=self._title(),
            period=self._period(),
            context=self.context,
            about=workbook.provenance(manifest.run_id(self.made_of), self.made_of, self.lang),
        )
        files.write_bytes(self.folder / self._name(BOOK), data)

    def _page(self, name, stem, sources, code=False):
        options = self._options(stem, sources, self._twins(name), code=code)
        decided = [self.nodes[stem], options | {"sources": asdict(sources)}, [self.made_of[part] for part in SHOWN]]
        name = self._name(name)
        files.write(self.folder / name, self.cache.text(name, decided, lambda: self._rendered(stem, options)))

    def _options(self, stem, sources, twins, prefix="", code=False, sections=()):
        """What a page is rendered with. prefix: before addresses of the run folder."""
        lang, others = self.lang, [one for one in self.nodes if one != stem]
        titles = {one: notebooks.title(self.nodes[one].cells, lang) or one for one in others}
        beside = [("book", BOOK)] if others else []
        beside += [("code", f"{stem}_code.html")] if sources.made_at else []
        return {
            "lang": lang,
            "title": self._title(),
            "links": [(title, prefix + self._name(f"{one}.html")) for one, title in titles.items()],
            "twins": twins,
            "downloads": [(words.say("report", text, lang), prefix + self._name(name)) for text, name in beside],
            "footer": self._period(),
            "code": code,
            "sources": sources,
            "sections": sections,
        }

    def _rendered(self, stem, options):
        try:
            return self.ports.render(self.nodes[stem], **options)
        except Refused:
            raise
        except Exception as error:  # whatever a notebook's outputs do to the page, it is this notebook's
            raise NotebookFailed(stem, "rendering", error=type(error).__name__, message=str(error)) from error

    def _sources(self, stem, made_at, **options):
        behind = lineage.by_cell(self.nodes[stem].cells)
        stored = {cell: [name for name in names if self._lies(name)] for cell, names in behind.items()}
        return bodies.Sources(stored, made_at, **options)

    def _lies(self, table):
        # a table that is only shown has no file
        return (self.folder / "tables" / f"{table}.csv").is_file()

    def _name(self, name):
        return self.plan.edition(name, self.lang)

    def _twins(self, name):
        return [(lang, self.plan.edition(name, lang)) for lang in self.plan.langs if lang != self.lang]

    def _load(self, name):
        return self.ports.load(name, self.folder)

    def _title(self):
        return " · ".join(filter(None, [self.clean.company, self.plan.quarter, self.plan.names.get(self.lang)]))

    def _period(self):
        return words.say("report", "period", self.lang, first=self.clean.data_from, last=self.clean.data_until)
