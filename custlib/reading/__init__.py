"""Any export → text cells with file, sheet and line. Every physical line is a record or marked as what it is."""

import hashlib
import stat
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from custlib.reading import headers, large
from custlib.reading.opening import EXCEL, PARQUET, TEXT, open_file
from custlib.reading.rows import Reading, careful, marks_around, surplus, with_rows
from custlib.refusals import Refused
from custlib.sources import Source, Sources


def exports(folder: Path) -> list[str]:
    """The exports in a folder, as paths relative to it, sorted; not hidden files and `reference/`.

    Raises Refused: `missing_folder`, `no_exports`, `not_a_file`.
    """
    if not folder.is_dir():
        raise Refused("missing_folder", folder=folder)
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in TEXT + EXCEL + PARQUET and not _set_apart(path, folder)
    ]
    if not paths:
        raise Refused("no_exports", folder=folder)
    for path in paths:
        _refuse_special(path, path.relative_to(folder).as_posix())
    return [path.relative_to(folder).as_posix() for path in paths]


def fingerprints(folder: Path, files: list[str]) -> dict[str, str]:
    """File → SHA-256 of its content. Raises Refused (`same_file_twice`) when two have the same content."""
    digests: dict[str, str] = {}
    files_by_digest: dict[str, str] = {}
    for file in files:
        with open(folder / file, "rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest in files_by_digest and (folder / file).stat().st_size:
            raise Refused("same_file_twice", file=file, other=files_by_digest[digest])
        digests[file], files_by_digest[digest] = digest, file
    return digests


def read(
    folder: Path,
    file: str,
    sources: Sources,
    target: Path,
    engine: Callable[[Reading], Reading | None] | None = None,
) -> Reading:
    """Read one export and write its data rows to the Parquet file `target`.

    engine: a faster reader for large text files and Parquet (`cleaning.bulk.engine`). It gets the Reading with the
    header and what a look from outside tells (`Reading.survey`), and completes it, or gives None where it cannot be
    trusted with the file. Then, and for all other files, every line is read one by one.
    Raises Refused with the file and line for whatever cannot be read with certainty.
    """
    path = folder / file
    stamp = _stamp(path)
    if not stamp[0]:
        raise Refused("empty_file", file=file)
    reading = engine and _by_engine(path, file, sources, target, stamp, engine)
    reading = reading or _by_line(path, file, sources, target, stamp)
    if _stamp(path) != stamp:
        raise Refused("input_changed", file=file)
    return reading


def open_head(path: Path, file: str, source: Source) -> list[tuple[int, list[str]]]:
    """The first rows of an export with their line numbers, for whoever wants to see its header only."""
    return open_file(path, file, source).head


def _by_engine(path, file, sources, target, stamp, engine):
    try:
        opened = large.open_large(path, file, sources.of(file), target.with_suffix(".txt"))
        reading = opened and _begun(opened, file, sources, target, stamp)[0]
    except Refused:  # in doubt: whoever reads line by line finds the reason, or none
        return None
    return reading and engine(reading)


def _by_line(path, file, sources, target, stamp):
    opened = open_file(path, file, sources.of(file))
    reading = with_rows(*_begun(opened, file, sources, target, stamp))
    findings = opened.findings()
    return replace(reading, **findings | {"notes": reading.notes + findings.get("notes", ())})


def _begun(opened, file, sources, target, stamp):
    """The Reading of a file of which no more than the header is known, and its records."""
    source = sources.of(file)
    header = headers.find(opened.head, source, file, sources.currency, opened.formats)
    records = opened.records(header)
    first = list(islice(records, headers.SEARCH_LINES))
    reading = Reading(
        file=file,
        sheet=opened.sheet,
        encoding=opened.encoding,
        header=header,
        source=source,
        cells=target,
        marks=marks_around(opened.head, header, opened.survey),
        total=opened.total,
        stamp=stamp,
        surplus=surplus(first, header),
        survey=opened.survey,
        delimiter=opened.delimiter,
        quoted=opened.quoted,
    )
    return reading, chain(first, records)


def _stamp(path):
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _set_apart(path, folder):
    parts = path.relative_to(folder).parts
    return parts[0] == "reference" or any(part.startswith((".", "~$")) for part in parts)


def _refuse_special(path, file):
    mode = path.lstat().st_mode
    kinds = ((stat.S_ISLNK, "a_link"), (stat.S_ISDIR, "a_folder"), (stat.S_ISREG, None))
    kind = next((what for test, what in kinds if test(mode)), "a_device")
    if kind:
        raise Refused("not_a_file", file=file, found=kind)
