"""What is to be run, with everything refused that can be refused before data are read or a kernel starts."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from custlib import project, quarters, warehouse
from custlib.refusals import Refused
from custlib.report.notebook import notebooks, parameters
from custlib.report.run import scheduler

DATA, REPORTS = "data/raw", "reports"


@dataclass(frozen=True)
class Request:
    """What a person asks for: `custlib run QUARTER …`.

    parameters: name → text; data, reports: paths as given (None: the project's own); only: a notebook's stem; lang: one language or more,
    "en,zh", the first is that of messages;
    cell_seconds: how long one cell may run; engine: what cleans the exports (`warehouse.connect`);
    by: a report for each part of the company (`facts.PARTED_BY`), or None; cluster: the address of the Dask cluster that makes them, or None; cold: start each kernel from nothing.
    """

    quarter: str
    parameters: dict = field(default_factory=dict)
    data: str | None = None
    reports: str | None = None
    lang: str = "en"
    jobs: int | None = None
    only: str | None = None
    force: bool = False
    unfinished: bool = False
    cell_seconds: int = 3600
    engine: str | None = None
    by: str | None = None
    cold: bool = False
    cluster: str | None = None


@dataclass(frozen=True)
class Plan:
    """A request that can be run.

    data_dir: what kernels get; shown_data: what readers see; given: notebook → parameters given by hand;
    basis: the company's earlier report to compare with (`publishing.Basis`), or None; last_report: that of the same customers, which for
    a part is its own. part: whose customers are shown, as in "region=华东", "" for all; names: language → what readers call them.
    waits: notebook → those it waits for (`scheduler.waits`). found: what the run of all parts found when it began (`manifest.Found`);
    None: each run looks itself. taken: notebook → what is taken over of an earlier run (`cache.Made`) in place of executing it.
    """

    request: Request
    root: Path
    reports: Path
    data_dir: str
    shown_data: str
    books: tuple
    given: dict
    basis: object = None
    last_report: object = None
    part: str = ""
    names: dict = field(default_factory=dict)
    waits: dict = field(default_factory=dict)
    found: object = None
    taken: dict = field(default_factory=dict)

    @property
    def langs(self):
        """The languages of the report."""
        return tuple(self.request.lang.split(","))

    @property
    def lang(self):
        """The first of them, that of messages."""
        return self.langs[0]

    @property
    def place(self):
        """The folder of the quarter's runs."""
        return self.reports / self.quarter

    def edition(self, name, lang):
        """The name of a file in a language: that of the first language is plain, "20_b.html", others say theirs, "20_b.zh.html"."""
        stem, _, ending = name.rpartition(".")
        return name if lang == self.lang else f"{stem}.{lang}.{ending}"

    @property
    def quarter(self):
        return self.request.quarter

    @property
    def cell_seconds(self):
        return self.request.cell_seconds

    @property
    def jobs(self):
        return self.request.jobs or scheduler.cores()

    def values(self, book, folder):
        """The parameters that a notebook's kernel gets: name → value, with tables going to `folder`."""
        out_dir = _within(self.root, folder) or str(folder)
        return self._parameters(book, self.data_dir, out_dir, lambda report: str(report.folder) if report else "")

    def shown(self, book):
        """The same as a reader sees them, without a path of this machine."""
        return self._parameters(book, self.shown_data, "", lambda report: str(report or ""))

    def _parameters(self, book, data_dir, out_dir, told):
        common = {
            "quarter": self.quarter,
            "data_dir": data_dir,
            "out_dir": out_dir,
            "basis": told(self.basis),
            "last_report": told(self.last_report),
            "lang": self.lang,
            "part": self.part,
            "unfinished": self.request.unfinished,
        }
        declared = {parameter.name for parameter in book.parameters}
        return {name: value for name, value in common.items() if name in declared} | self.given[book.stem]


def prepare(request):
    """The plan for a request. Raises Refused: no project, not a quarter, no engine, notebooks or parameters not in order."""
    root = project.root()
    quarters.parse(request.quarter)
    warehouse.check(request.engine)
    books = notebooks.snapshot(root / "notebooks")
    books = _chosen(books, request.only and request.only.removesuffix(".ipynb"))
    given = parameters.given({book.stem: book.parameters for book in books}, request.parameters)
    data = root / DATA if request.data is None else Path(request.data).resolve()
    inside = _within(root, data)
    return Plan(request, root, reports(request.reports), inside or str(data), inside or data.name, books, given)


def reports(given=None):
    """The folder of reports: as given, else the project's own. Raises Refused (`no_project`)."""
    return project.root() / REPORTS if given is None else Path(given).resolve()


def _chosen(books, only):
    """That notebook, or without one those of the run."""
    chosen = tuple(book for book in books if (book.stem == only if only else book.in_the_run))
    if not chosen:
        raise Refused("no_notebook", name=only or "NN_*", known=", ".join(book.stem for book in books))
    return chosen


def _within(root, path):
    """The path relative to the root with forward slashes, or None if it lies elsewhere."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def from_here(path):
    """A path as a person in the working directory would type it."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.path.join("..", "..", "..")) else relative
