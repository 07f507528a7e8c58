"""A report in one language: its front page, a page for each notebook, the workbook, the PDF."""

import contextlib
import functools
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from custlib import words
from custlib.report import files, profile
from custlib.report.archive import manifest, publishing
from custlib.report.notebook import failures, lineage, notebooks
from custlib.report.pages import bodies, facets, workbook
from custlib.report.run import cache

if TYPE_CHECKING:
    from custlib.report.run.build import Build

BOOK, PAPER = "report.xlsx", "report.pdf"


@dataclass(frozen=True)
class Edition:
    """A report in one language; nodes: stem → executed notebook in it; context: a `sentences.Context`, for tables;
    found: the customers that have a page of their own."""

    build: "Build"
    lang: str
    nodes: dict
    context: object = None
    found: profile.found.Found = profile.found.Found()

    @contextlib.contextmanager
    def printed(self):
        """Writes the front page, and prints it as a PDF while other work is done within.

        Without a Chromium for it the log says so.
        """
        with self.build.ports.pdf(self.front()) as wait:
            yield
            data = wait()
        if data:
            self._write(PAPER, data)
        else:
            self.build.watch.step("no_pdf")

    def front(self) -> str:
        """Writes the front page: the last notebook's, with a finding of each other."""
        *others, stem = self.nodes
        sources = {one: self._sources(one, f"{one}.html", **self._shown()) for one in self.nodes}
        findings = tuple(bodies.finding(self.nodes[one], self.lang, sources[one]) for one in others)
        options = self._options(publishing.FRONT, stem, sources[stem], findings=findings)
        page = self._rendered(stem, options)
        self._write(publishing.FRONT, page.encode())
        return page

    def pages(self) -> None:
        """Writes two pages for each notebook, the second with its code for analysts.

        That of the summary shows the data behind its figures, as the front page does.
        """
        for stem in self.nodes:
            shown = self._shown() if stem == [*self.nodes][-1] else {}
            self._page(f"{stem}.html", stem, made_at=f"{stem}_code.html", **shown)
            self._page(f"{stem}_code.html", stem, code=True)

    def draft(self) -> None:
        """Writes the page of the one notebook."""
        (stem,) = self.nodes
        self._page(f"{stem}.html", stem)

    def workbook(self) -> None:
        """Writes the result tables of all notebooks as one Excel workbook, with what the run was made of."""
        ports, made_of = self.build.ports, self.build.made_of
        data = ports.workbook(
            {name: ports.shape(name, self.build.folder) for stem in self.nodes for name in ports.promised(stem)},
            self._load,
            lang=self.lang,
            title=self._title(),
            period=self._period(),
            context=self.context,
            about=workbook.provenance(manifest.run_id(made_of), made_of, self.lang),
        )
        self._write(BOOK, data)

    def _page(self, name, stem, made_at="", code=False, **shown):
        sources = self._sources(stem, made_at, **shown)
        options = self._options(name, stem, sources, code=code)
        if shown:  # what is in the tables decides such a page too
            return self._write(name, self._rendered(stem, options).encode())
        known = options | {"sources": asdict(replace(sources, facets={}))}
        decided = [self.nodes[stem], known, self._facets_hash, cache.shared(self.build.made_of)]
        decided += [self._addresses, [self.found.names.get(each, "") for each in self._addresses], self._managers]
        page = self.build.cache.text(self._name(name), decided, lambda: self._rendered(stem, options))
        self._write(name, page.encode())

    def _options(self, name, stem, sources, **more):
        """What a page is rendered with."""
        plan, lang = self.build.plan, self.lang
        titles = {one: notebooks.title(self.nodes[one].cells, lang) or one for one in self.nodes if one != stem}
        beside = [("book", BOOK)] if titles else []
        beside += [("code", f"{stem}_code.html")] if sources.made_at else []
        return {
            "lang": lang,
            "title": self._title(),
            "links": [(title, self._name(f"{one}.html")) for one, title in titles.items()],
            "twins": [(other, plan.edition(name, other)) for other in plan.langs if other != lang],
            "downloads": [
                *((words.say("report", text, lang), self._name(file)) for text, file in beside),
                *self._out(),
            ],
            "footer": " ".join(filter(None, [self._period(), self._have_pages()])),
            "sources": sources,
            "code": False,
            "findings": None,
            **more,
        }

    def _rendered(self, stem, options):
        with failures.rendering(stem):
            page = self.build.ports.render(self.nodes[stem], **options)
        if not self.found.listed:
            return page
        page = profile.linked.link(page, self._addresses, self.found.names)
        return profile.managers.link(page, self._managers)

    @functools.cached_property
    def _addresses(self):
        return self.found.addresses(self._name)

    @functools.cached_property
    def _managers(self):
        return profile.managers.addresses(self.found, self._name)

    def _have_pages(self):
        """How many customers have a page, and how many have none; "" where none is made."""
        if not self.found.listed:
            return ""
        everybody = {*self.found.names, *self.found.listed}
        counts = {"with_page": len(self.found.listed), "all": len(everybody)}
        return words.say(
            "profile_page", "have_pages", self.lang, without=len(everybody) - counts["with_page"], **counts
        )

    def around(self) -> profile.rendering.Around:
        """What is the same on the pages of all customers, one folder further down."""
        *_, stem = self.nodes
        front = (notebooks.title(self.nodes[stem].cells, self.lang) or stem, f"../{self._name(publishing.FRONT)}")
        links = [front, *((text, f"../{address}") for text, address in self._out())]
        return profile.rendering.Around(self._title(), tuple(links), self._period())

    def _shown(self):
        return {"load": self._load, "context": self.context}

    def _out(self):
        """The link to the list of all that is published; none on a draft, which lies elsewhere."""
        plan = self.build.plan
        if plan.request.only:
            return []
        up = "../" * (4 if plan.part else 2)
        return [(words.say("report", "all_reports", self.lang), up + publishing.INDEX)]

    def _sources(self, stem, made_at, **shown):
        """The tables behind each cell; a table that is only shown has no file to lead to."""
        tables = self.build.folder / "tables"
        behind = {
            cell: [name for name in names if (tables / f"{name}.csv").is_file()]
            for cell, names in lineage.by_cell(self.nodes[stem].cells).items()
        }
        return bodies.Sources(behind, made_at and self._name(made_at), facets=self._facets, **shown)

    @functools.cached_property
    def _facets(self):
        """By what tables of customers filter; nothing in a draft of a notebook that made no customers."""
        made = self.build.folder / "tables" / f"{facets.TABLE}.parquet"
        return facets.of(self._load(facets.TABLE), self.lang, self.context) if made.is_file() else {}

    @functools.cached_property
    def _facets_hash(self):
        return manifest.hash_of(self._facets)

    def _write(self, name, data):
        files.write_bytes(self.build.folder / self._name(name), data)

    def _name(self, name):
        return self.build.plan.edition(name, self.lang)

    def _load(self, name):
        return self.build.ports.load(name, self.build.folder)

    def _title(self):
        plan = self.build.plan
        return " · ".join(filter(None, [self.build.clean.company, plan.quarter, plan.names.get(self.lang)]))

    def _period(self):
        clean = self.build.clean
        return words.say("report", "period", self.lang, first=clean.data_from, last=clean.data_until)
