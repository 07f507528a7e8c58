"""Companies with a known truth as clean tables, straight from the sample's arrays: no exports, no dirt, no cleaning."""

from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from custlib import schema, warehouse
from custlib.cleaning import Clean
from custlib.sample import columns as cols
from custlib.sample import company, days
from custlib.sample.columns import Money
from custlib.sample.truth import Truth

NOISES = {
    "calm": {},  # as the sample
    "noisy": {"noise": 0.25, "large_fen": float("inf")},  # three payments a quarter
}
_TYPES = {
    "date": pa.date32(),
    "amount": pa.decimal128(18, 2),
    "price": pa.decimal128(22, 6),
    "number": pa.decimal128(18, 6),
    "whole": pa.int64(),
    "ratio": pa.decimal128(18, 6),
}


def make(
    folder: Path, seed: int, customers: int = 240, noise: str = "calm", fated: bool = True, quarters: int = 9
) -> tuple[Clean, Truth]:
    """The clean tables of a company, written into an existing folder, and its truth. noise: one of `NOISES`."""
    tables = defaultdict(list)

    def take(export):
        if export.table in schema.TABLES:
            tables[export.table].append(_rows(schema.TABLES[export.table], export.columns))

    truth = company.make(take, customers, 12 * customers, quarters, seed, fated=fated, **NOISES[noise])
    for name, parts in tables.items():
        rows = pa.concat_tables(parts)
        ledger = {"file": pa.repeat(name, len(rows)), "sheet": pa.nulls(len(rows), pa.string())}
        ledger |= {"line": pa.array(range(1, len(rows) + 1)), "repeated": pa.repeat(False, len(rows))}
        for column, values in ledger.items():
            rows = rows.append_column(column, values)
        warehouse.write_arrow(rows, Path(folder) / f"{name}.parquet")
    counts = {name: sum(map(len, parts)) for name, parts in tables.items()}
    first, *_, last = days.quarters_with_warm_up(quarters)[1:]
    return Clean(Path(folder), f"made {seed}", "", "CNY", first.first_day, last.last_day, (), counts, {}), truth


def _rows(table, columns):
    """The columns of the schema, those without values empty."""
    count = cols.length(next(iter(columns.values())))
    types = {column.name: _TYPES.get(column.kind, pa.string()) for column in table.columns}
    return pa.table(
        {
            name: _typed(columns[name], kind) if name in columns else pa.nulls(count, kind)
            for name, kind in types.items()
        }
    )


def _typed(column, kind):
    if isinstance(column, Money) and column.yuan > 1:
        column = Money(column.units * column.yuan * 100 // 10**column.places)
    values = cols.arrow(column)
    if pa.types.is_string(values.type):
        values = pc.if_else(pc.equal(values, ""), None, values)
    return values.cast(pa.decimal128(38, kind.scale)).cast(kind) if pa.types.is_decimal(kind) else values.cast(kind)
