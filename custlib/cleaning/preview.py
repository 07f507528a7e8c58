"""What the first lines of an export would become under a draft of `sources.toml`, before anything is written."""

import json
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from custlib import reading, reference, schema, sources, warehouse
from custlib.cleaning import clean_folder
from custlib.reading import draft, opening

ROWS, LINES = 10, 300
# Where one sheet, or one file of an archive, is looked at, the others are left.
_OTHERS = '\n[[source]]\nfiles = "*/*"\nignore = true\n'


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
        files = [_copied(folder, one.looks[0].file, exports) for one in needed]
        alone = [one._replace(files=draft.escape(file)) for one, file in zip(needed, files, strict=True)]
        text = draft.answered(draft.text(alone, lang)) + _OTHERS
        text += "".join(_other_sheets(one) for one in alone if one.looks[0].sheet)
        (exports / sources.NAME).write_text(text, encoding="utf-8")
        told = sources.load(exports)
        with warehouse.opened() as connection:
            nobody = reference.merges().iloc[:0]
            clean_folder.clean(
                exports, reading.exports(exports), told, nobody, target, connection, reference.rates(folder)
            )
            return _clean(connection, target, entry.table), _aside(connection, target)


def _copied(folder, file, exports):
    """Copies the file, or the archive that holds it, and returns its name among the copies."""
    path = next(path for path in (folder / file, *(folder / file).parents) if path.is_file())
    if path.suffix.lower() in opening.TEXT:
        with open(path, "rb") as stream:
            (exports / path.name).write_bytes(b"".join(stream.readline() for _ in range(LINES)))
    else:
        shutil.copy(path, exports)
    return (folder / file).relative_to(path.parent).as_posix()


def _other_sheets(entry):
    return f"[[source]]\nfiles = {json.dumps(entry.files)}\nsheet = '*'\nignore = true\n"


def _clean(connection, target, table):
    rows = warehouse.read(connection, target / f"{table}.parquet").order_by("line").limit(ROWS).to_pandas()
    return rows[[column.name for column in schema.TABLES[table].columns if column.name in rows]]


def _aside(connection, target):
    lines = warehouse.read(connection, target / "lines.parquet")
    aside = lines.filter(lines["class"] == "quarantined").order_by("line").limit(ROWS)
    return aside.select("line", "reason").to_pandas()
