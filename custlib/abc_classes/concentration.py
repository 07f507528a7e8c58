"""How much the few bring."""

import numpy as np
import pandas as pd

from custlib.abc_classes.rules import checked


def ranked(values, classes):
    """Customers from the largest value to the smallest: rank (from 1), value, cumulative_share (of the sum), class.

    values: Series with a positive sum; classes: Series of `CLASSES`, same customers. Where one is missing the customer is left
    out. Losses at the end make the cumulative share pass 1 and come back. Equal values stand in the order of the index.
    """
    rows = pd.DataFrame({"value": values, "class": classes}).dropna().sort_index()
    rows = rows.sort_values("value", ascending=False, kind="stable")
    reached = rows["value"].cumsum() / rows["value"].sum()
    return rows.assign(rank=np.arange(1, len(rows) + 1), cumulative_share=reached)[
        ["rank", "value", "cumulative_share", "class"]
    ]


def summary(amounts, classes):
    """What each class brings, by indicator: indicator, class, customers, value (sum of the amounts), share (of all classes).

    amounts: DataFrame in yuan, a column per indicator; a missing amount adds nothing. classes: the result of `joint`; the joint
    class is summed by size.
    """
    of = {name: (amounts[name], classes[name]) for name in amounts} | {"joint": (amounts["size"], classes["joint"])}
    return pd.concat([_summary(*pair).assign(indicator=name) for name, pair in of.items()], ignore_index=True)


def _summary(values, classes):
    rows = (
        pd.DataFrame({"value": values, "class": classes})
        .dropna(subset="class")
        .groupby("class", observed=False)["value"]
    )
    found = pd.DataFrame({"customers": rows.size(), "value": rows.sum()}).rename_axis("class").reset_index()
    return found.assign(share=found["value"] / found["value"].sum())


def gini(values):
    """Gini coefficient, uncorrected: 0 all equal, (n − 1)/n one customer has everything.

    values: numbers of zero or more. Raises ValueError if empty, missing, infinite, negative, or all zero.
    """
    numbers = np.sort(checked(values).to_numpy())
    if numbers[0] < 0 or numbers[-1] == 0:
        raise ValueError("the Gini coefficient needs values of zero or more, and one above zero")
    n = len(numbers)
    return float((2 * np.arange(1, n + 1) - n - 1) @ numbers / (n * numbers.sum()))
