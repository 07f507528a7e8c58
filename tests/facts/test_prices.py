"""Prices beside the usual ones, by hand. The toy company's sales have no products here, so they get their own layout."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from custlib import facts, warehouse
from custlib.cleaning import Clean

LAYOUT = pa.schema(
    [
        ("date", pa.date32()),
        ("customer_id", pa.string()),
        ("product_id", pa.string()),
        ("quantity", pa.decimal128(18, 6)),
        ("net_amount", pa.decimal128(18, 2)),
        ("cost", pa.decimal128(18, 2)),
    ]
)
DAY = date(2025, 11, 11)
LINES = [
    # pots: 10, 10, 12 and 6 each, so the median price is 10
    (DAY, "k1", "pot", 10, 100, 70),
    (DAY, "k2", "pot", 5, 50, 35),
    (DAY, "k3", "pot", 10, 120, 70),
    (DAY, "k4", "pot", 10, 60, 70),
    # two buyers of knives are too few for a usual price
    (DAY, "k1", "knife", 1, 30, 20),
    (DAY, "k4", "knife", 1, 10, 20),
    # returns and other quarters do not count
    (DAY, "k1", "pot", -10, -100, -70),
    (date(2025, 9, 30), "k2", "pot", 1, 1, 7),
]


@pytest.fixture
def levels(tmp_path):
    def of(lines):
        cells = [[row[at] if at < 3 or row[at] is None else Decimal(row[at]) for row in lines] for at in range(6)]
        warehouse.write_arrow(
            pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(cells, LAYOUT, strict=True)], schema=LAYOUT),
            tmp_path / "sales.parquet",
        )
        clean = Clean(tmp_path, "key", "", "CNY", date(2025, 7, 1), date(2025, 12, 31), (), {"sales": len(lines)}, {})
        return facts.price_levels(clean, "2025Q4")

    return of


def test_what_a_customer_pays_beside_the_median_price_and_what_we_earn(levels):
    rows = levels(LINES)
    assert rows["price_level"].to_dict() == pytest.approx({"k1": 1.0, "k2": 1.0, "k3": 1.2, "k4": 0.6})
    assert rows["profit"].to_dict() == pytest.approx({"k1": 40, "k2": 15, "k3": 50, "k4": -20})


def test_an_unknown_cost_is_an_unknown_profit(levels):
    rows = levels([*LINES, (DAY, "k2", "pot", 1, 10, None)])
    assert rows["profit"].isna().to_dict() == {"k1": False, "k2": True, "k3": False, "k4": False}


def test_without_three_buyers_of_a_model_there_is_no_price_level(levels):
    assert levels(LINES[:2])["price_level"].isna().all()


def test_what_each_customer_paid_for_each_model_returns_and_gifts_left_out(tmp_path, levels):
    levels([*LINES, (DAY, "k2", "pot", 3, 0, 21), (DAY, "k3", "pot", 1, 10, None)])
    clean = Clean(tmp_path, "key", "", "CNY", date(2025, 7, 1), date(2025, 12, 31), (), {"sales": 10}, {})
    rows = facts.price_lines(clean, "2025Q4").set_index(["customer_id", "product_id"])
    assert rows.loc[("k2", "pot")].tolist() == [5, 50, 35]
    assert rows.loc[("k3", "pot"), ["pieces", "paid"]].tolist() == [11, 130] and rows["cost"].isna().sum() == 1
    assert rows.loc[("k1", "pot")].tolist() == [10, 100, 70]
