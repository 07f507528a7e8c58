"""R² of every subset of factors from their correlations, and each factor's mean contribution over all orders."""

from math import comb

import numpy as np

_NOTHING_NEW = 1e-10  # with less variance left than this a factor adds nothing to the others


def shares(correlations: np.ndarray, bones: list[list[int]] | None = None) -> np.ndarray:
    """What each factor adds to R², averaged over the orders in which factors can be added: LMG, or Owen values.

    correlations: array p + 1 × p + 1 × draws, the outcome last. bones: lists of the places of the factors on each bone;
    then only orders count in which the factors of a bone come together (Owen 1977), which is fast for many factors on
    small bones. None: all orders (Lindeman, Merenda & Gold 1980; the Shapley value). Returns an array p × draws;
    columns add up to R².
    """
    factors = len(correlations) - 1
    bones = bones or [list(range(factors))]
    added = np.empty((factors, correlations.shape[2]))
    for bone in bones:
        others = [other for other in bones if other is not bone]
        order = [place for other in others for place in other] + bone + [factors]
        left = correlations[np.ix_(order, order)][:, :, None]
        for other in others:
            left = _with_and_without(left, len(other))
        for _ in bone:
            left = _with_and_without(left, 1)
        explained = 1 - left[0, 0].reshape(2 ** len(bone), 2 ** len(others), -1)
        added[bone] = _shapley(_mean_over_sets(explained, len(others)))
    return np.maximum(added, 0)  # a negative share is rounding only


def _with_and_without(left, count):
    """The covariances left with and without the first `count` variables, as sets × 2, those without first.

    left: m × m × sets × draws; taking a variable in is a Schur complement.
    """
    without, taken = left[count:, count:], left
    for _ in range(count):
        pivot = taken[0, 0]
        scale = np.divide(1, pivot, out=np.zeros_like(pivot), where=pivot > _NOTHING_NEW)
        taken = taken[1:, 1:] - taken[1:, :1] * (taken[:1, 1:] * scale)
    return np.concatenate([without, taken], axis=2)


def _mean_over_sets(explained, others):
    """The mean over the sets of other bones that may come before, each size equally likely. explained: own sets ×
    other sets × draws."""
    sizes = np.bitwise_count(np.arange(2**others))
    weight = np.array([1 / comb(others, size) for size in range(others + 1)])[sizes] / (others + 1)
    return np.einsum("sod,o->sd", explained, weight)


def _shapley(explained):
    """Shapley values of a game: own sets (bit j: factor j is in) × draws → factors × draws.

    A factor's value is the sum of a(size) · value over the sets with it, less that over the sets without it; computed
    by folding one bit at a time.
    """
    count = len(explained).bit_length() - 1
    size = np.bitwise_count(np.arange(len(explained))).astype(int)
    before = np.array([1 / (count * comb(count - 1, k)) for k in range(count)] + [0.0])
    without = before[size] @ explained
    folded = explained * (before[size] + before[size - 1] * (size > 0))[:, None]
    values = np.empty((count, explained.shape[1]))
    for place in reversed(range(count)):
        half = len(folded) // 2
        values[place] = folded[half:].sum(axis=0) - without
        folded = folded[:half] + folded[half:]
    return values
