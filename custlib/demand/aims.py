"""What customers were to reach in a quarter, beside what came of them."""

from collections.abc import Mapping

import pandas as pd


def aims(targets: pd.DataFrame, measures: Mapping[str, str], came: pd.DataFrame) -> pd.DataFrame:
    """measure (net_sales, payments), customers (with a target), target, came (of these customers; yuan): a row for each
    measure that has targets.

    targets: as `facts.targets` gives them; measures: text → key of `targets.measure`; came: customer_id, net_sales,
    payments of the quarter; whoever has no row brought nothing; missing where the exports hold no such figure.
    """
    own = targets.assign(measure=targets["measure"].map(measures).astype("object"))
    amounts = came.set_index("customer_id")
    parts = []
    for measure, rows in own.groupby("measure"):
        of = amounts[measure].reindex(rows["customer_id"].unique())
        known = amounts[measure].notna().any()
        brought = float(of.sum()) if known else float("nan")
        parts.append((measure, len(of), float(rows["amount"].sum()), brought))
    return pd.DataFrame(parts, columns=["measure", "customers", "target", "came"])
