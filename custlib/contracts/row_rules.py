"""What one row of a clean table can break by itself: conditions over its columns, counted in one pass."""

import functools
import operator
from typing import TYPE_CHECKING

from custlib import schema
from custlib.cleaning import Clean

if TYPE_CHECKING:
    import ibis


def conditions(table: schema.Table, rows: "ibis.Table", clean: Clean) -> dict[tuple[str, str], "ibis.Value"]:
    """(rule, column) → which rows break it: boolean expressions over `rows`, of a `schema.Table` in `clean`."""
    conditions = {("repeated_rows", ""): rows.repeated}
    for column in table.columns:
        if column.usual != (None, None):
            conditions["out_of_range", column.name] = _outside(rows[column.name], *column.usual)
    if "product_id" in rows.columns:
        # A column also where no product is a fee.
        conditions["fee_lines", "product_id"] = rows.product_id.notnull() & clean.is_fee(rows)
    return conditions | _OWN.get(table.name, lambda rows: {})(rows)


def _outside(value, low, high):
    bounds = ((low, operator.lt), (high, operator.gt))
    return functools.reduce(operator.or_, (beyond(value, bound) for bound, beyond in bounds if bound is not None))


def _sales(rows):
    return {("no_customer", "customer_id"): rows.customer_id.isnull()} | _traded(rows, "net_amount")


def _purchases(rows):
    return _traded(rows, "paid_amount")


def _traded(rows, amount):
    quantity, paid = rows.quantity, rows[amount]
    return {
        ("zero_amount", amount): (paid == 0) & (quantity != 0),
        ("zero_quantity", "quantity"): quantity == 0,
        ("against_sign", amount): ((quantity > 0) & (paid < 0)) | ((quantity < 0) & (paid > 0)),
    }


def _inventory(rows):
    return {("wrong_order", "received_on"): rows.received_on > rows.snapshot_date}


def _consumers(rows):
    return {("wrong_order", "birth_year"): rows.birth_year > rows.registered_on.year()}


def _promotions(rows):
    return {("wrong_order", "ends_on"): rows.ends_on < rows.starts_on}


_OWN = {
    "sales": _sales,
    "promotions": _promotions,
    "purchases": _purchases,
    "inventory": _inventory,
    "consumers": _consumers,
}
