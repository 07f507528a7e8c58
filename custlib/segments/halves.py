"""Halves of the consumers, clustered apart: how well each predicts the other, and finds the segments of all."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from custlib.segments.kmeans import best_of, nearest, plus_plus

STARTS = 10


class Split(NamedTuple):
    """places: of the consumers of both halves, arrays; labels: their segments, by numbers from 0 that mean nothing in
    the other half; strength: see `splits`."""

    places: tuple
    labels: tuple
    strength: float


def splits(points: np.ndarray, k: int, seed: int = 0) -> Iterator[Split]:
    """One random split into halves after another, the same for every k, with the strength of prediction, 0 to 1.

    points: standardised array. Each half gets its own k-means with ten starts. Strength: for each segment of one half,
    the share of its pairs that the centres of the other half keep together; the least over segments; the mean of both
    directions (Tibshirani & Walther 2005).
    """
    orders, starts, half = np.random.default_rng(seed), np.random.default_rng([seed, k]), len(points) // 2
    while True:
        order = orders.permutation(len(points))
        places = order[:half], order[half:]
        parts = [points[place] for place in places]
        (one, there), (other, here) = (best_of(part, plus_plus(part, k, STARTS, starts)) for part in parts)
        both = (one, nearest(parts[0], here)), (other, nearest(parts[1], there))
        yield Split(places, (one, other), float(np.mean([kept_together(*labels, k) for labels in both])))


def kept_together(labels: np.ndarray, predicted: np.ndarray, k: int) -> float:
    """The least share, over segments, of the pairs within one that are predicted into one segment; of a single consumer
    0."""
    both = _crossed(labels, predicted, k)
    sizes = both.sum(axis=1)
    kept = (both * (both - 1)).sum(axis=1)
    return float((kept / np.maximum(sizes * (sizes - 1), 1)).min())


def jaccard(found: list[Split], labels: np.ndarray) -> np.ndarray:
    """The stability of each segment, 0 to 1 (Hennig 2007, by subsets instead of the bootstrap): array by number, the
    mean over halves.

    labels: the segments of all, numbers from 0. A segment's similarity is that of its members in the half to the most
    similar segment of the half: common members ÷ members of either.
    """
    k, sums = labels.max() + 1, []
    for split in found:
        for part, new in zip(split.places, split.labels, strict=True):
            both = _crossed(labels[part], new, k)
            either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
            sums.append((both / np.maximum(either, 1)).max(axis=1))
    return np.mean(sums, axis=0)


def _crossed(one, other, k):
    return np.bincount(one.astype("int64") * k + other, minlength=k * k).reshape(k, k)
