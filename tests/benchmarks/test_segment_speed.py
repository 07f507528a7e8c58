"""How often segments are found where there are none, and where there are; and segments of 1 and 10 million consumers × 8 features, beside plain scikit-learn. By hand: `python -m pytest -s -p no:xdist -o addopts= tests/benchmarks/test_segment_speed.py`.

Each way runs in a process of its own, so that its memory is its own.
"""

import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from custlib import segments

K, FEATURES = 6, 8
PEAK = """
print(f"{took:6.1f} s  {[line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line][0]:>9} kB  inertia a row {inertia:.6f}")
"""
OURS = """
import sys, time
from custlib import segments, warehouse
from custlib.segments import scale
connection = warehouse.connect()
table = warehouse.read(connection, sys.argv[1])
start = time.perf_counter()
found = segments.fit_large(table, int(sys.argv[2]))
warehouse.write(connection, segments.with_segment(table, found).select("consumer_id", "segment"), sys.argv[1] + ".labels")
took = time.perf_counter() - start
inertia = scale.squares(table, found)
"""
PLAIN = """
import sys, time
import numpy, pandas
from sklearn.cluster import KMeans
features = pandas.read_parquet(sys.argv[1]).drop(columns="consumer_id")
start = time.perf_counter()
points = ((features - features.mean()) / features.std(ddof=0)).to_numpy()
inertia = KMeans(int(sys.argv[2]), n_init=int(sys.argv[3]), random_state=0).fit(points).inertia_ / len(points)
took = time.perf_counter() - start
"""


@pytest.fixture(scope="module")
def consumers(request, tmp_path_factory):
    random, path = np.random.default_rng(7), tmp_path_factory.mktemp("consumers") / "consumers.parquet"
    centres = random.normal(size=(K, FEATURES)) * 2
    names = ["consumer_id", "money", *(f"feature_{number}" for number in range(1, FEATURES))]
    with pq.ParquetWriter(
        path, pa.schema([(names[0], pa.string())] + [(name, pa.float64()) for name in names[1:]])
    ) as file:
        for first in range(0, request.param, 500_000):
            values = centres[random.integers(0, K, 500_000)] + random.normal(size=(500_000, FEATURES))
            ids = pa.array([f"YH{number:08d}" for number in range(first, first + 500_000)])
            file.write_table(pa.table([ids, *values.T.copy()], names=names))
    return request.param, path


@pytest.mark.parametrize(
    ("consumers", "way"),
    [
        (1_000_000, "ours"),
        (1_000_000, "plain, one start"),
        (1_000_000, "plain, ten starts"),
        (10_000_000, "ours"),
        (10_000_000, "plain, one start"),
    ],
    indirect=["consumers"],
)
def test_one_way(consumers, way):
    rows, path = consumers
    code, starts = (OURS if way == "ours" else PLAIN) + PEAK, "10" if "ten" in way else "1"
    command = [sys.executable, "-c", code, str(path), str(K), starts]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"\n{rows:>10,} × {FEATURES}  {way:18} {told.splitlines()[-1]}")
    assert told


SHARES = {3: [0.5, 0.3, 0.2], 4: [0.4, 0.3, 0.2, 0.1], 5: [0.35, 0.25, 0.2, 0.12, 0.08]}


def made(kind, seed, consumers=1058, features=15):
    """Consumers without structure, or of so many clusters whose centres lie `kind[1]` deviations apart a feature."""
    random = np.random.default_rng(1000 + seed)
    if kind == "uniform":
        return random.uniform(size=(consumers, features))
    values = random.normal(size=(consumers, features))
    if kind == "correlated":
        return values @ random.normal(size=(features, features))
    if kind == "gaussian":
        return values
    k, apart = kind
    return values + apart * random.normal(size=(k, features))[random.choice(k, consumers, p=SHARES[k])]


@pytest.mark.parametrize(
    "kind", ["uniform", "gaussian", "correlated", *((k, apart) for k in SHARES for apart in (1.5, 0.6))], ids=str
)
def test_ten_seeds(kind):
    start = time.process_time()
    found = [segments.fit(pd.DataFrame(made(kind, seed)), seed=seed).k for seed in range(10)]
    print(f"\n{kind!s:12} segments {found}  {(time.process_time() - start) / 10:.2f} CPU s each")
    assert len(found) == 10
