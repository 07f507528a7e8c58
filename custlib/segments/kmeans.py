"""Consumers as points: checked, sorted, standardised; and k-means that gives the same result on every machine."""

from collections.abc import Callable
from functools import cache, wraps

import numpy as np
import pandas as pd

ROUNDS = 300  # of one k-means at most, as scikit-learn has it


def standardised(features: pd.DataFrame) -> pd.DataFrame:
    """The features sorted by consumer, each column with mean 0 and (population) deviation 1, without constant columns.

    features: DataFrame of numbers, index consumer. Raises ValueError if a consumer appears twice, a column is not
    numeric, a value is missing or infinite, or no column varies.
    """
    if not features.index.is_unique:
        raise ValueError("each consumer must stand once in the features")
    for name, kind in features.dtypes.items():
        if not pd.api.types.is_numeric_dtype(kind):
            raise ValueError(f"the feature {name} is not of numbers")
    points = features.astype("float64").sort_index()
    wrong = ~np.isfinite(points.to_numpy()).all(axis=0)
    if wrong.any():
        raise ValueError(f"the feature {points.columns[wrong.argmax()]} has values that are missing or infinite")
    points = points.loc[:, points.max() > points.min()]
    if not points.shape[1]:
        raise ValueError("no feature differs between consumers")
    return (points - points.mean()) / points.std(ddof=0)


def kmeans(points: np.ndarray, k: int, seed: int = 0, n_init: int = 10):
    """A fitted KMeans of scikit-learn with k centres, on one thread: sums in another order could end at other centres.

    points: array.
    """
    from sklearn import config_context
    from sklearn.cluster import KMeans

    with _pools().limit(limits=1), config_context(skip_parameter_validation=True, assume_finite=True):
        return KMeans(k, n_init=n_init, random_state=seed).fit(points)


def plus_plus(points: np.ndarray, k: int, starts: int, random: np.random.Generator) -> np.ndarray:
    """Starts of k-means, all at once: starts × k × columns. points: array.

    k-means++ (Arthur & Vassilvitskii 2007): a point becomes the next centre with a chance in proportion to its squared
    distance to those before; of several such draws, as scikit-learn has them, the one that lessens these most.
    """
    squares, every = (points**2).sum(axis=1), np.arange(starts)

    def distances(places):
        return np.maximum(squares[places][..., None] + squares - 2 * points[places] @ points.T, 0)

    chosen = random.integers(len(points), size=(starts, 1))
    least = distances(chosen)[:, 0]
    for _ in range(1, k):
        sums = least.cumsum(axis=1)
        drawn = random.random((starts, 2 + int(np.log(k)))) * sums[:, -1:]
        places = np.array([np.searchsorted(*pair) for pair in zip(sums, drawn, strict=True)]).clip(max=len(points) - 1)
        lessened = np.minimum(least[:, None], distances(places))
        best = lessened.sum(axis=2).argmin(axis=1)
        least, chosen = lessened[every, best], np.hstack([chosen, places[every, best][:, None]])
    return points[chosen]


def best_of(points: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(labels, centres) of the k-means (Lloyd 1982) with the least sum of squares, all starts at once.

    For hundreds of fits of few points, each of which would cost scikit-learn more in calls than in work. points: array;
    starts: as `plus_plus` returns them. A centre that loses its last point stays where it is.
    """
    count, k, _ = starts.shape
    rows = np.hstack([points, np.ones((len(points), 1))])
    columns, numbers = np.ascontiguousarray(rows.T), np.arange(k, dtype="int8")[:, None]
    centres, labels = starts.copy(), np.full((count, len(points)), -1, "int8")
    squares, live = np.empty(count), np.arange(count)
    for _ in range(ROUNDS):
        new, distances = _closest(_scores(centres[live], columns))
        squares[live] = distances.sum(axis=1)
        moved = (new != labels[live]).any(axis=1)
        live, new = live[moved], new[moved]
        if not len(live):
            break
        labels[live] = new
        sums = (new[:, None] == numbers).astype("float64") @ rows
        centres[live] = np.where(sums[..., -1:] > 0, sums[..., :-1] / np.maximum(sums[..., -1:], 1), centres[live])
    best = squares.argmin()
    return labels[best], centres[best]


def nearest(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The number of the centre nearest to each point, the first of ties."""
    return _closest(_scores(centres[None], np.hstack([points, np.ones((len(points), 1))]).T))[0][0]


def _closest(scores):
    """The number of the least score, the first of ties, and that score, along the second axis. NumPy's argmin takes
    three times as long along a short axis."""
    least, labels = scores[:, 0].copy(), np.zeros(scores[:, 0].shape, "int8")
    for number in range(1, scores.shape[1]):
        np.maximum(labels, (scores[:, number] < least) * np.int8(number), out=labels)
        np.minimum(least, scores[:, number], out=least)
    return labels, least


def _scores(centres, columns):
    """Squared distances less those of the points to 0: starts × k × points. columns: the points', and one of ones."""
    weights = np.concatenate([-2 * centres, (centres**2).sum(axis=2, keepdims=True)], axis=2)
    return (weights.reshape(-1, len(columns)) @ columns).reshape(*centres.shape[:2], -1)


def one_thread(function: Callable) -> Callable:
    """The function without threads of the libraries: at these sizes they mostly wait for one another, and that takes
    three times as much of the processor as the work."""

    @wraps(function)
    def alone(*args, **options):
        with _pools().limit(limits=1):
            return function(*args, **options)

    return alone


@cache
def _pools():
    """The thread pools of the loaded libraries, cached, because finding them takes as long as a small k-means."""
    import sklearn.cluster  # noqa: F401 - its pool is one of them
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def by_chance(index: pd.Index, seed: int = 0) -> np.ndarray:
    """Places of the index in a random order that depends on each id alone, not on other ids or their order."""
    key = f"{seed:016d}"[:16]
    return np.argsort(pd.util.hash_array(index.astype("str").to_numpy(object), hash_key=key), kind="stable")


def sampled(points: pd.DataFrame, most: int, seed: int = 0) -> pd.DataFrame:
    """At most `most` rows of a DataFrame, chosen by `by_chance`, in their order."""
    return points if len(points) <= most else points.iloc[np.sort(by_chance(points.index, seed)[:most])]
