"""Single lines of the exports and their raw cells, for whoever works at this machine; they never enter a report."""

import pandas as pd

from custlib import schema
from custlib.cleaning import Clean


def set_aside(clean: Clean, table: str, reason: str, start: int, count: int) -> pd.DataFrame:
    """`count` lines of a table that were set aside for a reason, from the `start`-th (from 0) on, by file and line.

    Columns: file, line, column (at fault; "" where the line as a whole is).
    """
    files = clean.table("files")
    files = files.filter(files["table"] == table).select("file")
    lines = clean.table("lines").filter(lambda t: (t["class"] == "quarantined") & (t.reason == reason))
    page = lines.semi_join(files, "file").order_by("file", "line").limit(count, offset=start)
    faults = clean.table("quarantine").select("file", "line", "column")
    places = page.select("file", "line").left_join(faults, ["file", "line"]).select("file", "line", "column")
    return places.order_by("file", "line").to_pandas().fillna({"column": ""})


def with_cells(clean: Clean, places: pd.DataFrame) -> pd.DataFrame:
    """The raw cells of some lines: columns place (`file:line`), column (at fault), and one for each column that one of
    them has, "" where it has none; a line that could not be taken apart stands whole under `line_text`.

    places: what `set_aside` gives.
    """
    rows = [
        {"place": f"{place.file}:{place.line}", "column": place.column} | raw_cells(clean, place.file, place.line)
        for place in places.itertuples()
    ]
    return pd.DataFrame(rows, columns=list(dict.fromkeys(name for row in rows for name in row))).fillna("")


def raw_cells(clean: Clean, file: str, line: int) -> dict[str, str]:
    """Column → raw text of the row that begins at a line; `line_text` → the whole line if it is no row; else empty."""
    row = record(clean, file, line)
    if row and row["line"] == line:
        return {name: row[name] or "" for name in columns(clean, file)}
    if row := next(iter(at(clean, file_entry(clean, file)["table"], file, line)), None):
        return _written(clean, row)
    broken = clean.table("broken").filter(lambda t: (t.file == file) & (t.line == line)).select(line_text="raw")
    return next(iter(broken.to_pyarrow().to_pylist()), {})


def record(clean: Clean, file: str, line: int) -> dict | None:
    """The row of raw cells that a physical line belongs to, with its place (file, sheet, line, lines); None where there
    is none, or where the row is plain and its cells are its values."""
    entry = file_entry(clean, file)
    for kept in (f"raw/{entry['cells'].removesuffix('.parquet')}", f"raw/aside-{entry['table']}"):
        cells = clean.table(kept)
        row = _one(cells.filter((cells.file == file) & (cells.line <= line) & (line < cells.line + cells.lines)))
        if row:
            return row
    return None


def columns(clean: Clean, file: str) -> list[str]:
    """The columns that the header of a file names, in its order."""
    return list(file_entry(clean, file)["columns"])


def at(clean: Clean, ledger: str, file: str, line: int) -> list[dict]:
    """The rows of a ledger or clean table that stand at a file and line, as dicts."""
    rows = clean.table(ledger)
    return rows.filter((rows.file == file) & (rows.line == line)).to_pyarrow().to_pylist()


def in_ledger(clean: Clean, file: str, line: int) -> dict | None:
    """The entry of the ledger of lines that a physical line belongs to: line, lines, class, reason, sheet."""
    lines = clean.table("lines")
    return _one(lines.filter((lines.file == file) & (lines.line <= line) & (line < lines.line + lines.lines)))


def file_entry(clean: Clean, file: str) -> dict:
    """The entry of the ledger of files: table, sheet, encoding, lines, columns, cells."""
    files = clean.table("files")
    return _one(files.filter(files.file == file))


def _written(clean, row):
    """The raw cells of a clean row by its values and the change log."""
    file, line = row["file"], row["line"]
    entry = file_entry(clean, file)
    kinds = {column.name: column.kind for column in schema.TABLES[entry["table"]].columns}
    changed = {change["column"]: change["raw"] for change in at(clean, "changes", file, line)}
    return {name: changed.get(name, _text(row[name], kinds.get(name))) for name in entry["columns"]}


def _text(value, kind):
    if value is None:
        return ""
    return f"{value.normalize():f}" if kind in ("number", "price", "ratio") else str(value)


def _one(rows):
    return next(iter(rows.limit(1).to_pyarrow().to_pylist()), None)
