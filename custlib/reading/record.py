"""A record: one row of an export and the physical lines it came from."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

SUBTOTALS = {"小计", "本页小计", "本页合计", "subtotal"}
FOOTERS = {"合计", "总计", "累计", "total", "grandtotal"} | SUBTOTALS


class Record(NamedTuple):
    """line: its first physical line (sheet row); lines: how many; cells: texts; None where `reason` says why."""

    line: int
    lines: int
    cells: list | None
    reason: str | None
    raw: str


class Mark(NamedTuple):
    """A physical line that is no data row: class (header, preamble, footer, blank, quarantined), reason and text."""

    line: int
    lines: int
    kind: str
    reason: str | None
    raw: str


def is_blank(cells: list[str]) -> bool:
    """Whether no cell holds anything but spaces."""
    return not "".join(cells).strip()


def is_footer(cells: list[str], id_positions: list[int]) -> bool:
    """Whether a row is a totals row: one cell is exactly a word such as 合计, and no column of ids holds anything else.

    A customer called 合计广告有限公司 is none; nor is one called 合计 that has an id.
    """
    # The ids first: in nearly every row the first of them settles it.
    named = [cells[at] for at in id_positions if at < len(cells)]
    return all(_is_footer_word(cell) for cell in named if cell.strip()) and any(map(_is_footer_word, cells))


def is_subtotal(cells: Iterable[str]) -> bool:
    """Whether a totals row speaks for the lines since the last one only."""
    return any(_word(cell) in SUBTOTALS for cell in cells)


def _is_footer_word(cell):
    return _word(cell) in FOOTERS


def _word(cell):
    return "".join(unicodedata.normalize("NFKC", cell).split()).rstrip(":").casefold()
