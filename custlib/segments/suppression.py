"""Privacy of result tables: no cell that describes fewer than five consumers, or mostly one."""

from collections.abc import Mapping, Sequence

import pandas as pd

FEWEST = 5  # consumers behind a published cell
DOMINANT = 0.5  # of a sum, more than which no single consumer may hold


def suppressed(
    table: pd.DataFrame, sums: Sequence[str], counts: str, largest: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """A new table without the cells that would reveal single consumers.

    table: DataFrame; sums: the columns to protect; counts: the column with the number of consumers behind a row. A row
    of one to four consumers loses its sums and its count; zero needs no protection. largest: a column of `sums` → the
    column with the largest amount of one consumer in it: if that exceeds half of the sum the cell is removed too, also
    if amounts cancel out. The columns of `largest` are dropped.
    """
    largest = largest or {}
    few = table[counts].between(1, FEWEST - 1)
    result = table.drop(columns=list(dict.fromkeys(largest.values())))
    for column in sums:
        hidden = few
        if column in largest:
            hidden = few | ((table[largest[column]].abs() > DOMINANT * table[column].abs()) & (table[counts] > 0))
        result[column] = result[column].astype("float64").mask(hidden)
    result[counts] = pd.array(table[counts], dtype="Int64")
    result[counts] = result[counts].mask(few)
    return result
