"""What became of the exports, as small tables: lines by class, rows set aside by reason, changes by rule, control totals."""

import pandas as pd

from custlib import schema

CLASSES = ("clean", "quarantined", "header", "preamble", "footer", "blank")


def data_facts(clean, gaps=()):
    """One row that says what the data are: company, currency, data_from, data_until (dates), not_read (files that are declared
    as not to be read), gaps (what the quarter lacks, as `facts.gaps` names it)."""
    facts = {column: getattr(clean, column) for column in ("company", "currency", "data_from", "data_until")}
    return pd.DataFrame([facts | {"not_read": ", ".join(clean.not_read), "gaps": ", ".join(gaps)}])


def line_accounts(clean):
    """One row per file: table, file, sheet, lines and how many of them are of each class; the classes add up to `lines`."""
    lines = clean.table("lines")
    sums = lines.group_by("file", "class").agg(n=lines.lines.sum()).to_pandas()
    wide = sums.pivot(index="file", columns="class", values="n").reindex(columns=list(CLASSES)).fillna(0).astype(int)
    files = clean.table("files").select("table", "file", "sheet", "lines").to_pandas()
    return files.merge(wide, on="file", validate="one_to_one").sort_values(["table", "file"], ignore_index=True)


def quarantine_reasons(clean):
    """One row per table and reason: how many physical lines were set aside, and where the first one stands (`file:line`)."""
    files = clean.table("files").select("file", "table")
    lines = clean.table("lines").filter(lambda t: t["class"] == "quarantined").join(files, "file")
    rows = (
        lines.select("table", "reason", "file", "line", "lines")
        .to_pandas()
        .sort_values(["table", "reason", "file", "line"])
    )
    rows["first_place"] = rows["file"] + ":" + rows["line"].astype(str)
    found = rows.groupby(["table", "reason"], as_index=False).agg(
        lines=("lines", "sum"), first_place=("first_place", "first")
    )
    return found.sort_values(["table", "lines", "reason"], ascending=[True, False, True], ignore_index=True)


def change_rules(clean):
    """One row per table, column and rule: how many cells it changed."""
    changes = clean.table("changes")
    counts = changes.group_by("table", "column", "rule").agg(cells=changes.count())
    return counts.order_by("table", "column", "rule").to_pandas()


def control_totals(clean):
    """One row per file, month and column of money, in yuan, exact: amount_in, amount_clean, amount_quarantined, rounding, and
    the difference that is left, which is 0 when the money adds up."""
    columns = ["table", "file", "month", "column", "amount_in", "amount_clean", "amount_quarantined", "rounding"]
    rows = clean.table("controls").select(columns).order_by(columns[:4]).to_pandas()
    rows = rows[rows["amount_in"].notna()].reset_index(drop=True)
    rows["difference"] = rows["amount_in"] - (rows["amount_clean"] - rows["rounding"]) - rows["amount_quarantined"]
    return rows


def tables_present(clean):
    """One row per table of the schema: clean rows (0 where the exports hold none), first and last date or quarter as text."""
    found = [_extent(clean, table) for table in schema.TABLES.values()]
    return pd.DataFrame(found, columns=["table", "rows", "first_date", "last_date"])


def _extent(clean, table):
    if not clean.has(table.name) or not table.time:
        return table.name, clean.counts.get(table.name, 0), "", ""
    time = clean.table(table.name)[table.time].cast("string")
    first, last = (clean.connection.to_pyarrow(edge).as_py() for edge in (time.min(), time.max()))
    return table.name, clean.counts[table.name], first or "", last or ""
