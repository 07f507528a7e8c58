"""Any export → text cells with file, sheet and line. Every physical line is a record or marked as what it is."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from custlib import escaping
from custlib.reading import archives, headers, large
from custlib.reading.large import is_large as is_large
from custlib.reading.opening import ARCHIVE, EXCEL, PACKED, PARQUET, TEXT, open_file
from custlib.reading.parts import Part, check_sheets, parts_in
from custlib.reading.rows import Reading, careful, marks_around, refuse_single_quotes, surplus, with_rows
from custlib.refusals import Refused
from custlib.sources import NAME, Source, Sources, split_sheet

_OF_SYSTEMS = ("thumbs.db", "desktop.ini", "readme.md", "readme.txt")


def exports(folder: Path) -> list[str]:
    """The exports in a folder, as paths relative to it, sorted; not hidden files and `reference/`.

    Raises Refused: `missing_folder`, `no_exports`, `not_a_file`, `cannot_look`, `name_not_utf8`.
    """
    if not folder.is_dir():
        raise Refused("missing_folder", folder=folder)
    paths = [file for file in files_in(folder) if is_read(file)]
    if not paths:
        raise Refused("no_exports", folder=folder)
    return paths


def files_in(folder: Path) -> list[str]:
    """All files in a folder and below it, as paths relative to it, sorted; not `sources.toml`, hidden files, what
    systems put beside them, and `reference/`. Raises Refused: `not_a_file` (a link, a device), `cannot_look`."""

    def refuse(error):
        raise Refused("cannot_look", folder=error.filename, reason=error.strerror) from error

    paths = []
    for place, folders, files in os.walk(folder, onerror=refuse):
        paths += [Path(place, name) for name in files + folders]
    paths = [path for path in sorted(paths) if not _set_apart(path, folder)]
    for path in paths:
        _refuse_special(path, path.relative_to(folder).as_posix())
    return [path.relative_to(folder).as_posix() for path in paths if not path.is_dir()]


def is_read(file: str) -> bool:
    """Whether a file is of a kind that is read, by its name."""
    return file.lower().endswith(TEXT + EXCEL + PARQUET + PACKED + ARCHIVE)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by its name."""
    return path.suffix.lower() in EXCEL


def refuse_unread(files: list[str], sources: Sources):
    """Refuse (`unread_files`) files of other kinds that nobody declared as not to be read."""
    unread = [file for file in files if not is_read(file) and not sources.ignores(file)]
    if unread:
        raise Refused("unread_files", files=", ".join(unread), first=unread[0])


def fingerprints(folder: Path, files: Iterable[str], paths: dict | None = None) -> dict[str, str]:
    """File → SHA-256 of its content. Raises Refused (`same_file_twice`) when two have the same content.

    paths: file → where it lies, of those that do not lie in the folder under their own names.
    """
    digests: dict[str, str] = {}
    files_by_digest: dict[str, str] = {}
    for file in files:
        path = (paths or {}).get(file, folder / file)
        with open(path, "rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest in files_by_digest and path.stat().st_size:
            raise Refused("same_file_twice", file=file, other=files_by_digest[digest])
        digests[file], files_by_digest[digest] = digest, file
    return digests


def read(
    folder: Path,
    file: str,
    sources: Sources,
    target: Path,
    engine: Callable[[Reading], Reading | None] | None = None,
    path: Path | None = None,
) -> Reading:
    """Read one export and write its data rows to the Parquet file `target`.

    engine: a faster reader for large text files and Parquet (`cleaning.bulk.engine`). It gets the Reading with the
    header and what a look from outside tells (`Reading.survey`), and completes it, or gives None where it cannot be
    trusted with the file. Then, and for all other files, every line is read one by one. path: where its bytes lie, if
    not in the folder under its own name.
    Raises Refused with the file and line for whatever cannot be read with certainty.
    """
    path = path or folder / file
    stamp = _stamp(path)
    if not stamp[0]:
        raise Refused("empty_file", file=file)
    reading = engine and _by_engine(path, file, sources, target, stamp, engine)
    reading = reading or _by_line(path, file, sources, target, stamp)
    if _stamp(path) != stamp:
        raise Refused("input_changed", file=file)
    if split_sheet(file)[1] is None:
        check_sheets(file, reading.sheets)
    return reading


def parts_of(folder: Path, file: str, sources: Sources, target: Path) -> list[Part]:
    """What is to be read in a file: itself, its sheets where there are several, what an archive holds; nothing where
    that is declared. target: the folder below which archives are unpacked.

    Raises Refused (`bad_archive`, `unread_files`, `undeclared_sheets`), and what a workbook that cannot be opened is
    refused with.
    """
    found = {} if sources.ignores(file) else {file: folder / file}
    if found and file.lower().endswith(PACKED + ARCHIVE):
        inside = target / hashlib.sha256(os.fsencode(file)).hexdigest()[:8]
        inside.mkdir(parents=True)
        found = archives.unpacked(folder / file, file, inside)
        refuse_unread([name for name in found if name != file], sources)
    return [part for name, path in found.items() for part in parts_in(path, name, sources, EXCEL)]


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
    if opened.encoding not in ("excel", "parquet"):
        refuse_single_quotes(first, header, file)
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
    hidden = any(part.startswith((".", "~$")) for part in parts)
    return hidden or parts[0] == "reference" or parts == (NAME,) or path.name.lower() in _OF_SYSTEMS


def _refuse_special(path, file):
    if not escaping.is_text(file):
        raise Refused("name_not_utf8", file=file)
    mode = path.lstat().st_mode
    folder = "a_folder" if is_read(file) else None
    kinds = ((stat.S_ISLNK, "a_link"), (stat.S_ISDIR, folder), (stat.S_ISREG, None))
    kind = next((what for test, what in kinds if test(mode)), "a_device")
    if kind:
        raise Refused("not_a_file", file=file, found=kind)
