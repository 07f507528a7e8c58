"""Exports of the sample with one fault each: what custlib makes of it is refused or accounted for, line by line, never lost.

Judged from outside (see tests/conftest.py) against the same export without the fault:

- a file may be refused; else every physical line is in the ledger once;
- a row is clean with the values it had, or its line is set aside, or the end of the file was cut off before it;
- a value that changed and stays clean is the one cell that the fault touched, and says what now stands there: such a fault
  (a day that became another day, an amount that became ten thousand times as much, an id with another character, a last cell
  that was cut short) makes a file that could be right, and no single file can tell. A header that names another unit changes
  that column in all rows; one that names no known column any more leaves its cells carried along under their own header.

Set CUSTLIB_MUTANTS=all for all of them, with a table at the end; else a tenth is run.
"""

import functools
import io
import os
import random
import re
import shutil
import unicodedata
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from custlib import cleaning, reading, schema, sources
from custlib.reading import child, large
from custlib.refusals import Refused

RAW = Path(__file__).parents[2] / "data" / "raw"
EVERY = 1 if os.environ.get("CUSTLIB_MUTANTS") == "all" else 10
ROWS = 60
MANY = 50
DECLARED = """
[[source]]
files = "told-*"
table = "sales"
tax = "excluded"
units = {net_amount = "元", cost = "元"}
[[source]]
files = "paid-*.xlsx"
header_rows = 2
columns = {"回款/金额(万元)" = "amount"}
[[source]]
files = "kept-*.xlsx"
missing = {floor_area_m2 = ["-"]}
"""


class Base(NamedTuple):
    """A slice of an export: its name, the file, its encoding ("" for a workbook), its table, the column whose ids are made
    unique, whether it ends with totals, how many mutants of each kind are made of it."""

    name: str
    file: str
    encoding: str
    table: str
    id_column: str
    totals: bool = False
    many: int = MANY


BASES = [
    Base("told", "销售明细_2024Q2.csv", "gb18030", "sales", "invoice_id"),
    Base("sold", "销售明细_2025Q4.csv", "utf-8", "sales", "invoice_id"),
    Base("paid", "回款_2025.csv", "utf-8-sig", "payments", "payment_id"),
    Base("seen", "拜访记录.csv", "gb18030", "visits", "customer_id"),
    Base("total", "销售明细_2025Q4.csv", "gb18030", "sales", "invoice_id", totals=True, many=20),
    Base("kept", "客户档案.xlsx", "", "customers", "customer_id", many=30),
    Base("paid", "回款_2023.xlsx", "", "payments", "payment_id", many=30),
]


class Mutant(NamedTuple):
    """A file with one fault: its base and number, the kind of fault, the line it stands in, how far later lines moved."""

    base: Base
    number: int
    kind: str
    content: bytes
    line: int
    moved: int

    @property
    def file(self):
        return f"{self.base.name}-{self.number:05d}.{'csv' if self.base.encoding else 'xlsx'}"


@functools.cache
def rows_of_export(base):
    """The header lines of an export and some of its rows, among them those with quotation marks: text, or cells."""
    if not base.encoding:
        rows = [list(row) for row in openpyxl.load_workbook(RAW / base.file).worksheets[0].values]
        return [row for row in rows[: ROWS + 3] if not is_repeated(row, rows)]
    data = (RAW / base.file).read_bytes()
    encoding = "gb18030" if "销售" in base.file or base.encoding == "gb18030" else "utf-8-sig"
    lines = re.findall(r"[^\r\n]*\r?\n", data.decode(encoding, "replace"))
    lines = [line for line in lines if line.count('"') % 2 == 0 and "\ufffd" not in line]
    quoted = [line for line in lines[ROWS:] if '"' in line][:10]
    rows = lines[:ROWS] + quoted
    return [*rows[:3], *plain, totals(plain)] if base.totals and (plain := list(filter(is_plain, rows))) else rows


def is_repeated(row, rows):
    return row[0] is not None and [other[0] for other in rows].count(row[0]) > 1


def is_plain(line):
    return re.fullmatch(r"\d{12},\d+,[\d-]{10},K\d+,[\w-]+,-?\d+(,-?\d+\.\d\d){2}\s+", line)


def totals(lines):
    """A totals row over plain sales lines."""
    columns = zip(*(map(Decimal, line.strip().split(",")[5:8]) for line in lines), strict=True)
    return f"合计,,,,,{','.join(str(sum(column)) for column in columns)}\r\n"


def unique(base, number, row):
    """A row with an id that no other mutant has, of the length it had."""
    cells, at = (row if isinstance(row, list) else row.split(",")), int(base.table == "visits")
    cells = [renamed(cell, number) if place == at else cell for place, cell in enumerate(cells)]
    return cells if isinstance(row, list) else ",".join(cells)


def renamed(cell, number):
    """An id with a number in it: K00010 becomes K0004200010, others keep their length."""
    text = re.sub(r"^K(?:\d{5})?(\d{5})$", rf"K{number:05d}\1", str(cell or ""))
    return re.sub(r"^(SK)?\d{5}(?=\d{5,}$)", rf"\g<1>{number:05d}", text) or cell


def lines_of(base, number):
    return [unique(base, number, row) for row in rows_of_export(base)]


# Faults in a line of text: the line → the line with the fault, or the same where there is no place for it.


def stray_quote(line, chance):
    at = chance.randrange(len(line.rstrip("\r\n")) + 1)
    return line[:at] + '"' + line[at:]


def lost_delimiter(line, chance):
    places = [at for at, char in enumerate(line) if char == ","]
    at = chance.choice(places) if places else len(line)
    return line[:at] + line[at + 1 :]


def extra_delimiter(line, chance):
    at = chance.randrange(len(line.rstrip("\r\n")) + 1)
    return line[:at] + "," + line[at:]


def swapped_date(line, chance):
    return re.sub(r"(\d{4})([-/.年])(\d\d?)([-/.月])(\d\d?)", r"\1\2\5\4\3", line, count=1)


def unit_change(line, chance):
    if "元)" in line:
        return line.replace("(元)", "(万元)") if "(元)" in line else line.replace("(万元)", "(元)")
    if re.search("(?<=,)金额|(?<=,)成本", line):
        return re.sub("(?<=,)(金额|成本)", r"\1(万元)", line, count=1)
    places = list(re.finditer(r"(?<=,)-?\d+\.\d\d(?=[,\r\n])", line))
    at = chance.choice(places).end() if places else len(line)
    return line[:at] + "万" + line[at:] if places else line


# Faults in a row of a workbook.


def cell_quote(row, chance):
    at = chance.choice([at for at, cell in enumerate(row) if isinstance(cell, str)] or [0])
    return [f'{cell}"' if place == at and isinstance(cell, str) else cell for place, cell in enumerate(row)]


def lost_cell(row, chance):
    at = chance.randrange(len(row) - 1)
    joined = f"{row[at] or ''}{row[at + 1] or ''}"
    return [*row[:at], joined, *row[at + 2 :], None]


def extra_cell(row, chance):
    at = chance.randrange(len(row))
    return [*row[:at], None, *row[at:]]


def swapped_day(row, chance):
    return [swapped_date(f"{cell:%Y-%m-%d}", chance) if hasattr(cell, "year") else cell for cell in row]


def unit_cell(row, chance):
    places = [at for at, cell in enumerate(row) if isinstance(cell, float)]
    at = chance.choice(places) if places else -1
    return [f"{cell}万" if place == at else cell for place, cell in enumerate(row)]


TEXT = {
    "stray quote": stray_quote,
    "lost delimiter": lost_delimiter,
    "extra delimiter": extra_delimiter,
    "swapped date": swapped_date,
    "unit change": unit_change,
}
CELLS = {
    "stray quote": cell_quote,
    "lost delimiter": lost_cell,
    "extra delimiter": extra_cell,
    "swapped date": swapped_day,
    "unit change": unit_cell,
}
KINDS = [*TEXT, "duplicated line", "broken byte", "truncated file"]
# What such a workbook does while it is read nobody knows: a process of its own reads it first.
DAMAGED, IN_A_PROCESS = ("broken byte", "truncated file"), child.ask


def mutant(base, kind, number):
    """The mutant of that number: the same one every time."""
    chance = random.Random(number)
    lines = lines_of(base, number)
    if kind == "broken byte":
        return Mutant(base, number, kind, *broken(written(base, lines), chance, base), 0)
    if kind == "truncated file":
        return Mutant(base, number, kind, *truncated(written(base, lines), chance, base), 0)
    at = chance.randrange(len(lines))
    if kind == "duplicated line":
        after = chance.choice([at + 1, len(lines)])
        return Mutant(base, number, kind, written(base, [*lines[:after], lines[at], *lines[after:]]), after + 1, 1)
    fault = (TEXT if base.encoding else CELLS)[kind]
    faults = ((place, fault(lines[place], chance)) for place in [at, *chance.sample(range(len(lines)), len(lines))])
    at, faulty = next((place, line) for place, line in faults if line != lines[place])
    return Mutant(base, number, kind, written(base, [*lines[:at], faulty, *lines[at + 1 :]]), at + 1, 0)


def broken(data, chance, base):
    """One byte replaced by another that is no line end; which line it stands in (0: a workbook has no lines of bytes)."""
    at = chance.choice([at for at in range(len(data)) if data[at] not in b"\r\n"])
    byte = chance.choice([byte for byte in [*range(1, 9), 0x1A, *range(0x80, 0x100)] if byte != data[at]])
    return data[:at] + bytes([byte]) + data[at + 1 :], 1 + data[:at].count(b"\n") if base.encoding else 0


def truncated(data, chance, base):
    data = data[: chance.randrange(1, len(data))]
    return data, len(data.splitlines()) if base.encoding else 0


def written(base, lines):
    if base.encoding:
        return "".join(lines).removeprefix("\ufeff").encode(base.encoding)
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in lines:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def unharmed(base):
    number = 90_000 + BASES.index(base)
    return Mutant(base, number, "none", written(base, lines_of(base, number)), 0, 0)


def mutants(bases):
    """All mutants of some bases, or the seeded tenth of them."""
    wanted = [
        (base, kind)
        for base in BASES
        for kind in KINDS
        for _ in range(base.many)
        if kind != "unit change" or base.table in ("sales", "payments")
    ]
    numbers = range(len(wanted))
    if EVERY > 1:
        numbers = sorted(random.Random(20251231).sample(numbers, len(wanted) // EVERY))
    return [mutant(*wanted[number], number + 1) for number in numbers if wanted[number][0] in bases]


# What custlib makes of them.


def made(folder, found, engine_from):
    """(clean tables of those that pass, file → refusal of those that do not).

    engine_from: from how many bytes on a file is read by the engine; the careful reader has refused what it refuses before.
    """
    refusals = {}
    for one in found:
        try:
            with pytest.MonkeyPatch.context() as patch:
                if one.kind in DAMAGED:
                    patch.setattr(child, "ask", IN_A_PROCESS)
                reading.read(folder, one.file, sources.load(folder), folder.parent / "cells.parquet")
        except Refused as refusal:
            refusals[one.file] = refusal
            (folder / one.file).unlink()
    while len(refusals) < len(found):
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(large, "ENGINE_FROM", engine_from)
                return cleaning.open_tables("data/raw"), refusals
        except Refused as refusal:
            refusals[refusal.facts["file"]] = refusal
            (folder / refusal.facts["file"]).unlink()
    return None, refusals


class Truth(NamedTuple):
    """What custlib makes of a base without a fault: line → its clean row, and line → its raw cells."""

    rows: dict
    cells: dict


@pytest.fixture
def judged(workbook, promises):
    """Cleans mutants in one folder and gives (mutant, verdict) for each."""

    def judge_all(found, bases, engine_from=large.ENGINE_FROM):
        folder = workbook / "data" / "raw"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "sources.toml").write_text(DECLARED, encoding="utf-8")
        whole = [unharmed(base) for base in bases]
        for one in [*whole, *found]:
            (folder / one.file).write_bytes(one.content)
        clean, refusals = made(folder, [*whole, *found], engine_from)
        assert not refusals.keys() & {one.file for one in whole}, refusals
        for one in found:
            # What is read of a workbook with a broken byte must be what stood there; openpyxl would not open it.
            if one.kind == "broken byte" and not one.base.encoding and one.file not in refusals:
                (folder / one.file).write_bytes(written(one.base, lines_of(one.base, one.number)))
        promises.lines(folder, clean)
        raw, rows = promises.raw_rows(folder, clean), rows_by_place(clean)
        lines, columns = ledger(clean), {one["file"]: one["columns"] for one in told(clean, "files")}
        for one in found:
            if one.file in refusals:
                yield one, Verdict("refused", refusals[one.file].code)
                continue
            base = next(other for other in whole if other.base == one.base)
            truth = Truth(rows[base.file], {line: raw[base.file, line] for line in rows[base.file]})
            own = {line: raw[file, line] for file, line in raw if file == one.file}
            yield one, judge(one, truth, Truth(rows[one.file], own), lines[one.file], columns[one.file])

    return judge_all


def told(clean, name):
    return clean.table(name).to_pyarrow().to_pylist()


def rows_by_place(clean):
    """file → line → clean row, without its place."""
    found = defaultdict(dict)
    for name in clean.names:
        for row in told(clean, name):
            place = row.pop("file"), row.pop("line")
            found[place[0]][place[1]] = row | {"sheet": None}
    return found


def ledger(clean):
    """file → line → its class; a record over several lines stands for all of them."""
    found = defaultdict(dict)
    for row in told(clean, "lines"):
        for line in range(row["line"], row["line"] + row["lines"]):
            found[row["file"]][line] = (row["class"], row["line"], row["lines"])
    return found


class Verdict(NamedTuple):
    """own: what became of the faulty line; why: a refusal's code or a silent loss; aside, others: how many of the other
    clean rows were set aside, of how many."""

    own: str
    why: str = ""
    aside: int = 0
    others: int = 0


def judge(one, truth, now, lines, columns):
    base = one.base
    own, aside, others, expected_at = "accounted", 0, 0, set()
    for line, before in truth.rows.items():
        at = line + one.moved if one.moved and line >= one.line else line
        expected_at.add(at)
        if one.kind == "truncated file" and base.encoding and at > one.line:
            continue
        others += at != one.line
        row = now.rows.get(at)
        if row is None:
            what, _, _ = lines.get(at, ("gone", 0, 0))
            if what != "quarantined":
                return Verdict("silent", f"line {at} is {what}")
            own = "set aside" if at == one.line else own
            aside += at != one.line
            continue
        before = before | {base.id_column: renamed(before[base.id_column], one.number)}
        # A column that one file alone has is empty in the others, or not there.
        changed = [name for name in before if (row.get(name) or None) != (before[name] or None)]
        if not changed:
            own = "unharmed" if at == one.line else own
            continue
        fault = unexplained(one, at, changed, before, row, truth.cells[line], now.cells[at], columns)
        if fault:
            return Verdict("silent", f"line {at}: {fault}")
        own = "legible"
    if extra := set(now.rows) - expected_at:
        return Verdict("silent", f"rows that were none: {extra}")
    return Verdict(own, "", aside, others)


def unexplained(one, at, changed, before, row, was, text, columns):
    """Why a changed row is a silent loss: None where the faulty cell alone changed and says what it now holds."""
    table = schema.TABLES[one.base.table]
    lost = [name for name in changed if name not in columns and row.get(name) is None]
    ratios = {
        name: {row[name] / before[name]} for name in changed if isinstance(row.get(name), Decimal) and before[name]
    }
    header = at > one.line and one.line <= 4
    if header and all(
        name in lost or ratios.get(name, set()) <= {Decimal(10_000), Decimal("0.0001")} for name in changed
    ):
        return None  # the header names another unit, or no column that is known
    if at != one.line or len(changed) > 1:
        return f"{changed} changed"
    (name,) = changed
    kind = table.column(name).kind if name in {column.name for column in table.columns} else "text"
    if text[name] == renamed(was[name], one.number) or not says(kind, text[name], row[name], one.base):
        return f"{name}: {text[name]!r} became {row[name]!r}"
    return None


def says(kind, text, value, base):
    """Whether a text can be read as a value, by plain means."""
    if value is None:
        return not seen(text)
    if kind in ("amount", "number", "price", "ratio"):
        wan = 10_000 if "万" in text or (not base.encoding and kind == "amount") else 1
        return abs(Decimal(re.sub(r"[^\d.\-]", "", text)) * wan - value) < Decimal("0.01")
    if kind == "whole":
        return Decimal(text) == value
    if kind == "date":
        return [int(part) for part in re.findall(r"\d+", text)][:3] == [value.year, value.month, value.day]
    return seen(unicodedata.normalize("NFKC", text)) == seen(unicodedata.normalize("NFKC", value))


def seen(text):
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf")).strip()


def summed(verdicts):
    """kind → what became of its mutants, and of the other clean rows."""
    table = defaultdict(Counter)
    for one, verdict in verdicts:
        table[one.kind] += Counter({verdict.own: 1, "mutants": 1, "other rows": verdict.others})
        table[one.kind]["others aside"] += verdict.aside
    return table


def assert_nothing_was_lost(verdicts):
    silent = [(one.file, one.kind, one.line, verdict.why) for one, verdict in verdicts if verdict.own == "silent"]
    table = summed(verdicts)
    for kind, counts in table.items():
        print(f"{kind}: {dict(counts)}")
    assert not silent


TOGETHER = [base for base in BASES if not base.totals and base.encoding]
BOOKS = [base for base in BASES if not base.encoding]
WITH_TOTALS = [base for base in BASES if base.totals]
# A refusal stops a folder: files that are mostly refused are cleaned few at a time.
FEW = 12


@pytest.mark.parametrize("bases", [TOGETHER, BOOKS], ids=["text", "workbooks"])
def test_no_single_fault_loses_a_line_or_a_value_in_silence(judged, bases):
    assert_nothing_was_lost(list(judged(mutants(bases), bases)))


def test_no_single_fault_loses_anything_in_silence_where_the_engine_reads(judged):
    assert_nothing_was_lost(list(judged(mutants(TOGETHER)[::6], TOGETHER, engine_from=1)))


def test_no_single_fault_below_a_checked_total_loses_anything_in_silence(judged):
    found = mutants(WITH_TOTALS)
    few = [found[at : at + FEW] for at in range(0, len(found), FEW)]
    assert_nothing_was_lost([pair for part in few for pair in judged(part, WITH_TOTALS)])
