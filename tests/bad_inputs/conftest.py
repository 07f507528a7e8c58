"""The inputs of bad-inputs.md: what each must be answered with, asked through the doors that notebooks and the run use."""

import importlib.util
import io
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from custlib.refusals import Refused

ROOT = Path(__file__).parents[2]
COLUMNS = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "无税金额(元)", "成本(元)"]


class Answer:
    """What became of a folder of exports: its clean tables, and what was set aside (`file:line` → reason)."""

    def __init__(self, clean):
        self.clean = clean
        lines = self.rows("lines")
        self.aside = {place(row): row["reason"] for row in lines if row["class"] == "quarantined"}
        self.classes = {place(row): row["class"] for row in lines}

    def rows(self, name="sales"):
        """The rows of a clean table or a ledger as dicts."""
        return self.clean.table(name).to_pyarrow().to_pylist()

    def values(self, column, name="sales"):
        """A column of a clean table, in the order of the file."""
        return [row[column] for row in self.rows(name)]

    def rules(self, column):
        """Raw text → rule, of the cells of a column that were changed."""
        return {row["raw"]: row["rule"] for row in self.rows("changes") if row["column"] == column}

    def breaches(self, rule):
        """The breaches of one rule of the contracts, as dicts."""
        from custlib import contracts

        found = contracts.breaches(self.clean, "data/raw")
        return found[found["rule"] == rule].to_dict("records")


def place(row):
    return f"{row['file']}:{row['line']}"


@pytest.fixture
def row():
    """The cells of a sales line, some of them told: `row(3, amount="x")`; as CSV `",".join(row(3))`."""

    def make(n, day="2025-01-02", customer="C1", product="P1", quantity="1", amount="10", cost="5"):
        return [f"A{n}", "1", day, customer, product, quantity, amount, cost]

    return make


@pytest.fixture
def export():
    """Lines (lists of cells, or text as it is) under the header of sales, as the text of a CSV file."""

    def make(*lines, header=COLUMNS, end="\n"):
        return "".join((",".join(line) if isinstance(line, list) else line) + end for line in [header, *lines])

    return make


@pytest.fixture
def excel():
    """Rows under the header of sales (or another) as the bytes of a workbook; `change` may do anything to its sheet."""

    def make(*rows, header=COLUMNS, change=lambda sheet: None):
        book = openpyxl.Workbook()
        for cells in [header, *rows]:
            book.active.append([plain(cell) for cell in cells])
        change(book.active)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return make


def plain(cell):
    """Numbers as numbers, all else as it is."""
    return float(cell) if isinstance(cell, str) and re.fullmatch(r"-?\d{1,9}(\.\d+)?", cell) else cell


@pytest.fixture
def answer(cleaned, promises, workbook):
    """Cleans files and counts their lines from outside: no line may be lost, whatever the case."""

    def make(files, declared=""):
        clean = cleaned(files, declared)
        promises.lines(workbook / "data" / "raw", clean)
        promises.raw_cells(workbook / "data" / "raw", clean)
        return Answer(clean)

    return make


@pytest.fixture
def answer_apart(cleaned_apart):
    """As `answer`, each file cleaned by itself and the same file once; lines are not counted."""
    return lambda files: Answer(cleaned_apart(files))


@pytest.fixture
def refused(cleaned, workbook):
    """The facts with which a folder of exports is refused: by this code, with exit code 3, and no clean table is made."""

    def make(code, files, declared=""):
        before = set((workbook / "data").glob("clean/[!.]*"))
        with pytest.raises(Refused) as refusal:
            cleaned(files, declared)
        assert (refusal.value.code, refusal.value.exit_code) == (code, 3), refusal.value
        assert set((workbook / "data").glob("clean/[!.]*")) == before
        return refusal.value.facts

    return make


@pytest.fixture
def blocked(cleaned):
    """The facts with which publication is blocked by a contract: these exports are cleaned, but not published."""

    def make(files, declared=""):
        from custlib import contracts

        clean = cleaned(files, declared)
        with pytest.raises(Refused) as refusal:
            contracts.check(clean, "data/raw")
        assert (refusal.value.code, refusal.value.exit_code) == ("contract_broken", 3)
        return refusal.value

    return make


@pytest.fixture
def fakes():
    """The small projects and fake steps of the tests of runs."""
    spec = importlib.util.spec_from_file_location("report_fakes", ROOT / "tests" / "report" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def custlib(called):
    """Calls the command line: arguments → exit code, standard error."""
    return lambda *arguments: called(*arguments)[::2]


@pytest.fixture
def with_notebooks(workbook):
    """The project with the real notebooks, for cases about whole runs."""
    shutil.copytree(ROOT / "notebooks", workbook / "notebooks", dirs_exist_ok=True)
    return workbook
