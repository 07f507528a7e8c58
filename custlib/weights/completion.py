"""Judgements that nobody gave: which factors the others connect, and the values that contradict the others least."""

import numpy as np
from scipy import optimize, sparse


def parts(known):
    """The number of the part that each factor belongs to, from 0: judgements connect all factors if there is one part only.

    known: square array, NaN where nobody judged.
    """
    return sparse.csgraph.connected_components(~np.isnan(known), directed=False)[1]


def completed(known):
    """The judgements with the missing ones put in: those with the least largest eigenvalue (Bozóki, Fülöp & Rónyai 2010).

    known: square array, a_ij · a_ji = 1, NaN where nobody judged. In logarithms the eigenvalue is convex, so there is one such
    completion if, and only if, the known judgements connect all factors: else ValueError.
    """
    row, column = np.nonzero(np.isnan(known) & ~np.tri(len(known), dtype=bool))
    if not len(row):
        return known
    if parts(known).any():
        raise ValueError("the judgements do not connect all factors")

    def filled(logs):
        values = known.copy()
        values[row, column], values[column, row] = np.exp(logs), np.exp(-logs)
        return values

    def eigenvalue(logs):
        values = filled(logs)
        largest, right, left = _pair(values)
        slope = left[row] * values[row, column] * right[column] - left[column] * values[column, row] * right[row]
        return largest, slope / (left @ right)

    found = optimize.minimize(eigenvalue, _start(known)[row, column], jac=True, method="BFGS", options={"gtol": 1e-10})
    return filled(found.x)


def _start(known):
    """Logarithms of all judgements by least squares over the known ones."""
    there = ~np.isnan(known)
    laplacian = np.diag(there.sum(axis=1)) - there
    logs = np.linalg.pinv(laplacian.astype(float)) @ np.where(there, np.log(known), 0).sum(axis=1)
    return logs[:, None] - logs


def _pair(values):
    """The largest eigenvalue with its right and its left eigenvector."""
    roots, right = np.linalg.eig(values)
    turned, left = np.linalg.eig(values.T)
    largest, same = roots.real.argmax(), turned.real.argmax()
    return roots[largest].real, np.abs(right[:, largest].real), np.abs(left[:, same].real)
