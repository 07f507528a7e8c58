"""Two reports beside each other, on a page and in the terminal."""

import io

import pandas as pd
import pytest
import rich.console
from bs4 import BeautifulSoup

from custlib import results
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, manifest
from custlib.report.diff import difference
from custlib.report.pages import pages

COLUMNS = ["quarter", "indicator", "class", "customers", "value", "share"]
Q3 = [("2025Q3", "size", "A", 54, 1000.0, 0.5), ("2025Q3", "size", "B", 108, 1000.0, 0.5)]
Q4 = [("2025Q4", "size", "A", 54, 3000.0, 0.75), ("2025Q4", "size", "B", 108, 1000.0, 0.25)]


@pytest.fixture
def kept(tmp_path):
    """Keeps a run with result tables: quarter, rows of `abc_summary`, names with joint classes → its `Run`."""

    def make(quarter, rows, run_id="abc", **classes):
        folder = tmp_path / quarter / run_id
        results.save(pd.DataFrame(rows, columns=COLUMNS), "abc_summary", folder)
        moves = pd.DataFrame({"customer_id": list(classes), "name": "<b>", "joint_class": list(classes.values())})
        results.save(moves, "abc_customers", folder)
        files.write(folder / "front.html", quarter)
        manifest.write(folder, {"quarter": quarter})
        return archive.find(tmp_path, run_id)._replace(quarter=quarter, folder=folder)

    return make


def shown(parts, width=160):
    out = io.StringIO()
    for part in parts:
        rich.console.Console(file=out, width=width).print(part)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_and_a_summary_show_what_changed(kept, tmp_path, lang):
    compared = difference.compare(kept("2025Q3", Q3, K1="A", K2="B"), kept("2025Q4", Q4, K1="C", K2="B"), 0.05)
    page = difference.write(compared, tmp_path, lang, pages.render)
    assert page == tmp_path / ".draft/2025Q3-2025Q4/diff.html"
    read = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in read.find_all("tr")]
    assert read.html["lang"].startswith(lang) and "2025Q3 → 2025Q4" in read.h1.get_text()
    assert ["K1", "A", "C"] in [[row[0], *row[2:4]] for row in rows if len(row) == 4]
    assert [row[2:] for row in rows if row and " · A" in row[0]] == [
        ["1,000", "3,000", "+200%"],
        ["0.5", "0.75", "+50%"],
    ]
    terminal = shown(difference.summary(compared, page, lang))
    assert "1,000 → 3,000" in terminal and str(page.name) in terminal.replace("\n", "")


def test_alike_reports_say_so(kept):
    before = kept("2025Q3", Q3, K1="A")
    compared = difference.compare(before, before, 0.05)
    assert (compared.changed, compared.same) == ({}, ["abc_customers", "abc_summary"])
    assert "Nothing has changed beyond 5%." in shown(difference.summary(compared, "x", "en"))


def test_a_run_that_was_changed_is_not_compared(kept):
    before = kept("2025Q3", Q3, K1="A")
    (before.folder / "front.html").write_text("changed")
    with pytest.raises(Refused) as caught:
        difference.compare(before, before, 0.05)
    assert caught.value.code == "run_not_whole"


def test_a_table_that_only_one_report_has_is_named(kept):
    before, now = kept("2025Q3", Q3, K1="A"), kept("2025Q4", Q4, K1="A")
    for ending in ("csv", "parquet"):
        (now.folder / f"tables/abc_customers.{ending}").unlink()
    manifest.write(now.folder, {"quarter": "2025Q4"})
    assert difference.compare(before, now, 0.05).apart == ["abc_customers"]
