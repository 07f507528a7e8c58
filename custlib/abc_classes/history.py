"""Classes over time: the class in every quarter, and who moved between two."""

import pandas as pd

from custlib.abc_classes.judgement import joint
from custlib.abc_classes.rules import CLASSES


def history(indicators, weights=None, ratio=(1, 2, 2)):
    """The joint class of every customer in every quarter.

    indicators: mapping quarter → DataFrame as `joint` takes it. Weights of indicators that a quarter lacks count for nothing;
    a quarter in which no indicator has a weight is left out. Returns a DataFrame of classes: a row per customer (sorted), a
    column per quarter in the order given, missing where the customer was absent.
    """
    columns = {}
    for quarter, table in indicators.items():
        known = weights and {name: weights.get(name, 0) for name in table}
        if not weights or any(known.values()):
            columns[quarter] = joint(table, known, ratio)["joint"]
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


def moves(before, after, size_before, size):
    """The customers whose class is another than before: from_class (A, B, C or new), to_class (A, B, C or lost), size_before
    and size (0 where absent), none if there was no quarter before. before, after: Series of classes; size_before, size: Series in
    yuan; customers as index."""
    if before.dropna().empty:
        after = after.iloc[:0]
    rows = pd.DataFrame({"from_class": before.astype("object"), "to_class": after.astype("object")})
    rows = rows.fillna({"from_class": "new", "to_class": "lost"})
    rows = rows.assign(size_before=size_before.reindex(rows.index), size=size.reindex(rows.index))
    moved = (rows["from_class"] != rows["to_class"]) & ~((rows["from_class"] == "new") & (rows["to_class"] == "lost"))
    return rows[moved].fillna({"size_before": 0.0, "size": 0.0}).rename_axis("customer_id").sort_index()


def _checked_classes(classes):
    known = classes.dropna().astype("str")
    if known.index.has_duplicates:
        raise ValueError(f"customer {known.index[known.index.duplicated()][0]} stands twice")
    if not known.isin(CLASSES.categories).all():
        raise ValueError(f"classes are A, B and C, not {sorted(set(known) - set(CLASSES.categories))}")
    return known
