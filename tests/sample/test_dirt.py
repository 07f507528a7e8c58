from decimal import Decimal

import numpy as np
import pytest

from custlib.sample import dirt
from custlib.sample.columns import Money


@pytest.mark.parametrize(
    ("kind", "plain", "written"),
    [
        ("full_width", "1234.50", "１２３４．５０"),
        ("thousands", "1234.50", "1,234.50"),
        ("currency_sign", "1234.50", "￥1,234.50"),
        ("wan", "35000.00", "3.5万"),
        ("wan", "300000.00", "30万"),
        ("parentheses_negative", "-1234.00", "(1,234.00)"),
        ("trailing_minus", "-1234.00", "1234.00-"),
        ("minus_sign", "-1234.00", "−1234.00"),
        ("date_slash", "2025-03-01", "2025/3/1"),
        ("date_chinese", "2025-03-01", "2025年3月1日"),
        ("date_compact", "2025-03-01", "20250301"),
        ("date_dot", "2025-03-01", "2025.3.1"),
        ("date_time", "2025-03-01", "2025-03-01 0:00"),
    ],
)
def test_ways_of_writing(kind, plain, written):
    assert dirt.RESTYLED[kind](plain) == written


def planted(*wishes, rows=60):
    columns = {"id": np.array([f"K{row}" for row in range(rows)], object), "amount": Money(np.arange(rows) * 1000 + 50)}
    return dirt.plant(np.random.default_rng(1), columns, wishes)


def test_spots_do_not_touch_each_other():
    rows = [spot.row for spot in planted(dirt.Wish("full_width", "amount", 5), dirt.Wish("duplicate_of", count=5))]
    assert len(set(rows)) == 10


def test_an_open_quote_takes_fifteen_lines_with_it():
    spots = planted(dirt.Wish("open_quote", "id"))
    assert [spot.row for spot in spots] == list(range(spots[0].row, spots[0].row + 15))
    assert spots[0].raw.startswith('"') and spots[-1].raw.endswith('"')
    assert {spot.raw for spot in spots[1:-1]} == {""}


def test_a_conflict_stands_on_both_lines_and_changes_the_amount():
    first, second = planted(dirt.Wish("conflict", "amount"))
    assert (first.row, first.again, second.again) == (second.row, False, True)
    assert Decimal(second.raw) == Decimal(first.row * 10) + Decimal("100.5")


def test_wishes_keep_to_the_rows_they_name():
    allowed = np.arange(60) % 10 == 3
    assert {spot.row % 10 for spot in planted(dirt.Wish("full_width", "amount", 4, allowed))} == {3}


def test_a_short_table_gets_fewer_spots():
    assert len(planted(dirt.Wish("duplicate_of", count=9), rows=3)) == 3
