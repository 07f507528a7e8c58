"""Clean tables of a toy company."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from custlib import warehouse
from custlib.cleaning import Clean

DAY = date.fromisoformat
EVERY_MONTH = tuple(f"{year}-{month:02d}" for year in range(2020, 2027) for month in range(1, 13))
MONEY = pa.decimal128(18, 2)
KINDS = {
    "sales": [
        ("date", pa.date32()),
        ("customer_id", pa.string()),
        ("net_amount", MONEY),
        ("cost", MONEY),
        ("quantity", MONEY),
    ],
    "payments": [("date", pa.date32()), ("customer_id", pa.string()), ("amount", MONEY)],
    "dealer_profit": [
        ("quarter", pa.string()),
        ("customer_id", pa.string()),
        ("brand_profit", MONEY),
        ("total_profit", MONEY),
        ("receivables", MONEY),
        ("rebates", MONEY),
        ("price_compensation", MONEY),
    ],
    "inventory": [
        ("snapshot_date", pa.date32()),
        ("customer_id", pa.string()),
        ("product_id", pa.string()),
        ("quantity", MONEY),
    ],
    "plans": [
        ("year", pa.int64()),
        ("customer_id", pa.string()),
        ("metric", pa.string()),
        ("target", MONEY),
        ("unit", pa.string()),
        *((name, pa.string()) for name in ("item", "owner", "file")),
        ("due_on", pa.date32()),
        ("line", pa.int64()),
    ],
    "customers": [
        (name, pa.string())
        for name in "customer_id name region store_format area_type account_manager file sheet line".split()
    ],
}


@pytest.fixture
def company(tmp_path):
    """Clean tables of a company that has these rows; a month without any is one in which it was closed, or `closed`
    names those."""

    def make(data_from="2025-01-01", data_until="2025-06-30", closed=EVERY_MONTH, **tables):
        for name, rows in tables.items():
            layout = pa.schema(KINDS[name])
            cells = [dict(zip(layout.names, map(typed, row, layout.types), strict=False)) for row in rows]
            warehouse.write_arrow(pa.Table.from_pylist(cells, schema=layout), tmp_path / f"{name}.parquet")
        counts = {name: len(rows) for name, rows in tables.items()}
        period = (data_from and DAY(data_from), data_until and DAY(data_until))
        return Clean(tmp_path, "key", "", "CNY", *period, (), counts, {}, closed=closed)

    return make


def typed(value, kind):
    if value is None or pa.types.is_string(kind) or pa.types.is_integer(kind):
        return value
    return DAY(value) if pa.types.is_date(kind) else Decimal(value)
