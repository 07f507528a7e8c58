"""No link of a published report is dead: of the company and of its parts, outside and inside the run folder."""

import runpy
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from custlib.report.pages import pages

links = runpy.run_path(str(Path(__file__).parents[1] / "links.py"))


@pytest.mark.parametrize("lang", ["en", "en,zh"])
def test_no_link_of_a_report_is_dead(project, run, lang):
    root = project(n10_a=["1"], n20_b=["2"], n90_c=["3"])
    run(using={"render": pages.render}, lang=lang)
    assert len(list((root / "reports").rglob("*.html"))) == (1 + 1 + 1 + 6) * (lang.count(",") + 1)
    assert not links["dead"](root / "reports")


def test_no_link_of_the_reports_of_parts_is_dead(project, run_each):
    root = project(n10_a=["1"], n90_c=["2"])
    path = root / "notebooks/90_c.ipynb"
    node = nbformat.read(path, 4)
    node.cells[2].source += '\npart: str = ""  # whose customers are shown'
    nbformat.write(node, path)
    terms = "region,region,大区,\nnot_known,not known,未知,\ncustomers,customers,客户,\nsize,size,规模,\nshare,share,占比,\n"
    (root / "data/reference/glossary.csv").write_text(f"key,en,zh,note\n{terms}", encoding="utf-8")
    found = pd.DataFrame({"part": ["华东", "a/b", ""], "customers": 1, "size": 1.0, "share": 0.3})
    _, failed, _ = run_each(found, using={"render": pages.render})
    assert not failed and (root / "reports/index.html").is_file()
    assert not links["dead"](root / "reports")


def test_a_dead_link_is_found(tmp_path):
    (tmp_path / "a.html").write_text('<a href="b.html">b</a> <a href="a.html#x">x</a> <a href="#y">y</a> <p id="y">')
    assert links["dead"](tmp_path) == ["a.html → a.html#x", "a.html → b.html"]
