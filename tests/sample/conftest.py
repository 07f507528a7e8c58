"""One small sample company for these tests, and a plain reader of its files that shares nothing with custlib's."""

import csv
import re
from decimal import Decimal, InvalidOperation

import numpy as np
import openpyxl
import pytest

from custlib import sample
from custlib.sample import days, dealers, parts, products

SIZE = {"customers": 40, "consumers": 200}
SEED = 7


class Folder:
    """The exports of one folder as lists of text cells; row 1 is the first physical line or sheet row."""

    def __init__(self, path, told):
        self.path, self.told = path, told

    def rows(self, file):
        if file.endswith(".xlsx"):
            sheet = openpyxl.load_workbook(self.path / file).active
            return [[as_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        data = (self.path / file).read_bytes()
        text = data.decode("gb18030" if self.is_gb18030(data) else "utf-8-sig", "replace")
        return [next(csv.reader([line]), []) for line in text.split("\r\n")[:-1]]

    def is_gb18030(self, data):
        try:
            data.splitlines()[0].decode("utf-8")
        except UnicodeDecodeError:
            return True
        return "导出时间".encode("gb18030") in data

    def records(self, pattern, header_rows=1):
        """Data rows that no fault was planted in, as dicts by header, over all files that match."""
        faulty = {(fault.file, fault.line) for fault in self.told.faults}
        for path in sorted(self.path.glob(pattern)):
            rows = self.rows(path.name)
            above = sum(
                fault.file == path.name and fault.outcome in ("preamble", "blank") for fault in self.told.faults
            )
            head = rows[above]
            for line, row in enumerate(rows[above + header_rows :], above + header_rows + 1):
                if (path.name, line) not in faulty:
                    yield dict(zip(head, row, strict=True))


def as_text(cell):
    if hasattr(cell, "date"):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def as_amount(text):
    """The amount that a cell means to a person, or None."""
    folded = text.translate({code + 0xFEE0: code for code in range(33, 127)}).replace("￥", "").replace("¥", "")
    folded = folded.replace(",", "").replace("−", "-")
    factor = 10_000 if folded.endswith("万") else 1
    folded = re.sub(r"^\((.*)\)$|^([\d.]+)-$", lambda found: "-" + (found[1] or found[2]), folded.removesuffix("万"))
    try:
        return Decimal(folded) * factor
    except InvalidOperation:
        return None


@pytest.fixture(scope="session")
def amount():
    return as_amount


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "raw"
    return Folder(path, sample.write(path, **SIZE, seed=SEED))


@pytest.fixture(scope="session")
def goods():
    return products.make(SEED)


@pytest.fixture(scope="session")
def trade():
    """240 dealers over the default nine quarters."""
    return dealers.make(SEED, 240, days.quarters_with_warm_up(9))


@pytest.fixture(scope="session")
def cast(trade):
    """Who plays a part in the records of those dealers."""
    return parts.cast(SEED, trade)


@pytest.fixture(scope="session")
def letters(trade):
    """A, B and C of those dealers by turns, dealers × exported quarters."""
    return np.array([["A"], ["B"], ["C"]])[np.arange(240) % 3].repeat(9, axis=1)
