"""What breaks the rules, counted once and kept beside the clean tables: a run asks before its first kernel and again on
the page about the data."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa

from custlib import warehouse
from custlib.cleaning import Clean

COUNTS = pa.schema(
    [(name, pa.string()) for name in ("table", "rule", "column", "file")]
    + [(name, pa.int64()) for name in ("n", "line", "of_rows")]
)


def once(clean: Clean, count: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The counts (`COUNTS`, in any order) that `count()` gives, kept for the same clean tables, fees and rules."""
    path = clean.folder / f"contracts-{_key(clean.fees)}.parquet"
    return warehouse.once(path, lambda: pa.Table.from_pandas(count(), COUNTS, preserve_index=False)).to_pandas()


def _key(fees):
    rules = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(rules + repr(fees).encode()).hexdigest()[:16]
