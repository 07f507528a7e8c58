"""Customers declared to be one: their rows go to the one that stays; the raw id is kept, and it can be undone.

Merging comes after doubles are judged on the ids as they came, so that it never sets a row aside. Only the alias's own
line in the list of customers is set aside (`merged`): its customer is listed once.
"""

import ibis
import pandas as pd
import pyarrow as pa

from custlib import warehouse
from custlib.cleaning.judging import FAULT, REASON, Layout
from custlib.refusals import Refused

COLUMN, HOME, MERGED = "customer_id", "customers", "row__merged"
_LAYOUT = pa.schema([("alias_id", pa.string()), (MERGED, pa.string())])


def table(connection, merges: pd.DataFrame) -> ibis.Table | None:
    """The signed merges (`reference.merges`) as an Ibis table, None where there is none."""
    if merges.empty:
        return None
    rows = [{"alias_id": alias, MERGED: into} for alias, into in merges[COLUMN].items()]
    return warehouse.keep(connection, "signed_merges", pa.Table.from_pylist(rows, schema=_LAYOUT))


def merge(rows: ibis.Table, layout: Layout, signed: ibis.Table | None) -> ibis.Table:
    """Judged rows of one table, each alias replaced by its customer by rule `alias`; signed: as `table` gives it."""
    if signed is None or COLUMN not in layout.names:
        return rows
    joined = rows.left_join(signed, rows[COLUMN] == signed.alias_id).drop("alias_id")
    is_alias = joined[MERGED].notnull()
    if layout.table.name == HOME:
        aside = is_alias & joined[REASON].isnull()
        judged = {REASON: aside.ifelse("merged", joined[REASON]), FAULT: aside.ifelse(COLUMN, joined[FAULT])}
    else:
        raw, rule = f"{COLUMN}__raw", f"{COLUMN}__rule"
        judged = {
            COLUMN: joined[MERGED].coalesce(joined[COLUMN]),
            # A plain cell is not kept beside its value, which goes here.
            raw: is_alias.ifelse(joined[raw].coalesce(joined[COLUMN]), joined[raw]),
            rule: is_alias.ifelse("alias", joined[rule]),
        }
    return joined.mutate(**judged).drop(MERGED)


def check(connection, merges: pd.DataFrame, rows: dict[str, ibis.Table]):
    """Refuse (`alias_unknown`) to merge an id that no table holds, or into one that is not in the list of customers.

    rows: table name → its judged rows before merging. Without a list of customers, any table may know the customer that
    stays.
    """
    if merges.empty:
        return
    ids = {name: held.select(COLUMN).distinct() for name, held in rows.items() if COLUMN in held.columns}
    named = ibis.memtable({"id": sorted({*merges.index, *merges[COLUMN]})})
    anywhere = _held(connection, named, list(ids.values()))
    listed = _held(connection, named, [ids[HOME]]) if HOME in ids else anywhere
    for alias, row in merges.iterrows():
        for customer, held in ((alias, anywhere), (row[COLUMN], listed)):
            if customer not in held:
                raise Refused("alias_unknown", file="aliases.csv", line=row["line"], customer=customer)


def _held(connection, named, tables):
    """Those of the ids named that one of the tables holds."""
    if not tables:
        return set()
    ids = ibis.union(*tables) if len(tables) > 1 else tables[0]
    return set(connection.to_pyarrow(named.semi_join(ids, named.id == ids[COLUMN]))["id"].to_pylist())
