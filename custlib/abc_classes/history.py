"""Classes over time: the class in every quarter, who moved between two, and what that did to the money."""

import numpy as np
import pandas as pd

from custlib.abc_classes.judgement import joint, within
from custlib.abc_classes.rules import CLASSES

STEPS = ("stayed", "rose", "fell", "new", "returned", "lost", "unjudged")


def history(indicators, weights=None, ratio=(1, 2, 2), systems=None):
    """The joint class of every customer in every quarter.

    indicators: mapping quarter → DataFrame as `joint` takes it. Weights of indicators that a quarter lacks count for nothing;
    a quarter in which no indicator has a weight is left out. systems: as `within` takes them; by default all are one system.
    Returns a DataFrame of classes: a row per customer (sorted), a column per quarter in the order given, missing where the customer
    was absent.
    """
    columns = {}
    for quarter, table in indicators.items():
        known = weights and {name: weights.get(name, 0) for name in table}
        if not weights or any(known.values()):
            of = pd.Series("", table.index) if systems is None else systems
            columns[quarter] = within(of, joint, table, weights=known, ratio=ratio)["joint"]
    return pd.DataFrame(columns).astype(CLASSES).sort_index()


def migration(before, after):
    """Customers by class before (rows A, B, C, new) and after (columns A, B, C, lost).

    before, after: Series of classes, customers as index. A customer without a class counts as absent in that quarter.
    Returns a DataFrame of counts. Raises ValueError if a customer stands twice or a class is not A, B or C.
    """
    pair = pd.concat({"before": _checked_classes(before), "after": _checked_classes(after)}, axis=1)
    pair = pair.fillna({"before": "new", "after": "lost"})
    counts = pd.crosstab(pair["before"], pair["after"])
    counts = counts.reindex(index=["A", "B", "C", "new"], columns=["A", "B", "C", "lost"], fill_value=0)
    return counts.rename_axis(index="before", columns="after")


def paths(before, after, then, now, seen):
    """Where each customer of either quarter came from and where it went, with the money of both.

    before, after: Series of classes; then, now: DataFrames of amounts in yuan with the same columns, one row for each customer of the
    quarter before and of this one (amounts of the first that the second lacks are left out, and the reverse is missing); seen: the
    customers that were there in any earlier quarter. All over customers.
    Returns a DataFrame over customers (sorted): from_class (A, B, C, new, returned, unjudged), to_class (A, B, C, lost, unjudged),
    step (one of `STEPS`), and `<amount>_before` and `<amount>` for each amount (0 where absent).
    Raises ValueError if a customer stands twice or a class is not A, B or C.
    """
    everyone = then.index.union(now.index)
    classes = {"from_class": _checked_classes(before), "to_class": _checked_classes(after)}
    rows = pd.DataFrame({name: letters.reindex(everyone).astype("object") for name, letters in classes.items()})
    was, here, known = everyone.isin(then.index), everyone.isin(now.index), everyone.isin(seen)
    rows.loc[~was, "from_class"] = np.where(known[~was], "returned", "new")
    rows.loc[~here, "to_class"] = "lost"
    rows = rows.fillna("unjudged").assign(step=lambda t: _steps(t["from_class"], t["to_class"]))
    amounts = {}
    for name in now:
        known = then[name] if name in then else pd.Series(dtype="float64")
        amounts[f"{name}_before"] = known.reindex(everyone).where(was, 0.0)
        amounts[name] = now[name].reindex(everyone).where(here, 0.0)
    return rows.assign(**amounts).rename_axis("customer_id")


def flows(rows):
    """Customers and money by where they came from and where they went; ways that nobody took are left out.

    rows: what `paths` gave. Returns from_class, to_class, customers, and the sums of its amounts, sorted.
    """
    amounts = [name for name in rows if name not in ("from_class", "to_class", "step")]
    sums = rows.groupby(["from_class", "to_class"])[amounts].sum(min_count=1)
    return sums.assign(customers=rows.groupby(["from_class", "to_class"]).size())[["customers", *amounts]].reset_index()


def bridge(rows, apart, totals):
    """From the total of the quarter before to the total of this one, step by step.

    rows: what `paths` gave; apart: DataFrame of what belongs to no customer (index part, such as fees; columns `<amount>_before` and
    `<amount>`); totals: Series of the same columns, summed by another way. All in yuan.
    Returns one row per step (`STEPS`, then the parts, then `total` and `unexplained`): step, customers (NaN for parts), and the change
    of each amount, exact to the fen. `unexplained` is what the steps do not add up to: 0.00 unless something is wrong.
    """
    names = [name.removesuffix("_before") for name in totals.index if name.endswith("_before")]
    columns = [column for name in names for column in (f"{name}_before", name)]
    sums = rows.groupby("step")[columns].agg(lambda amounts: amounts.sum(skipna=False))
    parts = pd.concat([sums.reindex(STEPS, fill_value=0.0), apart])
    fen = pd.DataFrame({name: _fen(parts[name]) - _fen(parts[f"{name}_before"]) for name in names})
    whole = pd.Series({name: _fen(totals[name]) - _fen(totals[f"{name}_before"]) for name in names})
    fen.loc["total"], fen.loc["unexplained"] = whole, whole - fen.sum()
    customers = rows["step"].value_counts().reindex(STEPS, fill_value=0)
    customers["total"] = len(rows)
    found = fen / 100
    found.insert(0, "customers", customers.reindex(found.index))
    return found.rename_axis("step").reset_index()


def reported(before, published):
    """The classes of the quarter before as an earlier report gave them; where it gave none, as they are today.

    before: Series of classes; published: DataFrame with joint_class over customers, or None.
    """
    if published is None:
        return before
    return published["joint_class"].astype(CLASSES).combine_first(before).astype(CLASSES)


def steps(customers, moves):
    """What each customer of two quarters did, those that left included: DataFrame step over customers, sorted.

    customers, moves: result tables `abc_customers` and `abc_moves`.
    """
    left = moves[~moves["customer_id"].isin(customers["customer_id"])]
    return pd.concat([customers, left]).set_index("customer_id")[["step"]].sort_index()


def long(history):
    """A table of `history` with a row per customer and quarter: result table `abc_history`, in the order of `in_order`."""
    return in_order(history).rename_axis(columns="quarter").stack().rename("joint_class").reset_index()


def wide(rows):
    """The table of `history` that result table `abc_history` was made of, in its order."""
    names, columns = (rows[column].drop_duplicates() for column in ("customer_id", "quarter"))
    table = rows.pivot(index="customer_id", columns="quarter", values="joint_class")
    return table.reindex(index=names, columns=sorted(columns)).astype(CLASSES)


def in_order(classes):
    """The customers of a table of `history` in the order of their classes, the latest quarter first: A above, absent below."""
    codes = classes.apply(lambda column: column.cat.codes.where(column.notna(), len(CLASSES.categories)))
    return classes.loc[codes.sort_values(list(codes.columns[::-1]), kind="stable").index]


def _steps(come, gone):
    judged = come.isin(CLASSES.categories) & gone.isin(CLASSES.categories)
    moved = np.select([come > gone, come < gone], ["rose", "fell"], "stayed")
    arrived = np.where(come.isin(("new", "returned")), come, np.where(gone == "lost", "lost", "unjudged"))
    return np.where(judged, moved, arrived)


def _fen(yuan):
    return (yuan * 100).round()


def _checked_classes(classes):
    known = classes.dropna().astype("str")
    if known.index.has_duplicates:
        raise ValueError(f"customer {known.index[known.index.duplicated()][0]} stands twice")
    if not known.isin(CLASSES.categories).all():
        raise ValueError(f"classes are A, B and C, not {sorted(set(known) - set(CLASSES.categories))}")
    return known
