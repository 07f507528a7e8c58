"""Customers that a person declared to be one: their rows go to the customer that stays, the raw id is kept, and it can be undone.

Merging comes after doubles are judged on the ids as they came, so that it never sets a row aside. Only the alias's own line in the
list of customers is set aside (`merged`): its customer is listed once.
"""

import ibis
import pyarrow as pa

from custlib import warehouse
from custlib.cleaning.tables import FAULT, REASON
from custlib.refusals import Refused

COLUMN, HOME, MERGED = "customer_id", "customers", "row__merged"
_LAYOUT = pa.schema([("alias_id", pa.string()), (MERGED, pa.string())])


def table(connection, merges):
    """The signed merges (`reference.merges`) as an Ibis table, None where there is none."""
    if merges.empty:
        return None
    rows = [{"alias_id": alias, MERGED: into} for alias, into in merges[COLUMN].items()]
    return warehouse.keep(connection, "signed_merges", pa.Table.from_pylist(rows, schema=_LAYOUT))


def merge(rows, layout, signed):
    """Judged rows of one table with each alias replaced by its customer, by rule `alias`; signed: as `table` gives it."""
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


def check(connection, merges, rows):
    """Refuse (`alias_unknown`) a merge of an id that no table holds, or into one that the list of customers does not hold.

    rows: table name → its judged rows before merging. Without a list of customers, any table may know the customer that stays.
    """
    if merges.empty:
        return
    seen = {name: one.select(COLUMN).distinct() for name, one in rows.items() if COLUMN in one.columns}
    asked = ibis.memtable({"id": sorted({*merges.index, *merges[COLUMN]})})
    known = _known(connection, asked, list(seen.values()))
    listed = _known(connection, asked, [seen[HOME]]) if HOME in seen else known
    for alias, row in merges.iterrows():
        for customer, there in ((alias, known), (row[COLUMN], listed)):
            if customer not in there:
                raise Refused("alias_unknown", file="aliases.csv", line=row["line"], customer=customer)


def _known(connection, asked, seen):
    ids = ibis.union(*seen) if len(seen) > 1 else (seen[0] if seen else None)
    if ids is None:
        return set()
    return set(connection.to_pyarrow(asked.semi_join(ids, asked.id == ids[COLUMN]))["id"].to_pylist())
