"""Pages of customers within a run."""

import runpy
import shutil
from pathlib import Path

import pandas as pd
import pytest

from custlib.report.archive import archive
from custlib.report.pages import pages

ROOT = Path(__file__).parents[3]
links = runpy.run_path(str(ROOT / "tests" / "links.py"))
HOSTILE = "../<script>/😀" + "x" * 240


@pytest.fixture
def tables():
    """The result tables of a notebook that says who has a page: K1 and a hostile one have, K2 has none."""
    ids = ["K1", "K2", HOSTILE]
    names = pd.DataFrame({"customer_id": ids, "name": ["Alpha", "Beta", "<b>"]})
    index = pd.DataFrame({"customer_id": ["K1", HOSTILE], "file": ["customers/K1.html", "x/../.html"]})
    history = pd.DataFrame({"customer_id": ids, "quarter": "2025Q4", "joint_class": ["A", "B", "C"]})
    return {"customer_changes": names, "profile_index": index, "abc_history": history}


@pytest.fixture
def run_with(run, project, executing, tables):
    """Runs a report in two languages whose notebook makes the tables; returns its folder and the reports' folder."""
    root = project(n10_a=["1"], n90_c=["2"])
    (root / "data" / "reference").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "data" / "reference" / "codebook.csv", root / "data" / "reference")

    def execute(book, values, **options):
        for name in tables:
            (root / values["out_dir"] / "tables" / f"{name}.parquet").write_text(tables[name].to_csv())
            (root / values["out_dir"] / "tables" / f"{name}.csv").write_text(tables[name].to_csv())
        return executing(book, values, **options)

    def go(**options):
        load = {"load": lambda name, folder: tables.get(name), "execute": execute, "promised": promised}
        outcome = run(lang="en,zh", using=load | {"render": pages.render}, **options)
        return outcome.folder, root / "reports"

    def promised(stem):
        return list(tables) if stem == "10_a" else []

    return go


def test_each_customer_of_the_index_has_a_page_and_no_link_is_dead(run_with):
    folder, reports = run_with()
    names = sorted(path.name for path in (folder / "customers").iterdir())
    assert names[:2] == ["K1.html", "K1.zh.html"] and len(names) == 4
    assert all(len(name.encode()) < 200 and "<" not in name for name in names)
    assert not links["dead"](reports) and archive.verify(reports) == {"2025Q4": []}
    foot = "2 of 3 customers have a page of their own; 1 have none."
    assert foot in (folder / "10_a.html").read_text() and foot in (folder / "front.html").read_text()


def test_pages_of_customers_that_did_not_change_are_taken_over(run_with, tables, monkeypatch):
    from custlib.report.profile import rendering

    made = []
    real = rendering.render
    monkeypatch.setattr(rendering, "render", lambda customer, *rest: made.append(customer.id) or real(customer, *rest))
    before, _ = run_with()
    assert sorted(made) == sorted(["K1", "K1", HOSTILE, HOSTILE])
    made.clear()
    tables["abc_history"].loc[0, "joint_class"] = "B"
    (before.parents[2] / "data/raw/sales.csv").write_text("a,b\n1,3\n")
    after, reports = run_with()
    assert made == ["K1", "K1"] and not links["dead"](reports)
    same = [
        path.name
        for path in (before / "customers").iterdir()
        if path.read_bytes() == (after / "customers" / path.name).read_bytes()
    ]
    assert len(same) == 2 and not any(name.startswith("K1") for name in same)


def test_pages_of_customers_that_are_made_again_have_the_same_bytes(run_with):
    run_with()
    run_with(force=True)  # else it is refused


def test_a_report_without_the_tables_has_no_such_pages(run, project):
    root = project(n10_a=["1"])
    run(using={"render": pages.render})
    assert not list(root.rglob("customers"))
    assert "page of their own" not in next(root.rglob("10_a.html")).read_text()
