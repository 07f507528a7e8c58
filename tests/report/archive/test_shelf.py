"""The list of what is published."""

import runpy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from custlib.report import files
from custlib.report.archive import manifest, publishing, shelf

links = runpy.run_path(str(Path(__file__).parents[2] / "links.py"))


@pytest.fixture
def published(tmp_path):
    """Publishes a run of a quarter; returns the folder of reports."""

    def make(quarter, run_id, lang="en", reports=tmp_path, ended="1"):
        folder = publishing.stage(reports, run_id)
        for name in ["front.html", *(f"front.{other}.html" for other in lang.split(",")[1:])]:
            files.write(folder / name, f"{run_id} {name}")
        parameters = {"run": {"lang": lang}}
        manifest.write(folder, {"name": run_id, "parameters": parameters}, data_until="2025-12-31")
        files.write(folder / manifest.TIMES, manifest.as_text({"ended": ended}))
        publishing.keep(folder, reports, quarter)
        publishing.publish(reports / quarter, run_id)
        return tmp_path

    return make


def listed(reports, name="index.html"):
    page = BeautifulSoup((reports / name).read_text(encoding="utf-8"), "html.parser")
    return [
        (" ".join(line.strong.text.split()), [link["href"] for link in line("a")]) for line in page.select("main li")
    ]


def test_the_newest_quarter_stands_first_with_a_page_for_each_language(published):
    reports = published("2025Q3", "a")
    published("2025Q4", "b", "en,zh", ended="2")
    shelf.write(reports)
    lines = [("2025Q4", ["2025Q4/index.html", "2025Q4/index.zh.html"]), ("2025Q3", ["2025Q3/index.html"])]
    assert listed(reports) == listed(reports, "index.zh.html") == lines
    assert not links["dead"](reports)


def test_the_list_of_a_language_goes_with_the_reports_in_it(published):
    reports = published("2025Q4", "a", "en,zh")
    shelf.write(reports)
    published("2025Q4", "b", "zh", ended="2")
    shelf.write(reports)
    assert not (reports / "index.zh.html").exists() and "全部报告" in (reports / "index.html").read_text("utf-8")
    publishing.publish(reports / "2025Q4", "a")
    shelf.write(reports)
    assert (reports / "index.zh.html").exists() and "All reports" in (reports / "index.html").read_text("utf-8")


def test_parts_stand_below_the_company_whatever_they_are_called(published):
    reports = published("2025Q4", "a")
    for part in ("华东", "a b~c14cddc0", "<b>"):
        published("2025Q4", "b", reports=reports / "by-region" / part)
    shelf.write(reports)
    text = (reports / "index.html").read_text("utf-8")
    assert "Reports by region" in text and "<b>" not in text and not links["dead"](reports)
    assert listed(reports)[0] == ("2025Q4", ["2025Q4/index.html"]) and len(listed(reports)) == 4


def test_without_any_report_the_list_says_so(tmp_path):
    shelf.write(tmp_path)
    assert "Nothing is published yet." in (tmp_path / "index.html").read_text("utf-8")


def test_what_speaks_of_people_is_on_no_list_of_reports(published, tmp_path):
    published("2025Q4", "a")
    published("2025Q4", "b", reports=tmp_path / "people", ended="2")
    shelf.write(tmp_path)
    assert listed(tmp_path) == [("2025Q4", ["2025Q4/index.html"])]
