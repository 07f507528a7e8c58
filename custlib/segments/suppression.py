"""Privacy of result tables: no cell that tells of fewer than five consumers, or mostly of one."""

import pandas as pd

FEWEST = 5  # consumers behind a published cell
DOMINANT = 0.5  # of a sum, more than which no single consumer may hold


def suppressed(table, sums, counts, largest=None):
    """A new table in which cells are missing that would tell of single consumers.

    table: DataFrame; sums: the columns to protect; counts: the column that says how many consumers stand behind a row. A row of
    one to four consumers loses its sums and its count; of no consumer there is nothing to protect. largest: mapping of a column of
    `sums` to the column that holds the largest amount of one consumer in it: where that is more than half of the sum the cell goes
    too, as does one whose amounts cancel out. The columns of `largest` are taken out.
    """
    largest = largest or {}
    few = table[counts].between(1, FEWEST - 1)
    found = table.drop(columns=list(dict.fromkeys(largest.values())))
    for column in sums:
        hidden = few
        if column in largest:
            hidden = few | ((table[largest[column]].abs() > DOMINANT * table[column].abs()) & (table[counts] > 0))
        found[column] = found[column].astype("float64").mask(hidden)
    found[counts] = pd.array(table[counts], dtype="Int64")
    found[counts] = found[counts].mask(few)
    return found
