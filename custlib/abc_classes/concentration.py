"""How much the largest customers bring: ranks and sums by class, and measures of concentration."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from custlib import quarters
from custlib.abc_classes.rules import checked


def ranked(values: pd.Series, classes: pd.Series) -> pd.DataFrame:
    """Customers from the largest value to the smallest: rank (from 1), value, cumulative_share (of the sum), class.

    values: Series with a positive sum; classes: Series of `CLASSES` over the same customers. A customer for whom one is
    missing is left out; equal values keep the order of the index. Losses at the end make the cumulative share exceed 1
    and fall back to it.
    """
    rows = pd.DataFrame({"value": values, "class": classes}).dropna().sort_index()
    rows = rows.sort_values("value", ascending=False, kind="stable")
    reached = rows["value"].cumsum() / rows["value"].sum()
    return rows.assign(rank=np.arange(1, len(rows) + 1), cumulative_share=reached)[
        ["rank", "value", "cumulative_share", "class"]
    ]


def panels(amounts: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """`ranked` for each indicator, stacked, with a column indicator. amounts, classes: as for `summary`."""
    rows = {name: ranked(amounts[name], classes[name]) for name in amounts}
    return pd.concat(rows, names=["indicator"]).reset_index("indicator")


def summary(amounts: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """What each class brings, by indicator: indicator, class, customers, value (sum of the amounts), share (of all
    classes).

    amounts: DataFrame in yuan, a column per indicator; who has no amount is not counted, as in `ranked`.
    classes: as `joint` returns them; the joint class is summed by size.
    """
    pairs = {name: (amounts[name], classes[name]) for name in amounts} | {"joint": (amounts["size"], classes["joint"])}
    return pd.concat([_summary(*pair).assign(indicator=name) for name, pair in pairs.items()], ignore_index=True)


def _summary(values, classes):
    rows = pd.DataFrame({"value": values, "class": classes}).dropna().groupby("class", observed=False)["value"]
    sums = pd.DataFrame({"customers": rows.size(), "value": rows.sum()}).rename_axis("class").reset_index()
    return sums.assign(share=sums["value"] / sums["value"].sum())


def gini(values: ArrayLike) -> float:
    """Gini coefficient, uncorrected: 0 if all are equal, (n − 1)/n if one customer has everything.

    values: numbers of zero or more. Raises ValueError if they are empty, missing, infinite, negative or all zero.
    """
    numbers = _above_zero(values)
    n = len(numbers)
    return float((2 * np.arange(1, n + 1) - n - 1) @ numbers / (n * numbers.sum()))


def herfindahl(values: ArrayLike) -> float:
    """Herfindahl index, the sum of squared shares: 1/n if all are equal, 1 if one customer has everything.

    values: numbers of zero or more. Raises ValueError as `gini` does.
    """
    numbers = _above_zero(values)
    return float(((numbers / numbers.sum()) ** 2).sum())


def top_share(values: ArrayLike, customers: int = 10) -> float:
    """The share of the sum that the largest customers bring, 0 to 1. Raises ValueError as `gini` does."""
    numbers = _above_zero(values)
    return float(numbers[-customers:].sum() / numbers.sum())


def lorenz(values: ArrayLike) -> pd.DataFrame:
    """The Lorenz curve: customers_share (0 to 1, from the smallest) and value_share, n + 1 rows from (0, 0) to (1, 1).

    values: numbers of zero or more. Raises ValueError as `gini` does.
    """
    numbers = _above_zero(values)
    reached = np.concatenate(([0.0], np.cumsum(numbers)))
    return pd.DataFrame(
        {"customers_share": np.arange(len(reached)) / len(numbers), "value_share": reached / reached[-1]}
    )


def lorenz_curves(sizes: Mapping[str, pd.Series], quarters: Iterable[str]) -> pd.DataFrame:
    """`lorenz` of each of `quarters` that has data, labelled by quarter. sizes: as for `concentration`."""
    curves = {name: lorenz(sizes[name].clip(lower=0)) for name in quarters if (sizes.get(name, pd.Series()) > 0).any()}
    return pd.concat(curves, names=["label"]).reset_index("label")


def concentration(sizes: Mapping[str, pd.Series]) -> pd.DataFrame:
    """How concentrated size is, quarter by quarter.

    sizes: mapping quarter → Series in yuan over customers. Columns: quarter, customers, below_zero (how many; they
    count as zero), gini, herfindahl, top_ten (share of the ten largest), and of each its `_error`: the standard error
    of its change on the same quarter a year ago, by leaving out one customer after another in both (jackknife, Tukey
    1958); missing without a year ago. A quarter without a size above zero is left out.
    """
    counted = {quarter: size.dropna().clip(lower=0) for quarter, size in sizes.items()}
    rows = []
    for quarter, size in counted.items():
        if size.sum() > 0:
            figures = {"gini": gini(size), "herfindahl": herfindahl(size), "top_ten": top_share(size)}
            then = counted.get(str(quarters.parse(quarter).previous(4)), size.iloc[:0])
            errors = _errors_of_change(then, size) if then.sum() > 0 else dict.fromkeys(figures, np.nan)
            numbers = figures | {f"{name}_error": errors[name] for name in figures}
            below = int((sizes[quarter] < 0).sum())
            rows.append({"quarter": quarter, "customers": len(size), "below_zero": below, **numbers})
    measures = [f"{name}{end}" for end in ("", "_error") for name in ("gini", "herfindahl", "top_ten")]
    return pd.DataFrame(rows, columns=["quarter", "customers", "below_zero", *measures])


def whale(profits: pd.Series | None) -> pd.DataFrame:
    """The whale curve, customers from the most to the least profitable: rank (from 1), value, cumulative (yuan).

    profits: Series in yuan, None if the exports hold no profit; customers without one are left out. Losses at the end
    make the curve fall from its peak. Equal values keep the order of the index.
    """
    profits = pd.Series(dtype="float64") if profits is None else profits
    rows = profits.dropna().sort_index().sort_values(ascending=False, kind="stable")
    return pd.DataFrame({"rank": np.arange(1, len(rows) + 1), "value": rows, "cumulative": rows.cumsum()})


def _errors_of_change(then, now):
    """The standard error of the change of each measure between two quarters of the same company, as a Series."""
    everyone = then.index.union(now.index)
    change = _without_each(now, everyone) - _without_each(then, everyone)
    return (((change - change.mean()) ** 2).sum() * (len(change) - 1) / len(change)) ** 0.5


def _without_each(size, everyone):
    """Each measure with one customer left out, over `everyone`; the whole measure for a customer that is not there."""
    rising = size.sort_values(kind="stable")
    x, n, total = rising.to_numpy(), len(rising), rising.sum()
    place, top = np.arange(1, n + 1), x[-10:].sum()
    ranked_sum = ((2 * place - n) * x).sum() - (2 * place - n) * x - 2 * (total - x.cumsum())
    in_top = top - x + (x[-11] if n > 10 else 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        measures = {
            "gini": ranked_sum / ((n - 1) * (total - x)),
            "herfindahl": ((x**2).sum() - x**2) / (total - x) ** 2,
            "top_ten": np.where(place > n - 10, in_top, top) / (total - x),
        }
    whole = {"gini": gini(size), "herfindahl": herfindahl(size), "top_ten": top_share(size)}
    return pd.DataFrame(measures, rising.index).reindex(everyone).fillna(whole)


def _above_zero(values):
    numbers = np.sort(checked(values).to_numpy())
    if numbers[0] < 0 or numbers[-1] == 0:
        raise ValueError("concentration needs values of zero or more, and one above zero")
    return numbers
