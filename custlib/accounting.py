"""What became of the exports: lines by class, rows set aside by reason, changes by rule, control totals."""

import csv
import decimal
import json

import pandas as pd

from custlib import absent, schema, warehouse
from custlib.cleaning import Clean
from custlib.cleaning.likely_doubles import FILE as TO_SIGN
from custlib.cleaning.likely_doubles import NOT_LISTED

CLASSES = ("clean", "quarantined", "header", "preamble", "footer", "blank")
SHEETS = ["file", "sheet", "kind", "visible", "rows", "hidden_rows", "read"]
_EXAMPLES = 3
_DIGITS = 80  # more than two exact amounts together have


def data_facts(clean: Clean, quarter: str, earlier=None, absence=(0, 0)) -> pd.DataFrame:
    """One row on the data: company, currency, data_from, data_until (dates), not_read (files declared as not to be
    read), gaps (what the quarter lacks), missing (what is missing before it), closed (months in which the company was
    closed, as declared), compared_with (quarter of the earlier report, "" for none), customers_before and
    customers_absent.

    earlier: as `restated.comparable` returns it; absence: `facts.absence`.
    """
    facts = {column: getattr(clean, column) for column in ("company", "currency", "data_from", "data_until")}
    own, until_then = absent.gaps(clean, quarter), absent.missing(clean, quarter)
    before = [lacks for lacks in until_then if lacks not in own]
    lists = {"not_read": clean.not_read, "gaps": absent.spans(own), "missing": absent.spans(before)}
    lists = {name: ", ".join(texts) for name, texts in (lists | {"closed": clean.closed}).items()}
    absent_customers = dict(zip(("customers_before", "customers_absent"), absence, strict=True))
    return pd.DataFrame([facts | lists | absent_customers | {"compared_with": earlier.quarter if earlier else ""}])


def line_accounts(clean: Clean) -> pd.DataFrame:
    """One row per file: table, file, sheet, lines, how many of them are of each class (they add up to `lines`),
    first_month and last_month of its clean amounts ("" without any)."""
    lines = clean.table("lines")
    sums = lines.group_by("file", "class").agg(n=lines.lines.sum()).to_pandas()
    wide = sums.pivot(index="file", columns="class", values="n").reindex(columns=list(CLASSES)).fillna(0).astype(int)
    files = clean.table("files").select("table", "file", "sheet", "lines").to_pandas()
    months = _ledger(clean, "controls", ["file", "month", "amount_clean"])
    months = months[months["amount_clean"] != 0].groupby("file")["month"].agg(["min", "max"])
    wide[["first_month", "last_month"]] = months.reindex(wide.index).fillna("").to_numpy()
    return files.merge(wide, on="file", validate="one_to_one").sort_values(["table", "file"], ignore_index=True)


def fates(accounts: pd.DataFrame) -> pd.DataFrame:
    """The lines of each table by class: table, class (one of `CLASSES`), lines; a row per file and class. accounts:
    `line_accounts`."""
    return accounts.drop(columns="lines").melt("table", list(CLASSES), "class", "lines")


def quarantine_reasons(clean: Clean) -> pd.DataFrame:
    """One row per table, reason and column at fault ("" for the line as a whole).

    Columns also: lines (how many were set aside), first_place (`file:line`), examples (the first three places). It
    contains no cell of the data.
    """
    by = ["table", "reason", "column"]
    files, faults = (
        clean.table("files").select("file", "table"),
        clean.table("quarantine").select("file", "line", "column"),
    )
    lines = clean.table("lines").filter(lambda t: t["class"] == "quarantined").join(files, "file")
    lines = lines.left_join(faults, ["file", "line"]).select("table", "reason", "file", "line", "lines", "column")
    lines = lines.mutate(column=lines.column.coalesce(""))
    counts = lines.group_by(by).agg(lines=lines.lines.sum()).to_pandas()
    few = warehouse.first_rows(lines, by, ["file", "line"], _EXAMPLES).order_by("file", "line").to_pandas()
    few["place"] = few["file"] + ":" + few["line"].astype(str)
    places = few.groupby(by)["place"].agg(first_place="first", examples=", ".join).reset_index()
    reasons = counts.merge(places, on=by, validate="one_to_one")
    order = ["table", "lines", "reason", "column"]
    return reasons.sort_values(order, ascending=[True, False, True, True], ignore_index=True)


def by_reason(reasons) -> pd.DataFrame:
    """How many lines were set aside for each reason, most first: label (the reason), lines. reasons:
    `quarantine_reasons`."""
    sums = reasons.groupby("reason")["lines"].sum().sort_values(ascending=False, kind="stable")
    return sums.rename_axis("label").reset_index()


def change_rules(clean: Clean) -> pd.DataFrame:
    """How many cells each rule changed: a row per table, column and rule."""
    changes = clean.table("changes")
    counts = changes.group_by("table", "column", "rule").agg(cells=changes.count())
    return counts.order_by("table", "column", "rule").to_pandas()


def control_totals(clean: Clean) -> pd.DataFrame:
    """One row per file, month and money column, in yuan, exact: amount_in, amount_clean, amount_quarantined,
    rounding, and difference, which is 0 if the money adds up."""
    columns = ["table", "file", "month", "column", "amount_in", "amount_clean", "amount_quarantined", "rounding"]
    rows = _ledger(clean, "controls", columns).sort_values(columns[:4])
    rows = rows[rows["amount_in"].notna()].reset_index(drop=True)
    with decimal.localcontext(prec=_DIGITS):  # Python's default of 28 digits is too few for a large sum
        rows["difference"] = rows["amount_in"] - (rows["amount_clean"] - rows["rounding"]) - rows["amount_quarantined"]
    return rows


def control_sums(controls) -> pd.DataFrame:
    """`control_totals` summed over files and months: a row per table and money column, exact."""
    amounts = ["amount_in", "amount_clean", "amount_quarantined", "rounding", "difference"]
    return controls.groupby(["table", "column"])[amounts].sum().reset_index()


def tables_present(clean: Clean) -> pd.DataFrame:
    """One row per table of the schema: clean rows (0 without any), first and last date or quarter as text.

    A table that only a declaration makes of a file is none that a company lacks."""
    tables = [table for table in schema.TABLES.values() if clean.has(table.name) or not table.declared]
    extents = [_extent(clean, table) for table in tables]
    return pd.DataFrame(extents, columns=["table", "rows", "first_date", "last_date"])


def unnumbered(clean: Clean) -> pd.Series:
    """Clean lines of sales: lines (all), unnumbered (those without an invoice number)."""
    sales = clean.table("sales")
    counts = sales.aggregate(lines=sales.count(), unnumbered=sales.invoice_id.isnull().sum())
    return counts.to_pandas().iloc[0].fillna(0).astype("int64")


def notes(clean: Clean) -> pd.DataFrame:
    """Oddities of files for which no line was set aside, such as a trailing delimiter: file, sheet, note, count."""
    return _ledger(clean, "notes", ["file", "sheet", "note", "count"]).sort_values(["note", "file"], ignore_index=True)


def sheets(clean: Clean) -> pd.DataFrame:
    """The sheets of all workbooks, also unread and hidden ones: file, sheet, kind, visible, rows, hidden_rows, read."""
    return _ledger(clean, "sheets", SHEETS).sort_values(["file", "sheet"], ignore_index=True)


def to_sign(clean: Clean) -> dict[str, int]:
    """How many likely doubles of customers wait in `aliases_to_sign.csv` (`pairs`), and what is not listed there.

    cut: pairs too many; in_rows: names too like many others to be compared with them (`likely_doubles.Found`).
    """
    path = clean.folder / TO_SIGN
    if not path.is_file():
        return {"pairs": 0, "cut": 0, "in_rows": 0}
    with path.open(encoding="utf-8-sig", newline="") as file:
        pairs = sum(1 for _ in csv.DictReader(file))
    return {"pairs": pairs} | json.loads((clean.folder / NOT_LISTED).read_text(encoding="utf-8"))


def _ledger(clean, name, columns):
    """A small ledger; without rows if this folder of clean tables lacks it."""
    if not (clean.folder / f"{name}.parquet").is_file():
        return pd.DataFrame(columns=columns)
    return clean.table(name).select(columns).to_pandas()


def _extent(clean, table):
    if not clean.has(table.name) or not table.time:
        return table.name, clean.counts.get(table.name, 0), "", ""
    time = clean.table(table.name)[table.time].cast("string")
    first, last = (clean.connection.to_pyarrow(edge).as_py() for edge in (time.min(), time.max()))
    return table.name, clean.counts[table.name], first or "", last or ""
