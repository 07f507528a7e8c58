"""Rows that come twice: found by a hash of their key, and compared only where two have the same."""

import functools
import operator

import ibis
import numpy as np
import pyarrow as pa

from custlib import warehouse
from custlib.cleaning.judging import AGAIN, FIRST, PLACE, REASON, Layout
from custlib.cleaning.ledgers import together

# How many hashes are sorted at once.
KEYS_AT_ONCE = 16_000_000
_HASH, _PLAIN, _VERDICT = "row__hash", "row__plain", "row__verdict"


def told(connection, layout: Layout, judged: dict[tuple, list], lines: int) -> tuple[ibis.Table, ibis.Table]:
    """All rows of a table, and those of them that may be set aside or changed, with `REASON`, `AGAIN` and `FIRST`.

    Of rows that share a key identical ones but the first become `duplicate_of`, different ones `conflict`. judged: key
    (column names; empty: identical rows are only flagged) → [(rows, whether nothing is to be said of them but that)];
    lines: about how many rows there are. `AGAIN`: whether an identical row stands earlier; `FIRST`: `file:line` of it.
    """
    rows, odd = [], []
    for number, (key, parts) in enumerate(judged.items()):
        marked = _marked(connection, parts, layout, key, lines, f"{layout.table.name}_doubles_{number}")
        for part, plain in parts:
            # Each part by itself: of plain rows the engine then sees that only doubles are set aside.
            rows.append(_joined(part, marked))
            odd += [] if plain else rows[-1:]
        if marked is not None:
            own = marked.filter(marked[_PLAIN])
            odd.append(own.mutate(**{REASON: own[_VERDICT]}).select(rows[-1].columns))
    whole = warehouse.reused(connection, f"{layout.table.name}_judged", together(rows), lines)
    return whole, together(odd) if lines > warehouse.FEW else whole


def _marked(connection, parts, layout, key, lines, label):
    """The rows whose key may be that of another, judged; None where there is no such row."""
    group = list(key) or list(layout.names)
    sound = [rows.filter(rows[REASON].isnull()).mutate(**{_PLAIN: ibis.literal(plain)}) for rows, plain in parts]
    hashed = [rows.mutate(**{_HASH: ibis.struct({name: rows[name] for name in group}).hash()}) for rows in sound]
    shared = _shared(connection, together([rows.select(_HASH) for rows in hashed]), lines)
    if not len(shared):
        return None
    shared = warehouse.keep(connection, f"{label}_hashes", pa.table({_HASH: shared}))
    suspects = together([rows.semi_join(shared, _HASH).drop(_HASH) for rows in hashed])
    return warehouse.keep(connection, label, _compared(suspects, layout, key, group))


def _shared(connection, hashes, lines):
    """The hashes that more than one row has."""
    of = 1
    while lines > of * KEYS_AT_ONCE:
        of *= 2
    found = []
    for part in range(of):
        some = hashes.filter((hashes[_HASH] & (of - 1)) == part) if of > 1 else hashes
        values = np.sort(connection.to_pyarrow(some)[_HASH].to_numpy())
        found.append(np.unique(values[1:][values[1:] == values[:-1]]))
    return np.concatenate(found)


def _compared(suspects, layout, key, group):
    content = functools.reduce(operator.add, (_cell(suspects[name]) for name in layout.names))
    suspects = suspects.mutate(row__content=content)
    by_key, by_row = (
        ibis.window(group_by=group),
        ibis.window(group_by=[*group, "row__content"], order_by=list(PLACE[:3])),
    )
    marked = suspects.mutate(
        row__differs=suspects.row__content.min().over(by_key) != suspects.row__content.max().over(by_key),
        row__earlier=ibis.row_number().over(by_row),
        row__place=(suspects.file + ":" + suspects.line.cast("string")).first().over(by_row),
    )
    differs, later = marked.row__differs, marked.row__earlier > 0
    verdict = ibis.cases((differs, "conflict"), (later, "duplicate_of")) if key else ibis.null("string")
    again = later & ~differs
    marked = marked.mutate(
        **{_VERDICT: verdict, FIRST: again.ifelse(marked.row__place, ibis.null("string")), AGAIN: again}
    )
    return marked.drop("row__content", "row__differs", "row__earlier", "row__place")


def _cell(value):
    return value.cast("string").coalesce("\x00") + "\x1f"


def _joined(rows, marked):
    if marked is None:
        return rows.mutate(**{FIRST: ibis.null("string"), AGAIN: ibis.literal(False)})
    # Of a file one sheet is read, so its lines are told apart without the sheet.
    joined = rows.left_join(marked.select("file", "line", _VERDICT, FIRST, AGAIN), ["file", "line"], rname="{name}__2")
    judged = {REASON: joined[REASON].coalesce(joined[_VERDICT]), AGAIN: joined[AGAIN].coalesce(False)}
    return joined.mutate(**judged).drop(_VERDICT, "file__2", "line__2")
