"""Consumers → segments: k-means with the number of segments that the evidence bears, or none."""

from dataclasses import dataclass
from itertools import repeat

import numpy as np
import pandas as pd

from custlib.segments import evidence
from custlib.segments.kmeans import kmeans, sampled, standardised

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
SIDE_BY_SIDE = 1000  # consumers in all quarters; fewer take no longer than processes to start


@dataclass(frozen=True)
class Fit:
    """Segments of consumers.

    labels: Series over the features' index, 1 to k; 1 brings the most. centres: DataFrame, a row per segment, a column per
    feature that varies, in deviations from the mean of all. profile: DataFrame, a row per segment, the mean of each given
    column, and `consumers`. k: their number, 1 where there are no segments. evidence: as `evidence.table` gives it, for each k
    that was looked at. stable: whether the evidence bears this k. jaccard: Series, bootstrap stability by segment.
    means, deviations: Series, with which the features were standardised.
    """

    labels: pd.Series
    centres: pd.DataFrame
    profile: pd.DataFrame
    k: int
    evidence: pd.DataFrame
    stable: bool
    jaccard: pd.Series
    means: pd.Series
    deviations: pd.Series


def fit(features, k=None, seed=0, value=None):
    """Segments by k-means on standardised features, the same whatever the order of rows and the number of threads.

    features: DataFrame of numbers, index consumer; constant columns are left out. k: the number of segments; None takes the
    largest of 2 to 8 that the evidence bears (see `evidence.table`), else 1: no stable segments. value: Series over the
    consumers by whose sum the segments are numbered from the largest; the column `money` if there is one, else their number.
    Raises ValueError as `standardised` does, and for k that is not between 1 and the number of different consumers.
    """
    different = len(standardised(features).drop_duplicates())
    if k is not None and not 1 <= k <= different:
        raise ValueError(f"{k} segments of {different} different consumers cannot be")
    looked_at = evidence.table(features, evidence.KS if k is None else [k], seed)
    return _fitted(features, k or evidence.settled(looked_at), looked_at, seed, value)


def over_quarters(features, seed=0, values=None):
    """Each quarter's `Fit`, in order of time, with the number of segments held from quarter to quarter as `evidence.settled` says.

    features: mapping quarter → features; values: mapping quarter → Series as `value` of `fit`. Too few consumers for two
    segments, or none that differ, are one. Before the last quarter the evidence holds only the numbers that come into question.
    """
    looked_at, fits, before = _evidence(features, seed), {}, None
    for quarter in sorted(features):
        if quarter in looked_at:
            k = evidence.settled(looked_at[quarter], before)
            fits[quarter] = _fitted(features[quarter], k, looked_at[quarter], seed, (values or {}).get(quarter))
        else:
            fits[quarter] = _undivided(features[quarter])
        before = fits[quarter].k
    return fits


def _evidence(features, seed):
    """The evidence of each quarter whose consumers can be divided; the quarters side by side where that is worth starting processes."""
    latest_first = sorted(features.items(), reverse=True)  # it has most to look at
    divided = {name: own for name, own in latest_first if len(own) >= 2 * evidence.EACH and (own.nunique() > 1).any()}
    least = [0.0 if name == max(features) else evidence.LEAST_STRENGTH - evidence.WAVER for name in divided]
    asked = (divided.values(), repeat(evidence.KS), repeat(seed), least)
    if sum(map(len, divided.values())) <= SIDE_BY_SIDE:
        return dict(zip(divided, map(evidence.table, *asked), strict=True))
    import loky

    with loky.ProcessPoolExecutor(loky.cpu_count(), env=ONE_THREAD) as pool:
        return dict(zip(divided, pool.map(evidence.table, *asked), strict=True))


def assigned(features, fit):
    """The segment of each consumer under the centres of a `Fit` of another quarter: Series over the features' index.

    features: prepared as the fit's were; a column that they lack stands at the fit's mean.
    """
    from sklearn.metrics import pairwise_distances_argmin

    points = (features.reindex(columns=fit.means.index) - fit.means) / fit.deviations
    nearest = pairwise_distances_argmin(points.fillna(0.0).to_numpy("float64"), fit.centres.to_numpy())
    return pd.Series(nearest + 1, features.index, name="segment")


def profile(features, labels):
    """The mean of each column by segment, and `consumers`. labels: Series consumer → segment."""
    rows = features.sort_index().groupby(labels.rename("segment"))
    return rows.mean().assign(consumers=rows.size())


def _fitted(features, k, looked_at, seed, value):
    points = standardised(features)
    found = kmeans(points.to_numpy(), k, seed)
    order = _by_value(features, found.labels_, points.index, value)
    number = pd.Series(np.argsort(order) + 1)
    labels = pd.Series(number.to_numpy()[found.labels_], points.index, name="segment")
    sorted_features = features[points.columns].sort_index()
    return Fit(
        labels=labels.reindex(features.index),
        centres=pd.DataFrame(found.cluster_centers_[order], _numbers(k), points.columns),
        profile=profile(features, labels),
        k=k,
        evidence=looked_at,
        stable=bool(looked_at.loc[looked_at["k"] == k, "stable"].any()),
        jaccard=_jaccard(points, labels, seed),
        means=sorted_features.mean(),
        deviations=sorted_features.std(ddof=0),
    )


def _undivided(features):
    """The `Fit` of consumers of whom nothing can be told apart."""
    labels, none = pd.Series(1, features.index, name="segment"), pd.Series(dtype="float64")
    return Fit(
        labels=labels,
        centres=pd.DataFrame(index=_numbers(1)),
        profile=profile(features, labels),
        k=1,
        evidence=evidence.framed([]),
        stable=False,
        jaccard=pd.Series(1.0, _numbers(1), name="jaccard"),
        means=none,
        deviations=none,
    )


def _by_value(features, labels, index, value):
    """The numbers of k-means from the segment with the largest sum; equal ones by their first consumer."""
    value = features.get("money", pd.Series(1.0, features.index)) if value is None else value
    sums = value.reindex(index).groupby(labels).sum().round(6)
    first = pd.Series(np.arange(len(labels))).groupby(labels).min()
    return np.lexsort((first, -sums))


def _jaccard(points, labels, seed):
    if labels.nunique() == 1:
        return pd.Series(1.0, _numbers(1), name="jaccard")
    drawn = sampled(points, evidence.MOST, seed)
    found = evidence.jaccard(drawn.to_numpy(), labels[drawn.index].to_numpy() - 1, seed)
    return pd.Series(found, _numbers(len(found)), name="jaccard")


def _numbers(k):
    return pd.RangeIndex(1, k + 1, name="segment")
