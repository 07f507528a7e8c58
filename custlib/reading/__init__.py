"""Any export → text cells, each with its file, sheet and line. Every physical line is a record or is marked as what it is."""

import hashlib
import stat
from dataclasses import replace
from itertools import chain, islice

from custlib.reading import headers, large
from custlib.reading.large import careful
from custlib.reading.opened import EXCEL, TEXT, open_file
from custlib.reading.rows import Reading, above, surplus, written
from custlib.refusals import Refused

__all__ = ["Reading", "careful", "check_unchanged", "exports", "fingerprints", "open_head", "read"]


def exports(folder):
    """The files of a folder that are exports, as paths relative to it, sorted. Hidden files and `reference/` are left out.

    Raises Refused: `missing_folder`, `no_exports`, `not_a_file`.
    """
    if not folder.is_dir():
        raise Refused("missing_folder", folder=folder)
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in TEXT + EXCEL and not _set_apart(path, folder)
    ]
    if not found:
        raise Refused("no_exports", folder=folder)
    for path in found:
        _refuse_special(path, path.relative_to(folder).as_posix())
    return [path.relative_to(folder).as_posix() for path in found]


def fingerprints(folder, files):
    """File → SHA-256 of its content. Raises Refused (`same_file_twice`) when two have the same content."""
    digests, seen = {}, {}
    for file in files:
        with open(folder / file, "rb") as stream:
            digests[file] = hashlib.file_digest(stream, "sha256").hexdigest()
        if digests[file] in seen and (folder / file).stat().st_size:
            raise Refused("same_file_twice", file=file, other=seen[digests[file]])
        seen[digests[file]] = file
    return digests


def read(folder, file, sources, target, by_line=False):
    """Read one export and write its data rows to the Parquet file `target`.

    A large text file is only looked at from outside, for the engine to read (`Reading.bulk`), unless `by_line`.
    Raises Refused with the file and line for whatever cannot be read with certainty.
    """
    path, source = folder / file, sources.of(file)
    stamp = _stamp(path)
    if not stamp[0]:
        raise Refused("empty_file", file=file)
    if not by_line and path.suffix.lower() in TEXT and stamp[0] >= large.ENGINE_FROM:
        found = large.for_engine(path, file, sources, target, stamp)
        if found:
            return found
    opened = open_file(path, file, source)
    header = headers.find(opened.head, source, file, sources.currency, opened.units)
    marks = above(opened.head, header)
    found = Reading(file, opened.sheet, opened.encoding, header, source, target, marks, opened.total, stamp)
    records = opened.follow(header.line - 1 + header.lines, header)
    first = list(islice(records, headers.SEARCH_LINES))
    found = written(found, chain(first, records), surplus(first, header))
    check_unchanged(folder, found)
    told = opened.told()
    return replace(found, **told | {"notes": found.notes + told.get("notes", ())})


def check_unchanged(folder, found):
    """Refuse a file that is no longer what it was when its reading began (`input_changed`)."""
    if _stamp(folder / found.file) != found.stamp:
        raise Refused("input_changed", file=found.file)


def open_head(path, file, source):
    """The first rows of an export with their line numbers, for whoever wants to see its header only."""
    return open_file(path, file, source).head


def _stamp(path):
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _set_apart(path, folder):
    parts = path.relative_to(folder).parts
    return parts[0] == "reference" or any(part.startswith((".", "~$")) for part in parts)


def _refuse_special(path, file):
    mode = path.lstat().st_mode
    kinds = ((stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISREG, None))
    found = next((what for test, what in kinds if test(mode)), "a pipe or device")
    if found:
        raise Refused("not_a_file", file=file, found=found)
