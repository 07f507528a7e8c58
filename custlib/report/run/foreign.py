"""The report of a part before it is published: no file of it may hold the id or the name of another part's customer."""

import csv
import html
import json
import re
import zipfile
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from custlib.refusals import Refused
from custlib.report.profile import found

UNSEEN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
SEEN = re.compile(r">([^<]+)<|\b(?:aria-label|alt|title)=\"([^\"]*)\"")
PROFILE = re.compile(rf'href="{found.FOLDER}/([^".]*)')
HTML = ("text/html", "image/svg+xml")
_ALONE = Lock()  # parts are made side by side, and the clean tables answer one at a time


def check(clean, part: str, folder: Path) -> None:
    """Raises Refused (`foreign_in_report`) if a file names a customer who is not of the part, as in "region=华东".

    All that a reader can see is searched: texts of executed notebooks and of the facts in them, cells of tables, texts
    of pages and of the workbook. The PDF is made of a page, and Parquet files hold what the CSV files do.
    """
    from custlib import facts
    from custlib.page.part import Part

    with _ALONE:
        customers = facts.customers(clean)
    own = Part(customers, facts.in_part(customers, part))
    texts: dict[tuple, set] = {}
    for ending, read in (("ipynb", _notebook), ("csv", _table), ("xlsx", _workbook), ("html", _page)):
        for path in sorted(folder.rglob(f"*.{ending}")):
            name = path.relative_to(folder).as_posix()
            texts |= {(name, place): seen for place, seen in read(path).items()}
    if _first(own, set().union(*texts.values())):
        for (file, (place, number)), seen in texts.items():
            if customer := _first(own, seen):
                raise Refused("foreign_in_report", file=file, place=place, number=number, customer=customer)


def _first(own, texts):
    return own.first_foreign("\n".join(f'"{text}"' for text in sorted(texts)))


def _notebook(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {("in_cell", number): set(_strings(cell)) for number, cell in enumerate(cells, 1)}


def _strings(value, kind=""):
    """Texts within JSON; of HTML those that are seen. kind: the key that the value stands under."""
    if isinstance(value, str):
        yield from _seen(value) if kind in HTML else [value]
    elif isinstance(value, list) and kind in HTML:
        yield from _seen("".join(value))
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else [(kind, one) for one in value]
        for key, one in items:
            yield from _strings(one, key)


def _seen(page):
    """The texts of HTML that a reader sees or hears, but numbers: as ids they are in its notebook and table too."""
    pieces = {html.unescape(one or other).strip() for one, other in SEEN.findall(UNSEEN.sub("<>", page))}
    return {piece for piece in pieces if not piece.isdigit()}


def _table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    texts = _texts_of(path.stem, head)
    return {("in_line", number): {row[at] for at in texts} for number, row in enumerate(rows, 2)}


def _texts_of(table, head):
    """Places of the columns that hold texts: the number of customers is no customer."""
    from custlib import codebook

    lines = codebook.columns(table)
    return [at for at, column in enumerate(head) if lines[column]["kind"] not in codebook.NUMBERS]


def _workbook(path):
    with zipfile.ZipFile(path) as parts:
        texts = {name: parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml")}
    return {
        (name, None): {html.unescape(one) for one in re.findall(r">([^<]+)</t>", text)} for name, text in texts.items()
    }


def _page(path):
    page = path.read_text(encoding="utf-8")
    led_to = {unquote(stem) for stem in PROFILE.findall(page)}
    named = {path.name.split(".")[0]} if path.parent.name == found.FOLDER else set()
    return {("in_page", None): _seen(page) | led_to | named}
