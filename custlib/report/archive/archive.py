"""The runs that lie in the reports folder: which there are, whether one is as it was made, going back to one, clearing out."""

from pathlib import Path
from typing import NamedTuple

from custlib import quarters
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import manifest, publishing


class Kept(NamedTuple):
    """A run that lies in the reports folder; `ended` is ISO text, "" if unknown; `lang` too.

    quarter: the folder of its quarter within the reports folder: "2025Q4", or "by-region/华东/2025Q4" for a part's.
    """

    quarter: str
    run: str
    folder: Path
    ended: str
    lang: str
    published: bool


class Difference(NamedTuple):
    """A file of a run that is not as it was made: `what` is "changed", "missing" or "added"."""

    file: str
    what: str


class Removed(NamedTuple):
    """A folder that was cleared out, as a path within the reports folder, and the bytes that its files held."""

    name: str
    size: int


def kept(reports):
    """Every run in the reports folder as `Kept`, by quarter, the newest last; those of the company first, then those of parts."""
    return [one for shelf in _shelves(reports) for place in _places(shelf) for one in _runs(place, reports)]


def find(reports, run_id):
    """The run of that name. Raises Refused (`no_run`)."""
    runs = kept(reports)
    for one in runs:
        if one.run == run_id:
            return one
    raise Refused("no_run", run=run_id, folder=reports, known=", ".join(one.run for one in runs[-5:]) or "-")


def named(reports, name):
    """The run that a person means: a quarter's published one, or that of a RUN-ID. Raises Refused (`not_published`, `no_run`)."""
    if not (len(name) == 6 and name[4] == "Q"):
        return find(reports, name)
    quarter = str(quarters.parse(name))
    for one in _runs(reports / quarter, reports):
        if one.published:
            return one
    raise Refused("not_published", folder=reports, quarter=quarter)


def verify(reports, quarter=None):
    """Hashes every file of the published reports of a quarter (None: of each), parts' too, anew: `Kept.quarter` → its `Difference`s.

    Raises Refused (`not_a_quarter`, `not_published`).
    """
    asked = str(quarters.parse(quarter)) if quarter else None
    places = [place for shelf in _shelves(reports) for place in _places(shelf) if asked in (None, place.name)]
    places = [place for place in places if (place / publishing.INDEX).is_file() and _folders(place)]
    if not places:
        raise Refused("not_published", folder=reports, quarter=quarter or "-")
    return {place.relative_to(reports).as_posix(): _differences(place) for place in places}


def go_back(reports, run_id):
    """Makes an earlier run the published one of its quarter, in one step; returns the page's path.

    Raises Refused (`no_run`, `run_not_whole`, `locked`).
    """
    one = find(reports, run_id)
    place = one.folder.parent
    with files.only_one(place.parent):
        if not manifest.read(one.folder):
            raise Refused("run_not_whole", run=run_id, quarter=place.name)
        return publishing.publish(place, run_id)


def clean(reports, keep):
    """Removes what failed or was killed, and of each quarter, of company and parts, all runs but the newest `keep` and the published one.

    Of a quarter whose front page belongs to none of its runs, nothing is removed. Returns what was, as `Removed`.
    """
    return [one for shelf in _shelves(reports) for one in _cleaned(shelf, reports, keep)]


def _cleaned(shelf, reports, keep):
    with files.only_one(shelf):
        doomed = [*_folders(shelf / publishing.STAGING), *_folders(shelf / publishing.FAILED)]
        doomed += [folder for place in _places(shelf) for folder in _surplus(place, keep)]
        removed = [Removed(folder.relative_to(reports).as_posix(), _size(folder)) for folder in doomed]
        for folder in doomed:
            _remove(folder, shelf)
    return removed


def seconds(reports):
    """How long each notebook took in the last run that is kept of the company, or of the part whose folder this is: stem → seconds."""
    last = max(
        (one for place in _places(reports) for one in _runs(place, reports)), key=lambda one: one.ended, default=None
    )
    return manifest.times(last.folder).get("seconds", {}) if last else {}


def _shelves(reports):
    """The folders that runs are kept in: that of the company, those of `--by`, those of parts."""
    if not reports.is_dir():
        return []
    by = [folder for folder in sorted(reports.glob("by-*")) if folder.is_dir()]
    parts = [part for folder in by for part in _folders(folder) if part.name[0] != "." and part not in _places(folder)]
    return [reports, *by, *parts]


def _places(reports):
    return [place for place in sorted(reports.glob("????Q?")) if place.is_dir()]


def _folders(place):
    return [folder for folder in sorted(place.glob("*")) if folder.is_dir()]


def _runs(place, reports):
    fronts = publishing.fronts(place)
    found = [_kept(folder, folder in fronts, place.relative_to(reports).as_posix()) for folder in _folders(place)]
    return sorted(found, key=lambda one: (one.ended, one.run))


def _kept(folder, published, quarter):
    made_of = (manifest.told(folder) or {}).get("made_of", {})
    lang = made_of.get("parameters", {}).get("run", {}).get("lang", "")
    return Kept(quarter, folder.name, folder, manifest.times(folder).get("ended", ""), lang, published)


def _differences(place):
    folder = next(iter(publishing.fronts(place)), None)
    if folder is None:
        return [Difference(publishing.INDEX, "changed")]
    told = manifest.told(folder)
    if told is None:
        return [Difference(f"{folder.name}/{manifest.NAME}", "missing")]
    forged = [] if manifest.run_id(told["made_of"]) == folder.name else [Difference(manifest.NAME, "changed")]
    before, now = told["outputs"], manifest.outputs(folder)
    changed = [Difference(name, _what(name, before, now)) for name in sorted({**before, **now})]
    inside = [Difference(f"{folder.name}/{one.file}", one.what) for one in forged + changed if one.what]
    return [*(Difference(name, "changed") for name in _other_indexes(place, folder)), *inside]


def _other_indexes(place, folder):
    """Names of published front pages in other languages that are not those of the run."""
    fronts = publishing.indexes(folder)
    return [name for name, front in fronts.items() if not _same(place / name, front)]


def _same(path, other):
    return path.is_file() and path.read_bytes() == other.read_bytes()


def _what(name, before, now):
    if name not in now:
        return "missing"
    if name not in before:
        return "added"
    return "" if before[name] == now[name] else "changed"


def _surplus(place, keep):
    runs = _runs(place, place.parent)
    lost = (place / publishing.INDEX).is_file() and not any(one.published for one in runs)
    old = runs[: max(len(runs) - keep, 0)]
    return [] if lost else [one.folder for one in old if not one.published]


def _size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _remove(folder, reports):
    """In one step for the reader: a run that is killed half removed lies in staging, where the next one removes it."""
    if folder.parent.name != publishing.STAGING:
        files.make_folder(reports / publishing.STAGING)
        place = reports / publishing.STAGING / f"{folder.parent.name}-{folder.name}"
        files.move(folder, place)
        folder = place
    files.remove(folder)
