"""Consumers → segments: k-means with as many segments as the evidence supports, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from custlib.segments import evidence, remembered
from custlib.segments.kmeans import kmeans, standardised


@dataclass(frozen=True)
class Fit:
    """Segments of consumers.

    labels: Series over the features' index, 1 to k; 1 brings the most. centres: DataFrame, a row per segment, a column
    per feature that varies, in deviations from the mean of all. profile: DataFrame, a row per segment, the mean of each
    given column, and `consumers`. k: the number of segments, 1 for none. evidence: as `evidence.table` returns it, for
    each k tried. stable: whether the evidence supports this k. means, deviations: Series, used to standardise the
    features.
    """

    labels: pd.Series
    centres: pd.DataFrame
    profile: pd.DataFrame
    k: int
    evidence: pd.DataFrame
    stable: bool
    means: pd.Series
    deviations: pd.Series


def fit(features: pd.DataFrame, k: int | None = None, seed: int = 0, value: pd.Series | None = None) -> Fit:
    """Segments by k-means on standardised features; the order of rows and the number of threads have no effect.

    features: DataFrame of numbers, index consumer; constant columns are ignored. k: the number of segments; None takes
    the largest of 2 to 8 that the evidence supports (see `evidence.table`), else 1: no stable segments. value: Series
    over the consumers; segments are numbered from the largest sum of it. Default: the column `money` if any, else the
    number of consumers.
    Raises ValueError as `standardised` does, and for a k that is not between 1 and the number of different consumers.
    """
    different = len(standardised(features).drop_duplicates())
    if k is not None and not 1 <= k <= different:
        raise ValueError(f"{k} segments of {different} different consumers cannot be")
    looked_at = evidence.table(features, evidence.KS if k is None else [k], seed)
    looked_at = evidence.sharpened(looked_at, features, None, seed)
    return _fitted(features, k or evidence.settled(looked_at), looked_at, seed, value)


def over_quarters(
    features: Mapping[str, pd.DataFrame],
    seed: int = 0,
    values: Mapping[str, pd.Series] | None = None,
    folder: Path | None = None,
) -> dict[str, Fit]:
    """Each quarter's `Fit`, in order of time; the number of segments is kept from quarter to quarter as
    `evidence.settled` says.

    features: mapping quarter → features; values: mapping quarter → Series as `value` of `fit`. Too few consumers for
    two segments, or equal ones, form one segment. Before the last quarter the evidence covers only the numbers that
    matter. folder: of clean tables, where evidence is kept.
    """
    fits, before = {}, None
    for quarter, rows in sorted(features.items()):
        if len(rows) >= 2 * evidence.EACH and (rows.nunique() > 1).any():
            last, paid = quarter == max(features), (values or {}).get(quarter)
            find = partial(_evidence, rows, before, seed, last)
            found = remembered.once(folder, rows, [before, seed, last], find)
            fits[quarter] = _fitted(rows, evidence.settled(found), found, seed, paid)
        else:
            fits[quarter] = _undivided(rows)
        before = fits[quarter].k
    return fits


def _evidence(features, before, seed, last):
    found = evidence.table(features, seed=seed) if last else evidence.decisive(features, before, seed)
    return evidence.sharpened(found, features, before, seed)


def assigned(features: pd.DataFrame, fit: Fit) -> pd.Series:
    """The segment of each consumer by the centres of another quarter's `Fit`: Series over the features' index.

    features: prepared like those of the fit; a column that they lack counts as the fit's mean.
    """
    from sklearn.metrics import pairwise_distances_argmin

    points = (features.reindex(columns=fit.means.index) - fit.means) / fit.deviations
    nearest = pairwise_distances_argmin(points.fillna(0.0).to_numpy("float64"), fit.centres.to_numpy())
    return pd.Series(nearest + 1, features.index, name="segment")


def profile(features: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """The mean of each column by segment, and `consumers`. labels: Series consumer → segment."""
    rows = features.sort_index().groupby(labels.rename("segment"))
    return rows.mean().assign(consumers=rows.size())


def _fitted(features, k, looked_at, seed, value):
    points = standardised(features)
    result = kmeans(points.to_numpy(), k, seed)
    order = _by_value(features, result.labels_, points.index, value)
    number_of = pd.Series(np.argsort(order) + 1)
    labels = pd.Series(number_of.to_numpy()[result.labels_], points.index, name="segment")
    sorted_features = features[points.columns].sort_index()
    return Fit(
        labels=labels.reindex(features.index),
        centres=pd.DataFrame(result.cluster_centers_[order], _numbers(k), points.columns),
        profile=profile(features, labels),
        k=k,
        evidence=looked_at,
        stable=bool(looked_at.loc[looked_at["k"] == k, "stable"].any()),
        means=sorted_features.mean(),
        deviations=sorted_features.std(ddof=0),
    )


def _undivided(features):
    """The `Fit` of consumers between whom nothing differs."""
    labels, none = pd.Series(1, features.index, name="segment"), pd.Series(dtype="float64")
    return Fit(
        labels=labels,
        centres=pd.DataFrame(index=_numbers(1)),
        profile=profile(features, labels),
        k=1,
        evidence=evidence.framed([]),
        stable=False,
        means=none,
        deviations=none,
    )


def _by_value(features, labels, index, value):
    """The numbers of k-means from the segment with the largest sum; equal ones by their first consumer."""
    value = features.get("money", pd.Series(1.0, features.index)) if value is None else value
    sums = value.reindex(index).groupby(labels).sum().round(6)
    first = pd.Series(np.arange(len(labels))).groupby(labels).min()
    return np.lexsort((first, -sums))


def _numbers(k):
    return pd.RangeIndex(1, k + 1, name="segment")
