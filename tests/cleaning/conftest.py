"""Sales exports with as few words as possible; and the promises of cleaning, checked by code that shares nothing with
`reading` and `cleaning`: Python's csv, openpyxl, Decimal."""

import csv
import datetime
import io
import re
import unicodedata
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import ibis
import openpyxl
import pytest

from custlib import schema, warehouse
from custlib.cleaning import parsers

CENT = Decimal("0.01")
HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)"


@pytest.fixture
def sales():
    """Joins rows of sales under their header."""
    return lambda *rows: "\n".join([HEADER, *rows]) + "\n"


@pytest.fixture
def rows_of():
    """The rows of one clean table or ledger as dicts, in the order of the file."""
    return lambda clean, name: clean.table(name).to_pyarrow().to_pylist()


@pytest.fixture
def reasons(rows_of):
    """(file, line, reason) of every line that was set aside."""

    def of(clean):
        return [
            (row["file"], row["line"], row["reason"])
            for row in rows_of(clean, "lines")
            if row["class"] == "quarantined"
        ]

    return of


@pytest.fixture(scope="session")
def parsed():
    """Parses texts as one Form (or kind): for each its value, or its reason in brackets, the rule, and the exact amount."""
    connection = warehouse.connect()

    def parse(form, texts):
        form = form if isinstance(form, parsers.Form) else parsers.Form(form)
        table = ibis.memtable(
            [{"n": n, "x__raw": text} for n, text in enumerate(texts)], schema={"n": "int64", "x__raw": "string"}
        )
        rows = connection.to_pyarrow(parsers.parse(table, {"x": form}).order_by("n")).to_pylist()
        assert not [row for row in rows if row["x__reason"] and row["x"] is not None]
        return [
            (f"[{row['x__reason']}]" if row["x__reason"] else row["x"], row["x__rule"], row.get("x__exact"))
            for row in rows
        ]

    return parse


@pytest.fixture(scope="module")
def answers(request, parsed):
    """What the CASES of a test module become, all parsed at once: index → (value or [reason], rule)."""
    told = {}
    for n, (form, text, *_) in enumerate(request.module.CASES):
        told.setdefault(form, []).append((n, text))
    return {
        n: found[:2]
        for form, cases in told.items()
        for (n, _), found in zip(cases, parsed(form, [text for _, text in cases]), strict=True)
    }


@pytest.fixture(scope="session")
def promises():
    """Checks of a folder of exports and its clean tables: `lines`, `raw_cells`, `money`."""
    return SimpleNamespace(lines=check_lines, raw_cells=check_raw_cells, money=check_money)


def physical_lines(path):
    """The lines of a text file with their ends, the rows of the first sheet of a workbook as lists of text."""
    if path.suffix == ".xlsx":
        return [[cell_text(value) for value in row] for row in openpyxl.load_workbook(path).worksheets[0].values]
    data = path.read_bytes()
    few_broken = data.decode("utf-8", "replace").count("\ufffd") <= 3
    text = data.decode("utf-8-sig" if few_broken else "gb18030", "surrogateescape")
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)


def cell_text(value):
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "" if value is None else str(int(value) if isinstance(value, float) and value.is_integer() else value)


def check_lines(folder, clean):
    """Every physical line of every file is in the ledger exactly once."""
    spans = defaultdict(list)
    for row in clean.table("lines").order_by("file", "line").to_pyarrow().to_pylist():
        spans[row["file"]] += range(row["line"], row["line"] + row["lines"])
    for file in clean.inputs:
        assert spans[file] == list(range(1, len(physical_lines(folder / file)) + 1)), file


def raw_rows(folder, clean):
    """(file, line) → {column: raw text} of every line that is clean or was set aside after reading, parsed independently."""
    lines = clean.table("lines").order_by("file", "line").to_pyarrow().to_pylist()
    unread = {(row["file"], row["line"]) for row in clean.table("broken").to_pyarrow().to_pylist()}
    columns = {row["file"]: row["columns"] for row in clean.table("files").to_pyarrow().to_pylist()}
    physical = {file: physical_lines(folder / file) for file in columns}
    rows = {}
    for row in lines:
        place = row["file"], row["line"]
        if row["class"] in ("clean", "quarantined") and place not in unread:
            own = physical[row["file"]][row["line"] - 1 : row["line"] - 1 + row["lines"]]
            rows[place] = dict(zip(columns[row["file"]], split_record(own), strict=False))
    return rows


def split_record(own):
    if isinstance(own[0], list):
        return own[0]
    return next(csv.reader(io.StringIO("".join(own), newline=""), strict=True))


def check_raw_cells(folder, clean):
    """Clean values plus the change log give back every raw cell of the rows that stayed, to the character."""
    raw = raw_rows(folder, clean)
    changes = {
        (row["file"], row["line"], row["column"]): row["raw"] for row in clean.table("changes").to_pyarrow().to_pylist()
    }
    stayed = 0
    for name in clean.names:
        table = schema.TABLES[name]
        for row in clean.table(name).to_pyarrow().to_pylist():
            place = row["file"], row["line"]
            for column, text in raw[place].items():
                rebuilt = changes.get((*place, column), shown(table, column, row[column]))
                assert rebuilt == text, (place, column)
            stayed += 1
    assert stayed == sum(clean.counts.values())


def shown(table, column, value):
    """A clean value in its own form."""
    kind = {one.name: one.kind for one in table.columns}.get(column, "text")
    if value is None:
        return ""
    return f"{value.normalize():f}" if kind in ("number", "price") else str(value)


def amount(text, unit):
    """The exact amount in yuan that a text says, or None."""
    text = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").strip(" ¥")
    wan = re.fullmatch(r"(.*)万", text)
    text, unit = (wan[1], 10_000) if wan else (text, unit)
    text = re.sub(r"^\((.*)\)$|^(.*)-$", r"-\1\2", text)
    return Decimal(text) * unit if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def check_money(folder, clean, units):
    """Money by file and column: exact sum in = clean + set aside; units: (file, column) → yuan a unit."""
    came, stayed = defaultdict(Decimal), defaultdict(Decimal)
    reasons = {(row["file"], row["line"]): row["reason"] for row in clean.table("lines").to_pyarrow().to_pylist()}
    for place, cells in raw_rows(folder, clean).items():
        for column, text in cells.items():
            exact = amount(text, units[place[0], column]) if (place[0], column) in units else None
            came[place[0], column] += exact or 0
            if not reasons[place]:
                stayed[place[0], column] += (exact or Decimal(0)).quantize(CENT, ROUND_HALF_UP)
    told = defaultdict(lambda: [Decimal(0)] * 4)
    for row in clean.table("controls").to_pyarrow().to_pylist():
        sums = [row[name] or 0 for name in ("amount_in", "amount_clean", "amount_quarantined", "rounding")]
        told[row["file"], row["column"]] = [a + b for a, b in zip(told[row["file"], row["column"]], sums, strict=True)]
    for place in units:
        money_in, money_clean, money_aside, rounding = told[place]
        assert money_in == came[place] == money_clean - rounding + money_aside, place
        assert money_clean == stayed[place], place
