"""Columns of an export before they become text: arrays of whole numbers, days or text, and the two kinds below."""

from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pyarrow as pa


class Money(NamedTuple):
    """Amounts as whole units of 10**-places; one of the export's amounts is worth `yuan` yuan (10,000 for 万元)."""

    units: np.ndarray
    places: int = 2
    yuan: int = 1


class Coded(NamedTuple):
    """Texts as places in a list of words."""

    codes: np.ndarray
    words: np.ndarray


def length(column) -> int:
    """How many rows a column has."""
    return len(column[0] if isinstance(column, (Money, Coded)) else column)


def part(column, start: int, stop: int):
    """The rows from start to stop."""
    if isinstance(column, Money):
        return column._replace(units=column.units[start:stop])
    if isinstance(column, Coded):
        return column._replace(codes=column.codes[start:stop])
    return column[start:stop]


def arrow(column) -> pa.Array:
    """As an arrow array that writes itself the way the export shall show it."""
    if isinstance(column, Coded):
        return pa.DictionaryArray.from_arrays(
            pa.array(column.codes), pa.array(column.words, pa.string())
        ).dictionary_decode()
    if not isinstance(column, Money):
        return pa.array(column)
    halves = np.stack([column.units, np.where(column.units < 0, -1, 0)], axis=1).astype("<i8")
    return pa.Decimal128Array.from_buffers(
        pa.decimal128(18, column.places), len(halves), [None, pa.py_buffer(halves.tobytes())]
    )


def cells(column) -> list:
    """As a list of what an Excel sheet holds: numbers, `datetime.date`, text."""
    if isinstance(column, Coded):
        return column.words[column.codes].tolist()
    if isinstance(column, Money):
        return (column.units / 10**column.places).tolist()
    return column.tolist()


def text(column, row: int) -> str:
    """One cell as plain text: 1234.50, 2025-03-01, K00012."""
    if isinstance(column, Coded):
        return str(column.words[column.codes[row]])
    if isinstance(column, Money):
        return str(Decimal(int(column.units[row])).scaleb(-column.places))
    return str(column[row])


def value(column, row: int) -> str:
    """One cell as cleaning should give it: amounts in yuan with two decimals, everything else as `text`."""
    if isinstance(column, Money):
        return str((Decimal(text(column, row)) * column.yuan).quantize(Decimal("0.01")))
    return text(column, row)


def thousands(column: Money) -> np.ndarray:
    """Rows whose amount is large enough for a thousands separator."""
    return np.abs(column.units) >= 1000 * 10**column.places


def total(column) -> str:
    """The sum of a column as plain text."""
    summed = int((column.units if isinstance(column, Money) else column).sum())
    return str(Decimal(summed).scaleb(-column.places)) if isinstance(column, Money) else str(summed)
