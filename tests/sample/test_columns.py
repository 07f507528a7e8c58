import datetime

import numpy as np

from custlib.sample import columns as cols
from custlib.sample.columns import Coded, Money

AMOUNTS = Money(np.array([-123450, 5, 10**15]))
TEN_THOUSANDS = Money(np.array([83700]), 4, 10_000)
NAMES = Coded(np.array([1, 0]), np.array(["甲", "乙"], object))


def test_amounts_keep_sign_and_both_decimals():
    assert [str(each) for each in cols.arrow(AMOUNTS).to_pylist()] == ["-1234.50", "0.05", "10000000000000.00"]
    assert [cols.text(AMOUNTS, row) for row in range(3)] == ["-1234.50", "0.05", "10000000000000.00"]


def test_an_amount_in_ten_thousands_means_yuan():
    assert cols.cells(TEN_THOUSANDS) == [8.37]
    assert cols.value(TEN_THOUSANDS, 0) == "83700.00"


def test_coded_texts_come_out_as_words():
    assert cols.arrow(NAMES).to_pylist() == cols.cells(NAMES) == ["乙", "甲"]
    assert cols.text(NAMES, 0) == "乙"


def test_days_are_dates_in_excel_and_iso_in_text():
    days = np.array(["2025-03-01"], "datetime64[D]")
    assert cols.cells(days) == [datetime.date(2025, 3, 1)]
    assert cols.text(days, 0) == "2025-03-01"


def test_part_length_and_total():
    assert cols.length(cols.part(NAMES, 1, 2)) == 1
    assert cols.total(cols.part(AMOUNTS, 0, 2)) == "-1234.45"
    assert cols.total(np.array([2, 3])) == "5"


def test_thousands_looks_at_the_size_without_the_sign():
    assert cols.thousands(AMOUNTS).tolist() == [True, False, True]
