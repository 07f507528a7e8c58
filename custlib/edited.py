"""Files of comma-separated values that people edit, read strictly: what Excel or a slip of the hand does is refused."""

import csv
import io
from pathlib import Path

from custlib.refusals import Refused


def read(
    path: Path, columns: tuple, key: tuple, filled: tuple = (), may: tuple = ()
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """(header, [(line, cells)]) of a file, cells stripped, without blank lines.

    columns: those that the file needs; key: columns that together stand once, if any; filled: columns without a blank
    cell; may: further columns that it may have, each once.
    Raises Refused, naming the line: `reference_missing`, `reference_encoding`, `reference_quotes`, `reference_columns`,
    `reference_doubled`, `reference_width`, `reference_key`, `reference_blank`.
    """
    header, *rows = _rows(path)
    header = header[1]
    if lacking := [column for column in columns if column not in header]:
        raise Refused("reference_columns", file=path.name, columns=", ".join(lacking))
    if doubled := [column for column in (*columns, *may) if header.count(column) > 1]:
        raise Refused("reference_doubled", file=path.name, columns=", ".join(doubled))
    keys: set[tuple] = set()
    for line, cells in rows:
        _check(path.name, header, line, cells, key, filled)
        own = tuple(cells[header.index(column)] for column in key)
        if key and (own in keys or not all(own)):
            facts = {"column": ", ".join(key), "key": ", ".join(own)}
            raise Refused("reference_key", file=path.name, line=line, **facts)
        keys.add(own)
    return header, rows


def _check(file, header, line, cells, key, filled):
    if len(cells) != len(header):
        raise Refused("reference_width", file=file, line=line, found=len(cells), expected=len(header))
    blank = [column for column in filled if column not in key and not cells[header.index(column)]]
    if blank:
        raise Refused("reference_blank", file=file, line=line, columns=", ".join(blank))


def _rows(path):
    """[(line, cells)] of the lines that are not blank, the header first, which may be without a cell."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Refused("reference_missing", file=path) from error
    except UnicodeDecodeError as error:
        raise Refused("reference_encoding", file=path.name) from error
    reader, rows, line = csv.reader(io.StringIO(text, newline=""), strict=True), [], 1
    try:
        for cells in reader:
            if any(cells):
                rows.append((reader.line_num, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused("reference_quotes", file=path.name, line=line, reason=error) from error
    return rows or [(1, [])]
