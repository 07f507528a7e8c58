"""Consumers as points: checked, sorted, standardised; and k-means that gives the same result on every machine."""

from collections.abc import Callable
from functools import cache, wraps

import numpy as np
import pandas as pd


def standardised(features: pd.DataFrame) -> pd.DataFrame:
    """The features sorted by consumer, each column with mean 0 and (population) deviation 1, without constant columns.

    features: DataFrame of numbers, index consumer. Raises ValueError if a consumer appears twice, a column is not
    numeric, a value is missing or infinite, or no column varies.
    """
    if not features.index.is_unique:
        raise ValueError("each consumer must stand once in the features")
    for name in features:
        if not pd.api.types.is_numeric_dtype(features[name]):
            raise ValueError(f"the feature {name} is not of numbers")
        if not np.isfinite(features[name].to_numpy("float64", na_value=np.nan)).all():
            raise ValueError(f"the feature {name} has values that are missing or infinite")
    varies = [name for name in features if features[name].nunique() > 1]
    if not varies:
        raise ValueError("no feature differs between consumers")
    points = features[varies].astype("float64").sort_index()
    return (points - points.mean()) / points.std(ddof=0)


def kmeans(points: np.ndarray, k: int, seed: int = 0, n_init: int = 10, weights: np.ndarray | None = None):
    """A fitted KMeans of scikit-learn with k centres, on one thread: sums in another order could end at other centres.

    points: array; weights: how often each counts.
    """
    from sklearn import config_context
    from sklearn.cluster import KMeans

    with _pools().limit(limits=1), config_context(skip_parameter_validation=True, assume_finite=True):
        return KMeans(k, n_init=n_init, random_state=seed).fit(points, sample_weight=weights)


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
