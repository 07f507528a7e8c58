"""Reference tables that analysts edit, in `data/reference/` or beside the exports: read as text, checked on the way."""

import csv

import pandas as pd

from custlib import project
from custlib.refusals import Refused

# the first column is the table's key
COLUMNS = {
    "measures.csv": (
        "class",
        *(f"{field}_{lang}" for field in ("visit_rhythm", "terms", "resources", "next_step") for lang in ("en", "zh")),
    ),
    "formats.csv": ("store_format", "en", "zh", "floor_area_m2", "urban_share", "rural_share"),
    "churn_reference.csv": ("reason", "en", "zh", "percent"),
}


def table(name, data_dir=None):
    """A reference table, its own columns only, as text; a blank cell is missing.

    name: a key of `COLUMNS`. The copy in `data_dir`/reference goes before the project's.
    Raises Refused if the file is missing or not UTF-8, lacks a column, has a line of another width, or a key twice.
    """
    path = project.reference(name, data_dir)
    header, *rows = _rows(path)
    lacking = [column for column in COLUMNS[name] if column not in header]
    if lacking:
        raise Refused("reference_columns", file=path.name, columns=", ".join(lacking))
    _check_rows(path, header, rows, header.index(COLUMNS[name][0]))
    frame = pd.DataFrame([cells for _, cells in rows], columns=header, dtype="str")
    return frame[list(COLUMNS[name])].replace("", None)


def _rows(path):
    if not path.is_file():
        raise Refused("reference_missing", file=path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("reference_encoding", file=path.name) from error
    reader = csv.reader(text.splitlines(keepends=True))
    rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(cells)]
    return [rows[0][1], *rows[1:]] if rows else [[]]


def _check_rows(path, header, rows, key):
    seen = set()
    for line, cells in rows:
        if len(cells) != len(header):
            raise Refused("reference_width", file=path.name, line=line, found=len(cells), expected=len(header))
        if cells[key] in seen or not cells[key]:
            raise Refused("reference_key", file=path.name, line=line, column=header[key], key=cells[key])
        seen.add(cells[key])
