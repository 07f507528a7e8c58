"""Missing judgements: which factors the given ones connect, and the values that contradict them least."""

import numpy as np
import scipy


def parts(known: np.ndarray) -> np.ndarray:
    """The number of the connected part that each factor belongs to; all 0 if judgements connect all factors.

    known: square array, NaN where nobody judged.
    """
    return scipy.sparse.csgraph.connected_components(~np.isnan(known), directed=False)[1]


def completed(known: np.ndarray) -> np.ndarray:
    """The judgements with missing ones filled in so that the largest eigenvalue is least (Bozóki, Fülöp & Rónyai 2010).

    known: square array, a_ij · a_ji = 1, NaN where nobody judged. In logarithms the eigenvalue is convex, so there is
    one such completion if, and only if, the known judgements connect all factors; otherwise ValueError.
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

    solution = scipy.optimize.minimize(
        eigenvalue, _start(known)[row, column], jac=True, method="BFGS", options={"gtol": 1e-10}
    )
    return filled(solution.x)


def _start(known):
    """Logarithms of all judgements by least squares over the known ones."""
    is_known = ~np.isnan(known)
    laplacian = np.diag(is_known.sum(axis=1)) - is_known
    logs = np.linalg.pinv(laplacian.astype(float)) @ np.where(is_known, np.log(known), 0).sum(axis=1)
    return logs[:, None] - logs


def _pair(values):
    """The largest eigenvalue with its right and its left eigenvector."""
    roots, right = np.linalg.eig(values)
    turned, left = np.linalg.eig(values.T)
    largest, same = roots.real.argmax(), turned.real.argmax()
    return roots[largest].real, np.abs(right[:, largest].real), np.abs(left[:, same].real)
