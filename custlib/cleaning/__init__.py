"""Clean tables of a folder of exports: made on first use, kept under the hash of what they were made from, never half written."""

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from custlib import project, reading, warehouse
from custlib import sources as declared
from custlib.refusals import Refused

DONE = "complete.json"
_MADE_BY = ("schema.py", "sources.py", "reference.py", "spark.py", "warehouse.py", "reading", "cleaning")
_VERSIONS = ("duckdb", "ibis-framework", "pyarrow", "python-calamine", "rapidfuzz")


@dataclass(frozen=True)
class Clean:
    """The clean tables of one folder of exports.

    folder: where the Parquet files lie; key: hash of the inputs and of the code that made them; counts: table → clean rows;
    not_read: files that `sources.toml` declares as not to be read; fees: products that are fees, in capitals;
    data_from, data_until: first and last day that the company declared, else those of its sales;
    engine: what reads them, see `warehouse.connect`.
    """

    folder: Path
    key: str
    company: str
    currency: str
    data_from: date | None
    data_until: date | None
    not_read: tuple
    counts: dict = field(repr=False)
    inputs: dict = field(repr=False)
    fees: tuple = ()
    engine: str | None = None

    @cached_property
    def connection(self):
        """One Ibis connection for this notebook."""
        return warehouse.connect(self.engine)

    @property
    def names(self):
        """The tables that the exports hold."""
        return tuple(sorted(self.counts))

    def has(self, name):
        """Whether the exports hold this table with at least one clean row."""
        return bool(self.counts.get(name))

    def is_fee(self, rows):
        """Which rows of a table with `product_id` are of a product that is a fee, however it is written."""
        import ibis

        if not self.fees:
            return ibis.literal(False)
        return rows.product_id.upper().isin(self.fees).coalesce(False)

    def table(self, name, needed_by="this analysis"):
        """One clean table, or one of the ledgers `quarantine`, `changes`, `lines`, `controls`, `files`, `notes`,
        `sheets`, as an Ibis table.

        Raises Refused (`missing_table`).
        """
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise Refused("missing_table", table=name, needed_by=needed_by)
        return warehouse.read(self.connection, path)


def open_tables(data_dir, said=lambda text: None, engine=None):
    """The clean tables of `data_dir` (relative to the project's root); cleans first where they are missing or stale.

    said: called with one line of text at each step of cleaning. engine: what cleans and reads them, see `warehouse.connect`;
    it is no part of a figure, so tables that one engine has made serve the other. Raises Refused for whatever cannot be read with certainty.
    """
    from custlib import reference

    folder = project.resolve(data_dir)
    files = reading.exports(folder)
    sources = declared.load(folder)
    inputs = reading.fingerprints(folder, files)
    merges, fees = reference.merges(data_dir), reference.table("fees.csv", data_dir)["product_id"].str.upper()
    key = _key(folder, inputs, merges)
    home = project.root() / "data" / "clean"
    target = home / key
    if not (target / DONE).is_file():
        _make(folder, files, sources, merges, home, key, said, engine)
    told = json.loads((target / DONE).read_text(encoding="utf-8"))
    days = [told["first_day"], told["last_day"]]
    first, last = (date.fromisoformat(day) if day else None for day in days)
    not_read = tuple(file for file in files if sources.of(file).ignore)
    said_of_them = (sources.company, sources.currency, first, last, not_read)
    return Clean(target, key, *said_of_them, told["counts"], inputs, tuple(fees), engine)


def _make(folder, files, sources, merges, home, key, said, engine):
    """Build in a folder of its own and rename it when all is there; a second process waits and finds it done."""
    from filelock import FileLock

    from custlib.cleaning import build

    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / ".lock"):
            if (home / key / DONE).is_file():
                return
            draft = home / f".making-{key}"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            with warehouse.opened(engine) as connection:
                counts = build.build(folder, files, sources, merges, draft, connection, said)
            first, last = _period(draft, sources)
            told = {"counts": counts, "first_day": first, "last_day": last}
            (draft / DONE).write_text(json.dumps(told, indent=1, sort_keys=True), encoding="utf-8")
            shutil.rmtree(home / key, ignore_errors=True)
            draft.rename(home / key)
    except OSError as error:
        raise Refused("cannot_write", folder=home, reason=error.strerror or error) from error


def _period(draft, sources):
    """First and last day of the data, as ISO text: declared, else those of the sales."""
    first, last = sources.data_from, sources.data_until
    if not (first and last) and (draft / "sales.parquet").is_file():
        sales = warehouse.read(warehouse.connect(), draft / "sales.parquet")
        found = sales.agg(first=sales.date.min(), last=sales.date.max()).to_pyarrow().to_pylist()[0]
        first, last = first or found["first"], last or found["last"]
    return tuple(day.isoformat() if day else None for day in (first, last))


def _key(folder, inputs, merges):
    code = hashlib.sha256()
    package = Path(__file__).parent.parent
    for name in _MADE_BY:
        for path in sorted([package / name] if name.endswith(".py") else (package / name).rglob("*.py")):
            code.update(path.read_bytes())
    told = folder / declared.NAME
    parts = [
        inputs,
        code.hexdigest(),
        told.read_text(encoding="utf-8") if told.is_file() else "",
        [version(n) for n in _VERSIONS],
        merges["customer_id"].to_dict(),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
