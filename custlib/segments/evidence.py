"""How firm segments are: whether other consumers, or data without structure, would give the same."""

from collections.abc import Iterable
from itertools import islice

import numpy as np
import pandas as pd

from custlib.segments import halves
from custlib.segments.kmeans import best_of, by_chance, kmeans, one_thread, plus_plus, sampled, standardised

KS = range(2, 9)
LEAST_STRENGTH = 0.8  # Tibshirani & Walther 2005: "in the range 0.8 to 0.9"
LEAST_JACCARD = 0.75  # Hennig 2007: "valid, stable"
REASONABLE = 0.5  # Kaufman & Rousseeuw 1990: a silhouette above is a "reasonable structure"
CLEAR_STRENGTH, WAVER = 0.9, 0.05  # when the number of segments changes, see `asked`
MARGIN = 0.06  # by which a silhouette must exceed those of data without structure
NARROW = 0.02  # the same where the strength is clear
EACH = 10  # consumers per segment on average, the least for k-means

MOST, PAIRS_OF_NULLS = 2000, 500  # consumers drawn at most: for all evidence; for distances without structure
NULLS, STARTS_OF_NULLS = 3, 3
FEW_SPLITS, MOST_SPLITS = 10, 100
SURE = 3  # standard errors between a strength and its limit: no other draw would decide otherwise
EARLY = 4  # the same while more splits can be drawn: of few splits the standard error is itself uncertain
SCREEN, FAR = 3, 0.15  # after so many splits a strength this far below the limit is given up
TREE_DEPTH = 4
COLUMNS = ["k", "silhouette", "calinski_harabasz", "prediction_strength", "strength_error", "splits", "asked_strength"]
COLUMNS += ["jaccard", "smallest", "smallest_share", "tree_fidelity", "null_silhouette", "stable"]


@one_thread
def prediction_strength(features: pd.DataFrame, k: int, seed: int = 0) -> float:
    """How well segments found in one half of the consumers predict those of the other half, 0 to 1 (1 for k = 1).

    Tibshirani & Walther 2005: for each segment of the test half, the share of its pairs that the centres of the
    training half keep together; the least over segments. As in R's fpc it is the mean over several splits and both
    directions of each, here ten splits. A segment of one consumer counts as 0. features: as for `standardised`,
    standardised once over all; more than 2,000 consumers are sampled.
    """
    points = standardised(sampled(features, MOST, seed)).to_numpy()
    return 1.0 if k == 1 else _strength(_splits(points, k, seed))["prediction_strength"]


@one_thread
def table(features: pd.DataFrame, ks: Iterable[int] = KS, seed: int = 0, least: float = 0.0) -> pd.DataFrame:
    """The evidence for each number of segments k: a row per k. Columns: COLUMNS.

    features: as for `standardised`; more than 2,000 consumers are sampled, and `smallest` is then scaled up to all. No
    row for a k with fewer than ten consumers per segment, nor for one whose prediction strength is below `least` beyond
    chance (a caller that only needs k can skip those).
    strength_error: the standard error of prediction_strength, from so many splits, ten at least; asked_strength: what
    is asked of it, 0.8 (see `asked`); jaccard: of the least stable segment, in halves of these splits; smallest:
    consumers in the smallest segment;
    null_silhouette: the largest silhouette of several draws with columns permuted one by one, and of a Gaussian with
    the same covariance.
    stable: prediction strength ≥ 0.8 or three standard errors below at most, every segment's Jaccard ≥ 0.75, and a
    silhouette above the null one by 0.06, or by 0.02 if the strength is 0.9 or more (random purchases reached 0.05 and
    0.86). A single column with two humps makes segments that survive its permutation, so a silhouette above 0.5 is
    compared with the Gaussian only.
    """
    from sklearn.metrics import calinski_harabasz_score, euclidean_distances

    original = sampled(features, MOST, seed).sort_index()
    values, scale = standardised(original).to_numpy(), len(features) / len(original)
    ks = [k for k in sorted(ks) if 1 < k <= min(len(values) // EACH, len(np.unique(values, axis=0)))]
    found = {k: _splits(values, k, seed, least=least) for k in ks}
    found = {k: each for k, each in found.items() if len(each) > SCREEN and _upper(_strength(each), EARLY) >= least}
    distance, nulls = euclidean_distances(values), _null_silhouettes(values, list(found), seed)
    rows = []
    for k, each in found.items():
        labels = kmeans(values, k, seed).labels_
        smallest = np.bincount(labels, minlength=k).min()
        row = {
            "k": k,
            "silhouette": _silhouette(distance, labels),
            "calinski_harabasz": float(calinski_harabasz_score(values, labels)),
            **_strength(each),
            "asked_strength": LEAST_STRENGTH,
            "jaccard": float(halves.jaccard(each, labels).min()),
            "smallest": round(smallest * scale),
            "smallest_share": smallest / len(values),
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


def _splits(points, k, seed, limit=None, least=0.0):
    """The splits of the consumers that were needed: ten, or until chance no longer decides about `limit`; fewer for a
    strength far below `least`."""
    endless, found = halves.splits(points, k, seed), []
    while len(found) < MOST_SPLITS:
        found += islice(endless, FEW_SPLITS if found else SCREEN)
        if np.mean([split.strength for split in found]) < least - FAR:
            break
        found += islice(endless, -len(found) % FEW_SPLITS)
        strength, error, _ = _strength(found).values()
        if limit is None or not close(strength, error, limit, EARLY):
            break
    return found


def _strength(found):
    """prediction_strength, strength_error and splits, of splits."""
    each = [split.strength for split in found]
    error = float(np.std(each, ddof=1) / np.sqrt(len(each)))
    return {"prediction_strength": float(np.mean(each)), "strength_error": error, "splits": len(each)}


def close(strength, error, limit, sure=SURE):
    """Whether other splits might put a strength on the other side of a limit."""
    return abs(strength - limit) <= sure * error


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
            distance = euclidean_distances(null[:PAIRS_OF_NULLS])
            for k in ks:
                labels, _ = best_of(null, plus_plus(null, k, STARTS_OF_NULLS, np.random.default_rng([seed, k])))
                silhouettes[k][place].append(_silhouette(distance, labels[:PAIRS_OF_NULLS]))
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
    """`found` with what is asked of each number, with up to 100 splits where chance might decide about the number to be
    chosen, and `stable` by them.

    found, before: as for `asked`; features, seed: those that `found` was made of.
    """
    found = found.assign(asked_strength=asked(found, before))
    points = standardised(sampled(features, MOST, seed)).to_numpy()
    for place, row in found[found["stable"]].sort_values("k", ascending=False).iterrows():
        limit = row["asked_strength"]
        if close(row["prediction_strength"], row["strength_error"], limit, EARLY):
            again = _splits(points, row["k"], seed, limit)
            labels = kmeans(points, row["k"], seed).labels_
            more = _strength(again) | {"jaccard": float(halves.jaccard(again, labels).min())}
            found.loc[place, list(more)] = more
        if _reached(found.loc[[place]]).all():
            break
    enough = _reached(found) & (found["asked_strength"] == LEAST_STRENGTH)
    return found.assign(stable=found["stable"] & (enough | (found["prediction_strength"] >= LEAST_STRENGTH)))


def settled(found: pd.DataFrame) -> int:
    """The number of segments to use: the largest k that reaches what is asked of it, 1 if there is none.

    found: as `sharpened` returns it. All but the number of the quarter before must be stable. A number of which 100
    splits cannot tell whether it reaches its limit, which is a convention, counts as reaching it.
    """
    kept = found["asked_strength"] < LEAST_STRENGTH
    return int(max(found.loc[(found["stable"] | kept) & _reached(found), "k"], default=1))


def _reached(found):
    return _upper(found) >= found["asked_strength"]


def _upper(found, sure=SURE):
    """The largest prediction strength that other splits might give."""
    return found["prediction_strength"] + sure * found["strength_error"]


def _stable(row, permuted, gaussian):
    least = gaussian if row["silhouette"] > REASONABLE else max(permuted, gaussian)
    return (
        _upper(row, EARLY) >= LEAST_STRENGTH  # more splits will tell
        and row["jaccard"] >= LEAST_JACCARD
        and row["silhouette"] >= least + (NARROW if row["prediction_strength"] >= CLEAR_STRENGTH else MARGIN)
    )
