import importlib.util
import itertools
import os
import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.cluster import KMeans

from custlib import segments, warehouse
from custlib.segments import scale

ENGINES = [None]
if importlib.util.find_spec("pyspark") and (os.environ.get("JAVA_HOME") or shutil.which("java")):
    ENGINES.append("pyspark://local[2]")


def consumers(n=3000):
    random = np.random.default_rng(0)
    at = np.array([[0, 0, 0], [9, 900, 0], [0, 900, 0.9]])[np.arange(n) % 3]
    rows = pd.DataFrame(at + random.normal(size=(n, 3)) * [1, 100, 0.1], columns=["a", "b", "c"])
    return rows.assign(consumer_id=[f"k{number}" for number in range(n)], d=7.0, money=np.arange(n) % 3 + 1.0)


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: "spark" if engine else "duckdb")
def kept(request):
    names = (f"rows{number}" for number in itertools.count())
    with warehouse.opened(request.param) as connection:
        yield lambda rows: warehouse.keep(connection, next(names), pa.Table.from_pandas(rows, preserve_index=False))


def labels(table, found, rows):
    labelled = segments.with_segment(table, found).to_pandas().set_index("consumer_id")["segment"]
    return labelled.reindex(rows["consumer_id"]).tolist()


def test_a_sample_gives_the_segments_of_all_numbered_by_money(kept):
    rows = consumers()
    found = segments.fit_large(kept(rows), 3, sample=600)
    assert list(found.means.index) == ["a", "b", "c", "money"]  # d is the same for all
    assert labels(kept(rows), found, rows) == [3, 2, 1] * 1000


def test_means_and_deviations_are_those_of_all_rows(kept):
    rows = consumers()
    found = segments.fit_large(kept(rows), 3, sample=100)
    assert found.means.to_numpy() == pytest.approx(rows[found.means.index].mean().to_numpy(), rel=1e-7)
    assert found.deviations.to_numpy() == pytest.approx(rows[found.means.index].std(ddof=0).to_numpy(), rel=1e-7)


def test_the_order_of_rows_changes_not_a_digit(kept):
    rows = consumers()
    one, other = (segments.fit_large(kept(part), 3, sample=600) for part in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(one.centres, other.centres, check_exact=True)
    pd.testing.assert_series_equal(one.means, other.means, check_exact=True)


def test_nobody_is_nearer_to_another_centre_and_the_squares_are_those_of_scikit_learn(kept):
    rows = consumers()
    found = segments.fit_large(kept(rows), 5, sample=3000)
    points = ((rows[found.means.index] - found.means) / found.deviations).to_numpy()
    squared = ((points[:, None] - found.centres.to_numpy()) ** 2).sum(axis=2)
    assert labels(kept(rows), found, rows) == (squared.argmin(axis=1) + 1).tolist()
    assert scale.squares(kept(rows), found) == pytest.approx(squared.min(axis=1).mean())
    full = KMeans(5, n_init=10, random_state=0).fit(points).inertia_ / len(points)
    assert scale.squares(kept(rows), found) == pytest.approx(full, rel=0.02)


def test_of_equally_near_centres_the_first_is_taken(kept):
    one = pd.Series({"a": 1.0})
    found = segments.LargeFit(pd.DataFrame({"a": [-1.0, 1, 3]}, [1, 2, 3]), one - 1, one)
    rows = pd.DataFrame({"consumer_id": list("pqrs"), "a": [0.0, 2, 2.5, -9]})
    assert labels(kept(rows), found, rows) == [1, 2, 3, 1]


@pytest.mark.parametrize("wrong", [None, np.inf], ids=["missing", "infinite"])
def test_missing_and_infinite_values_are_refused(kept, wrong):
    rows = consumers(90).assign(b=pd.Series([wrong, *range(89)], dtype="float64"))
    with pytest.raises(ValueError, match="the feature b has values that are missing or infinite"):
        segments.fit_large(kept(rows), 3)


def test_no_difference_and_too_few_consumers_are_refused(kept):
    with pytest.raises(ValueError, match="no feature differs"):
        segments.fit_large(kept(consumers(9)[["consumer_id", "d"]]), 3)
    with pytest.raises(ValueError, match="3 segments of 2 consumers"):
        segments.fit_large(kept(consumers(2)), 3)
