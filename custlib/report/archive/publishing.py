"""From staging to published: run folders that never change again, and one front page that is replaced in one step.

reports/.staging/<run-id>/           being made; what a killed run left is removed by the next one
reports/<quarter>/<run-id>/          complete, with its manifest
reports/<quarter>/index.html         its front page, with links into the run folder; in other languages index.zh.html
reports/index.html                   the list of what is published, see `shelf`
reports/.failed/<quarter>-<run-id>/  what a failed run left, with error.html
reports/.draft/<quarter>/            what analysts and `--only` make; never published
reports/people/                      the same once more for notebooks of people: outside all that a report holds
"""

import contextlib
import re
from pathlib import Path
from typing import NamedTuple

from custlib import quarters
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import manifest

STAGING, FAILED, DRAFT, PEOPLE = ".staging", ".failed", ".draft", "people"
FRONT, INDEX, ERROR = "front.html", "index.html", "error.html"
LINK = re.compile(rb'(<a\b[^>]*?\bhref=")([^"#][^"]*)')

COMPARED = (  # the tables of an earlier report that a run reads
    "control_totals line_accounts data_facts text_values abc_settings abc_customers abc_moves abc_sold abc_totals "
    "climb_plan"
).split()


class Basis(NamedTuple):
    """An earlier published report to compare with: its folder, its quarter, and the hash of what is read of it."""

    folder: Path
    quarter: str
    content: str

    def __str__(self):
        return f"{self.quarter} {self.content[:12]}"


def basis(reports: Path, quarter: str) -> Basis | None:
    """The published report of the nearest quarter before this one that stands whole; None if there is none."""
    earlier = [path for path in reports.glob("????Q?") if _is_before(path.name, quarter)]
    return next(filter(None, map(_published, sorted(earlier, reverse=True))), None)


def _is_before(name, quarter):
    try:
        return quarters.parse(name) < quarters.parse(quarter)
    except Refused:
        return False


def _published(place):
    """The run of a quarter whose front page is the one that is published."""
    for folder in fronts(place):
        outputs = (manifest.verified(folder) or {"outputs": {}})["outputs"]
        tables = {name: outputs.get(f"tables/{name}.parquet") for name in COMPARED}
        if all(tables.get(name) for name in COMPARED[:3]):
            return Basis(folder, place.name, manifest.hash_of(tables))
    return None


def fronts(place: Path) -> list[Path]:
    """The run folders of a quarter whose front page is the published one, byte for byte but its links."""
    if not (place / INDEX).is_file():
        return []
    page = (place / INDEX).read_bytes()
    return [front.parent for front in sorted(place.glob(f"*/{FRONT}")) if _from_outside(front) == page]


def stage(reports: Path, run_id: str) -> Path:
    """An empty folder for a run in the making; what an earlier run left there is removed."""
    files.remove(reports / STAGING)
    folder = reports / STAGING / run_id
    files.make_folder(folder / "tables")
    return folder


def keep(staging: Path, reports: Path, quarter: str) -> None:
    """Moves a complete run from staging to its place. One that stands there incomplete or changed is set aside."""
    place = reports / quarter / staging.name
    files.settle(staging)
    files.make_folder(place.parent)
    if place.exists():
        set_aside(place, reports, f"{quarter}-{staging.name}-changed")
    files.move(staging, place)
    files.settle_names(place.parent)


def publish(place: Path, run_id: str) -> Path:
    """Makes a run the published one of its quarter; returns the page's path.

    `index.html` decides what is published: it is replaced in one step, after the pages in other languages.
    """
    fronts = indexes(place / run_id)
    for name, page in sorted(fronts.items(), key=lambda page: page[0] == INDEX):
        replace(place / name, page)
    for path in place.glob("index.*.html"):
        if path.name not in fronts:
            files.remove_file(path)
    return place / INDEX


def stands(place: Path, run_id: str) -> bool:
    """Whether a run is the published one of its quarter, byte for byte, so that nothing need be replaced."""
    return {path.name: path.read_bytes() for path in place.glob("index*.html")} == indexes(place / run_id)


def stamp(page: Path) -> tuple | None:
    """What tells a published page from the one that takes its place, whatever either says; None without one."""
    with contextlib.suppress(OSError):
        status = page.stat()
        return status.st_ino, status.st_mtime_ns
    return None


def indexes(folder: Path) -> dict[str, bytes]:
    """The published pages of a run: name → its own front page, with links as they lead from outside the folder."""
    return {_outside(path.name): _from_outside(path) for path in sorted(folder.glob("front*.html"))}


def _outside(name):
    return name.replace("front", "index", 1)


def _from_outside(front):
    """The bytes of a front page one folder further up; links of earlier custlib's pages lead from there already."""
    run = front.parent.name

    def led(link):
        address = link[2].decode()
        if address.startswith("front"):
            address = _outside(address)
        elif address.startswith("../"):
            address = address.removeprefix("../")
        elif not address.startswith((f"{run}/", "index")):
            address = f"{run}/{address}"
        return link[1] + address.encode()

    return LINK.sub(led, front.read_bytes())


def replace(page: Path, data: bytes) -> None:
    """Puts a page in place of the one that stands, in one step."""
    files.make_folder(page.parent)
    fresh = page.with_name(f".{page.name}.new")
    files.write_bytes(fresh, data)
    files.move(fresh, page)
    files.settle_names(page.parent)


def set_aside(folder: Path, reports: Path, name: str) -> Path:
    """Moves a folder to `.failed` under this name, in place of an earlier one. Returns where it is."""
    place = reports / FAILED / name
    files.make_folder(place.parent)
    files.remove(place)
    files.move(folder, place)
    return place


def fail(staging: Path, reports: Path, name: str, page: str) -> Path | None:
    """Keeps what a failed run made, with its error page. Returns the page's path; None if it cannot be written."""
    with contextlib.suppress(Refused):  # the failure itself is what the reader must hear of
        files.make_folder(staging)
        files.write(staging / ERROR, page)
        return set_aside(staging, reports, name) / ERROR
    return None


def discard(reports: Path) -> None:
    """Removes staging; what cannot be removed now is removed by the next run."""
    with contextlib.suppress(Refused):
        files.remove(reports / STAGING)
