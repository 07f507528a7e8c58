"""The dirt in the exports: each spot is planted, so that it is known where it stands and what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from custlib.sample import columns as cols

LOST_LINES = 15  # lines from an unclosed quotation mark to the one that closes it


class Fault(NamedTuple):
    """One planted fault, where it stands and the expected answer.

    line: physical line or sheet row, from 1.
    kind: a key of `RESTYLED` or `LOST`, or duplicate_of, conflict, width, open_quote, missing_token, preamble, blank,
    subtotal, total.
    outcome: "changed" (a value kept, written otherwise), "quarantined", "preamble", "blank" or "footer".
    column: of the table, "" for the whole line.
    raw: what stands there, a broken byte as \\xe5.
    value: what it shall become (changed; amounts in yuan), or the line it repeats (duplicate_of).
    """

    file: str
    line: int
    kind: str
    outcome: str
    column: str = ""
    raw: str = ""
    value: str = ""


class Spot(NamedTuple):
    """A fault by its data row (from 0). again: the row is written a second time right after, and the fault is there."""

    row: int
    kind: str
    outcome: str
    column: str = ""
    raw: str = ""
    value: str = ""
    again: bool = False


@dataclass(frozen=True)
class Wish:
    """So many faults of a kind in a column; `rows`, a mask, says where they may stand."""

    kind: str
    column: str = ""
    count: int = 1
    rows: np.ndarray | None = None


def _wide(text):
    return text.translate({code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)})


def _grouped(text):
    return f"{Decimal(text):,}"


RESTYLED = {
    "full_width": _wide,
    "thousands": _grouped,
    "currency_sign": lambda text: "￥" + _grouped(text),
    "wan": lambda text: f"{Decimal(text).scaleb(-4).normalize():f}万",
    "parentheses_negative": lambda text: f"({_grouped(text.lstrip('-'))})",
    "trailing_minus": lambda text: text.lstrip("-") + "-",
    "minus_sign": lambda text: text.replace("-", "−"),
    "date_slash": lambda text: "/".join(str(int(number)) for number in text.split("-")),
    "date_chinese": lambda text: "{}年{}月{}日".format(*(int(number) for number in text.split("-"))),
    "date_compact": lambda text: text.replace("-", ""),
    "date_dot": lambda text: ".".join(str(int(number)) for number in text.split("-")),
    "date_time": lambda text: text + " 0:00",
    "trailing_space": lambda text: text + "  ",
}
LOST = {
    "impossible_date": "2025-02-30",
    "partial_date": "11月08日",
    "not_an_amount": "约3万",
    "out_of_period": "2026-01-09",
    "mojibake": "锟斤拷锟斤拷",
    "excel_damage": "2.0251E+11",
    "broken_bytes": "服\udce5",  # the first byte of a character without the rest
}
VERBATIM = ("width", "open_quote")  # written as they are, never quoted


def plant(rng: np.random.Generator, columns: dict, wishes: Iterable[Wish]) -> tuple[Spot, ...]:
    """Spots for all wishes, on rows that do not touch each other; fewer where the table is too short. Sorted by row."""
    free = np.ones(cols.length(next(iter(columns.values()))), bool)
    spots = []
    for wish in wishes:
        pool = np.flatnonzero(free if wish.rows is None else free & wish.rows)
        if wish.kind == "open_quote":
            pool = pool[pool < len(free) - LOST_LINES]
        chosen = rng.choice(pool, min(wish.count, len(pool)), replace=False)
        for row in chosen.tolist():
            made = _spots(columns, wish, row)
            spots += made
            free[max(0, row - 1) : made[-1].row + 2] = False
    return tuple(sorted(spots, key=lambda spot: (spot.row, spot.again)))


def _spots(columns, wish, row):
    if wish.kind in RESTYLED:
        column = columns[wish.column]
        raw = RESTYLED[wish.kind](cols.text(column, row))
        return [Spot(row, wish.kind, "changed", wish.column, raw, cols.value(column, row))]
    if wish.kind in LOST:
        return [Spot(row, wish.kind, "quarantined", wish.column, LOST[wish.kind])]
    return _WHOLE_LINES[wish.kind](columns, wish.column, row)


def _missing(columns, column, row):
    return [Spot(row, "missing_token", "changed", column, "无" if column == "outcome" else "-")]


def _repeated(columns, column, row):
    return [Spot(row, "duplicate_of", "quarantined", again=True)]


def _contradicted(columns, column, row):
    """The same line once more with 100 yuan more."""
    other = str(Decimal(cols.text(columns[column], row)) + 100)
    return [Spot(row, "conflict", "quarantined"), Spot(row, "conflict", "quarantined", column, other, again=True)]


def _widened(columns, column, row):
    return [Spot(row, "width", "quarantined", column, cols.text(columns[column], row) + ",")]


def _quoted(columns, column, row):
    last = row + LOST_LINES - 1
    first_raw, last_raw = '"' + cols.text(columns[column], row), cols.text(columns[column], last) + '"'
    inner = [Spot(between, "open_quote", "quarantined") for between in range(row + 1, last)]
    ends = [Spot(at, "open_quote", "quarantined", column, raw) for at, raw in ((row, first_raw), (last, last_raw))]
    return [ends[0], *inner, ends[1]]


_WHOLE_LINES = {
    "missing_token": _missing,
    "duplicate_of": _repeated,
    "conflict": _contradicted,
    "width": _widened,
    "open_quote": _quoted,
}
