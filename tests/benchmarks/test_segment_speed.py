"""How often segments are found where there are none, and where there are, with ten seeds, and what that takes. By hand:
`python -m pytest -s -p no:xdist -o addopts= tests/benchmarks/test_segment_speed.py`.
"""

import time

import numpy as np
import pandas as pd
import pytest

from custlib import segments

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
