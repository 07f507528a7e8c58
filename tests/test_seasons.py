"""Seasons of rows by hand: rows that repeat their year keep it, rows that do not are drawn towards the others."""

import numpy as np
import pandas as pd
import pytest

from custlib import quarters
from custlib.seasons import shrunk

QUARTERS = [f"{year}Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4)]
END = quarters.parse("2025Q4")


def table(*years):
    return pd.DataFrame(years, columns=QUARTERS, dtype="float64")


def test_rows_that_repeat_their_year_keep_it():
    found = shrunk(table([1, 1, 1, 5] * 2, [10, 10, 10, 10] * 2), END)
    assert found.index.tolist() == pytest.approx(np.array([[0.5, 0.5, 0.5, 2.5], [1, 1, 1, 1]]))
    assert found.pooled.tolist() == [0.75, 0.75, 0.75, 1.75] and found.kept.tolist() == [0, 1, 1]


def test_a_row_that_contradicts_itself_is_given_the_index_that_is_told():
    told = np.array([0.5, 1.0, 1.5, 1.0])
    found = shrunk(table([4, 1, 1, 4, 1, 4, 4, 1], [1, 4, 4, 1, 4, 1, 1, 4]), END, told)
    assert found.index.tolist() == pytest.approx(np.tile(told, (2, 1)))


def test_a_year_with_a_quarter_of_nothing_and_all_before_it_do_not_count():
    found = shrunk(table([1, 1, 1, 5, 1, 1, 0, 5], [1, 0, 1, 5, 1, 1, 1, 5], [1, 1, 1, 5] * 2), END)
    assert found.count.tolist() == [0, 1, 2]
