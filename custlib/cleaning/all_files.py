"""Reading all files of a folder of exports: text cells with file, sheet and line, and what was refused."""

from collections.abc import Callable
from pathlib import Path

from custlib import reading, refusals, warehouse
from custlib.cleaning import bulk, side_by_side
from custlib.sources import Sources, split_sheet


def read(
    folder: Path, files: list[str], sources: Sources, target: Path, said: Callable[[str], None], refused: list
) -> list[reading.Reading]:
    """Reads every file of `files` (relative to `folder`), those within archives and sheets by themselves; the cells go
    to `target`/raw. Small files are read side by side, a large one keeps all processors busy by itself.

    said: called with one line of text for each; refused: takes what cannot be read.
    """
    (target / "raw").mkdir()
    parts = []
    for file in files:
        with refusals.collecting(refused):
            parts += reading.parts_of(folder, file, sources, target / "unpacked")
    cells = {part.file: target / "raw" / f"{number:04d}.parquet" for number, part in enumerate(parts, 1)}

    def done(some, engine=None):
        return [_read(folder, part, sources, cells[part.file], engine) for part in some]

    for part in parts:
        said(f"reading {part.file}")
    large = [part for part in parts if reading.is_large(part.path)]
    small = [part for part in parts if part not in large]
    found = side_by_side.done(done, small, [_effort(part.path) for part in small])
    if large:
        # Text is read on this machine whatever the engine is: what it becomes is Parquet that any engine reads.
        with warehouse.opened() as connection:
            found += done(large, bulk.engine(connection, sources))
    by_file = dict(zip([part.file for part in small + large], found, strict=True))
    refused += [refusal for part in parts for refusal in by_file[part.file][1]]
    lying = {split_sheet(part.file)[0]: part.path for part in parts}
    if not set(lying) <= set(files):
        with refusals.collecting(refused):
            reading.fingerprints(folder, lying, lying)
    return [by_file[part.file][0] for part in parts if by_file[part.file][0]]


def _read(folder, part, sources, cells, engine):
    """A file's Reading or None, and what was refused."""
    found: list = []
    with refusals.collecting(found):
        return reading.read(folder, part.file, part.told(sources), cells, engine, part.path), found
    return None, found


def _effort(path):
    """About how long it takes to read a file, in bytes of text: workbooks are packed, and read in a process each."""
    size = path.stat().st_size
    return 100_000 + 10 * size if reading.is_workbook(path) else size
