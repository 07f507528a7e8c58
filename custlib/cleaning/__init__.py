"""Clean tables of a folder of exports: made on first use, kept under the hash of their inputs, never half written."""

import contextlib
import hashlib
import json
import math
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from custlib import glossary, project, reading, warehouse, words
from custlib import sources as declared
from custlib.refusals import Refused

if TYPE_CHECKING:
    import ibis

DONE = "complete.json"
REASONS, PLACES = 3, 3  # how many reasons a refusal names, and how many lines for each
TAXED = ("payments", "dealer_profit")  # tables whose tax a company declares; sales are always without
_MADE_BY = (
    "schema.py",
    "currencies.py",
    "expressions.py",
    "sources.py",
    "reference.py",
    "spark.py",
    "warehouse.py",
    "reading",
    "cleaning",
)
_VERSIONS = ("duckdb", "ibis-framework", "pyarrow", "python-calamine", "rapidfuzz")


@dataclass(frozen=True)
class Clean:
    """The clean tables of one folder of exports.

    folder: where the Parquet files lie; key: hash of the inputs and of the code that made them; counts: table → clean
    rows; not_read: files that `sources.toml` declares as not to be read; fees: products that are fees, in capitals;
    data_from, data_until: first and last day that the company declared, else those of its sales; engine: what reads
    them, see `warehouse.connect`; taxes: table → "included" or "excluded", of what in `TAXED` says so; tax_rate: as
    declared; closed: months ("2024-02") in which the company was closed, as declared.
    """

    folder: Path
    key: str
    company: str
    currency: str
    data_from: date | None
    data_until: date | None
    not_read: tuple[str, ...]
    counts: dict = field(repr=False)
    inputs: dict = field(repr=False)
    fees: tuple[str, ...] = ()
    engine: str | None = None
    taxes: dict = field(default_factory=dict)
    tax_rate: float = declared.Sources.tax_rate
    closed: tuple[str, ...] = ()

    @cached_property
    def connection(self):
        """One Ibis connection for this notebook."""
        return warehouse.connect(self.engine)

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the data. Raises Refused (`no_rows`) without a declaration and without sales."""
        if not (self.data_from and self.data_until):
            raise Refused("no_rows", table="sales", why=self.why_aside("sales"))
        return self.data_from, self.data_until

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that the exports hold."""
        return tuple(sorted(self.counts))

    def has(self, name: str) -> bool:
        """Whether the exports hold this table with at least one clean row."""
        return bool(self.counts.get(name))

    def why_aside(self, table: str, file: str | None = None) -> dict[str, str]:
        """Language → the commonest reasons for which lines of a table's files, or of one, were set aside, each with its
        first lines."""
        import ibis

        files = self.table("files")
        files = files.filter(files["table"] == table).file.to_pandas() if file is None else [file]
        rows = self.table("lines").filter(lambda t: (t["class"] == "quarantined") & t.file.isin(list(files)))
        counts = rows.group_by("reason").agg(n=rows.lines.sum()).order_by(ibis.desc("n"), "reason").limit(REASONS)
        told = []
        for reason, n in counts.to_pandas().itertuples(index=False):
            first = rows.filter(rows.reason == reason).order_by("file", "line").limit(PLACES).select("file", "line")
            places = ", ".join(f"{file}:{line}" for file, line in first.to_pandas().itertuples(index=False))
            told.append((reason, {"n": f"{n:,}", "places": places}))
        return {lang: _aside_in_words(told, lang) for lang in glossary.LANGUAGES}

    def tax_factor(self, table: str) -> float:
        """What a table's amounts are divided by to be without tax: NaN where nobody said whether they are with it."""
        return {"included": 1 + self.tax_rate, "excluded": 1.0}.get(self.taxes.get(table) or "", math.nan)

    def is_fee(self, rows: "ibis.Table") -> "ibis.Value":
        """Which rows of a table with `product_id` are of a product that is a fee, however it is written."""
        import ibis

        if not self.fees:
            return ibis.literal(False)
        return rows.product_id.upper().isin(self.fees).coalesce(False)

    def table(self, name: str, needed_by: str = "this_analysis") -> "ibis.Table":
        """One clean table, or one of the ledgers `quarantine`, `changes`, `lines`, `controls`, `files`, `notes`,
        `sheets`, as an Ibis table.

        Raises Refused (`missing_table`).
        """
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise Refused("missing_table", table=name, needed_by=needed_by)
        return warehouse.read(self.connection, path)


def _aside_in_words(told, lang):
    texts = [words.say("refusal_facts", "set_aside", lang, reason=glossary.term(r, lang), **facts) for r, facts in told]
    return "; ".join(texts) or words.say("refusal_facts", "none_set_aside", lang)


def open_tables(
    data_dir: str | Path, said: Callable[[str], None] = lambda text: None, engine: str | None = None
) -> Clean:
    """The clean tables of `data_dir` (relative to the project's root); cleans first where they are missing or stale.

    said: called with one line of text at each step of cleaning. engine: what cleans and reads them, see
    `warehouse.connect`; it is no part of a figure, so tables that one engine has made serve the other. Raises Refused
    for whatever cannot be read with certainty.
    """
    from custlib import reference

    folder, home = project.resolve(data_dir), project.root() / "data" / "clean"
    files, sources = reading.exports(folder), declared.load(folder)
    reading.refuse_unread(reading.files_in(folder), sources)
    if all(map(sources.ignores, files)):
        raise Refused("no_exports", folder=folder)
    inputs = reading.fingerprints(folder, files)
    merges, fees = reference.merges(data_dir), reference.table("fees.csv", data_dir)["product_id"].str.upper()
    rates = reference.rates(data_dir)
    key = _key(folder, inputs, merges, rates)
    if not (home / key / DONE).is_file():
        _make(folder, files, sources, (merges, rates), home, key, said, engine)
    with contextlib.suppress(OSError):
        os.utime(home / key / DONE)  # `custlib clean` keeps those that were used last
    summary = json.loads((home / key / DONE).read_text(encoding="utf-8"))
    first, last = (day and date.fromisoformat(day) for day in (summary["first_day"], summary["last_day"]))
    return Clean(
        folder=home / key,
        key=key,
        company=sources.company,
        currency=sources.currency,
        data_from=first,
        data_until=last,
        not_read=tuple(file for file in reading.files_in(folder) if sources.ignores(file)),
        counts=summary["counts"],
        inputs=inputs,
        fees=tuple(fees),
        engine=engine,
        taxes=summary["taxes"],
        tax_rate=sources.tax_rate,
        closed=tuple(sources.closed),
    )


def _make(folder, files, sources, decided, home, key, said, engine):
    """Build in a folder of its own and rename it when all is there; a second process waits and finds it done."""
    from filelock import FileLock

    from custlib.cleaning import clean_folder

    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / ".lock"):
            if (home / key / DONE).is_file():
                return
            draft = home / f".making-{key}"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            with warehouse.opened(engine) as connection:
                counts = clean_folder.clean(folder, files, sources, decided[0], draft, connection, decided[1], said)
                first, last = _period(connection, draft, sources)
            summary = {"counts": counts, "first_day": first, "last_day": last, "taxes": _taxes(draft, sources)}
            (draft / DONE).write_text(json.dumps(summary, indent=1, sort_keys=True), encoding="utf-8")
            shutil.rmtree(home / key, ignore_errors=True)
            draft.rename(home / key)
    except OSError as error:
        raise Refused("cannot_write", folder=home, reason=error.strerror or error) from error


def _period(connection, draft, sources):
    """First and last day of the data, as ISO text: declared, else those of the sales."""
    first, last = sources.data_from, sources.data_until
    if not (first and last) and (draft / "sales.parquet").is_file():
        sales = warehouse.read(connection, draft / "sales.parquet")
        days = sales.agg(first=sales.date.min(), last=sales.date.max()).to_pyarrow().to_pylist()[0]
        first, last = first or days["first"], last or days["last"]
    return tuple(day.isoformat() if day else None for day in (first, last))


def _taxes(draft, sources):
    """Table → the tax that its files declare. Raises Refused (`two_taxes`) where they do not say the same."""
    said = {table: {} for table in TAXED}
    for row in warehouse.read_arrow(draft / "files.parquet").to_pylist():
        if row["table"] in TAXED:
            said[row["table"]].setdefault(sources.of(row["file"]).tax, row["file"])
    for table, by_tax in said.items():
        if len(by_tax) > 1:
            places = ", ".join(f"{file}: {tax or '–'}" for tax, file in by_tax.items())
            raise Refused("two_taxes", table=table, said=places)
    return {table: tax for table, by_tax in said.items() for tax in by_tax if tax}


def _key(folder, inputs, merges, rates):
    code = hashlib.sha256()
    package = Path(__file__).parent.parent
    for name in _MADE_BY:
        for path in sorted([package / name] if name.endswith(".py") else (package / name).rglob("*.py")):
            code.update(path.read_bytes())
    declaration = folder / declared.NAME
    parts = [
        inputs,
        code.hexdigest(),
        declaration.read_text(encoding="utf-8") if declaration.is_file() else "",
        [version(name) for name in _VERSIONS],
        merges["customer_id"].to_dict(),
        sorted((*of, str(rate)) for of, rate in rates.items()),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
