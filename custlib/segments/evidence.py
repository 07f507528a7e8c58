"""How firm segments are: whether other consumers, resamples, or data without structure would give the same."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from custlib.segments.kmeans import by_chance, kmeans, one_thread, sampled, standardised

KS = range(2, 9)
LEAST_STRENGTH = 0.8  # Tibshirani & Walther 2005: "in the range 0.8 to 0.9"
LEAST_JACCARD = 0.75  # Hennig 2007: "valid, stable"
REASONABLE = 0.5  # Kaufman & Rousseeuw 1990: a silhouette above is a "reasonable structure"
CLEAR_STRENGTH, WAVER = 0.9, 0.05  # when the number of segments changes, see `asked`
MARGIN = 0.06  # by which a silhouette must exceed those of data without structure
NARROW = 0.02  # the same where the strength is clear
EACH = 10  # consumers per segment on average, the least for k-means

MOST, MOST_PAIRS = 5000, 2000  # consumers sampled at most: for all evidence, for pairwise distances
RESAMPLES, NULLS = 25, 3
FEW_SPLITS, MOST_SPLITS = 20, 200
SURE = 3  # standard errors between a strength and its limit: no other draw would decide otherwise
SCREEN, FAR = 3, 0.15  # after so many splits a strength this far below the limit is given up
TREE_DEPTH = 4
COLUMNS = ["k", "silhouette", "calinski_harabasz", "prediction_strength", "strength_error", "splits", "asked_strength"]
COLUMNS += ["jaccard", "smallest", "smallest_share", "tree_fidelity", "null_silhouette", "stable"]


@one_thread
def prediction_strength(features: pd.DataFrame, k: int, seed: int = 0) -> float:
    """How well segments found in one half of the consumers predict those of the other half, 0 to 1 (1 for k = 1).

    Tibshirani & Walther 2005: for each segment of the test half, the share of its pairs that the centres of the
    training half keep together; the least over segments. As in R's fpc it is the mean over several splits and both
    directions of each, here 20 splits. A segment of one consumer counts as 0. features: as for `standardised`,
    standardised once over all.
    """
    return _strength(standardised(features).to_numpy(), k, seed)["prediction_strength"]


@one_thread
def table(features: pd.DataFrame, ks: Iterable[int] = KS, seed: int = 0, least: float = 0.0) -> pd.DataFrame:
    """The evidence for each number of segments k: a row per k. Columns: COLUMNS.

    features: as for `standardised`; more than 5,000 consumers are sampled, and `smallest` is then scaled up to all. No
    row for a k with fewer than ten consumers per segment, nor for one whose prediction strength is below `least` beyond
    chance (a caller that only needs k can skip those).
    strength_error: the standard error of prediction_strength, from so many splits; asked_strength: what is asked of it,
    0.8 (see `asked`); jaccard: of the least stable segment; smallest: consumers in the smallest segment;
    null_silhouette: the largest silhouette of several draws with columns permuted one by one, and of a Gaussian with
    the same covariance.
    stable: prediction strength ≥ 0.8 or three standard errors below at most, every segment's Jaccard ≥ 0.75, and a
    silhouette above the null one by 0.06, or by 0.02 if the strength is 0.9 or more (random purchases reached 0.05 and
    0.86). A single column with two humps makes segments that survive its permutation, so a silhouette above 0.5 is
    compared with the Gaussian only.
    """
    from sklearn.metrics import calinski_harabasz_score, euclidean_distances

    points = sampled(standardised(features), MOST, seed)
    original, values, scale = features.loc[points.index], points.to_numpy(), len(features) / len(points)
    ks = [k for k in sorted(ks) if 1 < k <= min(len(points) // EACH, len(np.unique(values, axis=0)))]
    pairs = sampled(points.reset_index(drop=True), MOST_PAIRS, seed).index.to_numpy()
    strengths = {k: _strength(values, k, seed, least=least) for k in ks}
    strengths = {k: found for k, found in strengths.items() if found["splits"] > SCREEN and _upper(found) >= least}
    distance, nulls = euclidean_distances(values[pairs]), _null_silhouettes(values, list(strengths), seed)
    rows = []
    for k, strength in strengths.items():
        labels = kmeans(values, k, seed).labels_
        smallest = np.bincount(labels, minlength=k).min()
        row = {
            "k": k,
            "silhouette": _silhouette(distance, labels[pairs]),
            "calinski_harabasz": float(calinski_harabasz_score(values, labels)),
            **strength,
            "asked_strength": LEAST_STRENGTH,
            "jaccard": float(jaccard(values, labels, seed).min()),
            "smallest": round(smallest * scale),
            "smallest_share": smallest / len(points),
            "tree_fidelity": tree_fidelity(original, labels, seed),
            "null_silhouette": max(nulls[k]),
        }
        rows.append(row | {"stable": _stable(row, *nulls[k])})
    return framed(rows)


def decisive(features: pd.DataFrame, before: int | None = None, seed: int = 0) -> pd.DataFrame:
    """Those rows of `table` that decide which number `settled` gives: where the number of the quarter before stays, a
    smaller one is out of the question and a larger one needs a clear strength (see `asked`)."""
    least = LEAST_STRENGTH - WAVER
    kept = table(features, {before} & {*KS}, seed, least)
    if not (asked(kept, before) < LEAST_STRENGTH).any():
        return pd.concat([kept, table(features, {*KS} - {before}, seed, least)]).sort_values("k", ignore_index=True)
    larger = table(features, [k for k in KS if k > kept["k"].max()], seed, CLEAR_STRENGTH)
    return pd.concat([kept, larger], ignore_index=True)


def framed(rows: list[dict]) -> pd.DataFrame:
    """Rows of evidence as the table of `table`; empty if there are none."""
    others = {"k": "int64", "splits": "int64", "smallest": "int64", "stable": "bool"}
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS, "float64") | others)


def jaccard(points: np.ndarray, labels: np.ndarray, seed: int = 0, resamples: int = RESAMPLES) -> np.ndarray:
    """The bootstrap stability of each segment, 0 to 1 (Hennig 2007), as an array by number; the mean over resamples.

    points: standardised array; labels: numbers from 0. In each resample the drawn consumers are clustered again; a
    segment's similarity is that of its drawn members to the most similar new segment: common members ÷ members of
    either.
    """
    k, n = labels.max() + 1, len(points)
    random, sums = np.random.default_rng(seed), np.zeros(k)
    for _ in range(resamples):
        times = np.bincount(random.integers(0, n, n), minlength=n)
        drawn = np.flatnonzero(times)
        new = kmeans(points[drawn], k, seed, weights=times[drawn]).labels_
        both = np.bincount(labels[drawn] * k + new, minlength=k * k).reshape(k, k)
        either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
        sums += (both / np.maximum(either, 1)).max(axis=1)
    return sums / resamples


def tree_fidelity(features: pd.DataFrame, labels: np.ndarray, seed: int = 0) -> float:
    """The share of held-out consumers that a decision tree of depth 4 on the original columns puts in their segment.

    The tree learns from one half of the consumers, chosen by their ids.
    """
    from sklearn.tree import DecisionTreeClassifier

    order = by_chance(features.index, seed)
    learn, held = order[: len(order) // 2], order[len(order) // 2 :]
    values = features.to_numpy("float64")
    tree = DecisionTreeClassifier(max_depth=TREE_DEPTH, random_state=seed).fit(values[learn], labels[learn])
    return float((tree.predict(values[held]) == labels[held]).mean())


def _strength(points, k, seed, limit=None, least=0.0):
    """prediction_strength, strength_error and splits: 20, or until chance no longer decides about `limit`."""
    if k == 1:
        return {"prediction_strength": 1.0, "strength_error": 0.0, "splits": 0}
    found = []
    for strength in _splits(points, k, seed):
        found.append(strength)
        number, mean = len(found), np.mean(found)
        if number == SCREEN and mean < least - FAR:
            break
        if number >= FEW_SPLITS and number % 10 == 0 and (limit is None or not close(mean, _error(found), limit)):
            break
    return {"prediction_strength": float(np.mean(found)), "strength_error": _error(found), "splits": len(found)}


def close(strength, error, limit):
    """Whether other splits might put a strength on the other side of a limit."""
    return abs(strength - limit) <= SURE * error


def _splits(points, k, seed):
    """The strength of one split into halves after another, the mean of both directions."""
    from sklearn.metrics import pairwise_distances_argmin

    random, half = np.random.default_rng(seed), len(points) // 2
    for _ in range(MOST_SPLITS):
        order = random.permutation(len(points))
        halves = points[order[:half]], points[order[half:]]
        one, other = (kmeans(part, k, seed) for part in halves)
        both = [
            _kept_together(test.labels_, pairwise_distances_argmin(part, training.cluster_centers_), k)
            for training, test, part in ((one, other, halves[1]), (other, one, halves[0]))
        ]
        yield float(np.mean(both))


def _error(found):
    return float(np.std(found, ddof=1) / np.sqrt(len(found)))


def _kept_together(labels, predicted, k):
    """The least share, over segments, of the pairs within one that are predicted into one segment."""
    both = np.bincount(labels * k + predicted, minlength=k * k).reshape(k, k)
    sizes = both.sum(axis=1)
    kept = (both * (both - 1)).sum(axis=1)
    return float((kept / np.maximum(sizes * (sizes - 1), 1)).min())


def _silhouette(distance, labels):
    """The average silhouette width (Rousseeuw 1987), −1 to 1, from the distances between all points."""
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(distance, labels, metric="precomputed"))


def _null_silhouettes(points, ks, seed):
    """By k, the largest silhouettes of (permuted columns, a Gaussian with the same covariance)."""
    from sklearn.metrics import euclidean_distances

    random, silhouettes = np.random.default_rng(seed), {k: ([], []) for k in ks}
    covariance = np.atleast_2d(np.cov(points, rowvar=False))
    for _ in range(NULLS if ks else 0):
        permuted = random.permuted(points, axis=0)
        gaussian = random.multivariate_normal(np.zeros(len(covariance)), covariance, len(points), method="eigh")
        for place, null in enumerate((permuted, gaussian)):
            distance = euclidean_distances(null[:MOST_PAIRS])
            for k in ks:
                labels = kmeans(null, k, seed).labels_
                silhouettes[k][place].append(_silhouette(distance, labels[:MOST_PAIRS]))
    return {k: (max(permuted), max(gaussian)) for k, (permuted, gaussian) in silhouettes.items()}


def asked(found: pd.DataFrame, before: int | None = None) -> pd.Series:
    """The prediction strength that is asked of each number of segments: Series over the rows of `found`.

    found: as `table` returns it; before: the number in the quarter before. It stays while its prediction strength and
    Jaccard miss their limits by 0.05 at most, because every change renames consumers; then a larger number needs 0.9
    (Tibshirani & Walther's limit is "0.8 to 0.9": the lower end to stay, the upper to change), a smaller one is not
    asked for (missing). Else each needs 0.8.
    """
    stays = (
        (found["k"] == before)
        & (found["prediction_strength"] >= LEAST_STRENGTH - WAVER)
        & (found["jaccard"] >= LEAST_JACCARD - WAVER)
        & (found["silhouette"] >= found["null_silhouette"])
    )
    if before is None or not stays.any():
        return pd.Series(LEAST_STRENGTH, found.index)
    larger = pd.Series(np.where(found["k"] > before, CLEAR_STRENGTH, np.nan), found.index)
    return larger.mask(stays, LEAST_STRENGTH - WAVER)


@one_thread
def sharpened(found: pd.DataFrame, features: pd.DataFrame, before: int | None = None, seed: int = 0) -> pd.DataFrame:
    """`found` with what is asked of each number, with up to 200 splits where chance might decide about the number to be
    chosen, and `stable` by them.

    found, before: as for `asked`; features, seed: those that `found` was made of.
    """
    found = found.assign(asked_strength=asked(found, before))
    points = sampled(standardised(features), MOST, seed).to_numpy()
    for place, row in found[found["stable"]].sort_values("k", ascending=False).iterrows():
        limit = row["asked_strength"]
        if close(row["prediction_strength"], row["strength_error"], limit):
            again = _strength(points, row["k"], seed, limit)
            found.loc[place, list(again)] = again
        if _reached(found.loc[[place]]).all():
            break
    enough = _reached(found) & (found["asked_strength"] == LEAST_STRENGTH)
    return found.assign(stable=found["stable"] & (enough | (found["prediction_strength"] >= LEAST_STRENGTH)))


def settled(found: pd.DataFrame) -> int:
    """The number of segments to use: the largest k that reaches what is asked of it, 1 if there is none.

    found: as `sharpened` returns it. All but the number of the quarter before must be stable. A number of which 200
    splits cannot tell whether it reaches its limit, which is a convention, counts as reaching it.
    """
    kept = found["asked_strength"] < LEAST_STRENGTH
    return int(max(found.loc[(found["stable"] | kept) & _reached(found), "k"], default=1))


def _reached(found):
    return _upper(found) >= found["asked_strength"]


def _upper(found):
    """The largest prediction strength that other splits might give."""
    return found["prediction_strength"] + SURE * found["strength_error"]


def _stable(row, permuted, gaussian):
    least = gaussian if row["silhouette"] > REASONABLE else max(permuted, gaussian)
    return (
        _upper(row) >= LEAST_STRENGTH  # more splits will tell
        and row["jaccard"] >= LEAST_JACCARD
        and row["silhouette"] >= least + (NARROW if row["prediction_strength"] >= CLEAR_STRENGTH else MARGIN)
    )
