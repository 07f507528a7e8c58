"""What looks odd in a quarter: volumes and amounts beside earlier quarters, values never seen before, wrong units.

Odd is a question to a person, never an error. All rules are in this module, and the page states them.
"""

import difflib

import numpy as np
import pandas as pd
import scipy

from custlib import absent, quarters, schema
from custlib.cleaning import Clean

UNUSUAL = 0.02  # chance of a change outside the usual range where nothing happened
FEWEST = 3  # earlier changes needed for a range
LENT = 2  # so many earlier changes more, as far apart as those of the median measure: four alone say little
LEAST = 0.05  # a range reaches at least so far from its middle, as a logarithm: about 5 %
PLAIN = 2.0  # without a range, a change to more than twice or less than half is odd
SEVERAL = 5  # rows of a usual quarter; of fewer there may be none without anything being wrong
UNIT = 1000  # 万元 taken for 元 is a factor of 10,000; less if only some months are affected
MOST_VALUES = 30  # a column with more different values does not list categories

MOVEMENTS = ["table", "column", "measure", "now", "before", "year_before", "against", "ratio", "low", "high", "odd"]
VALUES = ["table", "column", "value", "rows", "first_quarter"]
NEW_VALUES = ["table", "column", "value", "rows", "nearest"]
UNIT_DOUBTS = ["table", "column", "file", "mean", "usual", "ratio"]


def movements(clean: Clean, quarter: str) -> pd.DataFrame:
    """How each table with a time moved: one row per table, amount column and measure. Columns: MOVEMENTS.

    measure: "rows" (column is ""), or the "sum" or "mean" of an amount (the mean without its sign).
    now, before, year_before: of `quarter`, the quarter before and a year before; NaN if the data do not fill that
    quarter.
    against: "year_before" if at least `FEWEST` earlier changes from one year to the next are known, so that a season
    is no change; else "before". ratio: now ÷ that; low, high: its usual range, see `limits`.
    odd: "", or "jump" (outside low to high), "unit_error" (the mean changed by a factor of `UNIT` or more), "nothing"
    (none now, and `SEVERAL` rows or more in the median quarter before).
    """
    asked = quarters.parse(quarter)
    rows = []
    for table in schema.TABLES.values():
        if table.time and clean.has(table.name):
            history = _history(clean, table)
            filled = [q for q in _filled(clean, table.name, history.index) if q < asked]
            usual = history[("", "rows")].reindex(filled).median()
            rows += [_movement(table.name, name, history[name], asked, filled, usual) for name in history]
    spreads = [_spread(row["changes"]) for row in rows if len(row["changes"]) >= FEWEST]
    median = float(np.median(spreads)) if spreads else 0.0
    return pd.DataFrame([_judged(row, median) for row in rows], columns=MOVEMENTS)


def foremost(moves: pd.DataFrame, n: int = 14) -> pd.DataFrame:
    """The first n movements to look at, of those with a ratio: odd ones, then rows, sums, means, each in the order
    given."""
    judged = moves[moves["ratio"].notna()]
    urgency = judged["measure"].map({"rows": 1, "sum": 2, "mean": 3}).where(judged["odd"] == "", 0)
    return judged.loc[urgency.sort_values(kind="stable").index].head(n)


def limits(changes: list[float], median_spread: float) -> tuple[float, float]:
    """(low, high) of a ratio, by the earlier ratios of its measure: a half to twice if these are fewer than `FEWEST`.

    changes: ratios above 0; median_spread: that of the median measure, as a logarithm. On the scale of logarithms the
    range is median ± t × spread × √(1 + 1/n): a prediction interval that a change without cause leaves with a chance of
    `UNUSUAL`. spread: 1.25 × the mean distance from the median (the standard deviation of normal changes, less moved by
    one wild change), its square averaged with that of the median measure, which counts as `LENT` changes. Of made
    measures without an event, with four earlier changes, 0.7 % are odd; of those that rose by a half, 71 % (see tests).
    """
    if len(changes) < FEWEST:
        return 1 / PLAIN, PLAIN
    freedom = len(changes) - 1 + LENT
    spread = ((LENT * median_spread**2 + (len(changes) - 1) * _spread(changes) ** 2) / freedom) ** 0.5
    reach = max(scipy.special.stdtrit(freedom, 1 - UNUSUAL / 2) * spread * (1 + 1 / len(changes)) ** 0.5, LEAST)
    middle = np.median(np.log(changes))
    return float(np.exp(middle - reach)), float(np.exp(middle + reach))


def _spread(changes):
    logs = np.log(changes)
    return np.sqrt(np.pi / 2) * np.abs(logs - np.median(logs)).sum() / (len(logs) - 1)


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


def _movement(table, name, values, asked, filled, usual_rows):
    """The facts of one row of `movements`, with its earlier changes (ratios) and the rows of a usual quarter."""
    earlier = {
        "before": values.get(asked.previous()) if asked.previous() in filled else None,
        "year_before": values.get(asked.previous(4)) if asked.previous(4) in filled else None,
    }
    changes = {"year_before": _changes(values, filled, 4), "before": _changes(values, filled, 1)}
    against = "year_before" if len(changes["year_before"]) >= FEWEST and earlier["year_before"] else "before"
    facts = {"table": table, "column": name[0], "measure": name[1], "now": values.get(asked, 0.0)} | earlier
    ratio = facts["now"] / earlier[against] if earlier[against] else None
    return facts | {"against": against, "ratio": ratio, "changes": changes[against], "usual_rows": usual_rows}


def _changes(values, filled, back):
    pairs = [(values[q.previous(back)], values[q]) for q in filled if q.previous(back) in filled]
    return [later / earlier for earlier, later in pairs if earlier > 0 and later > 0]


def _judged(row, median_spread):
    low, high = limits(row["changes"], median_spread)
    return row | {"low": low, "high": high, "odd": _odd(row, low, high)}


def _odd(row, low, high):
    ratio = row["ratio"]
    if ratio is None or ratio != ratio:
        return ""
    if ratio == 0:
        return "nothing" if row["usual_rows"] >= SEVERAL else ""
    if row["measure"] == "mean" and _by_a_unit(ratio):
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


def _filled(clean, name, there):
    """The quarters that the data fill, oldest first, from the table's own first row on; none with an absent month."""
    first, last = quarters.of(clean.data_from), quarters.of(clean.data_until)
    spanned = [last.previous(back) for back in range(80) if last.previous(back) >= max(first, min(there))]
    names = absent.whole(clean, [str(q) for q in reversed(spanned) if q in there], {name} & set(absent.TABLES))
    return [quarters.parse(each) for each in names]


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
