"""Consumers on a plane: the two principal components of their features, named by what loads most on each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib.segments.kmeans import standardised

MOST = 2_000  # consumers drawn
NAMING = 2  # features that name an axis
_POINTS, _LOADINGS = ["x", "y", "identity", "kind"], ["axis", "feature", "loading", "explained"]


@dataclass(frozen=True)
class Map:
    """points: x, y, identity, kind ("consumer" or "centre"), without consumer ids; axes: axis (x, y), feature, loading,
    explained (share of the variance), the features that load most on it first. Both are empty where nobody has a segment.
    """

    points: pd.DataFrame
    axes: pd.DataFrame

    @property
    def explained(self) -> list:
        """The share of the variance on each axis."""
        return list(self.axes.drop_duplicates("axis")["explained"])


def mapped(features, labels, most=MOST, seed=0):
    """A Map of the consumers that have a segment.

    features: numeric DataFrame, as prepared for clustering; labels: Series consumer → identity. The components are those of all
    consumers, standardised; drawn is a seeded sample of at most `most`, and the mean of every segment. The largest loading of an axis
    is positive. Same result whatever the order of rows. Raises ValueError if fewer than two features differ.
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
    found = PCA(2, svd_solver="full").fit(scores)
    loadings = found.components_
    loadings = loadings * np.sign(loadings[np.arange(len(loadings)), np.abs(loadings).argmax(axis=1)])[:, None]
    points = pd.DataFrame(scores @ loadings.T, columns=["x", "y"]).assign(identity=labels.to_numpy())
    centres = points.groupby("identity", as_index=False)[["x", "y"]].mean().assign(kind="centre")
    drawn = points.sample(min(most, len(points)), random_state=seed).assign(kind="consumer")
    both = pd.concat([drawn, centres], ignore_index=True)
    return Map(both[_POINTS], _axes(values.columns, loadings, found.explained_variance_ratio_))


def _axes(names, loadings, explained):
    rows = []
    for axis, loading, share in zip("xy", loadings, explained, strict=True):
        most = np.abs(loading).argsort(kind="stable")[::-1][:NAMING]
        rows += [(axis, names[place], loading[place], share) for place in most]
    return pd.DataFrame(rows, columns=_LOADINGS)
