"""Consumers on a plane: the first two principal components of their features, named by their largest loadings."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib.segments.kmeans import standardised

MOST = 2_000  # consumers drawn
NAMING = 2  # features that name an axis
_POINTS, _LOADINGS = ["x", "y", "identity", "kind"], ["axis", "feature", "loading", "explained"]


@dataclass(frozen=True)
class Map:
    """points: x, y, identity, kind ("consumer" or "centre"), without consumer ids; empty if nobody has a segment.

    axes: axis (x, y), feature, loading, explained (share of the variance), the largest loadings of each axis first.
    """

    points: pd.DataFrame
    axes: pd.DataFrame

    @property
    def explained(self) -> list:
        """The share of the variance that each axis explains."""
        return list(self.axes.drop_duplicates("axis")["explained"])


def mapped(features: pd.DataFrame, labels: pd.Series, most: int = MOST, seed: int = 0) -> Map:
    """A `Map` of the consumers that have a segment; the order of rows has no effect.

    features: numeric DataFrame, prepared for clustering; labels: Series consumer → identity. The components are those
    of all consumers, standardised; the points are a seeded sample of at most `most` and the mean of every segment. The
    largest loading of an axis is positive. Raises ValueError if fewer than two features vary.
    """
    from sklearn.decomposition import PCA

    labels = labels.dropna().sort_index()
    if labels.empty:
        return Map(pd.DataFrame(columns=_POINTS), pd.DataFrame(columns=_LOADINGS))
    values = features.loc[labels.index]
    values = values.loc[:, values.std(ddof=0) > 0]
    if values.shape[1] < 2:
        raise ValueError("a map needs at least two features in which consumers differ")
    scores = standardised(values).to_numpy()
    components = PCA(2, svd_solver="full").fit(scores)
    loadings = components.components_
    loadings = loadings * np.sign(loadings[np.arange(len(loadings)), np.abs(loadings).argmax(axis=1)])[:, None]
    points = pd.DataFrame(scores @ loadings.T, columns=["x", "y"]).assign(identity=labels.to_numpy())
    centres = points.groupby("identity", as_index=False)[["x", "y"]].mean().assign(kind="centre")
    drawn = points.sample(min(most, len(points)), random_state=seed).assign(kind="consumer")
    both = pd.concat([drawn, centres], ignore_index=True)
    return Map(both[_POINTS], _axes(values.columns, loadings, components.explained_variance_ratio_))


def _axes(names, loadings, explained):
    rows = []
    for axis, loading, share in zip("xy", loadings, explained, strict=True):
        most = np.abs(loading).argsort(kind="stable")[::-1][:NAMING]
        rows += [(axis, names[place], loading[place], share) for place in most]
    return pd.DataFrame(rows, columns=_LOADINGS)
