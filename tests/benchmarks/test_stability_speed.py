"""How sure the classes of 10,000 customers are, over 1,000 resamples of 400,000 documents. By hand: `python -m pytest -s tests/benchmarks`."""

import resource

import numpy as np
import pandas as pd
import pytest

from custlib import abc_classes

CUSTOMERS, EACH = 10_000, 40


@pytest.fixture(scope="module")
def company():
    random = np.random.default_rng(7)
    large = random.pareto(1.2, CUSTOMERS) + 1
    who = np.repeat(np.arange(CUSTOMERS), EACH)
    fen = (random.lognormal(10, 1, CUSTOMERS * EACH) * large[who]).astype("int64")
    pays = np.arange(CUSTOMERS * EACH) % 4 == 0
    documents = pd.DataFrame(
        {
            "kind": np.where(pays, "payment", "invoice"),
            "size_fen": np.where(pays, fen, 0),
            "profit_fen": np.where(pays, 0, fen // 10),
        },
        pd.Index(who, name="customer_id"),
    )
    sums = documents.groupby(level=0)[["size_fen", "profit_fen"]].sum() / 100
    indicators = sums.set_axis(["size", "contribution"], axis=1).assign(brand_share=random.random(CUSTOMERS))
    return indicators, documents


def test_a_thousand_resamples(benchmark, company):
    sure = benchmark.pedantic(abc_classes.how_sure, company, rounds=1)
    print(f"largest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    assert len(sure) == CUSTOMERS


def test_the_amount_to_the_next_class(benchmark, company):
    assert len(benchmark(abc_classes.to_next, company[0])) == CUSTOMERS
