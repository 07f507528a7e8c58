"""How far runs agree that should give the same segments: other seeds, other orders of rows."""

from itertools import combinations

import numpy as np
import pandas as pd

from custlib.segments.kmeans import kmeans, one_thread, sampled, standardised

MOST = 5_000  # consumers


@one_thread
def agreement(features: pd.DataFrame, k: int, runs: int = 20, seed: int = 0) -> pd.DataFrame:
    """How alike the segments of several runs are: what, mean and least adjusted Rand index of two runs (1: the same).

    what: `seeds_one_start` and `shuffles_one_start`: k-means as often used, with one start, under other seeds or orders
    of rows; `seeds_ours` and `shuffles_ours`: ten starts and rows sorted by consumer. features: as for `standardised`.
    More than 5,000 consumers are sampled. No row for a single segment.
    """
    if k == 1:
        return pd.DataFrame(columns=["what", "mean", "least"])
    points = sampled(standardised(features), MOST, seed)
    values, random = points.to_numpy(), np.random.default_rng(seed)
    orders = [random.permutation(len(points)) for _ in range(runs)]
    runs_by_kind = {
        "seeds_one_start": [kmeans(values, k, seed + run, 1).labels_ for run in range(runs)],
        "shuffles_one_start": [_put_back(kmeans(values[order], k, seed, 1).labels_, order) for order in orders],
        "seeds_ours": [kmeans(values, k, seed + run).labels_ for run in range(runs)],
        "shuffles_ours": [kmeans(points.iloc[order].sort_index().to_numpy(), k, seed).labels_ for order in orders],
    }
    return pd.DataFrame([{"what": what, **_alike(labels)} for what, labels in runs_by_kind.items()])


def _put_back(labels, order):
    return labels[np.argsort(order)]


def _alike(runs):
    from sklearn.metrics import adjusted_rand_score

    pairs = [adjusted_rand_score(one, other) for one, other in combinations(runs, 2)]
    return {"mean": float(np.mean(pairs)), "least": float(min(pairs))}
