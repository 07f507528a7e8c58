"""Large files of text, and Parquet, opened for an engine to read their rows: surveyed from outside, no row read."""

from pathlib import Path

from custlib.reading import delimited, opening
from custlib.reading.opening import Opened
from custlib.reading.survey import Survey, survey
from custlib.sources import Source

# A smaller text file is read line by line as quickly as the engine starts.
ENGINE_FROM = 4_000_000
_HEAD = 1 << 18


def open_large(path: Path, file: str, source: Source, transcript: Path) -> Opened | None:
    """An `Opened` file with a survey, its records those of its first lines; None if every line must be read one by one.

    transcript: where the text goes if its encoding is not UTF-8. Raises Refused as `opening.open_file` does.
    """
    if not is_large(path):
        return None
    is_parquet = path.suffix.lower() in opening.PARQUET
    return _parquet(path, file) if is_parquet else _text(path, file, source, transcript)


def is_large(path: Path) -> bool:
    """Whether a file is one that an engine may read: a text file by its size, Parquet always."""
    kind = path.suffix.lower()
    return kind in opening.PARQUET or (kind in opening.TEXT and path.stat().st_size >= ENGINE_FROM)


def _text(path, file, source, transcript):
    with path.open("rb") as stream:
        data = stream.read(_HEAD)
    decoded, delimiter = opening.decode(data[: data.rfind(b"\n") + 1], file, source)
    outside = None if decoded.broken else survey(path, decoded.encoding, transcript)
    if outside is None:
        return None

    def records(header):
        return delimited.records(decoded, header.end, delimiter, len(header.names), file)

    head = opening.split_head(decoded.lines, delimiter)
    return Opened("", decoded.encoding, head, outside.lines, records, survey=outside, delimiter=delimiter)


def _parquet(path, file):
    """The engine is given its cells joined, by a delimiter that no plain cell holds."""
    names, count = opening.parquet_head(path, file)
    layout = {"survey": Survey(path, "", count + 1, 0), "delimiter": "\x1f", "quoted": False}
    return Opened("", "parquet", [(1, list(names))], count + 1, lambda header: iter(()), **layout)
