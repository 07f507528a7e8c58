"""What is to be run, with everything refused that can be refused before data are read or a kernel starts."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from custlib import project, quarters, warehouse
from custlib.refusals import Refused
from custlib.report.archive import publishing
from custlib.report.notebook import notebooks, parameters
from custlib.report.run import scheduler

DATA, REPORTS = "data/raw", "reports"


@dataclass(frozen=True)
class Request:
    """What a person asks for: `custlib run QUARTER …`.

    parameters: name → text; data, reports: paths as given (None: the project's own); lang: one language or more,
    "en,zh", the first is that of messages; only: a notebook's stem; cell_seconds: how long one cell may run;
    engine: what cleans the exports (`warehouse.connect`); by: a report for each part (`facts.PARTED_BY`), or None;
    cluster: the address of the Dask cluster that makes these, or None; cold: start each kernel from nothing; beside:
    the stem of a notebook of people, which alone is made, in a folder of its own.
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
    beside: str | None = None


@dataclass(frozen=True)
class Plan:
    """A request that can be run.

    data_dir: what kernels get; shown_data: what readers see; given: notebook → parameters given by hand;
    basis: the company's earlier report to compare with (`publishing.Basis`), or None; last_report: that of the same
    customers, which for a part is its own.
    part: whose customers are shown, as in "region=华东", "" for all; names: language → what readers call them.
    waits: notebook → those it waits for (`scheduler.waits`); taken: notebook → what an earlier run made (`cache.Made`),
    in place of executing it. snapshot: a `manifest.Snapshot` for the runs of all parts; None: each run takes its own.
    """

    request: Request
    root: Path
    reports: Path
    data_dir: str
    shown_data: str
    books: tuple
    given: dict
    basis: publishing.Basis | None = None
    last_report: publishing.Basis | None = None
    part: str = ""
    names: dict = field(default_factory=dict)
    waits: dict = field(default_factory=dict)
    snapshot: object = None
    taken: dict = field(default_factory=dict)

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages of the report."""
        return tuple(self.request.lang.split(","))

    @property
    def lang(self) -> str:
        """The first of them, that of messages."""
        return self.langs[0]

    @property
    def place(self) -> Path:
        """The folder of the quarter's runs."""
        return self.reports / self.quarter

    def edition(self, name: str, lang: str) -> str:
        """The name of a file in a language: plain in the first, "20_b.html", else with the language, "20_b.zh.html"."""
        stem, _, ending = name.rpartition(".")
        return name if lang == self.lang else f"{stem}.{lang}.{ending}"

    @property
    def quarter(self) -> str:
        return self.request.quarter

    @property
    def cell_seconds(self) -> int:
        return self.request.cell_seconds

    @property
    def jobs(self) -> int:
        return self.request.jobs or scheduler.cores()

    def values(self, book, folder: Path) -> dict:
        """The parameters that a notebook's kernel gets: name → value, with tables going to `folder`."""
        out_dir = _within(self.root, folder) or str(folder)
        folders = [str(report.folder) if report else "" for report in (self.basis, self.last_report)]
        return self._parameters(book, self.data_dir, out_dir, *folders)

    def shown(self, book) -> dict:
        """The same as a reader sees them, without a path of this machine."""
        return self._parameters(book, self.shown_data, "", str(self.basis or ""), str(self.last_report or ""))

    def _parameters(self, book, data_dir, out_dir, basis, last_report):
        common = {
            "quarter": self.quarter,
            "data_dir": data_dir,
            "out_dir": out_dir,
            "basis": basis,
            "last_report": last_report,
            "lang": self.lang,
            "part": self.part,
            "unfinished": self.request.unfinished,
        }
        declared = {parameter.name for parameter in book.parameters}
        return {name: value for name, value in common.items() if name in declared} | self.given[book.stem]


def prepare(request: Request) -> Plan:
    """The plan for a request. Raises Refused: no project, quarter or engine, notebooks or parameters not in order."""
    root = project.root()
    quarters.parse(request.quarter)
    warehouse.check(request.engine)
    books = _chosen(notebooks.snapshot(root / "notebooks"), request)
    given = parameters.by_notebook({book.stem: book.parameters for book in books}, request.parameters)
    data = root / DATA if request.data is None else Path(request.data).resolve()
    inside = _within(root, data)
    place = reports(request.reports)
    place = place / publishing.PEOPLE if any(book.of_people for book in books) else place
    return Plan(request, root, place, inside or str(data), inside or data.name, books, given)


def reports(given: str | None = None) -> Path:
    """The folder of reports: as given, else the project's own. Raises Refused (`no_project`)."""
    return project.root() / REPORTS if given is None else Path(given).resolve()


def _chosen(books, request):
    """That notebook, or without one those of the run."""
    only = (request.only or request.beside or "").removesuffix(".ipynb")
    chosen = tuple(book for book in books if (book.stem == only if only else book.in_the_run))
    if not chosen:
        raise Refused("no_notebook", name=only or "NN_*", known=", ".join(book.stem for book in books))
    if request.beside and not chosen[0].of_people:
        known = ", ".join(book.stem for book in books if book.of_people)
        raise Refused("not_of_people", name=only, known=known or "-")
    return chosen


def _within(root, path):
    """The path relative to the root with forward slashes, or None if it lies elsewhere."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def from_here(path: Path) -> str:
    """A path as a person in the working directory would type it."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.path.join("..", "..", "..")) else relative
