"""How much the few bring: ranks and sums by class, and how concentrated the whole is."""

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


def panels(amounts, classes):
    """`ranked` for each indicator, one below the other, with a column indicator. amounts, classes: as `summary` takes them."""
    rows = {name: ranked(amounts[name], classes[name]) for name in amounts}
    return pd.concat(rows, names=["indicator"]).reset_index("indicator")


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
    numbers = _above_zero(values)
    n = len(numbers)
    return float((2 * np.arange(1, n + 1) - n - 1) @ numbers / (n * numbers.sum()))


def herfindahl(values):
    """Herfindahl index: the sum of squared shares; 1/n all equal, 1 one customer has everything.

    values: numbers of zero or more. Raises ValueError as `gini` does.
    """
    numbers = _above_zero(values)
    return float(((numbers / numbers.sum()) ** 2).sum())


def top_share(values, customers=10):
    """The share of the sum that the largest customers bring, 0 to 1. Raises ValueError as `gini` does."""
    numbers = _above_zero(values)
    return float(numbers[-customers:].sum() / numbers.sum())


def lorenz(values):
    """The Lorenz curve: customers_share (0 to 1, from the smallest) and value_share, n + 1 rows from (0, 0) to (1, 1).

    values: numbers of zero or more. Raises ValueError as `gini` does.
    """
    numbers = _above_zero(values)
    reached = np.concatenate(([0.0], np.cumsum(numbers)))
    return pd.DataFrame(
        {"customers_share": np.arange(len(reached)) / len(numbers), "value_share": reached / reached[-1]}
    )


def lorenz_curves(sizes, quarters):
    """`lorenz` of those of the quarters that are known, with the quarter as label. sizes: as `concentration` takes them."""
    curves = {name: lorenz(sizes[name].clip(lower=0)) for name in quarters if (sizes.get(name, pd.Series()) > 0).any()}
    return pd.concat(curves, names=["label"]).reset_index("label")


def concentration(sizes):
    """How concentrated size is, quarter by quarter: quarter, customers, below_zero (customers that count as zero), gini, herfindahl,
    top_ten (share of the ten largest).

    sizes: mapping quarter → Series in yuan. A quarter without a size above zero is left out.
    """
    rows = []
    for quarter, size in sizes.items():
        counted = size.dropna().clip(lower=0)
        if counted.sum() > 0:
            figures = {"gini": gini(counted), "herfindahl": herfindahl(counted), "top_ten": top_share(counted)}
            rows.append({"quarter": quarter, "customers": len(counted), "below_zero": int((size < 0).sum()), **figures})
    return pd.DataFrame(rows, columns=["quarter", "customers", "below_zero", "gini", "herfindahl", "top_ten"])


def whale(profits):
    """The whale curve: customers from the most to the least profitable: rank (from 1), value, cumulative (yuan), over customers.

    profits: Series in yuan, None where the exports hold no profit; a customer without one is left out. Losses at the end bring the curve down from its peak.
    Equal values stand in the order of the index.
    """
    profits = pd.Series(dtype="float64") if profits is None else profits
    rows = profits.dropna().sort_index().sort_values(ascending=False, kind="stable")
    return pd.DataFrame({"rank": np.arange(1, len(rows) + 1), "value": rows, "cumulative": rows.cumsum()})


def _above_zero(values):
    numbers = np.sort(checked(values).to_numpy())
    if numbers[0] < 0 or numbers[-1] == 0:
        raise ValueError("concentration needs values of zero or more, and one above zero")
    return numbers
