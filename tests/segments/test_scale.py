import importlib.util
import itertools
import os
import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from custlib import segments, warehouse
from custlib.segments.clustering import Fit

ENGINES = [None]
if importlib.util.find_spec("pyspark") and (os.environ.get("JAVA_HOME") or shutil.which("java")):
    ENGINES.append("pyspark://local[2]")


def consumers(n=900):
    """Three kinds in turn; every tenth bought too seldom, and of every seventh the list price is not known."""
    random, kind = np.random.default_rng(0), np.arange(n) % 3
    rows = pd.DataFrame(
        {
            "frequency": np.where(np.arange(n) % 10 == 0, 1.0, 4.0 + random.integers(0, 3, n)),
            "money": np.array([100, 900, 9000])[kind] * random.uniform(0.8, 1.2, n),
            "list_price": np.array([50, 400, 60])[kind] * random.uniform(0.9, 1.1, n),
            "discount_share": np.array([0.0, 0.1, 0.4])[kind] + random.uniform(0, 0.05, n),
        },
        pd.Index([f"k{number:04d}" for number in range(n)], name="consumer_id"),
    )
    rows.loc[rows.index[::7], "list_price"] = np.nan
    return rows.assign(store_format="shop")


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: "spark" if engine else "duckdb")
def kept(request):
    names = (f"rows{number}" for number in itertools.count())
    with warehouse.opened(request.param) as connection:
        yield lambda rows: warehouse.keep(connection, next(names), pa.Table.from_pandas(rows, preserve_index=False))


def test_everybody_gets_the_segment_that_they_would_get_if_all_were_looked_at(kept):
    rows = consumers()
    ready = segments.prepared(rows[segments.apart(rows) == ""])
    fits = {"2025Q4": segments.fit(ready, 3)}
    found = segments.everybody(fits, {"2025Q4": rows}, {"2025Q4": kept(rows.reset_index())})["2025Q4"]
    pd.testing.assert_series_equal(found.labels, fits["2025Q4"].labels, check_dtype=False, check_index_type=False)
    assert found.centres is fits["2025Q4"].centres


def test_a_sample_gives_the_segments_of_all(kept):
    rows = consumers().dropna()
    sample = rows.sample(200, random_state=1).sort_index()
    fit = segments.fit(segments.prepared(sample[segments.apart(sample) == ""]), 3)
    found = segments.everybody({"2025Q4": fit}, {"2025Q4": sample}, {"2025Q4": kept(rows.reset_index())})[
        "2025Q4"
    ].labels
    assert found.index.tolist() == rows.index[rows["frequency"] > 1].tolist()
    kinds = pd.crosstab(found, found.index.str[1:].astype(int) % 3)
    assert (kinds > 0).to_numpy().tolist() == [[False, False, True], [False, True, False], [True, False, False]]


def test_a_quarter_without_a_table_keeps_its_labels():
    fit = segments.fit(segments.prepared(consumers(90)), 2)
    assert segments.everybody({"2025Q4": fit}, {}, {}) == {"2025Q4": fit}


def test_of_equally_near_centres_the_first_is_taken(kept):
    one, none = pd.Series({"a": 1.0}), pd.DataFrame()
    centres = pd.DataFrame({"a": [-1.0, 1, 3]}, [1, 2, 3])
    found = Fit(none, centres, none, 3, none, True, one - 1, one)
    rows = pd.DataFrame({"consumer_id": list("pqrs"), "a": [0.0, 2, 2.5, -9]})
    labelled = segments.with_segment(kept(rows), found).to_pandas().set_index("consumer_id")["segment"]
    assert labelled.reindex(rows["consumer_id"]).tolist() == [1, 2, 3, 1]
