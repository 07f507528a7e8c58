"""The runs in the reports folder: which there are, whether one is as it was made, going back to one, clearing out."""

from pathlib import Path
from typing import NamedTuple

from custlib import cleaning, quarters
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import manifest, publishing


class Run(NamedTuple):
    """A run that lies in the reports folder; `ended` is ISO text, "" if unknown; `lang` too.

    quarter: the folder of its quarter within the reports folder: "2025Q4", or "by-region/华东/2025Q4" for a part's,
    "people/2025Q4" for what is said of people.
    """

    quarter: str
    run: str
    folder: Path
    ended: str
    lang: str
    published: bool

    @property
    def of_people(self) -> bool:
        """Whether it speaks of people: no list of reports and no comparison names it."""
        return self.quarter.startswith(f"{publishing.PEOPLE}/")


class Difference(NamedTuple):
    """A file of a run that is not as it was made: `what` is "changed", "missing" or "added"."""

    file: str
    what: str


class Removed(NamedTuple):
    """A folder that was cleared out, as a path within the reports folder, and the bytes that its files held."""

    name: str
    size: int


def runs(reports: Path) -> list[Run]:
    """Every run in the reports folder, by quarter, the newest last; those of the company before those of parts."""
    return [run for place in _all_places(reports) for run in _runs(place, reports)]


def find(reports: Path, run_id: str, people: bool = True) -> Run:
    """The run of that name. people: whether one that speaks of people may be it. Raises Refused (`no_run`)."""
    known = [run for run in runs(reports) if people or not run.of_people]
    if run := next((run for run in known if run.run == run_id), None):
        return run
    raise Refused("no_run", run=run_id, folder=reports, known=", ".join(run.run for run in known[-5:]) or "-")


def named(reports: Path, name: str) -> Run:
    """The published run of a quarter, or the run of a RUN-ID.

    Raises Refused (`not_published`, `quarter_not_published`, which names those that are, `no_run`).
    """
    if not (len(name) == 6 and name[4] == "Q"):
        return find(reports, name, people=False)
    quarter = str(quarters.parse(name))
    if run := next((run for run in _runs(reports / quarter, reports) if run.published), None):
        return run
    raise _not_published(reports, quarter)


def verify(reports: Path, quarter: str | None = None) -> dict[str, list[Difference]]:
    """Hashes every file of the published reports of a quarter (None: of each), parts' too: `Run.quarter` → differences.

    Raises Refused (`not_a_quarter`, `not_published`, `quarter_not_published`).
    """
    asked = str(quarters.parse(quarter)) if quarter else None
    places = [place for place in _all_places(reports) if asked in (None, place.name)]
    places = [place for place in places if (place / publishing.INDEX).is_file() and _folders(place)]
    if not places:
        raise _not_published(reports, quarter or "-")
    return {place.relative_to(reports).as_posix(): _differences(place) for place in places}


def _not_published(reports, quarter):
    """Nothing is published for this quarter; those that are published are named."""
    known = [run.quarter for run in runs(reports) if run.published]
    if known:
        return Refused("quarter_not_published", quarter=quarter, folder=reports, known=", ".join(known))
    return Refused("not_published", folder=reports, quarter=quarter)


def go_back(reports: Path, run_id: str) -> Path:
    """Makes an earlier run the published one of its quarter, in one step; returns the page's path.

    Raises Refused (`no_run`, `run_not_whole`, `locked`).
    """
    run = find(reports, run_id)
    place = run.folder.parent
    with files.only_one(place.parent):
        if not manifest.verified(run.folder):
            raise Refused("run_not_whole", run=run_id, quarter=place.name)
        return publishing.publish(place, run_id)


def clean(reports: Path, keep: int) -> list[Removed]:
    """Removes what failed or was killed, and of each quarter all runs but the newest `keep` and the published one.

    Of a quarter whose front page belongs to none of its runs, nothing is removed. Sheets of people go with their run.
    """
    return [removed for shelf in _shelves(reports) for removed in _cleaned(shelf, reports, keep)]


def clean_tables(home: Path, reports: Path, keep: int) -> list[Removed]:
    """Removes folders of clean tables but the `keep` that were used last and those that runs in `reports` are made of.

    Raises Refused (`locked`) while exports are being cleaned.
    """
    if not home.is_dir():
        return []
    with files.only_one(home):
        whole = sorted(home.glob(f"*/{cleaning.DONE}"), key=lambda path: (path.stat().st_mtime_ns, path))
        made_of = [(manifest.load(run.folder) or {}).get("made_of", {}).get("clean") for run in runs(reports)]
        kept = {*made_of, *(path.parent.name for path in whole[max(len(whole) - keep, 0) :])}
        doomed = [folder for folder in _folders(home) if folder.name not in kept]
        removed = [Removed(f"{home.parent.name}/{home.name}/{folder.name}", files.size(folder)) for folder in doomed]
        for folder in doomed:
            for done in folder.glob(cleaning.DONE):  # first what says that the rest is whole
                files.remove_file(done)
            files.remove(folder)
    return removed


def _cleaned(shelf, reports, keep):
    with files.only_one(shelf):
        doomed = [*_folders(shelf / publishing.STAGING), *_folders(shelf / publishing.FAILED)]
        doomed += [folder for place in _places(shelf) for folder in _surplus(place, keep)]
        doomed += _sheets(shelf, doomed) if shelf.name == publishing.PEOPLE else []
        removed = [Removed(folder.relative_to(reports).as_posix(), files.size(folder)) for folder in doomed]
        for folder in doomed:
            _remove(folder, shelf)
    return removed


def seconds(reports: Path) -> dict[str, float]:
    """How long each notebook took in the last run of the company, or of the part whose folder this is."""
    own = [run for place in _places(reports) for run in _runs(place, reports)]
    last = max(own, key=lambda run: run.ended, default=None)
    return manifest.times(last.folder).get("seconds", {}) if last else {}


def _shelves(reports):
    """The folders that hold quarters: that of the company, those of `--by`, those of parts, that of people."""
    if not reports.is_dir():
        return []
    by = [folder for folder in sorted(reports.glob("by-*")) if folder.is_dir()]
    parts = [part for folder in by for part in _folders(folder) if part.name[0] != "." and part not in _places(folder)]
    people = [folder for folder in [reports / publishing.PEOPLE] if folder.is_dir()]
    return [reports, *by, *parts, *people]


def _places(reports):
    return [place for place in sorted(reports.glob("????Q?")) if place.is_dir()]


def _all_places(reports):
    return [place for shelf in _shelves(reports) for place in _places(shelf)]


def _folders(place):
    return [folder for folder in sorted(place.glob("*")) if folder.is_dir()]


def _runs(place, reports):
    fronts, quarter = publishing.fronts(place), place.relative_to(reports).as_posix()
    own = [_run(folder, folder in fronts, quarter) for folder in _folders(place)]
    return sorted(own, key=lambda run: (run.ended, run.run))


def _run(folder, published, quarter):
    made_of = (manifest.load(folder) or {}).get("made_of", {})
    lang = made_of.get("parameters", {}).get("run", {}).get("lang", "")
    return Run(quarter, folder.name, folder, manifest.times(folder).get("ended", ""), lang, published)


def _differences(place):
    folder = next(iter(publishing.fronts(place)), None)
    if folder is None:
        return [Difference(publishing.INDEX, "changed")]
    content = manifest.load(folder)
    if content is None:
        return [Difference(f"{folder.name}/{manifest.NAME}", "missing")]
    # front pages in other languages
    pages = [name for name, page in publishing.indexes(folder).items() if not _same(place / name, page)]
    forged = [] if manifest.run_id(content["made_of"]) == folder.name else [(manifest.NAME, "changed")]
    before, now = content["outputs"], manifest.outputs(folder)
    changed = [(name, _what(name, before, now)) for name in sorted(manifest.differing(before, now))]
    inside = [Difference(f"{folder.name}/{name}", what) for name, what in forged + changed]
    return [*(Difference(name, "changed") for name in pages), *inside]


def _same(path, page):
    return path.is_file() and path.read_bytes() == page


def _what(name, before, now):
    if name not in now:
        return "missing"
    return "changed" if name in before else "added"


def _surplus(place, keep):
    own = _runs(place, place.parent)
    lost = (place / publishing.INDEX).is_file() and not any(run.published for run in own)
    old = own[: max(len(own) - keep, 0)]
    return [] if lost else [run.folder for run in old if not run.published]


def _sheets(people, doomed):
    """Folders of sheets (`forms/<quarter>/<run>`) whose run goes, or is gone."""
    made = [folder for place in _folders(people / "forms") for folder in _folders(place)]
    runs = {(place.name, run.name) for place in _places(people) for run in _folders(place) if run not in doomed}
    return [folder for folder in made if (folder.parent.name, folder.name) not in runs]


def _remove(folder, reports):
    """In one step for the reader: a run that is killed half removed lies in staging, where the next one removes it."""
    if folder.parent.name != publishing.STAGING:
        files.make_folder(reports / publishing.STAGING)
        place = reports / publishing.STAGING / f"{folder.parent.name}-{folder.name}"
        files.move(folder, place)
        folder = place
    files.remove(folder)
