"""Classes over time: the class in each quarter, who moved between two quarters, and the effect on the totals."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from custlib.abc_classes.judgement import joint, within
from custlib.abc_classes.rules import CLASSES

STEPS = ("stayed", "rose", "fell", "new", "returned", "lost", "unjudged")


def history(
    indicators: Mapping[str, pd.DataFrame],
    weights: Mapping[str, float] | None = None,
    ratio: Sequence[float] = (1, 2, 2),
    systems: pd.Series | None = None,
) -> pd.DataFrame:
    """The joint class of every customer in every quarter.

    indicators: mapping quarter → DataFrame as for `joint`; weights of indicators that a quarter lacks are ignored, and
    a quarter in which no indicator has a weight is left out.
    systems: as for `within`; by default all customers are one system.
    Returns a DataFrame of classes: a row per customer (sorted), a column per quarter in the order given, missing where
    the customer was absent.
    """
    columns = {}
    for quarter, table in indicators.items():
        usable = weights and {name: weights.get(name, 0) for name in table}
        if not usable or any(usable.values()):
            groups = pd.Series("", table.index) if systems is None else systems
            columns[quarter] = within(groups, joint, table, weights=usable, ratio=ratio)["joint"]
    return pd.DataFrame(columns).astype(CLASSES).sort_index()


def migration(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Counts of customers by class before (rows A, B, C, new) and after (columns A, B, C, lost).

    before, after: Series of classes over customers. A customer without a class counts as absent in that quarter.
    Raises ValueError if a customer appears twice or a class is not A, B or C.
    """
    pair = pd.concat({"before": _checked_classes(before), "after": _checked_classes(after)}, axis=1)
    pair = pair.fillna({"before": "new", "after": "lost"})
    counts = pd.crosstab(pair["before"], pair["after"])
    counts = counts.reindex(index=["A", "B", "C", "new"], columns=["A", "B", "C", "lost"], fill_value=0)
    return counts.rename_axis(index="before", columns="after")


def paths(
    before: pd.Series, after: pd.Series, then: pd.DataFrame | None, now: pd.DataFrame, seen: pd.Index
) -> pd.DataFrame:
    """Where each customer of either quarter came from and went to, with its amounts in both.

    before, after: Series of classes over customers.
    then, now: DataFrames of amounts in yuan, a row for each customer of the quarter before and of this one. An amount
    that only `then` has is left out; one that only `now` has is missing before. then is None where nothing is known of
    that quarter: nobody came, returned or left, and all are "unjudged".
    seen: the customers of any earlier quarter.
    Returns a DataFrame over customers (sorted): from_class (A, B, C, new, returned, unjudged), to_class (A, B, C, lost,
    unjudged), step (one of `STEPS`), `<amount>_before` and `<amount>` for each amount (0 where absent).
    Raises ValueError if a customer appears twice or a class is not A, B or C.
    """
    if then is None:
        before, then = before.iloc[:0], pd.DataFrame(index=now.index)
    everyone = then.index.union(now.index)
    classes = {"from_class": _checked_classes(before), "to_class": _checked_classes(after)}
    rows = pd.DataFrame({name: letters.reindex(everyone).astype("object") for name, letters in classes.items()})
    was_there, is_here = everyone.isin(then.index), everyone.isin(now.index)
    rows.loc[~was_there, "from_class"] = np.where(everyone[~was_there].isin(seen), "returned", "new")
    rows.loc[~is_here, "to_class"] = "lost"
    rows = rows.fillna("unjudged").assign(step=lambda t: _steps(t["from_class"], t["to_class"]))
    amounts = {}
    for name in now:
        earlier = then[name] if name in then else pd.Series(dtype="float64")
        amounts[f"{name}_before"] = earlier.reindex(everyone).where(was_there, 0.0)
        amounts[name] = now[name].reindex(everyone).where(is_here, 0.0)
    return rows.assign(**amounts).rename_axis("customer_id")


def flows(rows: pd.DataFrame) -> pd.DataFrame:
    """Customers and amounts by from_class and to_class, sorted; combinations without customers are left out.

    rows: as `paths` returns them. Columns: from_class, to_class, customers, and the sum of each amount.
    """
    amounts = [name for name in rows if name not in ("from_class", "to_class", "step")]
    sums = rows.groupby(["from_class", "to_class"])[amounts].sum(min_count=1)
    return sums.assign(customers=rows.groupby(["from_class", "to_class"]).size())[["customers", *amounts]].reset_index()


def bridge(rows: pd.DataFrame, apart: pd.DataFrame, totals: pd.Series) -> pd.DataFrame:
    """From the total of the quarter before to the total of this one, step by step.

    rows: as `paths` returns them.
    apart: DataFrame of amounts that belong to no customer, such as fees; its index names the part, its columns are
    `<amount>_before` and `<amount>`.
    totals: Series with the same columns, summed independently. All in yuan.
    Returns one row per step (`STEPS`, then the parts, then `total` and `unexplained`): step, customers (NaN for parts),
    and the change of each amount, exact to the fen. `unexplained` is what the steps do not add up to: 0.00 unless
    something is wrong.
    """
    names = [name.removesuffix("_before") for name in totals.index if name.endswith("_before")]
    columns = [column for name in names for column in (f"{name}_before", name)]
    sums = rows.groupby("step")[columns].sum(skipna=False)
    parts = pd.concat([sums.reindex(STEPS, fill_value=0.0), apart])
    fen = pd.DataFrame({name: _fen(parts[name]) - _fen(parts[f"{name}_before"]) for name in names})
    whole = pd.Series({name: _fen(totals[name]) - _fen(totals[f"{name}_before"]) for name in names})
    fen.loc["total"], fen.loc["unexplained"] = whole, whole - fen.sum()
    customers = rows["step"].value_counts().reindex(STEPS, fill_value=0)
    customers["total"] = len(rows)
    changes = fen / 100
    changes.insert(0, "customers", customers.reindex(changes.index))
    return changes.rename_axis("step").reset_index()


def reported(before: pd.Series, published: pd.DataFrame | None) -> pd.Series:
    """The classes of the quarter before: as an earlier report published them, else as computed today.

    before: Series of classes; published: DataFrame with joint_class over customers, or None.
    """
    if published is None:
        return before
    return published["joint_class"].astype(CLASSES).combine_first(before).astype(CLASSES)


def steps(customers: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """The step of each customer of two quarters, including those that left: DataFrame step over customers, sorted.

    customers, moves: result tables `abc_customers` and `abc_moves`.
    """
    left = moves[~moves["customer_id"].isin(customers["customer_id"])]
    return pd.concat([customers, left]).set_index("customer_id")[["step"]].sort_index()


def long(history: pd.DataFrame) -> pd.DataFrame:
    """Result table `abc_history`: a row per customer and quarter, in the order of `in_order`. history: from
    `history`."""
    return in_order(history).rename_axis(columns="quarter").stack().rename("joint_class").reset_index()


def wide(rows: pd.DataFrame) -> pd.DataFrame:
    """The table of `history` again, from result table `abc_history`, in the same order."""
    names, columns = (rows[column].drop_duplicates() for column in ("customer_id", "quarter"))
    table = rows.pivot(index="customer_id", columns="quarter", values="joint_class")
    return table.reindex(index=names, columns=sorted(columns)).astype(CLASSES)


def in_order(classes: pd.DataFrame) -> pd.DataFrame:
    """A table of `history`, sorted by class, the latest quarter first; absent customers come last."""
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
    letters = classes.dropna().astype("str")
    if letters.index.has_duplicates:
        raise ValueError(f"customer {letters.index[letters.index.duplicated()][0]} stands twice")
    if not letters.isin(CLASSES.categories).all():
        raise ValueError(f"classes are A, B and C, not {sorted(set(letters) - set(CLASSES.categories))}")
    return letters
