"""A header line that comes again inside a file, as where exports were put one below the other."""

from bisect import bisect
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from custlib import schema
from custlib.reading.headers import Header
from custlib.refusals import Refused

# So much of a header in one row is that header, whatever else stands there: no data row says it.
_SHARE = 0.5
# So many of a table's rows in one above it are that table once more: a few may be damaged in one of the two.
_ONCE_MORE = 0.9


def finder(header: Header, file: str) -> Callable[[int, list[str]], bool]:
    """A function of (line, cells of a row) that says whether the row is the header once more.

    It is where it differs by blanks, spaces or more columns; for a header of several lines each of them is looked for.
    The function raises Refused (`header_moved`) where the columns come in another order: what is below stands under
    other names.
    """
    lines = header.rows or (header.texts,)
    forms = [[schema.plain_header(text) for text in line] for line in lines]
    texts = {text.strip() for line in lines for text in line if text.strip()}
    firsts = {form for line in forms for form in line if form}

    def is_again(line, cells):
        # Nearly every row is settled here.
        first = next((cell for cell in cells if cell.strip()), "")
        if texts.isdisjoint(cells) and schema.plain_header(first) not in firsts:
            return False
        own = [schema.plain_header(cell) for cell in cells]
        if any(_is(own, form) for form in forms):
            return True
        if any(_is_moved(own, form) for form in forms):
            raise Refused("header_moved", file=file, line=line, text=", ".join(filter(None, cells))[:80])
        return False

    return is_again


def refuse_copies(cells: Path, starts: list[int], file: str) -> None:
    """Refuse (`same_table_twice`) a table inside a file nearly all of whose rows, two or more, stand in one above it.

    cells: the data rows in Parquet; starts: the lines of the headers, in order.
    """
    import pyarrow.parquet as pq

    tables: dict[int, list] = {start: [] for start in starts}
    with pq.ParquetFile(cells) as parquet:
        for batch in parquet.iter_batches():
            lines, *texts = batch.drop_columns(["file", "sheet", "lines"]).to_pydict().values()
            for line, row in zip(lines, zip(*texts, strict=True), strict=True):
                tables[starts[bisect(starts, line) - 1]].append(hash(row))
    held: dict[int, set] = {}
    for start, rows in tables.items():
        above = Counter(other for row in rows for other in held.get(row, ()))
        other, count = above.most_common(1)[0] if above else (0, 0)
        if count > 1 and count >= _ONCE_MORE * len(rows):
            raise Refused("same_table_twice", file=file, line=start, other=other)
        for row in rows:
            held.setdefault(row, set()).add(start)


def _is(own, form):
    same = sum(a == b != "" for a, b in zip(own, form, strict=False))
    filled = sum(map(bool, own[: len(form)]))
    return same == filled and same >= min(2, len([text for text in form if text])) and same >= _SHARE * _count(form)


def _is_moved(own, form):
    known = len(set(own) & set(form) - {""})
    elsewhere = known - sum(a == b != "" for a, b in zip(own, form, strict=False))
    return elsewhere >= 2 and known >= _SHARE * _count(form) and known >= _SHARE * _count(own)


def _count(form):
    return sum(map(bool, form))
