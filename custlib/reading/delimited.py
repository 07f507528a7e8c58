"""Physical lines of a delimited file → records that know their lines. No line is ever lost or joined silently."""

from collections.abc import Iterator

from custlib.reading.encoding import Decoded
from custlib.reading.record import Record
from custlib.refusals import Refused

DELIMITERS = (",", "\t", ";", "|")
# A header whose every cell has a line break or two takes no more lines.
HEADER_LINES = 60


def split(line: str, delimiter: str) -> list[str] | None:
    """The cells of a whole record, or None if a quotation mark stands astray in it.

    A cell written ="00123", which keeps Excel from reading a number, is kept so.
    """
    if '"' not in line:
        return line.split(delimiter)
    before, *parts = line.split('"')
    *cells, begun = before.split(delimiter)
    quoted: list[str] = []
    # By turns: text within quotation marks, text outside of them.
    for inside, outside in zip(parts[::2], parts[1::2], strict=False):
        if begun not in ("", "="):
            return None
        quoted.append(inside)
        if not outside:
            continue  # a doubled quotation mark, or the end of the line
        closed, *plain = outside.split(delimiter)
        if closed or not plain:
            return None
        *plain, following = plain
        cells += [_cell(quoted, begun), *plain]
        quoted, begun = [], following
    if len(parts) % 2:
        return None
    return [*cells, _cell(quoted, begun) if quoted else begun]


def _cell(quoted, begun):
    text = '"'.join(quoted)
    return f'="{text}"' if begun else text


def records(decoded: Decoded, start: int, delimiter: str, width: int, file: str) -> Iterator[Record]:
    """Yield a Record for each line from index `start` on.

    decoded: `encoding.Decoded`; width: number of cells that the header has. A record over several lines is accepted
    only where it cannot be a stray quotation mark that swallowed others. Raises Refused (`open_quote`) if one never
    closes.
    """
    lines, broken = decoded.lines, decoded.broken
    index = start
    while index < len(lines):
        line = lines[index]
        if index in broken:
            yield Record(index + 1, 1, None, "broken_bytes", broken[index])
        elif (cells := split(line, delimiter)) is not None:
            yield Record(index + 1, 1, cells, None, line)
        elif not _opens(line, delimiter):
            yield Record(index + 1, 1, None, "open_quote", line)
        else:
            count = _block(lines, index, file)
            yield from _joined(decoded, index, count, delimiter, width)
            index += count - 1
        index += 1


def first_row(lines: list[str], start: int, delimiter: str) -> tuple[list[str], int] | None:
    """(cells, number of lines) of the record that begins at an index, such as a header with line breaks in its cells.

    None where a quotation mark stands astray or more than `HEADER_LINES` would be one.
    """
    cells = split(lines[start], delimiter)
    if cells is not None or not _opens(lines[start], delimiter):
        return None if cells is None else (cells, 1)
    for count in range(2, min(HEADER_LINES, len(lines) - start) + 1):
        cells = split("\n".join(lines[start : start + count]), delimiter)
        if cells is not None:
            return None if len(cells) < 2 or _swallows(cells, delimiter) else (cells, count)
    return None


def _opens(line, delimiter):
    """Whether one more quotation mark at its end would make the line whole."""
    return split(line + '"', delimiter) is not None


def _block(lines, start, file):
    """How many lines until the open quotation mark closes."""
    for index in range(start + 1, len(lines)):
        if lines[index].count('"') % 2:
            return index - start + 1
    raise Refused("open_quote", file=file, line=start + 1)


def _joined(decoded, start, count, delimiter, width):
    block = range(start, start + count)
    text = "".join(decoded.lines[at] + decoded.ends[at] for at in block[:-1]) + decoded.lines[block[-1]]
    cells = None if decoded.broken.keys() & set(block) else split(text, delimiter)
    if cells and len(cells) == width and not _swallows(cells, delimiter):
        yield Record(start + 1, count, cells, None, text)
        return
    for at in block:
        raw = decoded.broken.get(at)
        yield Record(at + 1, 1, None, "broken_bytes" if raw else "open_quote", raw or decoded.lines[at])


def _swallows(cells, delimiter):
    """Whether a cell over several lines holds as many delimiters as a row of its own."""
    return max(cell.count(delimiter) for cell in cells if "\n" in cell or "\r" in cell) >= len(cells) - 1
