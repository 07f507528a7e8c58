"""The list of what is published, `reports/index.html`: the company's quarters and those of its parts, newest first.

Every page of a report links to it; it is made anew at each publication. In further languages it is `index.zh.html`.
"""

from itertools import groupby
from pathlib import Path
from urllib.parse import quote

import filelock

from custlib import glossary, words
from custlib.report import files
from custlib.report.archive import archive, manifest, publishing

LOCK, SECONDS = ".index.lock", 30  # company and parts may publish at the same time


def write(reports: Path) -> None:
    """Puts the list in place of the one that stands, in one step for each language. Raises Refused (`cannot_write`)."""
    files.make_folder(reports)
    with filelock.FileLock(reports / LOCK, timeout=SECONDS):
        runs = [run for run in archive.runs(reports) if run.published and not run.of_people]
        newest = max(runs, key=lambda run: (run.quarter.count("/") == 0, run.ended, run.run), default=None)
        langs = newest.lang.split(",") if newest and newest.lang else glossary.LANGUAGES[:1]
        for lang in reversed(langs):
            publishing.replace(reports / _name(lang, langs), _page(reports, runs, lang, langs).encode())
        for path in reports.glob("index.*.html"):
            if path.name not in {_name(lang, langs) for lang in langs}:
                files.remove_file(path)


def knows(reports: Path, page: Path) -> bool:
    """Whether the list was made after the page of a quarter was put in its place."""
    own = reports / publishing.INDEX
    return own.is_file() and own.stat().st_mtime_ns >= page.stat().st_mtime_ns


def _name(lang, langs):
    return publishing.INDEX if lang == langs[0] else f"index.{lang}.html"


def _page(reports, runs, lang, langs):
    from custlib.report.pages import pages  # templates and fonts

    by_shelf = groupby(sorted(runs, key=_shelf), _shelf)
    shelves = [{"title": _title(shelf, lang), "lines": _lines(own, reports)} for shelf, own in by_shelf]
    twins = [(other, _name(other, langs)) for other in langs if other != lang]
    return pages.render_shelf(shelves, lang=lang, twins=twins)


def _shelf(run):
    """What a list of runs is about: "" for the company, "by-region" for its regions."""
    return run.quarter.partition("/")[0] if "/" in run.quarter else ""


def _title(shelf, lang):
    return words.say("report", "by", lang, by=glossary.term(shelf[3:], lang)) if shelf else ""


def _lines(runs, reports):
    """A line for each report of a shelf, the newest quarter first: its quarter, whose it is, and where it is told."""
    newest = sorted(runs, key=lambda run: run.quarter)
    newest.sort(key=lambda run: run.folder.parent.name, reverse=True)
    return [
        {
            "quarter": run.folder.parent.name,
            "part": run.quarter.split("/")[-2] if "/" in run.quarter else "",
            "until": (manifest.load(run.folder) or {}).get("data_until", ""),
            "pages": _pages(run, reports),
        }
        for run in newest
    ]


def _pages(run, reports):
    """(language, address) of each page of a report."""
    place, langs = run.folder.parent, (run.lang or glossary.LANGUAGES[0]).split(",")
    named = {lang: place / _name(lang, langs) for lang in langs}
    return [(lang, quote(path.relative_to(reports).as_posix())) for lang, path in named.items() if path.is_file()]
