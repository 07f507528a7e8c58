"""Weights from pairwise judgements."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib.refusals import Refused

# Random indices by number of factors, from 1: Saaty 1980.
RANDOM_INDEX = {"saaty1980": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)}


@dataclass(frozen=True)
class Priorities:
    """weights: Series over the factors, adding up to 1; lambda_max: the largest eigenvalue, n if nothing contradicts itself;
    consistency_ratio: (lambda_max − n) ÷ (n − 1) ÷ random index, usual limit 0.10; None for two factors or fewer."""

    weights: pd.Series
    lambda_max: float
    consistency_ratio: float | None


def ahp(matrix, random_index="saaty1980"):
    """Priorities of an expert's pairwise judgements: the principal eigenvector (Saaty 1980).

    matrix: square DataFrame, the same factors as index and columns; a_ij says how many times as important i is as j, all known.
    Inconsistency is reported, never refused. Raises ValueError if a judgement is missing or not above 0, or a_ij · a_ji is not 1.
    """
    table = matrix.loc[:, list(matrix.index)].astype("float64")
    values = table.to_numpy()
    if not (np.isfinite(values) & (values > 0)).all():
        raise ValueError("every two factors need a judgement above 0")
    if not np.allclose(values * values.T, 1, rtol=0.01):
        row, column = np.argwhere(~np.isclose(values * values.T, 1, rtol=0.01))[0]
        raise ValueError(f"{table.index[row]} against {table.index[column]} and the reverse contradict each other")
    roots, vectors = np.linalg.eig(values)
    largest = int(roots.real.argmax())
    weight = np.abs(vectors[:, largest].real)
    n, lambda_max = len(values), float(roots.real[largest])
    ratio = (lambda_max - n) / (n - 1) / RANDOM_INDEX[random_index][n - 1] if n > 2 else None
    return Priorities(pd.Series(weight / weight.sum(), table.index), lambda_max, ratio)


def matrix(judgements, factors):
    """The square matrix of judgements: DataFrame over `factors`, 1 on the diagonal, missing where nobody judged.

    judgements: DataFrame with factor_a, factor_b and ratio (a to b, above 0), each pair once.
    """
    table = pd.DataFrame(np.eye(len(factors)), list(factors), list(factors)).replace(0, np.nan)
    for row in judgements.itertuples():
        table.loc[row.factor_a, row.factor_b], table.loc[row.factor_b, row.factor_a] = row.ratio, 1 / row.ratio
    return table


def of_indicators(comparisons, indicators):
    """Priorities from `comparisons.csv` as `reference.signed` gives it; None where it holds no line.

    Raises Refused (`comparison_strange`) for a name that is no indicator, a ratio out of 1/9 to 9, and a pair that stands twice or not
    at all.
    """
    if comparisons.empty:
        return None
    known, pairs, numbers = ", ".join(indicators), set(), []
    for line, row in comparisons.iterrows():
        pair = frozenset((row["factor_a"], row["factor_b"]))
        ratio = pd.to_numeric(row["ratio"], errors="coerce")
        problem = _problem(row, pair, ratio, indicators, pairs)
        if problem:
            raise Refused("comparison_strange", file="comparisons.csv", line=line, problem=problem, known=known)
        pairs.add(pair)
        numbers.append(ratio)
    table = matrix(comparisons.assign(ratio=numbers), indicators)
    if table.isna().to_numpy().any():
        row, column = np.argwhere(table.isna().to_numpy())[0]
        problem = f"{table.index[row]} ~ {table.index[column]}: –"
        raise Refused("comparison_strange", file="comparisons.csv", line=line, problem=problem, known=known)
    return ahp(table)


def _problem(row, pair, ratio, indicators, pairs):
    told = f"{row['factor_a']} ~ {row['factor_b']}: {row['ratio']}"
    strange = len(pair) < 2 or not pair <= set(indicators) or not 1 / 9.001 <= ratio <= 9.001
    return told if strange or pair in pairs else ""
