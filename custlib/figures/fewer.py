"""Fewer marks than customers: what a figure of a large company is drawn from, so that it says the same and a page stays
small. Each function returns (table, further options of the drawing); a table of few rows is returned as it is."""

import numpy as np
import pandas as pd

CURVE = 500  # points of a curve, rows of a heat map: more than a screen shows apart
BARS = 250  # bars of a ranking, each of up to three pieces
CELLS = (60, 40)  # of a scatter, across and up: of the marks of a class in one cell the largest is drawn


def cuts(amounts: np.ndarray, most: int = CURVE) -> np.ndarray:
    """Where amounts, from the largest to the smallest, are cut into groups: the places of the last of each, from 1.

    The first half of `most` are alone. No other group holds more than a `most // 4`th of the places, nor of the sum of
    all amounts without their signs and its own last one: a curve of their sums keeps its shape. One cut is where they
    turn negative.
    """
    count, parts = len(amounts), most // 4
    if count <= most:
        return np.arange(1, count + 1)
    reached, alone = np.cumsum(np.abs(amounts)), np.arange(1, most - 2 * parts)
    by_place = np.linspace(0, count, parts + 1)[1:].astype(int)
    by_sum = np.searchsorted(reached, np.linspace(0, reached[-1], parts + 1)[1:-1]) + 1
    turn = np.count_nonzero(amounts >= 0)
    ends = np.unique(np.concatenate([alone, by_place, by_sum, [turn]]))
    return ends[ends > 0]


def ranked(table: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    """Of customers in order (rank from 1, value, …) groups as `cuts` says, a row for each class in each.

    Columns as given, and customers: how many they are. value is their sum, rank and what is cumulative are those of the
    group's last, a group of several has no name.
    """
    if "customers" in table:
        return table, {}
    table, ends = table.assign(customers=1), cuts(table["value"].to_numpy(), BARS)
    if len(ends) == len(table):
        return table, {}
    last = table.iloc[ends - 1].set_index("rank")
    keys = ["rank", *(["class"] if "class" in table else [])]
    table = table.assign(rank=ends[np.searchsorted(ends, table["rank"])])
    sums = {name: "sum" for name in ("value", "customers")} | {name: "first" for name in {"name"}.intersection(table)}
    groups = table.groupby(keys, observed=True, sort=True).agg(sums).reset_index()
    reached = [name for name in ("cumulative", "cumulative_share") if name in table]
    groups = groups.join(last[reached], on="rank")
    if "name" in groups:
        groups["name"] = groups["name"].where(groups["rank"].diff().fillna(1) == 1, "")
    return groups, {}


def panels(table: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    """`ranked` for each indicator."""
    if "customers" in table:
        return table, {}
    parts = [ranked(rows)[0].assign(indicator=name) for name, rows in table.groupby("indicator", sort=False)]
    return pd.concat(parts), {}


def lorenz(table: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    """Of Lorenz curves (label, customers_share from the smallest, value_share) the points between groups; their ends
    stay."""
    curves = [curve.iloc[_turns(curve["value_share"].to_numpy())] for _, curve in table.groupby("label", sort=False)]
    return pd.concat(curves), {}


def _turns(reached):
    """The places of a rising curve that stay, its steepest end in most detail."""
    last = len(reached) - 1
    return np.unique([*(last - cuts(np.diff(reached)[::-1])), last])


def points(table: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    """Of a scatter (variation, size, class, label) the largest customers, those with a label, and of the others one of
    a class in each of `CELLS`. Column customers: how many cannot be drawn and stand together in one row, else 1."""
    if "customers" in table or len(table) <= CURVE:
        return (table if "customers" in table else table.assign(customers=1)), {}
    drawn = table[table["variation"].notna() & (table["size"] > 0)].sample(frac=1, random_state=0)  # of a cell any one
    cells = pd.DataFrame({"class": drawn["class"], "across": _cell(drawn["variation"], CELLS[0])})
    cells["up"] = _cell(np.log(drawn["size"]), CELLS[1])
    largest = drawn["size"].rank(ascending=False, method="first") <= CURVE // 2
    kept = ~cells.duplicated() | (drawn["label"] != "") | largest
    texts = dict.fromkeys({"label", "name"}.intersection(table), "")
    rest = table.iloc[:1].assign(variation=np.nan, customers=len(table) - len(drawn), **texts)
    return pd.concat([drawn[kept].assign(customers=1), rest]), {}


def _cell(values, count):
    return np.floor((values - values.min()) / max(np.ptp(values), 1e-9) * count).clip(upper=count - 1).astype(int)


def rows(table: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    """Of a heat map (index customers, columns quarters, values classes) the middle row of each of `CURVE` groups alike
    in size, of two customers at least; with the option counts: how many of which class there were in each quarter."""
    if len(table) < 2 * CURVE:
        return table, {}
    counts = table.apply(lambda quarter: quarter.value_counts()).rename_axis("class").reset_index()
    middle = ((np.arange(CURVE) + 0.5) * len(table) / CURVE).astype(int)
    return table.iloc[middle], {"counts": counts.astype({"class": "str"}), "customers": len(table)}
