"""What looks odd in a quarter: volumes and amounts beside earlier quarters, values never seen before, wrong units.

Odd is a question to a person, never an error. All rules are in this module, and the page states them.
"""

import difflib

import pandas as pd

from custlib import quarters, schema
from custlib.cleaning import Clean

WIDER = 1.5  # how far beyond the range of earlier changes a change may go
FEWEST = 3  # earlier changes needed for a range
PLAIN = 2.0  # with fewer, a change to more than twice or less than half is odd
UNIT = 1000  # 万元 taken for 元 is a factor of 10,000; less if only some months are affected
MOST_VALUES = 30  # a column with more different values does not list categories

MOVEMENTS = ["table", "column", "measure", "now", "before", "year_before", "ratio", "low", "high", "odd"]
VALUES = ["table", "column", "value", "rows", "first_quarter"]
NEW_VALUES = ["table", "column", "value", "rows", "nearest"]
UNIT_DOUBTS = ["table", "column", "file", "mean", "usual", "ratio"]


def movements(clean: Clean, quarter: str) -> pd.DataFrame:
    """How each table with a time moved: one row per table, amount column and measure. Columns: MOVEMENTS.

    measure: "rows" (column is ""), or the "sum" or "mean" of an amount (the mean without its sign).
    now, before, year_before: of `quarter`, the quarter before and a year before; NaN if the data do not fill that
    quarter.
    ratio: now ÷ before; low, high: its limits, see `limits`.
    odd: "", or "jump" (outside low to high), "unit_error" (the mean changed by a factor of `UNIT` or more), "nothing"
    (rows before, none now).
    """
    asked = quarters.parse(quarter)
    rows = []
    for table in schema.TABLES.values():
        if table.time and clean.has(table.name):
            history = _history(clean, table)
            filled = [q for q in _filled(clean, history.index) if q < asked]
            rows += [_movement(table.name, name, history[name], asked, filled) for name in history]
    return pd.DataFrame(rows, columns=MOVEMENTS)


def foremost(moves: pd.DataFrame, n: int = 14) -> pd.DataFrame:
    """The first n movements to look at, of those with a ratio: odd ones, then rows, sums, means, each in the order
    given."""
    judged = moves[moves["ratio"].notna()]
    urgency = judged["measure"].map({"rows": 1, "sum": 2, "mean": 3}).where(judged["odd"] == "", 0)
    return judged.loc[urgency.sort_values(kind="stable").index].head(n)


def limits(changes: list[float]) -> tuple[float, float]:
    """(low, high) of a quarter-to-quarter ratio: half as much again beyond the range of earlier ratios, or a half to
    twice if there are fewer than `FEWEST`."""
    if len(changes) < FEWEST:
        return 1 / PLAIN, PLAIN
    return min(changes) / WIDER, max(changes) * WIDER


def text_values(clean: Clean) -> pd.DataFrame:
    """The values of each text column that lists categories: at most `MOST_VALUES` different values, nothing personal.

    Columns: VALUES; first_quarter is the quarter of a value's first row, "" in tables without time.
    """
    columns = [
        _values(clean, table, column)
        for table in schema.TABLES.values()
        for column in table.columns
        if clean.has(table.name) and column.kind == "text" and not column.personal
    ]
    together = pd.concat([rows for rows in columns if len(rows) <= MOST_VALUES] or [pd.DataFrame(columns=VALUES)])
    return together.sort_values(["table", "column", "value"], ignore_index=True)[VALUES]


def new_values(values: pd.DataFrame, before: pd.DataFrame | None, quarter: str) -> pd.DataFrame:
    """Values never seen before `quarter`, with the nearest earlier value of their column ("" if none is near). Columns:
    NEW_VALUES.

    values: as `text_values` returns them; before: the same of an earlier report, or None. In a table with time a value
    is new if its first row is in the quarter and the table has older rows; in one without time, if the earlier report
    had the column without it.
    """
    earlier_values = _seen_before(values, before, quarter)
    parts = []
    for (table, column), rows in values.groupby(["table", "column"]):
        earlier = earlier_values.get((table, column), set())
        fresh = rows[~rows["value"].isin(earlier)] if earlier else rows[:0]
        fresh = fresh[fresh["first_quarter"].isin(["", quarter])]
        nearest = [next(iter(difflib.get_close_matches(value, sorted(earlier), 1)), "") for value in fresh["value"]]
        parts.append(fresh.assign(nearest=nearest))
    return pd.concat(parts or [pd.DataFrame(columns=NEW_VALUES)])[NEW_VALUES].reset_index(drop=True)


def unit_doubts(controls: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Files whose mean amount per clean line, in yuan, is `UNIT` times larger or smaller than the median of their
    table.

    controls, accounts: result tables `control_totals` and `line_accounts`. Columns: UNIT_DOUBTS.
    """
    sums = controls.groupby(["table", "column", "file"])["amount_clean"].sum().astype(float).reset_index()
    sums["mean"] = sums["amount_clean"].abs() / sums["file"].map(accounts.set_index("file")["clean"])
    sums = sums[sums["mean"] > 0]
    sums["usual"] = sums.groupby(["table", "column"])["mean"].transform("median")
    sums["ratio"] = sums["mean"] / sums["usual"]
    return sums[_by_a_unit(sums["ratio"])].reset_index(drop=True)[UNIT_DOUBTS]


def _movement(table, name, values, asked, filled):
    column, measure = name
    before, year_before = (values.get(q) if q in filled else None for q in (asked.previous(), asked.previous(4)))
    now = values.get(asked, 0.0)
    pairs = [(values[q.previous()], values[q]) for q in filled if q.previous() in filled]
    low, high = limits([later / earlier for earlier, later in pairs if earlier > 0 and later > 0])
    ratio = now / before if before else None
    return table, column, measure, now, before, year_before, ratio, low, high, _odd(measure, ratio, low, high)


def _odd(measure, ratio, low, high):
    if ratio is None or ratio != ratio:
        return ""
    if ratio == 0:
        return "nothing"
    if measure == "mean" and _by_a_unit(ratio):
        return "unit_error"
    return "" if low <= ratio <= high else "jump"


def _by_a_unit(ratio):
    return (ratio >= UNIT) | (ratio <= 1 / UNIT)


def _history(clean, table):
    """Measures by `quarters.Quarter`; the columns are (name of the amount or "", measure)."""
    rows = clean.table(table.name)
    amounts = [column.name for column in table.columns if column.kind == "amount"]
    sums = {f"{name} sum": rows[name].sum() for name in amounts} | {
        f"{name} size": rows[name].abs().sum() for name in amounts
    }
    counts = {f"{name} count": rows[name].count() for name in amounts} | {"rows": rows.count()}
    by_quarter = rows.group_by(quarter=_quarter_of(rows[table.time])).agg(**sums, **counts)
    frame = by_quarter.to_pandas().dropna(subset="quarter").set_index("quarter").astype(float)
    frame.index = frame.index.map(quarters.parse)
    history = {("", "rows"): frame["rows"]}
    for name in amounts:
        history |= {(name, "sum"): frame[f"{name} sum"], (name, "mean"): frame[f"{name} size"] / frame[f"{name} count"]}
    return pd.DataFrame(history)


def _filled(clean, there):
    """The quarters that the data fill, oldest first, from the table's own first row on."""
    first, last = quarters.of(clean.data_from), quarters.of(clean.data_until)
    spanned = [last.previous(back) for back in range(80) if last.previous(back) >= max(first, min(there))]
    return [
        q for q in reversed(spanned) if clean.data_from <= q.first_day and q.last_day <= clean.data_until and q in there
    ]


def _quarter_of(time):
    if not time.type().is_date():
        return time
    return time.year().cast("string") + "Q" + time.quarter().cast("string")


def _values(clean, table, column):
    rows = clean.table(table.name)
    rows = rows.filter(rows[column.name].notnull())
    first = _quarter_of(rows[table.time]).min() if table.time else rows[column.name].max()
    by_value = rows.group_by(value=rows[column.name]).agg(rows=rows.count(), first_quarter=first)
    frame = by_value.order_by("value").limit(MOST_VALUES + 1).to_pandas()
    first = frame["first_quarter"] if table.time else ""
    return frame.assign(table=table.name, column=column.name, first_quarter=first)


def _seen_before(values, before, quarter):
    """(table, column) → values of earlier rows or of the earlier report; columns without either are left out."""
    earlier = values[(values["first_quarter"] != "") & (values["first_quarter"] < quarter)]
    together = pd.concat([earlier, before]) if before is not None else earlier
    return together.groupby(["table", "column"])["value"].agg(set).to_dict()
