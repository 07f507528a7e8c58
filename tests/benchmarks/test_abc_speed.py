"""How far the rules are from the sort that they need. By hand: `python -m pytest -n 0 tests/benchmarks`; read the ratios of one run.

The limit of `by_count` is a partition, of `by_share` a sort, of `joint` an argsort for each indicator.
"""

import numpy as np
import pandas as pd
import pytest

from custlib import abc_classes

CUSTOMERS = 10_000_000


@pytest.fixture(scope="module")
def dealers():
    rng = np.random.default_rng(7)
    columns = {
        "size": rng.pareto(1.2, CUSTOMERS).round(2),
        "contribution": rng.normal(0.3, 1, CUSTOMERS).round(2),
        "brand_share": rng.random(CUSTOMERS).round(3),
    }
    return pd.DataFrame(columns)


@pytest.mark.parametrize("rule", [abc_classes.by_count, abc_classes.by_share], ids=lambda rule: rule.__name__)
def test_classes(benchmark, dealers, rule):
    assert len(benchmark.pedantic(rule, [dealers["size"]], rounds=3)) == CUSTOMERS


def test_joint_of_three_indicators(benchmark, dealers):
    assert len(benchmark.pedantic(abc_classes.joint, [dealers], rounds=3)) == CUSTOMERS


def test_one_argsort(benchmark, dealers):
    assert len(benchmark.pedantic(np.argsort, [dealers["size"].to_numpy()], rounds=3)) == CUSTOMERS


def test_sorting_and_adding_up_in_pandas(benchmark, dealers):
    assert len(benchmark.pedantic(from_the_largest, [dealers["size"]], rounds=3)) == CUSTOMERS


def test_ranking_three_indicators_in_pandas(benchmark, dealers):
    assert len(benchmark.pedantic(dealers.rank, rounds=3)) == CUSTOMERS


def from_the_largest(payments):
    return payments.sort_values(ascending=False).cumsum()
