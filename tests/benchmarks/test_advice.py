"""Who is named for what, and who should be: 100 companies of each kind with a known truth, with fates and without. By hand, 25 minutes
on two cores: `python -m pytest -n 0 -s tests/benchmarks/test_advice.py`; with CUSTLIB_SEEDS=5 a first look."""

import itertools
import multiprocessing
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor

import pandas as pd
import pytest

from tests import judged_advice as advice
from tests import made_companies

SEEDS = range(int(os.environ.get("CUSTLIB_SEEDS", 100)))
KINDS = list(itertools.product((240, 30), made_companies.NOISES))


def company(customers, noise, fated, seed):
    """What the report says of one company, beside the truth."""
    with tempfile.TemporaryDirectory() as folder:
        clean, truth = made_companies.make(folder, seed, customers, noise, fated)
        rows = advice.judged(advice.named(clean, advice.QUARTER), truth)
        clean.connection.disconnect()
    return rows.assign(company=f"{customers} {noise} {seed}")


@pytest.fixture(scope="module")
def rows():
    """(customers, noise, whether fated) → the rows of all seeds."""
    kinds = [(customers, noise, fated) for customers, noise in KINDS for fated in (True, False)]
    tasks = [(*kind, seed) for kind in kinds for seed in SEEDS]
    with ProcessPoolExecutor(2, multiprocessing.get_context("forkserver")) as processes:
        told = dict(zip(tasks, processes.map(company, *zip(*tasks, strict=True), chunksize=5), strict=True))
    return {kind: pd.concat([told[(*kind, seed)] for seed in SEEDS], ignore_index=True) for kind in kinds}


@pytest.mark.parametrize(("customers", "noise"), KINDS)
def test_precision_and_recall(rows, customers, noise):
    told = rows[customers, noise, True]
    print(f"\n\n=== {customers} dealers, {noise}, {len(SEEDS)} companies")
    print(advice.by_fate(told).round(3).to_string(), "\n")
    print(advice.by_action(told).round(3).to_string(), "\n")
    print(*(f"{name}: {value:.4g}" for name, value in advice.overall(told).items()), sep=" · ")
    assert told.company.nunique() == len(SEEDS)


@pytest.mark.parametrize(("customers", "noise"), KINDS)
def test_where_nothing_happened(rows, customers, noise):
    told = rows[customers, noise, False]
    counts = told.action.value_counts().to_dict()
    print(f"\n\n=== {customers} dealers, {noise}, nothing happened: names {counts}")
    print(*(f"{name}: {value:.4g}" for name, value in advice.overall(told).items()), sep=" · ")
    assert set(told.fate) == {"steady"}
