"""How far the rules are from the sort that they need. By hand: `python -m pytest -n 0 tests/benchmarks`; read the ratios of one run."""

import numpy as np
import pandas as pd
import pytest

from custlib import abc_classes

CUSTOMERS = 1_000_000


@pytest.fixture(scope="module")
def payments():
    return pd.Series(np.random.default_rng(7).pareto(1.2, CUSTOMERS).round(2))


@pytest.mark.parametrize("rule", [abc_classes.by_count, abc_classes.by_share], ids=lambda rule: rule.__name__)
def test_classes(benchmark, payments, rule):
    assert len(benchmark(rule, payments)) == CUSTOMERS


def test_one_argsort(benchmark, payments):
    assert len(benchmark(np.argsort, payments.to_numpy())) == CUSTOMERS


def test_sorting_and_adding_up_in_pandas(benchmark, payments):
    assert len(benchmark(payments_from_the_largest, payments)) == CUSTOMERS


def payments_from_the_largest(payments):
    return payments.sort_values(ascending=False).cumsum()
