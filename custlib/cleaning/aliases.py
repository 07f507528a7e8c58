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


def held(connection, merges: pd.DataFrame, rows: dict[str, ibis.Table]) -> dict[str, set]:
    """Table → those of the ids in the merges that it holds. rows: table → its judged rows before merging."""
    if merges.empty:
        return {}
    named = ibis.memtable({"id": sorted({*merges.index, *merges[COLUMN]})})
    return {
        name: set(connection.to_pyarrow(named.semi_join(own, named.id == own[COLUMN]))["id"].to_pylist())
        for name, own in rows.items()
        if COLUMN in own.columns
    }


def check(merges: pd.DataFrame, holders: dict[str, set]):
    """Refuse (`alias_unknown`) to merge an id that no table holds, or into one that is not in the list of customers.

    holders: as `held` gives them, of all tables. Without a list of customers, any table may know the customer that
    stays.
    """
    anywhere = set().union(*holders.values())
    listed = holders.get(HOME, anywhere)
    for alias, row in merges.iterrows():
        for customer, known in ((alias, anywhere), (row[COLUMN], listed)):
            if customer not in known:
                raise Refused("alias_unknown", file="aliases.csv", line=row["line"], customer=customer)
