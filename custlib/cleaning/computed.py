"""Columns that `sources.toml` computes of others: exactly, in fractions, and rounded once.

The engine finds which operands come together; each such set is computed once, here. Engines multiply and divide
decimals within 38 digits, and some divide them as floating-point numbers.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import ibis
import pyarrow as pa

from custlib import expressions, warehouse
from custlib.cleaning import fast_path
from custlib.cleaning.judging import Layout
from custlib.cleaning.numbers import EXACT
from custlib.sources import Source

# A result of more than twelve digits before the point is damage, and would not fit.
TOO_LARGE = 10**12
DECIMALS = {"amount": 2, "price": 6, "number": 6}
WORTH = "row__worth"


def add(connection, rows: ibis.Table, layout: Layout, source: Source, units: dict, label: str) -> ibis.Table:
    """Rows as `judging.typed` gives them, with each computed column of `source`.

    units: amount column → yuan a unit, for what is computed of columns without a unit. label: a name of its own for
    what is kept. A row with an operand that cannot be read gets that operand's reason; one whose result has no value or
    too many digits `not_an_amount`; one with a blank operand has no value.
    """
    kinds = {column.name: column.kind for column in layout.table.columns}
    for number, (name, tree) in enumerate(source.expressions().items()):
        worth = with_worth(connection, rows, tree, units.get(name, 1), f"{label}_{number}")
        rows = worth.mutate(**_judged(worth, name, kinds[name], expressions.names(tree))).drop(WORTH, "row__known")
    return rows


def worth(tree: tuple, values: Sequence[Decimal], unit: int = 1) -> Decimal | None:
    """What an expression comes to, times a unit; values: one for each of its names, in order.

    Eighteen decimals; digits beyond are cut off, which never carries an amount over half a cent. None where it divides
    by zero or has more than twelve digits before the point.
    """
    named = zip(expressions.names(tree), (number.as_integer_ratio() for number in values), strict=True)
    try:
        above, below = expressions.value(tree, dict(named))
    except ZeroDivisionError:
        return None
    size, below = abs(above) * unit, abs(below) * (-1 if (above < 0) != (below < 0) else 1)
    if size >= TOO_LARGE * abs(below):
        return None
    return Decimal(f"{'-' if below < 0 else ''}{size * 10**18 // abs(below)}e-18")


def with_worth(connection, rows: ibis.Table, tree: tuple, unit: int, label: str) -> ibis.Table:
    """Typed rows with what an expression comes to, `WORTH`, and `row__known`: true where no operand is missing."""
    operands = [_exact(rows, name).cast(EXACT) for name in expressions.names(tree)]
    names = [f"row__operand_{at}" for at in range(len(operands))]
    together = rows.select(**dict(zip(names, operands, strict=True))).drop_null().distinct()
    layout = pa.schema([(name, pa.decimal128(38, 18)) for name in (*names, WORTH)] + [("row__known", pa.bool_())])
    computed = pa.Table.from_batches(_batches(connection, together, names, tree, unit, layout), layout)
    kept = warehouse.keep(connection, f"{label}_worth", computed)
    alike = [operand == kept[name] for operand, name in zip(operands, names, strict=True)]
    return rows.left_join(kept, alike).drop(*names)


def _batches(connection, together, names, tree, unit, layout) -> Iterator[pa.RecordBatch]:
    for batch in connection.to_pyarrow(together).to_batches(max_chunksize=50_000):
        held = [batch[name].cast(pa.decimal128(38, 18)) for name in names]
        results = [worth(tree, values, unit) for values in zip(*(column.to_pylist() for column in held), strict=True)]
        known = pa.array([True] * len(results))
        yield pa.RecordBatch.from_arrays([*held, pa.array(results, pa.decimal128(38, 18)), known], schema=layout)


def _exact(rows, name):
    return rows[f"{name}__exact"] if f"{name}__exact" in rows.columns else rows[name]


def _judged(rows, name, kind, operands):
    reasons = [rows[f"{operand}__reason"] for operand in operands if f"{operand}__reason" in rows.columns]
    unfit = (rows.row__known & rows[WORTH].isnull()).ifelse("not_an_amount", ibis.null("string"))
    judged = {
        name: rows[WORTH].round(DECIMALS[kind]).cast(fast_path.type_of(kind)),
        f"{name}__raw": ibis.null("string"),
        f"{name}__reason": ibis.coalesce(*reasons, unfit),
        f"{name}__rule": ibis.literal("computed"),
    }
    return judged | ({f"{name}__exact": rows[WORTH]} if kind == "amount" else {})
