"""What the first lines of an export would become under a draft of `sources.toml`, before anything is written."""

import shutil
import tempfile
from pathlib import Path

import pandas as pd

from custlib import reference, schema, sources, warehouse
from custlib.cleaning import clean_folder
from custlib.reading import draft, opening

ROWS, LINES = 10, 300


def preview(folder: Path, found: list[draft.Entry], at: int, lang: str = "en") -> tuple[pd.DataFrame, pd.DataFrame]:
    """(the first clean rows, the first lines set aside with their reason) of the first file of entry `at`.

    found: all entries, as `draft.together` gives them: heads and lines of documents are read together.
    Each question of the draft counts as answered the way it stands. Of a text file the first `LINES` lines are read.
    Raises Refused for whatever stops the reading.
    """
    with tempfile.TemporaryDirectory() as place:
        exports, target = Path(place) / "exports", Path(place) / "clean"
        exports.mkdir()
        target.mkdir()
        entry = found[at]
        needed = [one for one in found if one is entry or (entry.part and one.part)]
        names = [_copied(folder / one.looks[0].file, exports) for one in needed]
        alone = [one._replace(files=draft.escape(name)) for one, name in zip(needed, names, strict=True)]
        text = draft.answered(draft.text(alone, lang))
        (exports / sources.NAME).write_text(text, encoding="utf-8")
        told = sources.load(exports)
        with warehouse.opened() as connection:
            nobody = reference.merges().iloc[:0]
            clean_folder.clean(exports, sorted(set(names)), told, nobody, target, connection)
            return _clean(connection, target, entry.table), _aside(connection, target)


def _copied(path, exports):
    if path.suffix.lower() not in opening.TEXT:
        return shutil.copy(path, exports).rpartition("/")[2]
    with open(path, "rb") as stream:
        lines = [stream.readline() for _ in range(LINES)]
    (exports / path.name).write_bytes(b"".join(lines))
    return path.name


def _clean(connection, target, table):
    rows = warehouse.read(connection, target / f"{table}.parquet").order_by("line").limit(ROWS).to_pandas()
    return rows[[column.name for column in schema.TABLES[table].columns if column.name in rows]]


def _aside(connection, target):
    lines = warehouse.read(connection, target / "lines.parquet")
    aside = lines.filter(lines["class"] == "quarantined").order_by("line").limit(ROWS)
    return aside.select("line", "reason").to_pandas()
