"""Relative importance of 10 to 20 factors, beside a plain loop over subsets. By hand, on an idle machine: `python -m pytest -s -p no:xdist -o addopts= tests/benchmarks/test_importance_speed.py`."""

import time
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
import pytest

from custlib import weights
from custlib.weights.lmg import shares
from custlib.weights.resampling import arranged, correlations


def company(rows, count, seed=0):
    random = np.random.default_rng(seed)
    factors = pd.DataFrame(random.normal(size=(rows, count)) + random.normal(size=(rows, 1)) / 2)
    return factors, factors.to_numpy() @ random.normal(size=count) + 3 * random.normal(size=rows)


def plain_loop(table):
    """LMG as its formula stands: solve for each subset, then weigh each difference."""
    count = len(table) - 1
    explained = {(): 0.0}
    for size in range(1, count + 1):
        for own in combinations(range(count), size):
            explained[own] = table[own, -1] @ np.linalg.solve(table[np.ix_(own, own)], table[own, -1])
    found = np.zeros(count)
    for own, value in explained.items():
        for factor in set(range(count)) - set(own):
            weight = factorial(len(own)) * factorial(count - len(own) - 1) / factorial(count)
            found[factor] += weight * (explained[tuple(sorted((*own, factor)))] - value)
    return found


def best(work, times=3):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - start)
    return min(took), result


@pytest.mark.parametrize("count", [10, 12, 15, 20])
def test_all_subsets(count):
    values, weight, _ = arranged(*company(500, count))
    table = correlations(values, weight)
    took, found = best(lambda: shares(table[:, :, None])[:, 0])
    print(f"\n{count:3} factors: {took * 1000:8.2f} ms", end="")
    if count <= 12:
        slow, expected = best(lambda: plain_loop(table), times=1)
        print(f", plain loop {slow * 1000:8.0f} ms", end="")
        assert found == pytest.approx(expected, abs=1e-9)
    print()


@pytest.mark.parametrize("rows", [500, 100_000])
def test_thousand_resamples_of_12_factors(rows):
    took, _ = best(lambda: weights.importance_intervals(*company(rows, 12)), times=2)
    print(f"\n12 factors, {rows:7,} rows, 1,000 resamples: {took:5.2f} s")


@pytest.mark.parametrize("rows", [2_000, 100_000])
def test_thousand_resamples_of_26_factors_on_six_bones(rows):
    bones = {factor: factor % 6 for factor in range(26)}
    took, _ = best(lambda: weights.importance_intervals(*company(rows, 26), groups=bones), times=1)
    print(f"\n26 factors on six bones, {rows:7,} rows, 1,000 resamples: {took:5.2f} s")
