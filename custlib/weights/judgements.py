"""An expert's pairwise judgements: the priorities, their consistency, and the judgement to discuss."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pandas as pd

from custlib.weights.completion import completed

# Mean consistency index of random judgements by number of factors, from 1: Saaty 1980 (to 10), Saaty 2005 (to 15).
RANDOM_INDEX = {
    "saaty1980": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    "saaty2005": (0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
}
CONSISTENT = {3: 0.05, 4: 0.08}  # limit of the consistency ratio by number of factors, Saaty 1994; else 0.10
_ROUNDED = 0.01  # so far a judgement and its reverse may be from 1, multiplied


@dataclass(frozen=True)
class Priorities:
    """Weights from pairwise judgements.

    weights: Series over the factors, adding up to 1; lambda_max: the largest eigenvalue, n for consistent judgements;
    consistency_ratio: (lambda_max − n) ÷ (n − 1) ÷ random index, None for up to two factors and
    beyond the table of random indices; approximate: whether missing judgements were filled in, which makes the ratio
    too low; random_index: the name of that table.
    """

    weights: pd.Series
    lambda_max: float
    consistency_ratio: float | None
    approximate: bool = False
    random_index: str = "saaty1980"


class Judgement(NamedTuple):
    """An inconsistent judgement: how many times as important factor_a is as factor_b, as said and as would agree."""

    factor_a: str
    factor_b: str
    said: float
    would_agree: float


def ahp(matrix: pd.DataFrame, random_index: str = "saaty1980") -> Priorities:
    """Priorities of an expert's pairwise judgements: the principal eigenvector (Saaty 1980).

    matrix: square DataFrame, the same factors as index and columns; a_ij says how many times as important i is as j.
    Missing ones are filled in so that the largest eigenvalue is least (Bozóki, Fülöp & Rónyai 2010). random_index: a
    key of `RANDOM_INDEX`.
    Inconsistency is reported, never refused. Raises ValueError if a judgement is not above 0, a_ij · a_ji is not 1, or
    the judgements do not connect all factors.
    """
    table = _checked(matrix)
    known = table.to_numpy()
    values = completed(known)
    lambda_max, weight = _principal(values)
    weights, index, n = pd.Series(weight, table.index), RANDOM_INDEX[random_index], len(values)
    ratio = (lambda_max - n) / (n - 1) / index[n - 1] if 2 < n <= len(index) else None
    return Priorities(weights, lambda_max, ratio, bool(np.isnan(known).any()), random_index)


def consistent(factors: int) -> float:
    """The consistency ratio above which an expert's judgements of so many factors are to be discussed (Saaty 1994)."""
    return CONSISTENT.get(factors, 0.10)


def worst_judgement(matrix: pd.DataFrame) -> Judgement | None:
    """The `Judgement` farthest from the ratio of its two weights, with the ratio that the others imply; None if
    consistent.

    matrix: as for `ahp`. That ratio comes from leaving out this one judgement (Harker 1987) and filling in the gaps.
    Among three factors all judgements are equally far, and the first is named.
    """
    table = _checked(matrix)
    weight = ahp(table).weights.to_numpy()
    apart = np.abs(np.log(table.to_numpy() * weight / weight[:, None]))
    apart = np.where(np.isnan(apart) | np.tri(len(table), dtype=bool), 0, apart.round(9))
    if not apart.max(initial=0) > 1e-6:
        return None
    row, column = np.unravel_index(apart.argmax(), apart.shape)
    a, b = table.index[[row, column]]
    without = table.copy()
    without.loc[a, b] = without.loc[b, a] = np.nan
    others = ahp(without).weights
    return Judgement(a, b, float(table.loc[a, b]), float(others[a] / others[b]))


def is_reverse(one: float, other: float) -> bool:
    """Whether of two ratios the smaller is the reciprocal of the larger, right to its own decimals: 0.33 of 3."""
    small, large = sorted((float(one), float(other)))
    half = 0.5 * 10.0 ** int(Decimal(repr(small)).normalize().as_tuple().exponent)
    return small < 1 <= large and abs(1 / large - small) <= half * (1 + 1e-9)


def matrix(judgements: pd.DataFrame, factors: Sequence[str]) -> pd.DataFrame:
    """The square matrix of judgements: DataFrame over `factors`, 1 on the diagonal, missing where nobody judged.

    judgements: DataFrame with factor_a, factor_b and ratio (a to b, above 0), each pair once.
    """
    table = pd.DataFrame(np.eye(len(factors)), list(factors), list(factors)).replace(0, np.nan)
    for row in judgements.itertuples():
        table.loc[row.factor_a, row.factor_b], table.loc[row.factor_b, row.factor_a] = row.ratio, 1 / row.ratio
    return table


def _checked(matrix):
    """The matrix as numbers, columns ordered as rows; a judgement known in one direction is filled in in the other."""
    table = matrix.loc[:, list(matrix.index)].astype("float64")
    values = table.to_numpy()
    with np.errstate(divide="ignore"):
        values = np.where(np.isnan(values), 1 / values.T, values)
    np.fill_diagonal(values, np.where(np.isnan(np.diag(values)), 1, np.diag(values)))
    if not (np.isnan(values) | (np.isfinite(values) & (values > 0))).all():
        raise ValueError("every judgement must be a number above 0")
    for row, column in np.argwhere(values * values.T != 1):
        one, other = values[row, column], values[column, row]
        if one > other and is_reverse(one, other):
            values[column, row] = 1 / one
    product = np.where(np.isnan(values), 1, values * values.T)
    if not np.allclose(product, 1, rtol=_ROUNDED):
        row, column = np.argwhere(~np.isclose(product, 1, rtol=_ROUNDED))[0]
        raise ValueError(f"{table.index[row]} against {table.index[column]} and the reverse contradict each other")
    return pd.DataFrame(values, table.index, table.index)


def _principal(values):
    """The largest eigenvalue, and its eigenvector adding up to 1."""
    roots, vectors = np.linalg.eig(values)
    largest = int(roots.real.argmax())
    weight = np.abs(vectors[:, largest].real)
    return max(float(roots[largest].real), float(len(values))), weight / weight.sum()
